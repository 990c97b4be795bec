namespace Onboarding.Endpoint.Tests.Manifests;

/// <summary>A directory that goes with its test. Each write gets another time, so that no clock's resolution hides a change.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("onboarding-");
    private DateTime written = new(2026, 3, 1, 12, 0, 0, DateTimeKind.Utc);

    public string Root => directory.FullName;

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
        written += TimeSpan.FromSeconds(1);
        File.SetLastWriteTimeUtc(PathOf(relative), written);
    }

    public void Delete(string relative) => File.Delete(PathOf(relative));

    public void Dispose()
    {
        if (directory.Exists)
        {
            directory.Delete(recursive: true);
        }
    }
}
