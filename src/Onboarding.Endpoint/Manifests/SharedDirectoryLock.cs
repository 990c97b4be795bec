using Onboarding.Protocol;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// One writer per name among the processes that share a directory. What compares and then writes must not be overtaken in between by a process that was
/// stopped there and resumed. A lock goes with its process; files are few and stay, since one that was removed could be held twice.
/// </summary>
internal sealed class SharedDirectoryLock(string directory, TimeProvider time)
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int Digits = 3;
    private const int Attempts = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly FileStreamOptions Exclusive = new()
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = 0,
        UnixCreateMode = Mode,
    };

    /// <summary>Takes the lock of a name; some names share one.</summary>
    /// <returns>What holds it until it is disposed.</returns>
    /// <exception cref="IOException">Another process has held it for a second.</exception>
    public async Task<FileStream> TakeAsync(string name, CancellationToken cancellationToken)
    {
        var path = Path.Combine(directory, Sha256Text.Hex(name)[..Digits]);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, Exclusive);
            }
            catch (DirectoryNotFoundException)
            {
                Directory.CreateDirectory(directory, Mode | UnixFileMode.UserExecute);
            }
            catch (IOException) when (attempt < Attempts && File.Exists(path))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
