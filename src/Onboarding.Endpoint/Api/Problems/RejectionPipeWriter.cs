using System.Buffers.Text;
using System.IO.Pipelines;
using System.Text;

namespace Onboarding.Endpoint.Api.Problems;

/// <summary>
/// Passes everything on, but replaces a response of Kestrel's own: it begins with an HTTP/1.1 error status, is empty, closes the connection,
/// and lacks the <c>Cache-Control</c> that each of our answers has. Should Kestrel write it otherwise one day, its empty answer goes out as it is.
/// </summary>
internal sealed class RejectionPipeWriter(PipeWriter inner) : PipeWriter
{
    private const int StatusOffset = 9;

    private Memory<byte> lent;

    private static ReadOnlySpan<byte> Begin => "HTTP/1.1 "u8;

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override Memory<byte> GetMemory(int sizeHint = 0) => lent = inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public override void Advance(int bytes)
    {
        if (IsRejection(lent.Span[..bytes], out var status))
        {
            WriteProblem(status);
            lent = default;
            return;
        }

        // Writers may go on in the rest of what they were lent.
        inner.Advance(bytes);
        lent = lent[bytes..];
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private static bool IsRejection(ReadOnlySpan<byte> written, out int status)
    {
        status = 0;
        return written.Length > StatusOffset
            && written.StartsWith(Begin)
            && written[StatusOffset] is (byte)'4' or (byte)'5'
            && Utf8Parser.TryParse(written[StatusOffset..], out status, out _)
            && written.EndsWith("\r\n\r\n"u8)
            && written.IndexOf("\r\nContent-Length: 0\r\n"u8) >= 0
            && written.IndexOf("\r\nConnection: close\r\n"u8) >= 0
            && written.IndexOf("\r\nCache-Control: "u8) < 0;
    }

    private void WriteProblem(int status)
    {
        var headers = lent.Span;
        var statusLine = Encoding.ASCII.GetString(headers[..(headers.IndexOf("\r\n"u8) + 2)]);
        var date = headers.IndexOf("Date: "u8);
        var dateLine = date < 0 ? "" : Encoding.ASCII.GetString(headers.Slice(date, headers[date..].IndexOf("\r\n"u8) + 2));
        var body = ProblemResponse.Render(ProblemCatalog.Find(ProblemCatalog.CodeOf(status)), status, CorrelationId.Create(), detail: null);
        var head = Encoding.ASCII.GetBytes(
            $"{statusLine}Connection: close\r\n{dateLine}Cache-Control: no-store\r\nContent-Type: {ProblemResponse.ContentType}\r\nContent-Length: {body.Length}\r\n\r\n");

        // Nothing was taken from the memory that Kestrel filled: it is lent out once more.
        head.CopyTo(inner.GetMemory(head.Length));
        inner.Advance(head.Length);
        body.CopyTo(inner.GetMemory(body.Length));
        inner.Advance(body.Length);
    }
}
