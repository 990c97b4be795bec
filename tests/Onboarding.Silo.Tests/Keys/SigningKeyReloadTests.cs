using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Sessions;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Keys;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Time;

namespace Onboarding.Silo.Tests.Keys;

public sealed class SigningKeyReloadTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private readonly TemporaryDirectory directory = new();
    private readonly FakeTimeProvider time = new();
    private SigningKeySet first = null!;
    private SigningKeys keys = null!;
    private SigningKeyReload sut = null!;

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(directory.Path);
        first = SigningKeySet.Create(time.GetUtcNow());
        Mount(first.ToJson());
        var mounted = new MountedSigningKeys(directory.Path, time);
        keys = new SigningKeys(mounted.Load());
        sut = new SigningKeyReload(mounted, keys, time, NullLogger<SigningKeyReload>.Instance);
        await sut.StartAsync(default);
    }

    public async Task DisposeAsync() => await sut.StopAsync(default);

    public void Dispose()
    {
        sut.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Reload_KeyIsAnnounced_VerifiesAtOnceAndSignsFromItsTimeOn()
    {
        var next = first.Announce(time.GetUtcNow(), time.GetUtcNow().AddMinutes(10), TimeSpan.FromDays(1));

        Mount(next.ToJson());
        await UntilAsync(() => keys.Current.Keys.Length == 2);
        keys.Current.Active.Kid.ShouldBe(first.Active.Kid);

        time.Advance(TimeSpan.FromMinutes(10));
        await UntilAsync(() => keys.Current.Active.Kid == next.Keys[1].Kid);
        keys.Current.Keys.Length.ShouldBe(2);
    }

    [Theory]
    [InlineData("{")]
    [InlineData(null)]
    public async Task Reload_KeysThatCannotBeUsed_ThoseBeforeStayUntilThereAreOthers(string? damaged)
    {
        Mount(damaged is null ? null : System.Text.Encoding.UTF8.GetBytes(damaged));
        time.Advance(Interval);
        time.Advance(Interval);
        keys.Current.Active.Kid.ShouldBe(first.Active.Kid);

        var other = SigningKeySet.Create(time.GetUtcNow());
        Mount(other.ToJson());
        await UntilAsync(() => keys.Current.Active.Kid == other.Active.Kid);
    }

    [Fact]
    public void Load_DirectoryWithoutKeys_RefusedAndTheFileIsNamed() =>
        Should.Throw<StartException>(() => new MountedSigningKeys(Path.GetTempPath(), time).Load()).Message.ShouldContain("signing-keys.json: the signing keys cannot be used");

    private void Mount(byte[]? contents)
    {
        var file = Path.Combine(directory.Path, "signing-keys.json");
        if (contents is null)
        {
            File.Delete(file);
        }
        else
        {
            File.WriteAllBytes(file, contents);
        }
    }

    private async Task UntilAsync(Func<bool> happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!happened())
        {
            patience.Token.ThrowIfCancellationRequested();
            time.Advance(Interval);
            await Task.Yield();
        }
    }
}
