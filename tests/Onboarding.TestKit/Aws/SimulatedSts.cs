using System.Collections.Concurrent;
using System.Text;

namespace Onboarding.TestKit.Aws;

/// <summary>
/// AWS Security Token Service of all regions, told apart by the header <c>Host</c>. It answers <c>GetCallerIdentity</c> for those whose signature
/// is right, and whatever a test wants besides. Reached through <see cref="CreateHandler"/>, or over TLS through <see cref="SimulatedServer"/>.
/// </summary>
public sealed class SimulatedSts(SimulatedIam iam, TimeProvider? time = null) : ISimulatedService
{
    private const string Body = "Action=GetCallerIdentity&Version=2011-06-15";
    private const string ElsewherePath = "/elsewhere";
    private readonly TimeProvider time = time ?? TimeProvider.System;
    private readonly StsSignatureCheck check = new(iam, time ?? TimeProvider.System);
    private readonly ConcurrentQueue<AwsRequest> requests = new();
    private readonly Lock gate = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> barriers = [];
    private volatile TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile StsMisbehaviour misbehaviour;
    private int inFlight;

    /// <summary>What is wrong with its answers.</summary>
    public StsMisbehaviour Misbehaviour
    {
        get => misbehaviour;
        set
        {
            if (value == StsMisbehaviour.Stalls)
            {
                released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            misbehaviour = value;
        }
    }

    /// <summary>How long it takes over an answer.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>The share of calls, 0 to 1, that it throttles by chance.</summary>
    public double ThrottledShare { get; set; }

    /// <summary>Whom it says the caller is; null: whose the credentials are.</summary>
    public Func<CallerIdentity, CallerIdentity>? Names { get; set; }

    /// <summary>What it answers instead of anything else; null: what is right.</summary>
    public Func<AwsRequest, AwsReply>? Answers { get; set; }

    /// <summary>The most calls that were in flight at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>How often it was asked.</summary>
    public int Calls => requests.Count;

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<AwsRequest> Requests => [.. requests];

    /// <summary>Completes when that many calls are in flight.</summary>
    public Task UntilInFlightAsync(int count)
    {
        lock (gate)
        {
            if (inFlight >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            barriers.Add((count, reached));
            return reached.Task;
        }
    }

    /// <summary>Behaves again, and lets the stalled answers go.</summary>
    public void Release()
    {
        misbehaviour = StsMisbehaviour.None;
        released.TrySetResult();
    }

    /// <summary>A client's handler that ends here, whatever the request's address.</summary>
    public HttpMessageHandler CreateHandler() => new SimulatedHandler(_ => this);

    /// <inheritdoc/>
    public async Task<AwsReply> AnswerAsync(AwsRequest request, CancellationToken cancellationToken)
    {
        requests.Enqueue(request);
        Enter();
        try
        {
            if (Misbehaviour == StsMisbehaviour.Stalls)
            {
                await released.Task.WaitAsync(cancellationToken);
            }

            if (Latency > TimeSpan.Zero)
            {
                await Task.Delay(Latency, time, cancellationToken);
            }

            return Answers is { } answers ? answers(request) : Answer(request);
        }
        finally
        {
            Interlocked.Decrement(ref inFlight);
        }
    }

    private AwsReply Answer(AwsRequest request)
    {
        switch (Random.Shared.NextDouble() < ThrottledShare ? StsMisbehaviour.Throttles : Misbehaviour)
        {
            case StsMisbehaviour.Throttles:
                return StsReplies.Error(400, "Throttling", "Rate exceeded");
            case StsMisbehaviour.Fails:
                return StsReplies.Error(500, "InternalFailure", "The request processing has failed because of an unknown error.");
            case StsMisbehaviour.Unavailable:
                return StsReplies.Error(503, "ServiceUnavailable", "The request has failed due to a temporary failure of the server.");
            case StsMisbehaviour.Redirects when request.Path != ElsewherePath:
                return new AwsReply(307, "text/plain", "") { Location = ElsewherePath };
        }

        if (request.Method != "POST" || request.Path is not ("/" or ElsewherePath) || Encoding.UTF8.GetString(request.Body.Span) != Body)
        {
            return StsReplies.Error(400, "InvalidAction", "Could not find operation for this request");
        }

        var (caller, refusal) = check.Check(request with { Path = "/" });
        if (caller is null)
        {
            return refusal!;
        }

        var named = Names?.Invoke(caller) ?? caller;
        var right = request.ValuesOf("Accept").Contains("application/json", StringComparer.Ordinal) ? StsReplies.Identity(named) : StsReplies.Xml(named);
        return StsReplies.Distorted(Misbehaviour, right, named);
    }

    private void Enter()
    {
        lock (gate)
        {
            var now = Interlocked.Increment(ref inFlight);
            MostInFlight = Math.Max(MostInFlight, now);
            foreach (var barrier in barriers.Where(barrier => barrier.Count <= now).ToArray())
            {
                barriers.Remove(barrier);
                barrier.Reached.SetResult();
            }
        }
    }
}
