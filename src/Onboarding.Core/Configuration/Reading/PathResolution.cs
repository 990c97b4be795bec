namespace Onboarding.Core.Configuration.Reading;

/// <summary>Paths in a configuration file.</summary>
internal static class PathResolution
{
    /// <summary>A path as seen from the directory of the file it is written in.</summary>
    public static string Resolve(string file, string path) => Path.GetFullPath(path, Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/");
}
