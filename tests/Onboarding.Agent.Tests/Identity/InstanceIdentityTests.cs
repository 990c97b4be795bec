using System.Buffers.Text;
using Onboarding.Agent.Files;
using Onboarding.Agent.Identity;
using Onboarding.Agent.Tests.Fakes;

namespace Onboarding.Agent.Tests.Identity;

public sealed class InstanceIdentityTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    public InstanceIdentityTests()
    {
        root.Put("/etc/machine-id", "0123456789abcdef0123456789abcdef\n");
        root.Put("/sys/class/dmi/id/product_uuid", "ec2e1916-9099-7caf-fd21-012345abcdef\n");
    }

    [Fact]
    public void LoadOrCreate_Twice_IsTheSame32BytesKeptForTheAgentAlone()
    {
        var first = new InstanceIdentity(root.Files).LoadOrCreate();

        new InstanceIdentity(root.Files).LoadOrCreate().ShouldBe(first);
        Base64Url.DecodeFromChars(first).Length.ShouldBe(32);
        root.ModeOf(InstanceIdentity.Path).ShouldBe(FileForm.PrivateFile);
    }

    [Theory]
    [InlineData("/etc/machine-id")]
    [InlineData("/sys/class/dmi/id/product_uuid")]
    public void LoadOrCreate_ClonedDisk_MakesANewOne(string mark)
    {
        var first = new InstanceIdentity(root.Files).LoadOrCreate();
        root.Put(mark, "another machine\n");

        new InstanceIdentity(root.Files).LoadOrCreate().Equals(first, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"instanceId": "short", "machine": ""}""")]
    public void LoadOrCreate_DamagedFile_MakesANewOne(string content)
    {
        root.Put(InstanceIdentity.Path, content);

        new InstanceIdentity(root.Files).LoadOrCreate().Length.ShouldBe(43);
    }

    [Fact]
    public void LoadOrBorrow_NoneKept_WritesNothing()
    {
        new InstanceIdentity(root.Files).LoadOrBorrow().Length.ShouldBe(43);

        root.Has(InstanceIdentity.Path).ShouldBeFalse();
    }

    [Fact]
    public void LoadOrBorrow_OneKept_IsThatOne()
    {
        var kept = new InstanceIdentity(root.Files).LoadOrCreate();

        new InstanceIdentity(root.Files).LoadOrBorrow().ShouldBe(kept);
    }

    public void Dispose() => root.Dispose();
}
