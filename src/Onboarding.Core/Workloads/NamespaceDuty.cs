using Microsoft.Extensions.Logging;
using Onboarding.Core.Audit;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;

namespace Onboarding.Core.Workloads;

/// <summary>
/// Looks after a namespace: after a start it walks what is written there, paced, and asks each workload. That wakes the leases of those that no
/// agent wakes, adopts what is not known here, and removes what had ended before.
/// </summary>
internal sealed partial class NamespaceDuty(
    IEntityHost<Workload> workloads,
    IRegistrationSink sink,
    IPolicyCatalog catalog,
    IOptionsSource options,
    IAuditTrail trail,
    TimeProvider time,
    ILogger<NamespaceDuty> logger)
{
    private const int AskedAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan UntilNextTry = TimeSpan.FromSeconds(10);

    private readonly WorkloadAudit audit = new(trail, time);

    /// <summary>Walks every namespace once, those too that appear later, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var walked = new HashSet<string>(StringComparer.Ordinal);
        using var changed = new SemaphoreSlim(0);
        void Changed() => changed.Release();
        catalog.Changed += Changed;
        try
        {
            while (true)
            {
                foreach (var name in await UntilDoneAsync("all namespaces", () => ListNamespacesAsync(cancellationToken), cancellationToken))
                {
                    if (walked.Add(name))
                    {
                        await WalkUntilDoneAsync(name, cancellationToken);
                    }
                }

                await changed.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            catalog.Changed -= Changed;
        }
    }

    /// <summary>Namespaces that hold a group or a registration. None before the resources are listed: no group is known then, and what is adopted needs its group.</summary>
    public async ValueTask<IReadOnlyCollection<string>> ListNamespacesAsync(CancellationToken cancellationToken) =>
        catalog.AsOf is null ? [] : [.. catalog.Namespaces.Union(await sink.ListNamespacesAsync(cancellationToken), StringComparer.Ordinal)];

    /// <summary>Walks one namespace; a walk that fails begins again, for ever.</summary>
    public Task WalkUntilDoneAsync(string @namespace, CancellationToken cancellationToken) => UntilDoneAsync(
        @namespace,
        async () =>
        {
            await WalkAsync(@namespace, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>Walks one namespace.</summary>
    public async Task WalkAsync(string @namespace, CancellationToken cancellationToken)
    {
        var (asked, adopted) = (0, 0);
        await foreach (var page in sink.ListPagesAsync(@namespace, cancellationToken))
        {
            foreach (var written in page)
            {
                if (asked > 0 && asked % AskedAtOnce == 0)
                {
                    await Task.Delay(Pause, time, cancellationToken);
                }

                asked++;
                adopted += await ShowAsync(written, cancellationToken) ? 1 : 0;
            }
        }

        LogWalked(logger, @namespace, asked, adopted);
    }

    private async Task<T> UntilDoneAsync<T>(string what, Func<ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await attempt();
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogWalkFailed(logger, what, UntilNextTry.TotalSeconds, failure);
                await Task.Delay(UntilNextTry, time, cancellationToken);
            }
        }
    }

    private async Task<bool> ShowAsync(WrittenRegistration written, CancellationToken cancellationToken)
    {
        var registration = written.Registration;
        var key = WorkloadKey.Of(registration.Metadata.Namespace, registration.Group, registration.Identity);
        var connectedOver = registration.Registration.Settings?.ConnectedOver ?? AddressType.Vpc;
        var address = registration.Registration.Host.Addresses.FirstOrDefault(address => address.Type == connectedOver);
        var group = catalog.Find(registration.Metadata.Namespace)?.FindGroup(registration.Group);
        var reply = await workloads.AskTwiceAsync(key, new Adopt
        {
            Name = registration.Metadata.Name,
            Identity = registration.Identity,
            Registration = registration.Registration,
            Address = address?.Ip ?? "",
            AddressKey = address is null || group is null ? null : Address.KeyOf(group.Template.Network, address.Ip),
            Suspended = registration.Metadata.Annotations.GetValueOrDefault(WellKnownMetadata.SuspendedAnnotation),
            Epoch = written.Epoch,
            Terms = LeaseTerms.Of(options.Current),
            TokenValidity = options.Current.TokenExpiration,
        }, cancellationToken);
        if (reply.IsAdopted)
        {
            audit.Registration(AuditActs.Adopt, key, registration.Metadata.Name, written.Epoch, "it was found written and not known here");
        }

        return reply.IsAdopted;
    }

    [LoggerMessage(EventId = 1301, Level = LogLevel.Information, Message = "Walked namespace {Namespace}: {Count} registrations, {Adopted} adopted")]
    private static partial void LogWalked(ILogger logger, string @namespace, int count, int adopted);

    [LoggerMessage(EventId = 1302, Level = LogLevel.Warning, Message = "The registrations of {Namespace} could not be walked; again in {Seconds} s")]
    private static partial void LogWalkFailed(ILogger logger, string @namespace, double seconds, Exception failure);
}
