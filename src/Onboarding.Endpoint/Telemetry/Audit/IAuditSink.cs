namespace Onboarding.Endpoint.Telemetry.Audit;

/// <summary>Where the audit stream goes.</summary>
internal interface IAuditSink
{
    /// <summary>Appends whole lines.</summary>
    ValueTask AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);
}

/// <summary>A file, 0600, opened for each batch of lines: so it may be rotated by renaming it.</summary>
/// <param name="path">The file.</param>
internal sealed class FileAuditSink(string path) : IAuditSink
{
    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var stream = new FileStream(path, options);
        await stream.WriteAsync(lines, cancellationToken);
    }
}

/// <summary>A stream that stays open, such as standard output.</summary>
/// <param name="stream">The stream.</param>
internal sealed class StreamAuditSink(Stream stream) : IAuditSink
{
    /// <inheritdoc/>
    public async ValueTask AppendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(lines, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }
}
