using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.TestKit.Workloads;

namespace Onboarding.TestKit.Entities;

/// <summary>Hosts entities in this process, over rows in memory.</summary>
public sealed class LocalEntityHosts : IEntityHosts
{
    private InMemoryEntityStore rows = new();
    private FaultyEntityStore? store;

    /// <inheritdoc/>
    public FaultyEntityStore Store => store ??= new FaultyEntityStore(rows);

    /// <inheritdoc/>
    public IEntityHost<TState> Start<TState>(EntityCodec<TState> codec, Func<IEffectHandler<TState>> handler, TimeProvider time)
        where TState : class, IEntity<TState> =>
        new LocalEntityHost<TState>(codec, Store, handler, time, NullLogger<LocalEntityHost<TState>>.Instance);

    /// <inheritdoc/>
    public IReadOnlyList<string> Rows() => [.. rows.Rows.Select(row => Encoding.UTF8.GetString(row.Span))];

    /// <inheritdoc/>
    public void Lose()
    {
        rows = new InMemoryEntityStore();
        store = null;
    }
}
