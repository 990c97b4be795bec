using System.Diagnostics;
using System.Net;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.Client;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Benchmarks.Silos;

/// <summary>Agents behind a balancer, which each send their heartbeats at their own time, and again when one was not answered, no sooner than they were told to.</summary>
internal sealed class BalancedFleet(TestIssuerKey key, int size) : IAsyncDisposable
{
    private const int Joining = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Unanswered = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ending = new();
    private readonly Member[] members = new Member[size];
    private readonly ApiClient?[] homes = new ApiClient?[size];
    private volatile IReadOnlyList<ApiClient> apis = [];
    private Task lives = Task.CompletedTask;
    private int again;

    /// <summary>Calls that were made again.</summary>
    public int Again => Volatile.Read(ref again);

    /// <summary>What the balancer has behind it from now on.</summary>
    public void Balance(IReadOnlyList<ApiClient> all) => apis = all;

    /// <summary>All join, and begin to live.</summary>
    public async Task JoinAsync()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, size), new ParallelOptions { MaxDegreeOfParallelism = Joining }, async (number, _) =>
        {
            members[number] = Member.Create(ApiOf(number), key, number);
            await members[number].OpenAsync();
            await members[number].RegisterAsync();
            await members[number].StartAsync();
        });
        lives = Task.WhenAll(Enumerable.Range(0, size).Select(LiveAsync));
    }

    /// <summary>A heartbeat of so many agents, picked evenly, all at the same time.</summary>
    /// <returns>When each was answered, from now.</returns>
    public Task<TimeSpan[]> BeatAsync(int count)
    {
        var began = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, size).Where(number => number % Math.Max(1, size / count) == 0).Select(async number =>
        {
            await BeatOneAsync(number);
            return Stopwatch.GetElapsedTime(began);
        }));
    }

    /// <summary>Ends their lives, and tells of one that was refused.</summary>
    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        try
        {
            await lives;
        }
        catch (OperationCanceledException)
        {
            // As was asked for.
        }

        Array.ForEach(members, member => member?.Agent.Dispose());
        ending.Dispose();
    }

    // An agent stays where it is connected as long as that is behind the balancer.
    private ApiClient ApiOf(int number)
    {
        var all = apis;
        return homes[number] is { } home && all.Contains(home) ? home : homes[number] = all[Random.Shared.Next(all.Count)];
    }

    private async Task LiveAsync(int number)
    {
        var wait = Interval * Random.Shared.NextDouble();
        while (true)
        {
            await Task.Delay(wait, TimeProvider.System, ending.Token);
            await BeatOneAsync(number);
            wait = Interval;
        }
    }

    private async Task BeatOneAsync(int number)
    {
        while (true)
        {
            var pause = Unanswered * Random.Shared.NextDouble();
            try
            {
                var reply = await members[number].Agent.At(ApiOf(number)).HeartbeatAsync();
                if (reply.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    _ = reply.Required;
                    return;
                }

                pause += reply.RetryAfter ?? TimeSpan.Zero;
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
            {
                // Its silo has gone, or does not answer.
            }

            Interlocked.Increment(ref again);
            await Task.Delay(pause, TimeProvider.System, ending.Token);
        }
    }
}
