using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Endpoint.Telemetry.Metrics;
using Onboarding.Endpoint.Tests.Fakes;

namespace Onboarding.Endpoint.Tests.Telemetry.Metrics;

public sealed class PrometheusTests : IDisposable
{
    private readonly Meter meter = new("Test." + Guid.NewGuid());
    private readonly PrometheusExposition sut;

    public PrometheusTests() => sut = new PrometheusExposition(candidate => ReferenceEquals(candidate, meter), NullLogger<PrometheusExposition>.Instance);

    [Fact]
    public void Render_AllKinds_IsTheTextFormat()
    {
        var counter = meter.CreateCounter<long>("onboarding.sessions.opened", "{session}", "Sessions opened.");
        counter.Add(2, new KeyValuePair<string, object?>("credential.kind", "jwt"));
        counter.Add(1, new KeyValuePair<string, object?>("credential.kind", "jwt"));
        counter.Add(1, new KeyValuePair<string, object?>("credential.kind", "aws \"ec2\"\\\n"));
        var held = meter.CreateUpDownCounter<int>("onboarding.removals.held", "{removal}", "Removals\nheld.");
        held.Add(3);
        held.Add(-1);
        meter.CreateObservableGauge("onboarding.tls.certificate.expiry", () => 1_800_000_000L, "s");
        meter.CreateObservableCounter("process.bytes", () => 10L, "By");
        meter.CreateObservableGauge("cpu.load", () => 0.5, "1");
        var histogram = meter.CreateHistogram("onboarding.call.duration", "s", "Duration.", tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.1);
        histogram.Record(0.5);
        histogram.Record(7);

        sut.Render().ShouldBe("""
            # TYPE cpu_load_ratio gauge
            cpu_load_ratio 0.5
            # HELP onboarding_call_duration_seconds Duration.
            # TYPE onboarding_call_duration_seconds histogram
            onboarding_call_duration_seconds_bucket{le="0.1"} 1
            onboarding_call_duration_seconds_bucket{le="1"} 2
            onboarding_call_duration_seconds_bucket{le="+Inf"} 3
            onboarding_call_duration_seconds_sum 7.6
            onboarding_call_duration_seconds_count 3
            # HELP onboarding_removals_held Removals\nheld.
            # TYPE onboarding_removals_held gauge
            onboarding_removals_held 2
            # HELP onboarding_sessions_opened_total Sessions opened.
            # TYPE onboarding_sessions_opened_total counter
            onboarding_sessions_opened_total{credential_kind="aws \"ec2\"\\\n"} 1
            onboarding_sessions_opened_total{credential_kind="jwt"} 3
            # TYPE onboarding_tls_certificate_expiry_seconds gauge
            onboarding_tls_certificate_expiry_seconds 1800000000
            # TYPE process_bytes_total counter
            process_bytes_total 10

            """);
    }

    [Fact]
    public void Render_ObservableCounterTwice_ShowsTheTotalAndNotASum()
    {
        meter.CreateObservableCounter("seen", () => 5L);

        sut.Render();
        sut.Render().ShouldContain("seen_total 5\n");
    }

    [Fact]
    public void Render_AnInstrumentThrows_ShowsTheOthers()
    {
        meter.CreateObservableGauge("broken", int () => throw new InvalidOperationException());
        meter.CreateObservableGauge("whole", () => 1L);

        sut.Render().ShouldContain("whole 1\n");
    }

    [Fact]
    public void Record_TooManySeries_AreAddedToOneWithoutLabels()
    {
        var counter = meter.CreateCounter<long>("many");
        for (var index = 0; index < PrometheusMetric.MaxSeries + 5; index++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("index", index));
        }

        sut.Render().ShouldContain("\nmany_total 5\n");
    }

    [Fact]
    public void Record_FromManyThreads_LosesNothing()
    {
        var counter = meter.CreateCounter<long>("parallel");

        Parallel.For(0, 10_000, index => counter.Add(1, new KeyValuePair<string, object?>("shard", index % 7)));

        var lines = sut.Render().Split('\n').Where(line => line.StartsWith("parallel_total{", StringComparison.Ordinal)).ToList();
        lines.Count.ShouldBe(7);
        lines.Sum(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(10_000);
    }

    [Fact]
    public async Task Metrics_OverTheOperatorsPort_NameRoutesAndNobody()
    {
        await using var endpoint = await EndpointHarness.StartAsync();
        using var opened = await endpoint.Api.OpenAsync();
        using var refused = await endpoint.Api.OpenAsync(Requests.Opening(group: "reviews"));

        using var response = await endpoint.Operators().GetAsync("/metrics");

        response.Content.Headers.ContentType!.ToString().ShouldBe("text/plain; version=0.0.4; charset=utf-8");
        var text = await response.Content.ReadAsStringAsync();
        text.ShouldContain("onboarding_tls_certificate_expiry_seconds ");
        text.ShouldContain("http_route=\"/v1/sessions\"");
        text.ShouldContain("http_response_status_code=\"403\"");
        text.ShouldContain("onboarding_api_refusals_total{code=\"not_authorized\"} 1\n");
        foreach (var secret in (string[])["vm1", "bookinfo", "ratings", "reviews", "issuer.example", "127.0.0.1"])
        {
            text.ShouldNotContain(secret);
        }
    }

    public void Dispose()
    {
        sut.Dispose();
        meter.Dispose();
    }
}
