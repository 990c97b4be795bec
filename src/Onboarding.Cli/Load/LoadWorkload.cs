using System.Globalization;
using System.Net;
using Onboarding.Client;
using Onboarding.Protocol;

namespace Onboarding.Cli.Load;

/// <summary>The life of one simulated agent, a step at a time.</summary>
internal sealed class LoadWorkload(int number, LoadSettings settings, ApiClient api, LoadStatistics statistics, Func<string, string> mint, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly string subject = string.Create(CultureInfo.InvariantCulture, $"load-{number:D6}");
    private readonly string address = AddressAt(settings.Addresses, number);
    private SimulatedAgent agent = new(api, settings.Group);
    private LoadCall next = LoadCall.Open;
    private string? prepared;
    private DateTimeOffset renewAt;
    private DateTimeOffset leaveAt = DateTimeOffset.MaxValue;
    private bool isJoined;

    /// <summary>Whether it holds a registration.</summary>
    public bool IsRegistered { get; private set; }

    /// <summary>Makes its credential before time counts.</summary>
    public void Prepare() => prepared = mint(subject);

    /// <summary>Makes the next call.</summary>
    /// <returns>When to make the one after it, from now; zero: at once.</returns>
    public async Task<TimeSpan> StepAsync(long intended)
    {
        var now = time.GetUtcNow();
        var call = next != LoadCall.Heartbeat ? next : now >= leaveAt ? LoadCall.Leave : now >= renewAt ? LoadCall.Renew : next;
        return call switch
        {
            LoadCall.Open => await OpenAsync(intended),
            LoadCall.Register => await RegisterAsync(intended),
            LoadCall.Bootstrap => await BootstrapAsync(intended),
            LoadCall.Renew => await RenewAsync(intended),
            LoadCall.Leave => await LeaveAsync(intended),
            _ => await HeartbeatAsync(intended),
        };
    }

    /// <summary>Leaves, and will come back as another installation of the same machine.</summary>
    public async Task<TimeSpan> LeaveAsync(long intended)
    {
        var reply = await statistics.MeasureAsync(LoadCall.Leave, intended, agent.LeaveAsync);
        if (reply?.Value is null)
        {
            return Again(reply);
        }

        Forget();
        agent.Dispose();
        agent = new SimulatedAgent(api, settings.Group);
        return Jittered(settings.HeartbeatInterval ?? reply.Value.PropagationDelay);
    }

    public void Dispose() => agent.Dispose();

    /// <summary>The address with a number in a network, its own two outermost left out.</summary>
    public static string AddressAt(IPNetwork network, int number)
    {
        var bytes = network.BaseAddress.GetAddressBytes();
        var rest = number + 1;
        for (var index = bytes.Length - 1; rest > 0; index--)
        {
            rest += bytes[index];
            bytes[index] = (byte)rest;
            rest >>= 8;
        }

        return new IPAddress(bytes).ToString();
    }

    private async Task<TimeSpan> OpenAsync(long intended)
    {
        var credential = new JwtCredential(prepared ?? mint(subject));
        prepared = null;
        var reply = await statistics.MeasureAsync(LoadCall.Open, intended, () => agent.OpenAsync(credential));
        if (reply?.Value is not { } session)
        {
            return Again(reply);
        }

        NoteRenewal(session);
        next = LoadCall.Register;
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> RegisterAsync(long intended)
    {
        var reply = await statistics.MeasureAsync(LoadCall.Register, intended, () => agent.RegisterAsync(address));
        if (reply?.Value is null)
        {
            return Again(reply);
        }

        IsRegistered = true;
        next = LoadCall.Bootstrap;
        return TimeSpan.Zero;
    }

    private async Task<TimeSpan> BootstrapAsync(long intended)
    {
        var reply = await statistics.MeasureAsync(LoadCall.Bootstrap, intended, agent.GetBootstrapAsync);
        if (reply?.Value is null)
        {
            return Again(reply);
        }

        isJoined = true;
        statistics.CountJoined(1);
        next = LoadCall.Heartbeat;
        leaveAt = settings.Churns ? time.GetUtcNow() + (LongestLife * Random.Shared.NextDouble()) : DateTimeOffset.MaxValue;

        // The fleet's heartbeats are spread from the first on.
        return (settings.HeartbeatInterval ?? TimeSpan.FromSeconds(30)) * Random.Shared.NextDouble();
    }

    private async Task<TimeSpan> HeartbeatAsync(long intended)
    {
        var reply = await statistics.MeasureAsync(LoadCall.Heartbeat, intended, agent.HeartbeatAsync);
        return reply?.Value is { } answer ? Jittered(settings.HeartbeatInterval ?? answer.NextHeartbeat) : Again(reply);
    }

    private async Task<TimeSpan> RenewAsync(long intended)
    {
        var reply = await statistics.MeasureAsync(LoadCall.Renew, intended, agent.RenewAsync);
        if (reply?.Value is not { } session)
        {
            return Again(reply);
        }

        NoteRenewal(session);
        return TimeSpan.Zero;
    }

    // As the agent does: attest anew when the session is no more, else ask again.
    private TimeSpan Again<T>(ApiReply<T>? reply)
        where T : class
    {
        if (reply is { Status: HttpStatusCode.Unauthorized } || reply?.Problem?.Code is ProblemCodes.RegistrationGone or ProblemCodes.Superseded)
        {
            Forget();
        }

        return reply?.RetryAfter ?? RetryAfter;
    }

    private void Forget()
    {
        statistics.CountJoined(isJoined ? -1 : 0);
        (isJoined, IsRegistered, next) = (false, false, LoadCall.Open);
    }

    private void NoteRenewal(SessionResponse session) =>
        renewAt = settings.RenewalInterval is { } interval ? time.GetUtcNow() + interval : session.RenewAfter;

    private static TimeSpan Jittered(TimeSpan interval) => interval * (0.9 + (0.2 * Random.Shared.NextDouble()));
}
