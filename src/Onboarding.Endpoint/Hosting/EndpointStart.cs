using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Tls;

namespace Onboarding.Endpoint.Hosting;

/// <summary>How a process with an endpoint starts, in every edition; what is wrong is told as a <see cref="StartException"/>.</summary>
internal static class EndpointStart
{
    /// <summary>Runs a command of a program; why it could not becomes a line on the error stream.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string program, TextWriter error, Func<Task> run)
    {
        try
        {
            await run();
            return ExitCodes.Ok;
        }
        catch (StartException refused)
        {
            await error.WriteLineAsync($"{program}: {refused.Message}");
            return refused.ExitCode;
        }
        catch (Exception failure) when (failure is IOException or SocketException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"{program}: {failure.Message}");
            return ExitCodes.Failed;
        }
    }

    /// <summary>Waits until a started host is told to stop, or stops because one of its services failed.</summary>
    /// <exception cref="StartException">One failed: whoever restarts processes that fail must learn of it.</exception>
    public static async Task WaitForShutdownAsync(IHost host, CancellationToken cancellationToken)
    {
        await host.WaitForShutdownAsync(cancellationToken);
        var failures = host.Services.GetServices<IHostedService>().OfType<BackgroundService>()
            .Select(service => service.ExecuteTask?.Exception?.InnerException)
            .OfType<Exception>();
        if (failures.FirstOrDefault(failure => failure is not OperationCanceledException) is { } failed)
        {
            throw new StartException($"it stopped, since something failed that should not: {failed.Message}", failed);
        }
    }

    /// <summary>Reads the ControlPlane file.</summary>
    /// <exception cref="StartException">It is wrong.</exception>
    public static async Task<ControlPlaneFile> ReadAsync(string file, Func<string> makeUid, TimeProvider time, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        try
        {
            return await ControlPlaneFile.OpenAsync(file, makeUid, time, logs.CreateLogger<ControlPlaneFile>(), cancellationToken);
        }
        catch (InvalidConfigurationException invalid)
        {
            throw new StartException($"the configuration is wrong\n{invalid.Message}", invalid) { ExitCode = ExitCodes.Misconfigured };
        }
    }

    /// <summary>The endpoint's settings; certificates are in the directory beside the ControlPlane file that it names.</summary>
    public static EndpointSettings SettingsOf(string file, OnboardingOptions options, IPEndPoint? api, IPEndPoint? packages, IPEndPoint? operators)
    {
        var besideTheFile = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var byDefault = new EndpointSettings { TlsDirectory = Path.Combine(besideTheFile, options.TlsSecretName) };
        return byDefault with
        {
            ApiAddress = api ?? byDefault.ApiAddress,
            PackagesAddress = packages ?? byDefault.PackagesAddress,
            OperatorsAddress = operators ?? byDefault.OperatorsAddress,
        };
    }

    /// <summary>Starts it: when this completes, it listens.</summary>
    /// <exception cref="StartException">It cannot start.</exception>
    public static async Task StartAsync(WebApplication application, CancellationToken cancellationToken)
    {
        ListenAddress.RefuseTaken(application.Services.GetRequiredService<EndpointSettings>());
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch (TlsCertificateException unusable)
        {
            throw new StartException(unusable.Message, unusable) { ExitCode = ExitCodes.Misconfigured };
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException)
        {
            throw new StartException($"{taken.Message} {ListenAddress.Others}", taken);
        }
        catch (InvalidOperationException impossible)
        {
            throw new StartException(impossible.Message, impossible);
        }
    }
}
