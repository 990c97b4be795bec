using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Hosting;

namespace Onboarding.Endpoint.Tests.Hosting;

public sealed class EndpointStartTests
{
    [Fact]
    public async Task WaitForShutdown_AServiceFails_IsNoGoodEnd()
    {
        var error = new StringWriter();

        var exitCode = await EndpointStart.RunAsync("onboarding-test", error, () => RunAsync(new Worker(fails: true)));

        exitCode.ShouldBe(ExitCodes.Failed);
        error.ToString().ShouldContain("onboarding-test: it stopped, since something failed that should not: the disk is gone");
    }

    [Fact]
    public async Task WaitForShutdown_ToldToStop_IsAGoodEnd() =>
        (await EndpointStart.RunAsync("onboarding-test", TextWriter.Null, () => RunAsync(new Worker(fails: false)))).ShouldBe(ExitCodes.Ok);

    private static async Task RunAsync(Worker worker)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddHostedService(_ => worker);
        using var host = builder.Build();
        worker.Lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        await host.StartAsync();
        await EndpointStart.WaitForShutdownAsync(host, CancellationToken.None);
    }

    private sealed class Worker(bool fails) : BackgroundService
    {
        public IHostApplicationLifetime Lifetime { get; set; } = null!;

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await Task.Yield();
            if (fails)
            {
                throw new IOException("the disk is gone");
            }

            Lifetime.StopApplication();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stoppingToken);
        }
    }
}
