using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Onboarding.Endpoint.Telemetry.Logs;

/// <summary>Logs go to standard error, as text on a terminal and as one JSON object a line elsewhere; standard output is left to the audit stream.</summary>
internal static class LogOutput
{
    private const string TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";

    /// <summary>Takes the place of the providers that a host has by default.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.ClearProviders();
        logging.AddFilter("Microsoft", LogLevel.Warning);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);

        // While this category is on, each request gets an activity and a logging scope; our applications log their failures themselves.
        logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        logging.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, TimestampFormat.TrimEnd()));
        logging.AddSimpleConsole(text => (text.SingleLine, text.UseUtcTimestamp, text.TimestampFormat) = (true, true, TimestampFormat));

        // Last: the two calls before have each chosen their own formatter.
        logging.AddConsole(console =>
        {
            console.LogToStandardErrorThreshold = LogLevel.Trace;
            console.FormatterName = Console.IsErrorRedirected ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple;
        });
    }
}
