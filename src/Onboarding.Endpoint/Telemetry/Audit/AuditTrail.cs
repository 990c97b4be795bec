using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Audit;

namespace Onboarding.Endpoint.Telemetry.Audit;

/// <summary>
/// Writes the audit stream beside the calls: they queue records, one writer appends them in batches. On shutdown everything that was queued is written,
/// since it is registered, and therefore stopped, after what queues them.
/// </summary>
internal sealed partial class AuditTrail : IAuditTrail, IHostedService
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Onboarding.Audit";

    /// <summary>Records that may wait.</summary>
    public const int Capacity = 65_536;

    private const int BatchBytes = 64 * 1024;

    // What is not ASCII stays readable; line breaks are escaped all the same.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Channel<AuditRecord> queue = Channel.CreateBounded<AuditRecord>(
        new BoundedChannelOptions(Capacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly IAuditSink sink;
    private readonly ILogger<AuditTrail> logger;
    private readonly Counter<long> written;
    private readonly Counter<long> lost;
    private Task writer = Task.CompletedTask;

    public AuditTrail(IAuditSink sink, IMeterFactory meters, ILogger<AuditTrail> logger)
    {
        this.sink = sink;
        this.logger = logger;
        var meter = meters.Create(MeterName);
        written = meter.CreateCounter<long>("onboarding.audit.records", "{record}", "Records written to the audit stream.");
        lost = meter.CreateCounter<long>("onboarding.audit.lost", "{record}", "Records that could not be written to the audit stream.");
    }

    /// <inheritdoc/>
    public void Write(AuditRecord record)
    {
        if (!queue.Writer.TryWrite(record))
        {
            lost.Add(1);
            LogQueueFull(logger, record.Act, record.CorrelationId);
        }
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        writer = Task.Run(WriteAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        queue.Writer.TryComplete();
        await writer.WaitAsync(cancellationToken);
    }

    private async Task WriteAllAsync()
    {
        var batch = new ArrayBufferWriter<byte>();
        while (await queue.Reader.WaitToReadAsync())
        {
            var count = 0;
            while (batch.WrittenCount < BatchBytes && queue.Reader.TryRead(out var record))
            {
                using (var json = new Utf8JsonWriter(batch, Plain))
                {
                    JsonSerializer.Serialize(json, record, AuditJson.Default.AuditRecord);
                }

                batch.Write("\n"u8);
                count++;
            }

            await AppendAsync(batch.WrittenMemory, count);
            batch.ResetWrittenCount();
        }
    }

    private async Task AppendAsync(ReadOnlyMemory<byte> lines, int count)
    {
        try
        {
            await sink.AppendAsync(lines, CancellationToken.None);
            written.Add(count);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            lost.Add(count);
            LogNotWritten(logger, exception, count);
        }
    }

    [LoggerMessage(3301, LogLevel.Error, "The audit stream is too slow: record {Act} (correlation {CorrelationId}) is lost. Look at the disk that it is written to.")]
    private static partial void LogQueueFull(ILogger logger, string act, string correlationId);

    [LoggerMessage(3302, LogLevel.Error, "The audit stream cannot be written: {Count} records are lost.")]
    private static partial void LogNotWritten(ILogger logger, Exception exception, int count);
}
