using System.Globalization;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;

namespace Onboarding.Core.Workloads;

/// <summary>Whose a registration is that was found written: all that counting and asking need, small enough to be remembered of every one.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Group">Its group.</param>
/// <param name="Identity">The digest that ends the workload's key.</param>
/// <param name="HasLeft">Whether its agent has left: it is no member any more, and will be removed.</param>
public readonly record struct WrittenWorkload(string Namespace, string Group, UInt128 Identity, bool HasLeft)
{
    private const string LeftReason = "AgentShutdown";

    /// <summary>The workload's key.</summary>
    public string Key => $"{Namespace}/{Group}/{Identity.ToString("x32", CultureInfo.InvariantCulture)}";

    /// <summary>The same of a registration that was read, or is to be written.</summary>
    public static WrittenWorkload Of(WorkloadAutoRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var (@namespace, group) = (registration.Metadata.Namespace, registration.Group);
        var digest = WorkloadKey.DigestOf(WorkloadKey.Of(@namespace, group, registration.Identity));
        return new WrittenWorkload(
            @namespace,
            group,
            UInt128.Parse(digest, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            registration.Conditions.Any(condition => condition is { Type: ConditionTypes.AgentConnected, Reason: LeftReason }));
    }
}
