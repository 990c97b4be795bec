using System.Text.Json;
using Onboarding.Core;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Telemetry.Logs;

/// <summary>Row 21 of the threats: somebody has a copy of the logs or of the audit stream.</summary>
public sealed class SecretsTests
{
    private const string Credential = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2bTEifQ.c2lnbmF0dXJlLW9mLXRoZS1pc3N1ZXI";
    private const string Token = "eyJ0eXAiOiJvbmJvYXJkaW5nK2p3dCJ9.eyJzaWQiOiJzIn0.c2lnbmF0dXJlLW9mLXRoZS1lbmRwb2ludA";
    private const string Proof = "eyJ0eXAiOiJkcG9wK2p3dCJ9.eyJqdGkiOiJqIn0.c2lnbmF0dXJlLW9mLXRoZS1hZ2VudA";

    [Fact]
    public async Task Attacker_ReadsLogsAndAuditOfRefusedAndFailedCalls_FindsNoSecret()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        endpoint.Verifier.Refusal = new Refusal(ProblemCodes.CredentialRejected, "jwt signature: it is not by the issuer's key");
        using var rejected = await endpoint.Api.OpenAsync(Requests.Opening(Credential));
        using var malformed = await endpoint.Api.OpenAsync(new() { ["credential"] = new System.Text.Json.Nodes.JsonObject { ["kind"] = "jwt", ["jwt"] = Credential } });
        endpoint.Sessions.OnAuthenticate = _ => new Refusal(ProblemCodes.TokenInvalid, "the onboarding token is not valid");
        using var refused = await CallAsync(endpoint, "PUT", "/v1/registration");
        endpoint.Sessions.OnAuthenticate = call => throw new InvalidOperationException("a fault of ours");
        using var failed = await CallAsync(endpoint, "POST", "/v1/sessions/renew");

        int[] statuses = [(int)rejected.StatusCode, (int)malformed.StatusCode, (int)refused.StatusCode, (int)failed.StatusCode];
        statuses.ShouldBe([401, 400, 401, 500]);
        string[] texts = [.. endpoint.Logs.Lines.Select(line => line.Text), .. endpoint.Audit.Records.Select(record => JsonSerializer.Serialize(record))];
        texts.ShouldNotBeEmpty();
        foreach (var part in new[] { Credential, Token, Proof }.SelectMany(secret => secret.Split('.')).Append(Requests.InstanceId))
        {
            texts.ShouldAllBe(text => !text.Contains(part, StringComparison.Ordinal));
        }
    }

    private static Task<HttpResponseMessage> CallAsync(EndpointHarness endpoint, string method, string path) =>
        endpoint.Api.CallAsync(method, path, Requests.Registration, headers =>
        {
            headers.Authorization = new("Bearer", Token);
            headers.Remove("DPoP");
            headers.Add("DPoP", Proof);
        });
}
