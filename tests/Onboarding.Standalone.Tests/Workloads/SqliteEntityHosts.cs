using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Standalone.Tests.Sqlite;
using Onboarding.TestKit.Entities;
using Onboarding.TestKit.Workloads;

namespace Onboarding.Standalone.Tests.Workloads;

/// <summary>Hosts entities as the standalone edition does: over SQLite, which outlives each process.</summary>
internal sealed class SqliteEntityHosts : IEntityHosts, IDisposable
{
    private readonly TemporarySqliteStore database = new();

    public SqliteEntityHosts() => Store = new FaultyEntityStore(database.Store);

    /// <inheritdoc/>
    public FaultyEntityStore Store { get; }

    /// <inheritdoc/>
    public IEntityHost<TState> Start<TState>(EntityCodec<TState> codec, Func<IEffectHandler<TState>> handler, TimeProvider time)
        where TState : class, IEntity<TState> =>
        new LocalEntityHost<TState>(codec, Store, handler, time, NullLogger<LocalEntityHost<TState>>.Instance);

    /// <inheritdoc/>
    public IReadOnlyList<string> Rows()
    {
        using var connection = new SqliteConnection($"Data Source={database.Path};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM entities";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(Encoding.UTF8.GetString((byte[])reader[0]));
        }

        return rows;
    }

    /// <inheritdoc/>
    public void Lose() => database.Execute("DELETE FROM entities");

    public void Dispose() => database.Dispose();
}
