namespace Onboarding.Silo.Tests.Processes;

/// <summary>A test that needs an earlier release: the variable <c>ONBOARDING_EARLIER_RELEASE</c> says in which directory its <c>onboarding-silo.dll</c> is.</summary>
internal sealed class EarlierReleaseFactAttribute : FactAttribute
{
    private const string Variable = "ONBOARDING_EARLIER_RELEASE";

    public EarlierReleaseFactAttribute() =>
        Skip = Release.Length > 0 && File.Exists(Path.Combine(Release, SiloProcess.Program)) ? null : $"{Variable}=DIR says where an earlier release's {SiloProcess.Program} is";

    /// <summary>Its directory; empty: none is given.</summary>
    public static string Release => Environment.GetEnvironmentVariable(Variable) ?? "";
}
