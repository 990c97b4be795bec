using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Endpoint.Manifests;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Manifests;

public sealed class DirectoryListingTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ListLogger<DirectoryRegistrationSink> log = new();
    private readonly DirectoryRegistrationSink sut;
    private readonly DirectoryRegistrationSink other;

    public DirectoryListingTests() => (sut, other) = (Sink(), Sink());

    public void Dispose()
    {
        sut.Dispose();
        other.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task ListWorkloads_WrittenHereAndByAnother_HasBoth()
    {
        await sut.ApplyAsync(Registration("vm1"), null, 7, default);
        (await ListAsync()).ShouldBe([KeyOf("vm1")]);

        await other.ApplyAsync(Registration("vm2"), null, 8, default);

        (await ListAsync()).ShouldBe([KeyOf("vm1"), KeyOf("vm2")]);
    }

    [Fact]
    public async Task ListWorkloads_AnotherChangedOne_SaysItAsItIs()
    {
        await sut.ApplyAsync(Registration("vm1"), null, 7, default);
        (await sut.ListWorkloadsAsync("bookinfo", default)).ShouldHaveSingleItem().HasLeft.ShouldBeFalse();

        await other.ApplyAsync(Registration("vm1", hasLeft: true), null, 7, default);

        (await sut.ListWorkloadsAsync("bookinfo", default)).ShouldHaveSingleItem().HasLeft.ShouldBeTrue();
    }

    [Fact]
    public async Task ListWorkloads_AnotherRemovedOne_HasItNoMore()
    {
        await sut.ApplyAsync(Registration("vm1"), null, 7, default);
        await sut.ApplyAsync(Registration("vm2"), null, 7, default);
        (await ListAsync()).Count.ShouldBe(2);

        await other.RemoveAsync("bookinfo", NameOf("vm1"), 7, default);

        (await ListAsync()).ShouldBe([KeyOf("vm2")]);
    }

    [Fact]
    public async Task ListWorkloads_Again_ReadsNoFileThatNobodyHasTouched()
    {
        await other.ApplyAsync(Registration("vm1"), null, 7, default);
        await sut.ApplyAsync(Registration("vm2"), null, 7, default);
        (await ListAsync()).Count.ShouldBe(2);

        await SpoilAsync("vm1");
        await SpoilAsync("vm2");

        (await ListAsync()).ShouldBe([KeyOf("vm1"), KeyOf("vm2")]);
    }

    [Fact]
    public async Task ListWorkloads_AfterAWalk_ReadsNoFileThatNobodyHasTouched()
    {
        await other.ApplyAsync(Registration("vm1"), null, 7, default);
        await foreach (var page in sut.ListPagesAsync("bookinfo", default))
        {
            page.ShouldHaveSingleItem();
        }

        await SpoilAsync("vm1");

        (await ListAsync()).ShouldBe([KeyOf("vm1")]);
    }

    [Fact]
    public async Task ListWorkloads_FileThatCannotBeRead_IsToldOnceAndReadWhenItChanges()
    {
        await other.ApplyAsync(Registration("vm1"), null, 7, default);
        var file = directory.PathOf($"registrations/bookinfo/{NameOf("vm1")}.yaml");
        var text = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(file, "kind: [");

        (await ListAsync()).ShouldBeEmpty();
        (await ListAsync()).ShouldBeEmpty();
        log.At(LogLevel.Warning).ShouldHaveSingleItem();

        await File.WriteAllTextAsync(file, text);
        (await ListAsync()).ShouldBe([KeyOf("vm1")]);
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("../..")]
    public async Task ListWorkloads_NoSuchNamespace_IsEmpty(string @namespace) =>
        (await sut.ListWorkloadsAsync(@namespace, default)).ShouldBeEmpty();

    [Fact]
    public void Trim_ManyWentWithoutAWord_AreForgotten()
    {
        var index = new WrittenIndex().Of("bookinfo");
        foreach (var number in Enumerable.Range(0, 1000))
        {
            index.Keep($"{number}.yaml", new FileStamp(1, default), null);
        }

        index.Trim(found: 900);
        index.Count.ShouldBe(1000);

        index.Trim(found: 10);
        index.Count.ShouldBe(0);
    }

    // Same length and time, other content: only who reads it notices.
    private async Task SpoilAsync(string subject)
    {
        var file = directory.PathOf($"registrations/bookinfo/{NameOf(subject)}.yaml");
        var written = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file, new string('#', (int)new FileInfo(file).Length));
        File.SetLastWriteTimeUtc(file, written);
    }

    private static string NameOf(string subject) => $"ratings-jwt-my-corp--{subject}";

    private static JwtIdentity Identity(string subject) => new("https://mycompany.corp", subject, ImmutableSortedDictionary<string, string>.Empty);

    private static string KeyOf(string subject) => WorkloadKey.Of("bookinfo", "ratings", Identity(subject));

    private static WorkloadAutoRegistration Registration(string subject, bool hasLeft = false) => new(
        new ObjectMeta { Namespace = "bookinfo", Name = NameOf(subject) },
        "ratings",
        Identity(subject),
        new Registration(
            new RegistrationAgent("1.2.0"),
            new RegistrationSidecar(new IstioSidecar("1.27.0")),
            new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)])),
        [new Condition("AgentConnected", hasLeft ? "False" : "True", hasLeft ? "AgentShutdown" : "ConnectionEstablished", "", DateTimeOffset.UnixEpoch)],
        ConnectedTo: null);

    private async Task<IReadOnlyList<string>> ListAsync() =>
        [.. (await sut.ListWorkloadsAsync("bookinfo", default)).Select(workload => workload.Key).OrderBy(key => KeyOf("vm1") == key ? 0 : 1)];

    private DirectoryRegistrationSink Sink() => new(directory.Root, new FixedOptions(), log);

    private sealed class FixedOptions : IOptionsSource
    {
        public string Uid => "https://onboarding.example";

        public OnboardingOptions Current => throw new NotSupportedException();

        public event Action? Changed
        {
            add { }
            remove { }
        }
    }
}
