using System.Globalization;
using System.Text.Json.Nodes;
using Onboarding.Cli.Output;
using Onboarding.Protocol;

namespace Onboarding.Cli.Load;

/// <summary>What a load test found, for people and for programs.</summary>
internal static class LoadReport
{
    public static JsonObject ToJson(LoadSettings settings, LoadRun run, LoadStatistics statistics) => new()
    {
        ["workloads"] = settings.Workloads,
        ["concurrency"] = settings.Concurrency,
        ["seconds"] = Math.Round(run.Took.TotalSeconds, 3),
        ["joined"] = run.Joined,
        ["allJoinedAfterSeconds"] = run.AllJoinedAfter is { } joined ? Math.Round(joined.TotalSeconds, 3) : null,
        ["unstarted"] = run.Unstarted,
        ["calls"] = new JsonArray([.. statistics.Calls.Select(call => ToJson(call.Key, call.Value, run.Took))]),
    };

    /// <summary>Prints it as a table.</summary>
    public static void Print(CliConsole console, LoadRun run, LoadStatistics statistics)
    {
        var table = new PlainTable("CALL", "ANSWERS", "PER SECOND", "P50", "P90", "P99", "MAX", "LATE", "ERRORS");
        foreach (var (call, figures) in statistics.Calls)
        {
            var latency = figures.Latency;
            table.AddCells(
                NameOf(call),
                Text($"{latency.Count}"),
                Text($"{latency.Count / run.Took.TotalSeconds:F1}"),
                Milliseconds(latency.Percentile(0.5)),
                Milliseconds(latency.Percentile(0.9)),
                Milliseconds(latency.Percentile(0.99)),
                Milliseconds(latency.Longest),
                Text($"{figures.Late}"),
                figures.Codes.Count == 0 ? "-" : string.Join(", ", figures.Codes.Select(code => Text($"{code.Key} {code.Value}"))));
        }

        table.WriteTo(console.Output);
        console.Output.WriteLine(Text($"{run.Joined} joined after {run.Took.TotalSeconds:F1} s{(run.AllJoinedAfter is { } all ? Text($", all of them first after {all.TotalSeconds:F1} s") : "")}."));
        console.Output.WriteLine("Latency counts from the time at which a call was meant to start. LATE: calls that were sent over a second after it.");
        if (run.Unstarted > 0)
        {
            console.Output.WriteLine(Text($"{run.Unstarted} calls were due at the end and had not been sent: the load was higher than endpoint or client could bear."));
        }
    }

    /// <summary>Whether nothing went wrong but what an endpoint may say under load: come back later.</summary>
    public static bool IsClean(LoadStatistics statistics) =>
        statistics.Calls.Values.SelectMany(figures => figures.Codes.Keys).All(code => code is ProblemCodes.RateLimited or ProblemCodes.Unavailable);

    private static JsonObject ToJson(LoadCall call, CallFigures figures, TimeSpan took) => new()
    {
        ["call"] = NameOf(call),
        ["answers"] = figures.Latency.Count,
        ["perSecond"] = Math.Round(figures.Latency.Count / took.TotalSeconds, 1),
        ["p50Milliseconds"] = Rounded(figures.Latency.Percentile(0.5)),
        ["p90Milliseconds"] = Rounded(figures.Latency.Percentile(0.9)),
        ["p99Milliseconds"] = Rounded(figures.Latency.Percentile(0.99)),
        ["maxMilliseconds"] = Rounded(figures.Latency.Longest),
        ["late"] = figures.Late,
        ["longestLagMilliseconds"] = Rounded(figures.LongestLag),
        ["errors"] = new JsonObject(figures.Codes.Select(code => KeyValuePair.Create(code.Key, (JsonNode?)code.Value))),
    };

    private static string NameOf(LoadCall call) => call.ToString().ToLowerInvariant();

    private static double Rounded(TimeSpan span) => Math.Round(span.TotalMilliseconds, 2);

    private static string Milliseconds(TimeSpan span) => Text($"{span.TotalMilliseconds:F1} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
