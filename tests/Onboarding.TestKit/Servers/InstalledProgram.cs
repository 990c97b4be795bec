namespace Onboarding.TestKit.Servers;

/// <summary>Programs of this machine, on the path or where Debian keeps PostgreSQL's.</summary>
public static class InstalledProgram
{
    private const string DebianPostgreSql = "/usr/lib/postgresql";

    /// <summary>Finds one; null: it is not installed.</summary>
    public static string? Find(string name) => Directories().Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);

    private static IEnumerable<string> Directories()
    {
        var versions = Directory.Exists(DebianPostgreSql) ? Directory.GetDirectories(DebianPostgreSql).Select(version => Path.Combine(version, "bin")) : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Concat(versions);
    }
}
