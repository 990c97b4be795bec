using System.CommandLine;
using System.Globalization;
using System.Net;

namespace Onboarding.Cli.Load;

/// <summary>The options of <c>onboardctl load</c>.</summary>
internal sealed class LoadOptions
{
    private readonly Option<string?> endpoint = new("--endpoint") { Description = "Where the endpoint's API listens.", HelpName = "HOST:PORT" };
    private readonly Option<string?> authority = new("--ca") { Description = "Certificate of the authority that the endpoint's certificate is from.", HelpName = "FILE" };
    private readonly Option<string?> group = new("--group") { Description = "The WorkloadGroup to join.", HelpName = "NAMESPACE/NAME" };
    private readonly Option<string> issuer = new("--issuer") { Description = "Issuer of the workloads' tokens.", HelpName = "URL", DefaultValueFactory = _ => LoadSettings.DefaultIssuer };
    private readonly Option<string?> issuerKey = new("--issuer-key") { Description = "The issuer's private key, as load issuer makes one.", HelpName = "FILE" };
    private readonly Option<int> workloads = new("--workloads") { Description = "Workloads, 1 to 1000000.", HelpName = "N", DefaultValueFactory = _ => 100 };
    private readonly Option<int> concurrency = new("--concurrency") { Description = "Calls that are under way at most, 1 to 4096.", HelpName = "C", DefaultValueFactory = _ => 64 };
    private readonly Option<string> addresses = new("--addresses") { Description = "Network of the workloads' addresses; addresses.trusted[] must hold it.", HelpName = "CIDR", DefaultValueFactory = _ => LoadSettings.DefaultAddresses };
    private readonly Option<double> joins = new("--joins-per-second") { Description = "Workloads that begin to join in a second.", HelpName = "N", DefaultValueFactory = _ => 50 };
    private readonly Option<bool> storm = new("--storm") { Description = "All join at once, with credentials made beforehand." };
    private readonly Option<bool> churn = new("--churn") { Description = "Every workload leaves within ten minutes, and joins anew." };
    private readonly Option<bool> stay = new("--stay") { Description = "Leave the workloads registered at the end." };
    private readonly Option<string?> duration = new("--duration") { Description = "How long to go on, e.g. 90s, 10m, 1h; by default until all have joined.", HelpName = "DURATION" };
    private readonly Option<string?> heartbeats = new("--heartbeat-every") { Description = "Interval of heartbeats instead of the endpoint's.", HelpName = "DURATION" };
    private readonly Option<string?> renewals = new("--renew-every") { Description = "Interval of renewals instead of the endpoint's.", HelpName = "DURATION" };

    public void AddTo(Command command)
    {
        Option[] all = [endpoint, authority, group, issuer, issuerKey, workloads, concurrency, addresses, joins, storm, churn, stay, duration, heartbeats, renewals];
        foreach (var option in all)
        {
            command.Add(option);
        }
    }

    public string Authority(ParseResult parsed) => Required(parsed, authority);

    public string Issuer(ParseResult parsed) => parsed.GetValue(issuer)!;

    public string IssuerKey(ParseResult parsed) => Required(parsed, issuerKey);

    public Uri Endpoint(ParseResult parsed) =>
        Uri.TryCreate($"https://{Required(parsed, endpoint)}", UriKind.Absolute, out var uri) && uri is { Port: > 0, PathAndQuery: "/" }
            ? uri
            : throw new CliException("--endpoint must be HOST:PORT");

    /// <exception cref="CliException">An option is wrong.</exception>
    public LoadSettings Read(ParseResult parsed)
    {
        var count = Bounded(parsed, workloads, 1_000_000);
        return new LoadSettings(ObjectName.Parse(Required(parsed, group)), count, Bounded(parsed, concurrency, 4096))
        {
            JoinsPerSecond = parsed.GetValue(storm) ? null
                : parsed.GetValue(joins) is > 0 and <= 1_000_000 and var rate ? rate
                : throw new CliException("--joins-per-second must be above 0"),
            Churns = parsed.GetValue(churn),
            Stays = parsed.GetValue(stay),
            Duration = DurationOf(parsed, duration) ?? TimeSpan.Zero,
            HeartbeatInterval = DurationOf(parsed, heartbeats),
            RenewalInterval = DurationOf(parsed, renewals),
            Addresses = NetworkOf(parsed.GetValue(addresses)!, count),
        };
    }

    private static string Required(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { Length: > 0 } value ? value : throw new CliException($"{option.Name} is required");

    private static int Bounded(ParseResult parsed, Option<int> option, int most) =>
        parsed.GetValue(option) is var value && value >= 1 && value <= most ? value : throw new CliException($"{option.Name} must be 1 to {most}");

    private static TimeSpan? DurationOf(ParseResult parsed, Option<string?> option)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        var unit = text.Length < 2 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => 0 };
        return unit > 0 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value is > 0 and <= 1_000_000
            ? TimeSpan.FromSeconds(value * unit)
            : throw new CliException($"{option.Name}: \"{text}\" must be a duration such as 90s, 10m or 1h");
    }

    private static IPNetwork NetworkOf(string text, int workloads)
    {
        if (!IPNetwork.TryParse(text, out var network))
        {
            throw new CliException($"--addresses: \"{text}\" must be a network such as {LoadSettings.DefaultAddresses}");
        }

        var bits = (network.BaseAddress.GetAddressBytes().Length * 8) - network.PrefixLength;
        return bits >= 31 || workloads + 2 <= 1 << bits ? network : throw new CliException($"--addresses: {network} has not enough addresses for {workloads} workloads");
    }
}
