namespace Onboarding.Cli.Demo;

/// <summary>Finds the product's other programs: beside this one, or in the build's output of this repository.</summary>
internal static class DemoPrograms
{
    /// <exception cref="CliException">It is not there.</exception>
    public static string Find(string program, string project) => FindOrNull(program, project)
        ?? throw new CliException($"{program} is neither in {AppContext.BaseDirectory} nor in the build's output of {project}; build the solution first: dotnet build OnboardingSilo.sln");

    /// <summary>The same; null: it is not there.</summary>
    public static string? FindOrNull(string program, string project)
    {
        var here = AppContext.BaseDirectory.TrimEnd('/');
        var beside = Path.Combine(here, program);

        // …/<folder>/<project>/bin/<configuration>/net10.0
        var framework = Path.GetFileName(here);
        var configuration = Path.GetFileName(Path.GetDirectoryName(here))!;
        var built = Path.GetFullPath(Path.Combine(here, "..", "..", "..", "..", "..", "src", project, "bin", configuration, framework, program));
        return File.Exists(beside) ? beside
            : File.Exists(built) ? built
            : null;
    }
}
