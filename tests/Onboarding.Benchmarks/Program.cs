using BenchmarkDotNet.Running;
using Onboarding.Benchmarks;
using Onboarding.Benchmarks.Policy;

var summaries = BenchmarkSwitcher.FromAssembly(typeof(BriefConfig).Assembly).Run(args, new BriefConfig());
return PolicyScaling.Report(summaries, Console.Out) ? 0 : 1;
