using System.Text;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Silo.Tests.Clusters;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Silo.Tests.Workloads;

/// <summary>Hosts entities in a cluster, over rows outside it.</summary>
internal sealed class GrainEntityHosts(SiloCluster cluster) : IEntityHosts
{
    private InMemoryEntityStore rows = new();
    private FaultyEntityStore? store;

    public FaultyEntityStore Store => store ??= new FaultyEntityStore(rows);

    public IEntityHost<TState> Start<TState>(EntityCodec<TState> codec, Func<IEffectHandler<TState>> handler, TimeProvider time)
        where TState : class, IEntity<TState> =>
        cluster.Start(codec, MessagesOf<TState>(), Store, handler, time);

    public IReadOnlyList<string> Rows() => [.. rows.Rows.Select(row => Encoding.UTF8.GetString(row.Span))];

    public void Lose()
    {
        rows = new InMemoryEntityStore();
        store = null;
    }

    private static EntityMessages<TState> MessagesOf<TState>()
        where TState : class, IEntity<TState> =>
        new object[] { Workload.Messages, Session.Messages, Address.Messages, PolicyNamespace.Messages }.OfType<EntityMessages<TState>>().Single();
}
