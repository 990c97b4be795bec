using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Audit;
using Onboarding.Core.Identity;
using Onboarding.Endpoint.Telemetry.Audit;
using Onboarding.Endpoint.Tests.Fakes;

namespace Onboarding.Endpoint.Tests.Telemetry.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private readonly CollectedLogs logs = new();
    private readonly ServiceProvider services;
    private readonly string file = Path.Combine(Path.GetTempPath(), $"ob-audit-{Guid.NewGuid():n}.jsonl");

    public AuditTrailTests() => services = new ServiceCollection()
        .AddMetrics()
        .AddLogging(logging => logging.AddProvider(logs))
        .BuildServiceProvider();

    [Fact]
    public async Task Write_ManyAtOnceThenStop_LosesNoneAndKeepsLinesWhole()
    {
        var sut = Create(new FileAuditSink(file));
        await sut.StartAsync(CancellationToken.None);

        Parallel.For(0, 20_000, index => sut.Write(Record(index)));
        await sut.StopAsync(CancellationToken.None);

        var ids = (await File.ReadAllLinesAsync(file)).Select(line => (string)JsonNode.Parse(line)!["correlationId"]!).ToHashSet(StringComparer.Ordinal);
        ids.Count.ShouldBe(20_000);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Write_Record_IsOneLineOfJson()
    {
        using var stream = new MemoryStream();
        var sut = Create(new StreamAuditSink(stream));
        await sut.StartAsync(CancellationToken.None);

        sut.Write(Record(1) with
        {
            Identity = new JwtIdentity("https://issuer.example", "vm1", ImmutableSortedDictionary<string, string>.Empty),
            Group = "bookinfo/ratings",
            Rule = 0,
            Reason = "a\nb",
        });
        await sut.StopAsync(CancellationToken.None);

        Encoding.UTF8.GetString(stream.ToArray()).ShouldBe(
            """{"time":"2026-03-01T12:00:00+00:00","act":"session.open","verdict":"refused","correlationId":"1","identity":{"jwt":{"issuer":"https://issuer.example","subject":"vm1"}},"group":"bookinfo/ratings","rule":0,"reason":"a\nb"}""" + "\n");
    }

    [Fact]
    public async Task Write_FileRenamedByRotation_GoesOnInANewOne()
    {
        var sut = new FileAuditSink(file);
        await sut.AppendAsync("one\n"u8.ToArray(), CancellationToken.None);
        File.Move(file, file + ".1");
        await sut.AppendAsync("two\n"u8.ToArray(), CancellationToken.None);

        (await File.ReadAllTextAsync(file + ".1")).ShouldBe("one\n");
        (await File.ReadAllTextAsync(file)).ShouldBe("two\n");
        File.Delete(file + ".1");
    }

    [Fact]
    public async Task Write_SinkFails_CountsLogsAndGoesOn()
    {
        var sink = new BrokenSink();
        using var lost = new LostCounter();
        var sut = Create(sink);
        await sut.StartAsync(CancellationToken.None);

        sut.Write(Record(1));
        await sink.Failed.Task;
        sink.IsBroken = false;
        sut.Write(Record(2));
        await sut.StopAsync(CancellationToken.None);

        sink.Lines.ShouldBe(1);
        lost.Count.ShouldBe(1);
        logs.Lines.ShouldContain(line => line.Level == LogLevel.Error && line.Text.Contains("1 records are lost", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_QueueFull_DoesNotBlockAndIsCounted()
    {
        using var lost = new LostCounter();
        var sut = Create(new BrokenSink());

        for (var index = 0; index < AuditTrail.Capacity + 3; index++)
        {
            sut.Write(Record(index));
        }

        lost.Count.ShouldBe(3);
        logs.Lines.Count(line => line.Level == LogLevel.Error).ShouldBe(3);
    }

    public void Dispose()
    {
        services.Dispose();
        File.Delete(file);
    }

    private static AuditRecord Record(int id) => new()
    {
        Time = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero),
        Act = "session.open",
        Verdict = "refused",
        CorrelationId = id.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private AuditTrail Create(IAuditSink sink) =>
        new(sink, services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<ILogger<AuditTrail>>());

    private sealed class BrokenSink : IAuditSink
    {
        public TaskCompletionSource Failed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool IsBroken { get; set; } = true;

        public int Lines { get; private set; }

        public ValueTask AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
        {
            if (IsBroken)
            {
                Failed.TrySetResult();
                throw new IOException("no space left on device");
            }

            Lines += lines.Span.Count((byte)'\n');
            return default;
        }
    }

    private sealed class LostCounter : IDisposable
    {
        private readonly MeterListener listener = new();

        public LostCounter()
        {
            listener.InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "onboarding.audit.lost")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, _, _) => Count += value);
            listener.Start();
        }

        public long Count { get; private set; }

        public void Dispose() => listener.Dispose();
    }
}
