using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Onboarding.Endpoint.Telemetry.Logs;

/// <summary>
/// Keeps the host from logging, with a stack trace, that it could not start: whoever starts it tells why, in a line. Once it has started, what the host
/// logs is of services that failed.
/// </summary>
internal sealed class StartLogs(IServiceProvider services) : IConfigureOptions<LoggerFilterOptions>
{
    private const string Category = "Microsoft.Extensions.Hosting.Internal.Host";

    /// <inheritdoc/>
    public void Configure(LoggerFilterOptions options) =>
        options.AddFilter(Category, level => level >= LogLevel.Warning && HasStarted);

    // Asked for late: the lifetime logs itself.
    private bool HasStarted => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested;
}
