using System.Text;
using Onboarding.Agent.Files;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Files;

public sealed class RootedFilesTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("content");
    private static readonly FileForm Public = new(FileForm.PublicFile);
    private readonly TemporaryRoot root = new();

    [Fact]
    public void Write_NoDirectories_MakesThemWithTheModesOfTheForm()
    {
        root.Files.Write("/var/run/secrets/tokens/istio-token", Content, new FileForm(FileForm.PrivateFile, DirectoryMode: FileForm.PrivateDirectory));

        root.Read("/var/run/secrets/tokens/istio-token").ShouldBe("content");
        root.ModeOf("/var/run/secrets/tokens/istio-token").ShouldBe(FileForm.PrivateFile);
        root.ModeOf("/var/run/secrets/tokens").ShouldBe(FileForm.PrivateDirectory);
        root.ModeOf("/var/run/secrets").ShouldBe(FileForm.PublicDirectory);
    }

    [Fact]
    public void Write_OverAFile_ReplacesItAndLeavesNothingElse()
    {
        root.Put("/etc/x", "before");

        root.Files.Write("/etc/x", Content, Public);

        root.Read("/etc/x").ShouldBe("content");
        Directory.GetFileSystemEntries(root.PathOf("/etc")).Length.ShouldBe(1);
    }

    [Fact]
    public void Write_ReaderHoldsTheOldFile_ReaderStillSeesTheOldOne()
    {
        root.Put("/etc/x", "before");
        using var reader = new StreamReader(root.PathOf("/etc/x"));

        root.Files.Write("/etc/x", Content, Public);

        reader.ReadToEnd().ShouldBe("before");
    }

    [Fact]
    public void Write_LinkPlantedInPlaceOfTheFile_ReplacesTheLinkAndNotItsTarget()
    {
        root.Put("/etc/shadow", "secret");
        root.MakeDirectory("/var/lib");
        root.Link("/var/lib/cluster.env", root.PathOf("/etc/shadow"));

        root.Files.Write("/var/lib/cluster.env", Content, Public);

        root.Read("/etc/shadow").ShouldBe("secret");
        new FileInfo(root.PathOf("/var/lib/cluster.env")).LinkTarget.ShouldBeNull();
    }

    [RootFact]
    public void Write_LinkOfAnotherUserOnTheWay_IsRefused()
    {
        root.MakeDirectory("/etc/cron.d");
        root.MakeDirectory("/var/lib/istio");
        root.Link("/var/lib/istio/envoy", "/etc/cron.d");
        root.GiveToStranger("/var/lib/istio/envoy");

        Should.Throw<IOException>(() => root.Files.Write("/var/lib/istio/envoy/cluster.env", Content, Public)).Message.ShouldContain("symbolic link");

        root.Has("/etc/cron.d/cluster.env").ShouldBeFalse();
    }

    [RootFact]
    public void Write_OwnLinkInADirectoryOfAnotherUser_IsRefused()
    {
        root.MakeDirectory("/etc/cron.d");
        root.MakeDirectory("/var/lib/istio");
        root.Link("/var/lib/istio/envoy", "/etc/cron.d");
        root.GiveToStranger("/var/lib/istio");

        Should.Throw<IOException>(() => root.Files.Write("/var/lib/istio/envoy/cluster.env", Content, Public));
    }

    [Fact]
    public void Write_SystemsOwnLinkOnTheWay_IsFollowedBelowTheRoot()
    {
        root.MakeDirectory("/run");
        root.MakeDirectory("/var");
        root.Link("/var/run", "/run");

        root.Files.Write("/var/run/secrets/x", Content, Public);

        root.Read("/run/secrets/x").ShouldBe("content");
    }

    [Fact]
    public void Write_RelativeLinkWithDots_StaysBelowTheRoot()
    {
        root.MakeDirectory("/var/lib/istio");
        root.MakeDirectory("/etc");
        root.Link("/etc/istio", "../../../../../var/lib/istio");

        root.Files.Write("/etc/istio/config/mesh", Content, Public);

        root.Read("/var/lib/istio/config/mesh").ShouldBe("content");
    }

    [Fact]
    public void Write_LinksInACircle_IsRefused()
    {
        root.MakeDirectory("/etc");
        root.Link("/etc/a", "/etc/b");
        root.Link("/etc/b", "/etc/a");

        Should.Throw<IOException>(() => root.Files.Write("/etc/a/x", Content, Public));
    }

    [Fact]
    public void Write_DirectoryInPlaceOfTheFile_FailsAndLeavesNoTemporaryFile()
    {
        root.MakeDirectory("/etc/x");

        Should.Throw<IOException>(() => root.Files.Write("/etc/x", Content, Public));

        Directory.GetFileSystemEntries(root.PathOf("/etc")).ShouldBe([root.PathOf("/etc/x")]);
    }

    [Fact]
    public void Read_LinkInPlaceOfTheFile_IsNothing()
    {
        root.Put("/etc/shadow", "secret");
        root.Link("/etc/x", "shadow");

        root.Files.Read("/etc/x").ShouldBeNull();
    }

    [Fact]
    public void Read_MissingDirectory_IsNothing() => root.Files.Read("/no/such/file").ShouldBeNull();

    [Fact]
    public void Rewrite_File_StaysTheSameFileWithItsMode()
    {
        var path = root.Put("/etc/hosts", "a much longer text before", FileForm.PrivateFile);
        using var holder = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

        root.Files.Rewrite("/etc/hosts", Content);

        new StreamReader(holder).ReadToEnd().ShouldBe("content");
        root.ModeOf("/etc/hosts").ShouldBe(FileForm.PrivateFile);
    }

    [Fact]
    public void Rewrite_OwnLink_WritesItsTarget()
    {
        root.Put("/run/hosts", "before");
        root.MakeDirectory("/etc");
        root.Link("/etc/hosts", "/run/hosts");

        root.Files.Rewrite("/etc/hosts", Content);

        root.Read("/run/hosts").ShouldBe("content");
        new FileInfo(root.PathOf("/etc/hosts")).LinkTarget.ShouldBe("/run/hosts");
    }

    [Fact]
    public void Delete_Link_RemovesTheLinkAlone()
    {
        root.Put("/etc/shadow", "secret");
        root.Link("/etc/x", "shadow");

        root.Files.Delete("/etc/x").ShouldBeTrue();

        root.Has("/etc/shadow").ShouldBeTrue();
        root.Files.Delete("/etc/x").ShouldBeFalse();
    }

    public void Dispose() => root.Dispose();
}
