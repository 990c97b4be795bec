using System.Globalization;
using BenchmarkDotNet.Running;
using Onboarding.Benchmarks;
using Onboarding.Benchmarks.Attestation;
using Onboarding.Benchmarks.Endpoint;
using Onboarding.Benchmarks.Policy;
using Onboarding.Benchmarks.Silos;

switch (args)
{
    case [EmptyEndpoint.Argument, var port, var tls]:
        await EmptyEndpoint.RunAsync(port, tls);
        return 0;
    case [EndpointCost.Argument]:
        using (var cost = new EndpointCost(Console.Out))
        {
            await cost.RunAsync();
        }

        return 0;
    case [ProviderComparison.Argument]:
        using (var comparison = new ProviderComparison(Console.Out))
        {
            await comparison.RunAsync();
        }

        return 0;
    case [StoredFleetCost.Argument, var stored]:
        using (var cost = new StoredFleetCost(Console.Out, int.Parse(stored, CultureInfo.InvariantCulture)))
        {
            await cost.RunAsync();
        }

        return 0;
    case [IdleFleet.Argument, var count]:
        using (var fleet = new IdleFleet(Console.Out, int.Parse(count, CultureInfo.InvariantCulture)))
        {
            await fleet.RunAsync();
        }

        return 0;
    case [LoadSampling.Argument, .. var load]:
        using (var sampling = new LoadSampling(Console.Out))
        {
            await sampling.RunAsync(load);
        }

        return 0;
    case [SiloComparison.Argument, var count]:
        using (var comparison = new SiloComparison(Console.Out, int.Parse(count, CultureInfo.InvariantCulture)))
        {
            await comparison.RunAsync();
        }

        return 0;
    case [SiloFailover.Argument, var count]:
        using (var failover = new SiloFailover(Console.Out, int.Parse(count, CultureInfo.InvariantCulture)))
        {
            await failover.RunAsync();
        }

        return 0;
    case [SiloMemory.Argument, var count]:
        using (var memory = new SiloMemory(Console.Out, int.Parse(count, CultureInfo.InvariantCulture)))
        {
            await memory.RunAsync();
        }

        return 0;
    case [DocumentCost.Argument]:
        DocumentCost.Run(Console.Out);
        return 0;
    default:
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(BriefConfig).Assembly).Run(args, new BriefConfig());
        return PolicyScaling.Report(summaries, Console.Out) ? 0 : 1;
}
