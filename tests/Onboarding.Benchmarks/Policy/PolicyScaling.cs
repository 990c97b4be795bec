using System.Globalization;
using BenchmarkDotNet.Reports;

namespace Onboarding.Benchmarks.Policy;

/// <summary>What many policies cost against few, and whether that is within its limit. The fastest iterations count: a busy machine only ever adds.</summary>
internal static class PolicyScaling
{
    public const int Few = 100;
    public const int Many = 10_000;
    private const double Limit = 2.0;

    /// <summary>Prints each ratio; false: one is over the limit.</summary>
    public static bool Report(IEnumerable<Summary> summaries, TextWriter output)
    {
        var isWithin = true;
        var measured = summaries.SelectMany(summary => summary.Reports)
            .Where(report => report.BenchmarkCase.Descriptor.Type == typeof(PolicyEvaluationBenchmarks) && report.ResultStatistics is not null)
            .GroupBy(report => $"{report.BenchmarkCase.Parameters[nameof(PolicyEvaluationBenchmarks.DifferIn)]}, {report.BenchmarkCase.Descriptor.WorkloadMethod.Name}", StringComparer.Ordinal);
        foreach (var pair in measured)
        {
            var fastest = pair.ToDictionary(
                report => (int)report.BenchmarkCase.Parameters[nameof(PolicyEvaluationBenchmarks.Policies)],
                report => report.ResultStatistics!.Min);
            if (fastest.TryGetValue(Few, out var few) && fastest.TryGetValue(Many, out var many))
            {
                isWithin &= many / few <= Limit;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"policies differ in {pair.Key}: {few:F0} ns with {Few}, {many:F0} ns with {Many}: ratio {many / few:F2} (at most {Limit:F1})"));
            }
        }

        return isWithin;
    }
}
