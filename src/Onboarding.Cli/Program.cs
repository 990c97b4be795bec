using Onboarding.Cli;
using Onboarding.Cli.Output;

return await CommandTree.RunAsync(args, CliConsole.OfProcess(), CancellationToken.None);
