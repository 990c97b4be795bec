using Onboarding.Agent;

return await new AgentProgram(Console.Out, Console.Error, TimeProvider.System, Environment.GetEnvironmentVariable).RunAsync(args);
