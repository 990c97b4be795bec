using System.Text.RegularExpressions;

namespace Onboarding.Agent.Hosts;

/// <summary>
/// Which interfaces count. Patterns are unanchored and matched without backtracking, as RE2 does. Without an <c>include</c> that names them,
/// the interfaces of containers are left out.
/// </summary>
internal sealed class InterfaceFilter(IEnumerable<string> include, IEnumerable<string> exclude)
{
    private static readonly string[] ContainerPrefixes = ["docker", "br-", "veth", "cni"];
    private readonly Regex[] included = [.. include.Select(Compile)];
    private readonly Regex[] excluded = [.. exclude.Select(Compile)];

    public bool Allows(string name)
    {
        if (excluded.Any(pattern => pattern.IsMatch(name)))
        {
            return false;
        }

        return included.Length > 0
            ? included.Any(pattern => pattern.IsMatch(name))
            : !ContainerPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal));
    }

    private static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            throw new HostInformationException($"host.custom.hostinfo.basic.networkInterfaces: '{pattern}' is not a pattern of RE2: {error.Message}", error);
        }
    }
}
