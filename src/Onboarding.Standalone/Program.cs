using Onboarding.Standalone;

return await new StandaloneCommand(StandaloneHost.RunAsync, Console.Error).InvokeAsync(args, CancellationToken.None);
