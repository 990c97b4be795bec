using System.Runtime.CompilerServices;

namespace Onboarding.TestKit.Data;

/// <summary>Public data and documentation that tests read in place, beside the repository; it may be absent.</summary>
public static class SharedData
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(RepositoryRoot(), "..", "shared"));

    /// <summary>The path of a file or folder below <c>../shared</c>.</summary>
    public static string PathOf(string relative) => Path.Combine(Root, relative);

    /// <summary>Whether a file or folder is there.</summary>
    public static bool Has(string relative) => Path.Exists(PathOf(relative));

    /// <summary>The root of this repository.</summary>
    public static string RepositoryRoot([CallerFilePath] string here = "")
    {
        var folder = Path.GetDirectoryName(here);
        while (folder is not null && !File.Exists(Path.Combine(folder, "OnboardingSilo.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("the tests run outside their repository");
    }
}
