using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Onboarding.Endpoint.Telemetry.Metrics;

namespace Onboarding.Endpoint.Tests.Telemetry.Metrics;

/// <summary>Alone: environment variables are the whole process's.</summary>
[CollectionDefinition(nameof(OtlpExportTests), DisableParallelization = true)]
[Collection(nameof(OtlpExportTests))]
public sealed class OtlpExportTests
{
    [Fact]
    public async Task Stop_CollectorConfigured_SendsWhatWasMeasured()
    {
        var received = new TaskCompletionSource<(string Path, string Body)>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await StartCollectorAsync(received);
        Environment.SetEnvironmentVariable(OtlpExport.EndpointVariable, collector.Urls.Single());
        Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        try
        {
            using var meter = new Meter("Onboarding.Test");
            using var sut = new OtlpExport(new HostingEnvironment { ApplicationName = "onboarding-test" });
            await sut.StartAsync(CancellationToken.None);
            meter.CreateCounter<long>("onboarding.test.done").Add(3);

            await sut.StopAsync(CancellationToken.None);

            var (path, body) = await received.Task;
            path.ShouldBe("/v1/metrics");
            body.ShouldContain("onboarding.test.done");
            body.ShouldContain("onboarding-test");
        }
        finally
        {
            Environment.SetEnvironmentVariable(OtlpExport.EndpointVariable, value: null);
            Environment.SetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL", value: null);
        }
    }

    private static async Task<WebApplication> StartCollectorAsync(TaskCompletionSource<(string Path, string Body)> received)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var collector = builder.Build();
        collector.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            received.TrySetResult((http.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
        });
        await collector.StartAsync();
        return collector;
    }
}
