using Onboarding.Silo.Commands;
using Onboarding.Silo.Hosting;

return await new SiloCommand(SiloHost.RunAsync, Console.Out, Console.Error).InvokeAsync(args, CancellationToken.None);
