using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Onboarding.TestKit.Aws;

/// <summary>EC2's instance metadata service, version 2: whoever asks without a token that it gave gets 401.</summary>
public sealed class SimulatedImds(SimulatedInstance instance, SimulatedIam iam, RegionSigner signer, TimeProvider? time = null) : ISimulatedService
{
    private const string Prefix = "/latest/";
    private const string ProfilePath = "meta-data/iam/security-credentials/";
    private const string IdentityPath = "meta-data/identity-credentials/ec2/security-credentials/ec2-instance";
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly ConcurrentDictionary<string, DateTimeOffset> tokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<AwsRequest> requests = new();
    private int throttled;

    /// <summary>What is wrong with it.</summary>
    public ImdsMisbehaviour Misbehaviour { get; set; }

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<AwsRequest> Requests => [.. requests];

    /// <summary>Answers that many requests with 503.</summary>
    public void Throttle(int count) => throttled = count;

    /// <summary>Forgets the tokens it gave, as when it starts anew.</summary>
    public void ForgetTokens() => tokens.Clear();

    /// <inheritdoc/>
    public async Task<AwsReply> AnswerAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        requests.Enqueue(request);
        if (Interlocked.Decrement(ref throttled) >= 0)
        {
            return Text(503, "");
        }

        switch (Misbehaviour)
        {
            case ImdsMisbehaviour.Disabled:
                return Text(403, "Forbidden");
            case ImdsMisbehaviour.AnotherCloud:
                return Text(404, "not found");
            case ImdsMisbehaviour.Huge:
                return Text(200, new string('x', 1 << 20));
            case ImdsMisbehaviour.HopLimitTooLow:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                break;
        }

        return request.Path == Prefix + "api/token" ? GiveToken(request)
            : !HasToken(request) ? Text(401, "Unauthorized")
            : Find(request.Path.StartsWith(Prefix, StringComparison.Ordinal) ? request.Path[Prefix.Length..] : "") is { } text ? Text(200, text)
            : Text(404, "Not Found");
    }

    private AwsReply GiveToken(AwsRequest request)
    {
        var lifetime = request.Header("X-aws-ec2-metadata-token-ttl-seconds");
        if (request.Method != "PUT" || request.ValuesOf("X-Forwarded-For").Any())
        {
            return Text(403, "Forbidden");
        }

        if (!int.TryParse(lifetime, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 21600)
        {
            return Text(400, "Bad Request");
        }

        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(40));
        tokens[token] = time.GetUtcNow().AddSeconds(seconds);
        return Text(200, token);
    }

    private bool HasToken(AwsRequest request) =>
        request.Header("X-aws-ec2-metadata-token") is { } token && tokens.TryGetValue(token, out var end) && time.GetUtcNow() < end;

    private string? Find(string path) => path switch
    {
        "meta-data/placement/region" => instance.Region,
        "meta-data/placement/availability-zone" => instance.Zone,
        "meta-data/local-ipv4" => instance.PrivateIp,
        "meta-data/public-ipv4" => instance.PublicIp,
        "meta-data/ipv6" => instance.Ipv6,
        "dynamic/instance-identity/document" => IdentityDocument.Of(instance),
        // As the real one: lines of 64 characters.
        "dynamic/instance-identity/rsa2048" => string.Join('\n', signer.Sign(IdentityDocument.Of(instance)).Chunk(64).Select(line => new string(line))),
        IdentityPath => Credentials(iam.InstanceIdentity(instance.Account, instance.Id, instance.Partition)),
        ProfilePath => instance.Role,
        _ when instance.Role is { } role && path == ProfilePath + role => Misbehaviour == ImdsMisbehaviour.RoleCannotBeAssumed
            ? new JsonObject { ["Code"] = "AssumeRoleUnauthorizedAccess", ["Message"] = "EC2 cannot assume the role" }.ToJsonString()
            : Credentials(iam.InstanceProfile(instance.Account, role, instance.Id, instance.Partition)),
        _ => null,
    };

    private string Credentials(TemporaryCredentials credentials) => new JsonObject
    {
        ["Code"] = "Success",
        ["LastUpdated"] = time.GetUtcNow(),
        ["Type"] = "AWS-HMAC",
        ["AccessKeyId"] = credentials.AccessKeyId,
        ["SecretAccessKey"] = credentials.SecretAccessKey,
        ["Token"] = credentials.SessionToken,
        ["Expiration"] = credentials.Expiration,
    }.ToJsonString();

    private static AwsReply Text(int status, string text) => new(status, "text/plain", text);
}
