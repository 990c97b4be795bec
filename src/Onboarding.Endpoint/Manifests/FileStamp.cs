namespace Onboarding.Endpoint.Manifests;

/// <summary>What tells whether a file has changed, without reading it. Links are followed: a mounted ConfigMap changes by swapping one.</summary>
/// <param name="Length">Length in bytes.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(long Length, DateTime Written)
{
    /// <summary>The stamp of a file; null: it is not there, or may not be looked at.</summary>
    public static FileStamp? Of(string file) => OfFound(new FileInfo(file));

    /// <summary>The stamp of a file that was found in a directory, which costs one look at it unless it is a link; null: it is not there any more.</summary>
    public static FileStamp? OfFound(FileInfo file)
    {
        try
        {
            var isLink = file.Exists && file.Attributes.HasFlag(FileAttributes.ReparsePoint);
            return Of(isLink && File.ResolveLinkTarget(file.FullName, returnFinalTarget: true) is FileInfo target ? target : file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static FileStamp? Of(FileInfo file) => file.Exists ? new FileStamp(file.Length, file.LastWriteTimeUtc) : null;
}
