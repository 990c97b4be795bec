using System.Text;
using Onboarding.Standalone.Data;

namespace Onboarding.Standalone.Tests.Data;

public sealed class KeptSecretsTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly DataDirectory data;

    public KeptSecretsTests() => data = DataDirectory.Open(directory.Path);

    public void Dispose()
    {
        data.Dispose();
        directory.Dispose();
    }

    [Fact]
    public void Uid_MadeOnce_StaysTheSame()
    {
        var made = EndpointUid.Load(data);

        Guid.TryParse(made, out _).ShouldBeTrue();
        EndpointUid.Load(data).ShouldBe(made);
    }

    [Fact]
    public void Uid_Damaged_RefusedRatherThanMadeAnew()
    {
        data.Write("uid", "not one"u8);

        Should.Throw<StartException>(() => EndpointUid.Load(data)).Message.ShouldContain(data.PathOf("uid"));
        data.Read("uid").ShouldBe("not one"u8.ToArray());
    }

    [Fact]
    public void SigningKeys_MadeOnce_StayTheSame()
    {
        var made = SigningKeyFile.Load(data, TimeProvider.System);

        SigningKeyFile.Load(data, TimeProvider.System).Active.Kid.ShouldBe(made.Active.Kid);
    }

    [Fact]
    public void SigningKeys_Damaged_RefusedWithTheFileAndWithoutItsContents()
    {
        data.Write("signing-keys.json", Encoding.UTF8.GetBytes("""{"active":"secret","keys":[]}"""));

        var refused = Should.Throw<StartException>(() => SigningKeyFile.Load(data, TimeProvider.System));

        refused.Message.ShouldContain("signing-keys.json");
        refused.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Secrets_ReadableByNobodyElse()
    {
        EndpointUid.Load(data);
        SigningKeyFile.Load(data, TimeProvider.System);

        foreach (var file in Directory.EnumerateFiles(directory.Path))
        {
            File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }
}
