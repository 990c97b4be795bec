using System.Diagnostics.CodeAnalysis;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Trust;

/// <summary>The regions that there are for us: those of the trust bundle.</summary>
internal static class KnownRegions
{
    /// <summary>The region of a name, where the bundle has it; else it is said in the log, since it may be one that the operator forgot.</summary>
    public static bool TryFind(this TrustBundleSource source, string name, [NotNullWhen(true)] out AwsRegion? region)
    {
        if (!AwsRegion.TryParse(name, out region))
        {
            return false;
        }

        if (source.Bundle?.Find(region.Name) is not null)
        {
            return true;
        }

        source.ReportUnknown(region.Name);
        return false;
    }
}
