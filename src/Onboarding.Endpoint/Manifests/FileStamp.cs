namespace Onboarding.Endpoint.Manifests;

/// <summary>What tells whether a file has changed, without reading it. Links are followed: a mounted ConfigMap changes by swapping one.</summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file; null: it is not there, or may not be looked at.</summary>
    public static FileStamp? Of(string file)
    {
        try
        {
            var info = File.ResolveLinkTarget(file, returnFinalTarget: true) as FileInfo ?? new FileInfo(file);
            return info.Exists ? new FileStamp(info.Length, info.LastWriteTimeUtc) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
