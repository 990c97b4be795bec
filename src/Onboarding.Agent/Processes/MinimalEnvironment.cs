using System.Collections;

namespace Onboarding.Agent.Processes;

/// <summary>What a program that the agent starts sees of the agent's environment: where programs are, and the locale.</summary>
internal static class MinimalEnvironment
{
    private const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    public static Dictionary<string, string> Create(IReadOnlyDictionary<string, string> own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SearchPath };
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is { Key: string name, Value: string value } && (name is "LANG" or "LANGUAGE" || name.StartsWith("LC_", StringComparison.Ordinal)))
            {
                result[name] = value;
            }
        }

        foreach (var (name, value) in own)
        {
            result[name] = value;
        }

        return result;
    }

    /// <summary>The agent's <c>PATH</c>.</summary>
    public static string SearchPath => Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? path : DefaultPath;
}
