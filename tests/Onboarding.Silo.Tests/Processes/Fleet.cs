using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Processes;

/// <summary>Agents behind a balancer: each call goes to the next endpoint, and is made again while it is not answered.</summary>
/// <param name="pki">Whom they trust.</param>
/// <param name="issuer">Who vouches for them.</param>
/// <param name="size">How many there are.</param>
/// <param name="areSteady">Whether each stays with the endpoint that answered it last, and none waits for others, as agents do.</param>
internal sealed class Fleet(TestPki pki, TestIssuer issuer, int size, bool areSteady = false) : IDisposable
{
    private static readonly WorkloadGroupReference Ratings = new("bookinfo", "ratings");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentBag<ApiClient> used = [];
    private readonly ConcurrentDictionary<int, Member> members = new();
    private readonly ConcurrentDictionary<int, int> moves = new();
    private readonly int atOnce = areSteady ? size : 32;
    private volatile ApiClient[] clients = [];
    private int turn;
    private int retries;

    /// <summary>How many were told that they are registered.</summary>
    public int Count => members.Count;

    /// <summary>How often a call had to be made again.</summary>
    public int Retries => Volatile.Read(ref retries);

    /// <summary>The names that agents were given.</summary>
    public string[] Names => [.. members.Values.Select(member => member.Name)];

    /// <summary>What the balancer has behind it from now on.</summary>
    public void Balance(IEnumerable<SiloProcess> silos)
    {
        clients = [.. silos.Select(silo => new ApiClient(silo.Api, pki.Authority, atOnce))];
        Array.ForEach(clients, used.Add);
    }

    /// <summary>Completes when all have joined.</summary>
    public Task JoinAsync() => JoinAsync(0, size);

    /// <summary>Completes when so many have joined, from a number on.</summary>
    public Task JoinAsync(int first, int count) => ForEachAsync(Enumerable.Range(first, count), JoinAsync);

    /// <summary>A heartbeat of every agent.</summary>
    public Task BeatAsync() => ForEachAsync(members.Keys, BeatOneAsync);

    /// <summary>A heartbeat of so many agents, picked evenly.</summary>
    public Task BeatAsync(int count) => ForEachAsync(members.Keys.Order().Where((_, index) => index % Math.Max(1, members.Count / count) == 0), BeatOneAsync);

    /// <summary>Every agent renews its session.</summary>
    public Task RenewAsync() => ForEachAsync(members.Keys, async number =>
    {
        var member = members[number];
        var agent = member.Agent;
        await UntilAnsweredAsync(number, async client =>
        {
            agent = member.Agent.At(client);
            return await agent.RenewAsync();
        });
        members[number] = member with { Agent = agent };
    });

    public void Dispose()
    {
        foreach (var member in members.Values)
        {
            member.Agent.Dispose();
        }

        foreach (var client in used)
        {
            client.Dispose();
        }
    }

    private Task ForEachAsync(IEnumerable<int> numbers, Func<int, Task> act) =>
        Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (number, _) => await act(number));

    private async Task BeatOneAsync(int number)
    {
        var member = members[number];
        await UntilAnsweredAsync(number, client => member.Agent.At(client).HeartbeatAsync());
    }

    private async Task JoinAsync(int number)
    {
        var agent = new SimulatedAgent(clients[0], Ratings);
        await UntilAnsweredAsync(number, async client =>
        {
            // A credential of its own for each attempt, as an agent would have.
            var moved = agent.At(client);
            var reply = await moved.OpenAsync(new JwtCredential(issuer.Mint(string.Create(CultureInfo.InvariantCulture, $"vm-{number}"), SiloFiles.Uid)));
            agent = moved;
            return reply;
        });
        var registered = await UntilAnsweredAsync(number, client => agent.At(client).RegisterAsync(AddressOf(number)));
        members[number] = new Member(agent, registered.Name);
    }

    private async Task<T> UntilAnsweredAsync<T>(int number, Func<ApiClient, Task<ApiReply<T>>> call)
        where T : class
    {
        while (true)
        {
            try
            {
                var current = clients;
                var next = areSteady ? number + moves.GetValueOrDefault(number) : Interlocked.Increment(ref turn);
                var reply = await call(current[next % current.Length]);
                if (reply.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return reply.Required;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
            {
                // The endpoint died before, while or after it did what was asked.
            }

            Interlocked.Increment(ref retries);
            moves.AddOrUpdate(number, 1, (_, count) => count + 1);
            await Task.Delay(Pause, TimeProvider.System);
        }
    }

    private static string AddressOf(int number) => new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();

    private sealed record Member(SimulatedAgent Agent, string Name);
}
