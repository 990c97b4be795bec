using Microsoft.Extensions.Logging;

namespace Onboarding.Agent.Sidecar;

/// <content>What it tells.</content>
internal sealed partial class SidecarSupervisor
{
    [LoggerMessage(1301, LogLevel.Information, "Sidecar started with boot bundle {Revision}")]
    private static partial void Started(ILogger logger, string revision);

    [LoggerMessage(1302, LogLevel.Warning, "Sidecar ended; it will be started again")]
    private static partial void Ended(ILogger logger);

    [LoggerMessage(1303, LogLevel.Warning, "No sidecar is installed (/usr/local/bin/istio-start.sh): its files are kept up to date; install the istio-sidecar package")]
    private static partial void Missing(ILogger logger);

    [LoggerMessage(1304, LogLevel.Error, "Sidecar could not be started: {Reason}")]
    private static partial void NotStarted(ILogger logger, string reason);
}
