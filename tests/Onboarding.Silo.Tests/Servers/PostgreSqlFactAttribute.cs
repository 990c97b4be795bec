using Onboarding.TestKit.Servers;

namespace Onboarding.Silo.Tests.Servers;

/// <summary>A test that needs a PostgreSQL.</summary>
internal sealed class PostgreSqlFactAttribute : FactAttribute
{
    public PostgreSqlFactAttribute() =>
        Skip = !PostgreSqlServer.IsInstalled ? "PostgreSQL is not installed (apt-get install postgresql)" : null;
}
