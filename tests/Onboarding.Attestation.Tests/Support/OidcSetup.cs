using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Onboarding.Attestation.Oidc;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;
using Onboarding.TestKit.Time;

namespace Onboarding.Attestation.Tests.Support;

/// <summary>The verifier as it is registered, with one issuer whose keys stand in the configuration.</summary>
internal sealed class OidcSetup : IDisposable
{
    public const string Issuer = "https://issuer.example";
    public const string Uid = "https://onboarding.example";
    public const string Subject = "vm007.example";
    public const string KeyThumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    private readonly ServiceProvider services;

    public OidcSetup(string algorithm = "ES256", Func<JwtIssuerOptions, JwtIssuerOptions>? issuer = null)
        : this(new TestIssuerKey("key-1", algorithm), issuer)
    {
    }

    public OidcSetup(TestIssuerKey key, Func<JwtIssuerOptions, JwtIssuerOptions>? issuer = null)
    {
        Key = key;
        var options = new JwtIssuerOptions { Issuer = Issuer, ShortName = "test", Jwks = TestToken.KeySet(Key.Jwk()) };
        Options = new StubOptionsSource(Uid, issuer?.Invoke(options) ?? options);
        services = Register(Options, Time);
    }

    public FakeTimeProvider Time { get; } = new();

    public TestIssuerKey Key { get; }

    public StubOptionsSource Options { get; }

    public ICredentialVerifier Sut => services.GetRequiredService<ICredentialVerifier>();

    public static ServiceProvider Register(IOptionsSource options, TimeProvider time) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(options)
        .AddSingleton(time)
        .AddOidcAttestation()
        .BuildServiceProvider();

    public string Mint(Action<JsonObject>? claims = null, Action<JsonObject>? header = null, TestIssuerKey? key = null) =>
        TestToken.Mint(key ?? Key, Issuer, Subject, Uid, Time.GetUtcNow(), claims, header);

    /// <summary>A token of exactly that text, properly signed.</summary>
    public string Sign(string payload, string? header = null) =>
        Key.Sign(header ?? $$"""{"alg":"{{Key.Algorithm}}","kid":"{{Key.Kid}}"}""", payload);

    /// <summary>The claims of a good token, as the text of a JSON object without its braces.</summary>
    public string GoodClaims()
    {
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        return $"\"iss\":\"{Issuer}\",\"aud\":\"{Uid}\",\"iat\":{now},\"exp\":{now + 600}";
    }

    public static ValueTask<Outcome<AttestedIdentity>> ShowAsync(ICredentialVerifier verifier, string jwt, string keyThumbprint = KeyThumbprint) =>
        verifier.VerifyAsync(new JwtCredential(jwt), new AttestationRequest(new WorkloadGroupReference("bookinfo", "ratings"), "instance", keyThumbprint), CancellationToken.None);

    public ValueTask<Outcome<AttestedIdentity>> ShowAsync(string jwt, string keyThumbprint = KeyThumbprint) => ShowAsync(Sut, jwt, keyThumbprint);

    /// <summary>Shows a token that must be refused, and by which check.</summary>
    public async Task ShouldRefuseAsync(string jwt, string check)
    {
        var outcome = await ShowAsync(jwt);
        outcome.Value.ShouldBeNull();
        outcome.Refusal!.Code.ShouldBe(ProblemCodes.CredentialRejected);
        outcome.Refusal.Reason.ShouldStartWith($"jwt {check}: ");
        outcome.Refusal.Field.ShouldBeNull();
    }

    public void Dispose()
    {
        services.Dispose();
        Key.Dispose();
    }
}
