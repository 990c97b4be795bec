using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.SimulatedAws.Demo;
using Onboarding.SimulatedAws.Storm;

var console = CliConsole.OfProcess();
return await new RootCommand("Simulated AWS, and the product's own programs in it.")
{
    AwsDemoCommand.Create(console, TimeProvider.System),
    StormCommand.Create(console, TimeProvider.System),
}.Parse(args).InvokeAsync();
