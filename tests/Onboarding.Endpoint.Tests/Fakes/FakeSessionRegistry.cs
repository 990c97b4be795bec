using System.Collections.Concurrent;
using Onboarding.Core;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>Answers as a test says, and remembers what it was asked.</summary>
internal sealed class FakeSessionRegistry : ISessionRegistry
{
    public static readonly SessionResponse Response = new("the-token", new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero));

    public Func<SessionOpening, Outcome<SessionResponse>> OnOpen { get; set; } = _ => Response;

    public Func<BearerCall, Outcome<SessionContext>> OnAuthenticate { get; set; } = Accept;

    public Func<SessionContext, Outcome<SessionResponse>> OnRenew { get; set; } = _ => Response;

    public ConcurrentQueue<SessionOpening> Openings { get; } = new();

    public ConcurrentQueue<BearerCall> Calls { get; } = new();

    public static Outcome<SessionContext> Accept(BearerCall call) => new SessionContext(
        new WorkloadGroupReference("bookinfo", "ratings"),
        "bookinfo/ratings/0123",
        "ratings-jwt-corp--vm1",
        "sid",
        "jti",
        7,
        new DateTimeOffset(2026, 3, 1, 13, 0, 0, TimeSpan.Zero),
        call.CorrelationId,
        call.Peer);

    public ValueTask<Outcome<SessionResponse>> OpenAsync(SessionOpening opening, CancellationToken cancellationToken)
    {
        Openings.Enqueue(opening);
        return new(OnOpen(opening));
    }

    public ValueTask<Outcome<SessionContext>> AuthenticateAsync(BearerCall call, CancellationToken cancellationToken)
    {
        Calls.Enqueue(call);
        return new(OnAuthenticate(call));
    }

    public ValueTask<Outcome<SessionResponse>> RenewAsync(SessionContext session, CancellationToken cancellationToken) => new(OnRenew(session));

    public void Reset()
    {
        OnOpen = _ => Response;
        OnAuthenticate = Accept;
        OnRenew = _ => Response;
        Openings.Clear();
        Calls.Clear();
    }
}
