using Onboarding.Core.Resources.Manifests;

namespace Onboarding.Core.Tests.Resources.Manifests;

public sealed class ManifestDirectoryTests : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("manifests-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void ListFiles_Directory_HasManifestsInOrderAndNothingElse()
    {
        Write("b.yaml");
        Write("a.yml");
        Write("c/d.json");
        Write("README.md");
        Write(".hidden.yaml");
        Write("..2026_03_01/a.yaml");
        Write("c/.git/x.yaml");

        ManifestDirectory.ListFiles(directory.FullName).Select(file => Path.GetRelativePath(directory.FullName, file)).ShouldBe(["a.yml", "b.yaml", "c/d.json"]);
    }

    [Fact]
    public void ListFiles_MissingDirectory_IsNotAnEmptyOne() =>
        Should.Throw<DirectoryNotFoundException>(() => ManifestDirectory.ListFiles(Path.Combine(directory.FullName, "nowhere")));

    [Fact]
    public async Task ReadAsync_Directory_ReadsEveryFile()
    {
        Write("a.yaml", "apiVersion: networking.istio.io/v1\nkind: WorkloadGroup\nmetadata: {name: a}\n");
        Write("b.yaml", "a: [\n");
        File.WriteAllBytes(Path.Combine(directory.FullName, "c.yaml"), [0x61, 0x3A, 0x20, 0xFF]);

        var manifests = await ManifestDirectory.ReadAsync(directory.FullName, CancellationToken.None);

        manifests.Select(manifest => manifest.IsBroken).ShouldBe([false, true, true]);
        manifests[0].WorkloadGroups.Length.ShouldBe(1);
        manifests[2].Problems.Single().Message.ShouldBe("is not UTF-8");
    }

    private void Write(string relative, string text = "")
    {
        var path = Path.Combine(directory.FullName, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
