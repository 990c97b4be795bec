using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Onboarding.Core;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>Answers as a test says, and remembers what it was asked.</summary>
internal sealed class FakeWorkloadRegistry : IWorkloadRegistry
{
    public static readonly BootBundle Bundle = new(
        "rev-1",
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ISTIO_SERVICE"] = "ratings.bookinfo" },
        new JsonObject { ["discoveryAddress"] = "istiod.istio-system.svc:15012" },
        [new HostsEntry("192.0.2.1", ["istiod.istio-system.svc"])]);

    public static readonly WorkloadSummary Summary = new(
        "bookinfo", "ratings-jwt-corp--vm1", "ratings", true, "192.0.2.10", "0.1.0", new DateTimeOffset(2026, 3, 1, 11, 0, 0, TimeSpan.Zero), LastContact: null);

    /// <summary>Refuses every call, or throws.</summary>
    public Func<Refusal?> Refuse { get; set; } = () => null;

    public SidecarTokenGrant Token { get; set; } = new(new SidecarTokenResponse("sidecar-token", new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero)));

    public ConcurrentQueue<(Registration Registration, IPAddress Peer)> Registrations { get; } = new();

    public ConcurrentQueue<HeartbeatRequest> Heartbeats { get; } = new();

    public ValueTask<Outcome<RegistrationResponse>> RegisterAsync(SessionContext session, Registration registration, IPAddress peer, CancellationToken cancellationToken)
    {
        Registrations.Enqueue((registration, peer));
        return Answer(new RegistrationResponse(session.WorkloadName, "rev-1"));
    }

    public ValueTask<Outcome<HeartbeatResponse>> HeartbeatAsync(SessionContext session, HeartbeatRequest heartbeat, CancellationToken cancellationToken)
    {
        Heartbeats.Enqueue(heartbeat);
        return Answer(new HeartbeatResponse(RestartTurn.Hold, TimeSpan.FromSeconds(30), "rev-1"));
    }

    public ValueTask<Outcome<BootBundle>> GetBootstrapAsync(SessionContext session, CancellationToken cancellationToken) => Answer(Bundle);

    public ValueTask<Outcome<SidecarTokenGrant>> GetSidecarTokenAsync(SessionContext session, CancellationToken cancellationToken) => Answer(Token);

    public ValueTask<Outcome<LeaveResponse>> LeaveAsync(SessionContext session, CancellationToken cancellationToken) => Answer(new LeaveResponse(TimeSpan.FromSeconds(10)));

    public ValueTask<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken) =>
        new(@namespace is null or "bookinfo" ? [Summary with { Name = "z" }, Summary] : []);

    public ValueTask<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        new(string.Equals(name, Summary.Name, StringComparison.Ordinal)
            ? new WorkloadDescription(
                Summary,
                new JwtIdentity("https://issuer.example", "vm1", ImmutableSortedDictionary<string, string>.Empty),
                [new Condition("AgentConnected", "True", "ConnectionEstablished", "", Summary.RegisteredAt)],
                ImmutableSortedDictionary<string, string>.Empty.Add("app", "ratings"),
                new PolicyDecision(true, "allow-vms", 0, "allowed"),
                "rev-1",
                "rev-1",
                "ratings")
            : null);

    public void Reset()
    {
        Refuse = () => null;
        Registrations.Clear();
        Heartbeats.Clear();
    }

    private ValueTask<Outcome<T>> Answer<T>(T value)
        where T : class
        => Refuse() is { } refusal ? new(refusal) : new(value);
}
