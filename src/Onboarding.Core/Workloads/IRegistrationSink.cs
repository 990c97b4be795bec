using System.Runtime.CompilerServices;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads;

/// <summary>Writes registrations out: as YAML in a data directory, or to the Kubernetes API. Every call bears being repeated.</summary>
public interface IRegistrationSink
{
    /// <summary>
    /// Writes a registration and its entry; a null <paramref name="entry"/> means that the entry must not be there.
    /// What is there with a higher epoch, of another identity, with another uid label or without one is left alone; the sink compares in the same step as it writes.
    /// </summary>
    /// <returns>The entry's UID, which changes when it had to be made anew; null: there is no entry.</returns>
    ValueTask<string?> ApplyAsync(WorkloadAutoRegistration registration, WorkloadEntry? entry, long epoch, CancellationToken cancellationToken);

    /// <summary>Removes a registration and its entry, unless they carry a higher epoch or are not ours.</summary>
    ValueTask RemoveAsync(string @namespace, string name, long epoch, CancellationToken cancellationToken);

    /// <summary>What is written under our uid in a namespace, for adoption and reconciliation.</summary>
    ValueTask<IReadOnlyList<WrittenRegistration>> ListAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Namespaces in which something may be written under our uid: those too whose groups have all gone.</summary>
    ValueTask<IReadOnlyList<string>> ListNamespacesAsync(CancellationToken cancellationToken);

    /// <summary>What is written under our uid by that name: asked before every write, since a name may be another identity's. Null: nothing.</summary>
    async ValueTask<WrittenRegistration?> FindAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        (await ListAsync(@namespace, cancellationToken)).FirstOrDefault(written => string.Equals(written.Registration.Metadata.Name, name, StringComparison.Ordinal));

    /// <summary>The same as <see cref="ListAsync"/>, a page at a time: a walk takes its time, and need not hold all that is written.</summary>
    async IAsyncEnumerable<IReadOnlyList<WrittenRegistration>> ListPagesAsync(string @namespace, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return await ListAsync(@namespace, cancellationToken);
    }

    /// <summary>Whose registrations are written under our uid in a namespace, by whatever process: asked again and again, of many, so it must not cost reading them all.</summary>
    async ValueTask<IReadOnlyList<WrittenWorkload>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken) =>
        [.. (await ListAsync(@namespace, cancellationToken)).Select(written => WrittenWorkload.Of(written.Registration))];

    /// <summary>Whether anything is written by that name, as cheaply as that can be told: asked of every stored workload after a start.</summary>
    async ValueTask<bool> ExistsAsync(string @namespace, string name, CancellationToken cancellationToken) =>
        await FindAsync(@namespace, name, cancellationToken) is not null;
}

/// <summary>A registration that was found written.</summary>
/// <param name="Registration">The registration.</param>
/// <param name="HasEntry">Whether its entry is there.</param>
/// <param name="Epoch">The epoch it was written with.</param>
public sealed record WrittenRegistration(WorkloadAutoRegistration Registration, bool HasEntry, long Epoch);
