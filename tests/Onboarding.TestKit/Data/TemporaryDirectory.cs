namespace Onboarding.TestKit.Data;

/// <summary>A path in the temporary directory at which nothing is; what was made there goes with it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    /// <summary>The path.</summary>
    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName());

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
