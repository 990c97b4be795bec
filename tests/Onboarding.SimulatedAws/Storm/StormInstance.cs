using System.Globalization;
using System.Net;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;

namespace Onboarding.SimulatedAws.Storm;

/// <summary>One EC2 instance: it tries to join until it has, with the pauses that the agent makes.</summary>
internal sealed class StormInstance : IDisposable
{
    private static readonly WorkloadGroupReference Group = new(StormFiles.Namespace, StormFiles.Group);
    private readonly ApiClient api;
    private readonly SimulatedAgent agent;
    private readonly TemporaryCredentials credentials;
    private readonly string document;
    private readonly string address;

    /// <summary>An instance whose metadata service has given it all that it needs.</summary>
    public StormInstance(int number, ApiClient api, SimulatedIam iam, RegionSigner signer)
    {
        this.api = api;
        agent = new SimulatedAgent(api, Group);
        address = new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
        var instance = new SimulatedInstance(string.Create(CultureInfo.InvariantCulture, $"i-{number:x17}")) { Account = StormFiles.Account, Region = StormFiles.Region, PrivateIp = address };
        credentials = iam.InstanceIdentity(instance.Account, instance.Id);
        document = signer.Sign(IdentityDocument.Of(instance));
    }

    /// <summary>Joins.</summary>
    public async Task JoinAsync(TimeSpan after, StormTally tally, TimeProvider time, CancellationToken cancellationToken)
    {
        await Task.Delay(after, time, cancellationToken);
        var since = time.GetTimestamp();
        for (var attempt = 0; await TryAsync(tally, time, cancellationToken) is { } retryAfter; attempt++)
        {
            // protocol.md, life 4: exponential with full jitter, 1 s to 60 s, and not before what the endpoint asked for.
            var bound = TimeSpan.FromSeconds(Math.Min(60, Math.Pow(2, attempt)));
            await Task.Delay(retryAfter + (bound * Random.Shared.NextDouble()), time, cancellationToken);
        }

        tally.CountJoined(time.GetElapsedTime(since));
    }

    public void Dispose() => agent.Dispose();

    /// <summary>One attempt; null: it has joined, else how long the endpoint asks to wait.</summary>
    private async Task<TimeSpan?> TryAsync(StormTally tally, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            var challenge = await api.ChallengeAsync(cancellationToken);
            if (challenge.Value is not { } given)
            {
                return Failed(challenge);
            }

            var opened = await agent.OpenAsync(Prove(given.Nonce, time.GetUtcNow()));
            if (opened.Value is null)
            {
                return Failed(opened);
            }

            var registered = await agent.RegisterAsync(address);
            return registered.Value is null ? Failed(registered) : null;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            tally.CountFailure(error.GetType().Name);
            return TimeSpan.Zero;
        }

        TimeSpan Failed<T>(ApiReply<T> reply)
            where T : class
        {
            tally.CountFailure(reply.Problem?.Code ?? reply.Status.ToString());
            return reply.RetryAfter ?? TimeSpan.Zero;
        }
    }

    private AwsEc2Credential Prove(string nonce, DateTimeOffset now)
    {
        _ = AwsRegion.TryParse(StormFiles.Region, out var region);
        var binding = new SessionBinding(StormFiles.Uid, StormFiles.Host, nonce, Group, agent.InstanceId, agent.KeyThumbprint).Compute();
        return new AwsEc2Credential(nonce, document, StsSigner.Prove(credentials, region!, binding, now));
    }
}
