namespace Onboarding.Benchmarks.Attestation;

/// <summary>
/// Identity documents for each second of CPU, against the library's bare verification of the same bytes. The two take turns, and CPU time counts
/// instead of the clock, so that a machine with other work gives the same ratio.
/// </summary>
internal static class DocumentCost
{
    public const string Argument = "document-cost";
    private const int Rounds = 40;
    private const int Warmup = 10;
    private const int Calls = 250;

    /// <summary>Measures and prints.</summary>
    public static void Run(TextWriter output)
    {
        var benchmarks = new DocumentVerificationBenchmarks();
        benchmarks.SetUp();
        var (bare, whole) = (new List<double>(), new List<double>());
        for (var round = 0; round < Warmup + Rounds; round++)
        {
            var (one, other) = (Measure(() => benchmarks.Signature()), Measure(() => benchmarks.Document()));
            if (round >= Warmup)
            {
                bare.Add(one);
                whole.Add(other);
            }
        }

        var (bareMedian, wholeMedian) = (Median(bare), Median(whole));
        output.WriteLine($"SignedCms alone: {bareMedian:F1} µs, {1e6 / bareMedian:F0} for each second of CPU");
        output.WriteLine($"Documents:       {wholeMedian:F1} µs, {1e6 / wholeMedian:F0} for each second of CPU: {100 * bareMedian / wholeMedian:F0} %");
    }

    private static double Measure(Action call)
    {
        var before = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Calls; i++)
        {
            call();
        }

        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / Calls;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
