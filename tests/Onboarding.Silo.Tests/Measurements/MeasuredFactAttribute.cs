using System.Globalization;

namespace Onboarding.Silo.Tests.Measurements;

/// <summary>A measurement, which runs only when it is asked for: the variable <c>ONBOARDING_MEASURE</c> says with how many agents.</summary>
internal sealed class MeasuredFactAttribute : FactAttribute
{
    internal const string Unasked = "a measurement: ONBOARDING_MEASURE=<number of agents> asks for it";

    public MeasuredFactAttribute() => Skip = Agents > 0 ? null : Unasked;

    /// <summary>How many agents; 0: it is not asked for.</summary>
    public static int Agents =>
        int.TryParse(Environment.GetEnvironmentVariable("ONBOARDING_MEASURE"), NumberStyles.None, CultureInfo.InvariantCulture, out var agents) ? agents : 0;
}

/// <inheritdoc cref="MeasuredFactAttribute"/>
internal sealed class MeasuredTheoryAttribute : TheoryAttribute
{
    public MeasuredTheoryAttribute() => Skip = MeasuredFactAttribute.Agents > 0 ? null : MeasuredFactAttribute.Unasked;
}
