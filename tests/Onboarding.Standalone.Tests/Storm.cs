using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Onboarding.Client;
using Onboarding.Protocol;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Standalone.Tests;

/// <summary>Agents that all join at once, and try again whenever the endpoint is back.</summary>
internal sealed class Storm(Uri endpoint, TestPki pki, TestIssuer issuer, int size, Func<Task> untilItIsBack) : IDisposable
{
    private const int AtOnce = 64;
    private static readonly WorkloadGroupReference Ratings = new("bookinfo", "ratings");

    private readonly ApiClient api = new(endpoint, pki.Authority, AtOnce);
    private readonly ConcurrentDictionary<int, JoinedAgent> joined = new();
    private int taken = -1;
    private int retries;

    /// <summary>Agents whose session and registration were acknowledged, with the name they were given.</summary>
    public IReadOnlyCollection<JoinedAgent> Joined => [.. joined.Values];

    /// <summary>How many have joined.</summary>
    public int Count => joined.Count;

    /// <summary>How often an agent had to ask again.</summary>
    public int Retries => Volatile.Read(ref retries);

    /// <summary>Completes when all have joined.</summary>
    public Task RunAsync() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(JoinManyAsync)));

    /// <summary>Asks for something of every agent that joined.</summary>
    public Task ForEachAsync(Func<JoinedAgent, Task> ask) =>
        Parallel.ForEachAsync(joined.Values, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (agent, _) => await ask(agent));

    public void Dispose()
    {
        foreach (var agent in joined.Values)
        {
            agent.Agent.Dispose();
        }

        api.Dispose();
    }

    private async Task JoinManyAsync()
    {
        for (var number = Interlocked.Increment(ref taken); number < size; number = Interlocked.Increment(ref taken))
        {
            var agent = new SimulatedAgent(api, Ratings);
            var credential = new JwtCredential(issuer.Mint(string.Create(CultureInfo.InvariantCulture, $"vm-{number}"), StandaloneFiles.Uid));
            await UntilAnsweredAsync(() => agent.OpenAsync(credential));
            var registered = await UntilAnsweredAsync(() => agent.RegisterAsync(AddressOf(number)));
            joined[number] = new JoinedAgent(agent, registered.Name);
        }
    }

    private async Task<T> UntilAnsweredAsync<T>(Func<Task<ApiReply<T>>> call)
        where T : class
    {
        while (true)
        {
            try
            {
                var reply = await call();
                if (reply.Status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests))
                {
                    return reply.Required;
                }
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException or TaskCanceledException)
            {
                // It was killed before, while or after it did what was asked.
            }

            Interlocked.Increment(ref retries);
            await Task.Yield();
            await untilItIsBack();
        }
    }

    private static string AddressOf(int number) => new IPAddress([10, (byte)(number >> 16), (byte)(number >> 8), (byte)number]).ToString();
}

/// <summary>An agent that was told that it is registered.</summary>
/// <param name="Agent">The agent, with its session.</param>
/// <param name="Name">Its registration's name.</param>
internal sealed record JoinedAgent(SimulatedAgent Agent, string Name);
