using Orleans.Concurrency;
using Orleans.Services;

namespace Onboarding.Silo.Members;

/// <summary>One silo, as the others ask how much it carries.</summary>
[Alias("onboarding.siloReporter")]
internal interface ISiloReporter : IGrainService
{
    /// <summary>What it carries.</summary>
    /// <returns>A <see cref="SiloLoad"/> as JSON.</returns>
    [Alias("report")]
    Task<Immutable<byte[]>> ReportAsync();
}
