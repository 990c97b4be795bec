using System.Net;
using Microsoft.Extensions.Logging;
using Onboarding.Agent.Configuration;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Files;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Identity;
using Onboarding.Agent.Life;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Processes;
using Onboarding.Agent.Sidecar;
using Onboarding.Agent.Status;
using Onboarding.Agent.Unix;
using Onboarding.Protocol;
using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent;

/// <summary>Puts the agent together from its configuration.</summary>
internal sealed partial class Composition : IDisposable
{
    private readonly AgentFiles configuration;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly ProgramRunner programs;
    private readonly ServerTrust trust;
    private readonly EndpointTransport transport;
    private readonly HttpReadinessProbe probe;
    private readonly HostComposition host;

    public Composition(AgentFiles configuration, string root, CloudMetadata clouds, TimeProvider time, ILogger logger)
    {
        this.configuration = configuration;
        this.time = time;
        this.logger = logger;
        Files = new RootedFiles(root);
        programs = new ProgramRunner(time);
        Target = TargetOf(configuration);
        trust = new ServerTrust(Target);
        transport = new EndpointTransport(EndpointHandler.Create(Target, trust), Target, new EndpointClock(time, logger), time);
        Endpoint = new EndpointClient(transport);
        probe = new HttpReadinessProbe(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false }, time);
        host = new HostComposition(configuration.Agent, clouds, programs, Endpoint, logger);
        Host = host.Information();
    }

    public RootedFiles Files { get; }

    public EndpointTarget Target { get; }

    public EndpointClient Endpoint { get; }

    public IHostInformation Host { get; }

    public void Dispose()
    {
        transport.Dispose();
        trust.Dispose();
        probe.Dispose();
    }

    /// <summary>What the configuration says of the workload; asks the sidecar for its release.</summary>
    public async Task<WorkloadDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var revision = configuration.Agent.Sidecar.Revision;
        var release = await IstioRelease.FindAsync(Files, programs, revision == "default" ? null : revision, cancellationToken);
        return new WorkloadDescription(
            new WorkloadGroupReference(configuration.Onboarding.GroupNamespace, configuration.Onboarding.GroupName),
            configuration.Onboarding.Labels,
            configuration.Onboarding.ConnectedOver == ConnectedOver.Internet ? AddressType.Internet : AddressType.Vpc,
            release);
    }

    /// <summary>The way to become a member.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="keepsInstance">False: nothing is written for it.</param>
    public Enrollment Enrollment(WorkloadDescription workload, bool keepsInstance)
    {
        Warn();
        var identity = new InstanceIdentity(Files);
        return new Enrollment(
            Endpoint,
            new UidRules(Target, configuration.Onboarding.Endpoint.Uid, trust, logger),
            host.Credentials(),
            Host,
            keepsInstance ? identity.LoadOrCreate : identity.LoadOrBorrow,
            workload);
    }

    /// <summary>All that a life is led with.</summary>
    public LifeServices Life(WorkloadDescription workload, Random random)
    {
        var owner = SystemUser.AgentIsRoot ? SystemUser.Find(SidecarPaths.User) : null;
        var hosts = new Sidecar.HostsFile(Files, configuration.Agent.HostsFile == Yaml.AgentFiles.HostsFile.Manage);
        var filter = new DeliveredBundleFilter(
            configuration.Agent.Sidecar.Environment, MachineNames.Find(Files, Dns.GetHostName()), Target, logger);
        var output = new SidecarOutput(configuration.Agent.Sidecar.StdoutFilename, configuration.Agent.Sidecar.StderrFilename);
        var launcher = new ChildLauncher(Files, output, new SidecarRecord(Files), time);
        var delay = new TimerDelay(time);
        return new LifeServices(
            Endpoint,
            Enrollment(workload, keepsInstance: true),
            workload,
            new SidecarFiles(Files, hosts, filter, owner),
            new SidecarSupervisor(launcher, probe, delay, time, random, workload.Istio, logger),
            delay,
            time,
            random,
            new StateLog(logger, new StatusKeeper(new StatusFile(Files), workload.Group, transport.Clock, time)));
    }

    /// <summary>Pauses between tries at what is on this machine: plugins, commands, interfaces.</summary>
    public Backoff LocalBackoff(Random random) => new(random, configuration.Agent.InitialInterval, configuration.Agent.MaxInterval);

    /// <summary>Tells leaving from restarting.</summary>
    public Departure Departure() =>
        new(
            Files,
            new SystemdManager(Files, programs, Environment.GetEnvironmentVariable("INVOCATION_ID") is { Length: > 0 }),
            configuration.Agent.OnStop == OnStop.Leave);

    private static EndpointTarget TargetOf(AgentFiles configuration)
    {
        var endpoint = configuration.Onboarding.Endpoint;
        return new EndpointTarget(
            endpoint.Host,
            endpoint.Port,
            endpoint.Tls is not null,
            endpoint.Tls?.Sni,
            endpoint.Tls?.InsecureSkipVerify ?? false,
            endpoint.Tls?.CaFile,
            configuration.Roots);
    }

    private void Warn()
    {
        if (!Target.UsesTls)
        {
            NoTransportSecurity(logger);
        }
        else if (Target.SkipsVerification)
        {
            NoVerification(logger);
        }
    }

    [LoggerMessage(1011, LogLevel.Warning, "onboardingEndpoint.transportSecurity is none: credentials and tokens travel in the clear; not for production")]
    private static partial void NoTransportSecurity(ILogger logger);

    [LoggerMessage(1012, LogLevel.Warning, "insecureSkipVerify is set: anybody on the way can pose as the endpoint; not for production")]
    private static partial void NoVerification(ILogger logger);
}
