using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Endpoint.Manifests;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Endpoint.Configuration;

/// <summary>
/// The configuration in a ControlPlane file (<c>--config</c>), reread when it changes and has then been left alone for a look: a file that is being
/// written must not be taken for a shorter one. A bad one is reported, and the last good one stays. Registered as singleton and as hosted service.
/// </summary>
public sealed partial class ControlPlaneFile : BackgroundService, IOptionsSource
{
    /// <summary>How often the file is looked at.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly string path;
    private readonly TimeProvider time;
    private readonly ILogger<ControlPlaneFile> logger;
    private FileStamp? read;
    private FileStamp? seen;
    private volatile OnboardingOptions current;

    private ControlPlaneFile(string path, FileStamp? stamp, OnboardingOptions options, string uid, TimeProvider time, ILogger<ControlPlaneFile> logger)
    {
        (this.path, this.time, this.logger) = (path, time, logger);
        (read, seen, current, Uid) = (stamp, stamp, options, uid);
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public OnboardingOptions Current => current;

    /// <inheritdoc/>
    public string Uid { get; }

    /// <summary>The file.</summary>
    internal string File => path;

    /// <summary>Reads the file for the first time.</summary>
    /// <param name="path">The file.</param>
    /// <param name="makeUid">Gives the uid where the file has none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where warnings, and later problems, are reported.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidConfigurationException">It cannot be read, or is wrong.</exception>
    public static async Task<ControlPlaneFile> OpenAsync(
        string path, Func<string> makeUid, TimeProvider time, ILogger<ControlPlaneFile> logger, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(makeUid);
        var stamp = FileStamp.Of(path);
        var problems = new ProblemList();
        var options = await ReadAsync(path, problems, cancellationToken) ?? throw new InvalidConfigurationException(problems.Errors);
        var file = new ControlPlaneFile(path, stamp, options, options.Uid ?? makeUid(), time, logger);
        file.Report(problems);
        return file;
    }

    /// <summary>Looks at the file once.</summary>
    internal async Task PollAsync(CancellationToken cancellationToken)
    {
        var stamp = FileStamp.Of(path);
        var isSettled = stamp == seen;
        seen = stamp;
        if (!isSettled || stamp == read)
        {
            return;
        }

        read = stamp;
        var problems = new ProblemList();
        var options = await ReadAsync(path, problems, cancellationToken);
        if (FileStamp.Of(path) != stamp)
        {
            // Written while it was read: what comes of it is looked at next time.
            read = null;
            return;
        }

        Report(problems);
        if (options is null)
        {
            LogKept(path);
            return;
        }

        Use(options);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await TryPollAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    // A background service that throws stops the process, and nothing that a file says is worth that.
    private async Task TryPollAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PollAsync(cancellationToken);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogFailed(path, failure);
        }
    }

    private static async Task<OnboardingOptions?> ReadAsync(string path, ProblemList problems, CancellationToken cancellationToken)
    {
        try
        {
            return ControlPlaneReader.Read(await YamlParser.ParseFileAsync(path, YamlLimits.Configuration, cancellationToken), path, problems);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problems.Add(new FieldProblem(path, 1, "", $"cannot be read: {e.Message}"));
            return null;
        }
    }

    private void Use(OnboardingOptions options)
    {
        if (!string.Equals(options.Uid ?? Uid, Uid, StringComparison.Ordinal))
        {
            LogNeedsRestart(path, "onboarding.uid");
        }

        if (!string.Equals(options.TlsSecretName, current.TlsSecretName, StringComparison.Ordinal))
        {
            LogNeedsRestart(path, "onboarding.endpoint.secretName");
        }

        // Whoever asks Current for them must not see what is not in force.
        current = options with { Uid = current.Uid, TlsSecretName = current.TlsSecretName };
        LogInUse(path);
        Changed?.Invoke();
    }

    private void Report(ProblemList problems)
    {
        foreach (var problem in problems.Items)
        {
            if (problem.IsWarning)
            {
                LogWarning(problem.ToString());
            }
            else
            {
                LogProblem(problem.ToString());
            }
        }
    }

    [LoggerMessage(3601, LogLevel.Information, "The changed configuration of {File} is in use.")]
    private partial void LogInUse(string file);

    [LoggerMessage(3602, LogLevel.Error, "The changed configuration of {File} is not taken over; the last good one stays in force.")]
    private partial void LogKept(string file);

    [LoggerMessage(3603, LogLevel.Error, "Configuration {Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(3604, LogLevel.Warning, "Configuration {Problem}")]
    private partial void LogWarning(string problem);

    [LoggerMessage(3605, LogLevel.Warning, "{File}: the new {Field} is not in force until the process is restarted.")]
    private partial void LogNeedsRestart(string file, string field);

    [LoggerMessage(3606, LogLevel.Error, "The changed configuration of {File} could not be taken over whole; restart the process, and report this.")]
    private partial void LogFailed(string file, Exception failure);
}
