using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Onboarding.Core.Configuration;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Endpoint.Manifests;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Manifests;

public sealed class DirectoryRegistrationSinkTests : IDisposable
{
    private const string Name = "ratings-jwt-my-corp--vm007";
    private readonly TemporaryDirectory directory = new();
    private readonly ListLogger<DirectoryRegistrationSink> log = new();
    private readonly DirectoryRegistrationSink sut;

    public DirectoryRegistrationSinkTests() => sut = Sink("https://onboarding.example");

    private string File => directory.PathOf($"registrations/bookinfo/{Name}.yaml");

    public void Dispose()
    {
        sut.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task Apply_RegistrationAndEntry_IsTheFileOfAPersonsEyes()
    {
        var uid = (await sut.ApplyAsync(Registration(), Entry(), 7, default)).ShouldNotBeNull();

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe($"""
            apiVersion: runtime.onboarding.tetrate.io/v1alpha1
            kind: WorkloadAutoRegistration
            metadata:
              annotations:
                onboarding.tetrate.io/epoch: "7"
                onboarding.tetrate.io/workload-group: ratings
              labels:
                onboarding.tetrate.io/uid: {WellKnownMetadata.UidLabelValue("https://onboarding.example")}
              name: {Name}
              namespace: bookinfo
            spec:
              identity:
                jwt:
                  issuer: https://mycompany.corp
                  subject: vm007
              registration:
                agent:
                  version: 1.2.0
                host:
                  addresses:
                  - ip: 192.0.2.10
                    type: VPC
                sidecar:
                  istio:
                    version: 1.27.0
            status:
              conditions:
              - lastTransitionTime: "2026-03-01T12:00:00Z"
                message: ""
                reason: ConnectionEstablished
                status: "True"
                type: AgentConnected
            ---
            apiVersion: networking.istio.io/v1
            kind: WorkloadEntry
            metadata:
              annotations:
                onboarding.tetrate.io/entry-uid: {uid}
                onboarding.tetrate.io/epoch: "7"
              labels:
                onboarding.tetrate.io/uid: {WellKnownMetadata.UidLabelValue("https://onboarding.example")}
              name: {Name}
              namespace: bookinfo
            spec:
              address: 192.0.2.10
              serviceAccount: ratings-vm

            """);
        ManifestReader.Read(await System.IO.File.ReadAllTextAsync(File), File).Problems.ShouldBeEmpty();
        System.IO.File.GetUnixFileMode(File).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        System.IO.File.GetUnixFileMode(Path.GetDirectoryName(File)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.GetFiles(Path.GetDirectoryName(File)!).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_Again_UpdatesTheEntryInPlace()
    {
        var first = await sut.ApplyAsync(Registration(), Entry(), 7, default);
        var second = await sut.ApplyAsync(Registration(), Entry() with { Address = "192.0.2.11" }, 8, default);

        second.ShouldBe(first);
        (await System.IO.File.ReadAllTextAsync(File)).ShouldContain("192.0.2.11");
        (await sut.FindAsync("bookinfo", Name, default))!.Epoch.ShouldBe(8);
    }

    [Fact]
    public async Task Apply_EntryTakenAwayAndBack_IsAnotherEntry()
    {
        var first = await sut.ApplyAsync(Registration(), Entry(), 7, default);
        (await sut.ApplyAsync(Registration(), null, 7, default)).ShouldBeNull();
        (await sut.FindAsync("bookinfo", Name, default))!.HasEntry.ShouldBeFalse();
        var again = (await sut.ApplyAsync(Registration(), Entry(), 7, default)).ShouldNotBeNull();

        string.Equals(again, first, StringComparison.Ordinal).ShouldBeFalse();
    }

    [Fact]
    public async Task Attack_DelayedWriteOfAnOldSession_ChangesNothing()
    {
        await sut.ApplyAsync(Registration(), Entry(), 8, default);
        var before = await System.IO.File.ReadAllTextAsync(File);

        (await sut.ApplyAsync(Registration(), Entry() with { Address = "192.0.2.66" }, 7, default)).ShouldBeNull();
        await sut.RemoveAsync("bookinfo", Name, 7, default);

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(before);
    }

    [Fact]
    public async Task Attack_AnotherIdentityOfTheSameName_ChangesNothing()
    {
        await sut.ApplyAsync(Registration(), Entry(), 7, default);
        var before = await System.IO.File.ReadAllTextAsync(File);
        var attacker = Registration() with { Identity = new JwtIdentity("https://other.corp", "vm007", ImmutableSortedDictionary<string, string>.Empty) };

        (await sut.ApplyAsync(attacker, Entry() with { Address = "192.0.2.66" }, 8, default)).ShouldBeNull();

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(before);
    }

    [Theory]
    [InlineData("https://another.example")]
    [InlineData(null)]
    public async Task Apply_WhatIsNotOurs_IsLeftAlone(string? uid)
    {
        using var other = Sink(uid ?? "x");
        await other.ApplyAsync(Registration(), Entry(), 1, default);
        var text = await System.IO.File.ReadAllTextAsync(File);
        if (uid is null)
        {
            text = text.Replace("onboarding.tetrate.io/uid", "example.com/uid", StringComparison.Ordinal);
            await System.IO.File.WriteAllTextAsync(File, text);
        }

        (await sut.ApplyAsync(Registration(), Entry(), 9, default)).ShouldBeNull();
        await sut.RemoveAsync("bookinfo", Name, 9, default);

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(text);
        (await sut.ListAsync("bookinfo", default)).ShouldBeEmpty();
        (await sut.FindAsync("bookinfo", Name, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Apply_FileLostHalfOfItsContents_WritesItAnew()
    {
        await sut.ApplyAsync(Registration(), Entry(), 7, default);
        await System.IO.File.WriteAllTextAsync(File, "apiVersion: runtime.onboard");

        (await sut.FindAsync("bookinfo", Name, default)).ShouldBeNull();
        (await sut.ApplyAsync(Registration(), Entry(), 7, default)).ShouldNotBeNull();
        (await sut.FindAsync("bookinfo", Name, default)).ShouldNotBeNull();
        log.At(LogLevel.Warning).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Apply_AnnotationOfAUser_Stays()
    {
        await sut.ApplyAsync(Registration(), Entry(), 7, default);
        var text = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, text.Replace("  annotations:\n", "  annotations:\n    example.com/note: a reason\n", StringComparison.Ordinal));

        await sut.ApplyAsync(Registration(), null, 8, default);

        (await sut.FindAsync("bookinfo", Name, default))!.Registration.Metadata.Annotations["example.com/note"].ShouldBe("a reason");
    }

    [Fact]
    public async Task Apply_NoLongerSuspended_TakesTheAnnotationOff()
    {
        var suspended = Registration();
        suspended = suspended with { Metadata = suspended.Metadata with { Annotations = suspended.Metadata.Annotations.SetItem(WellKnownMetadata.SuspendedAnnotation, "a reason") } };
        await sut.ApplyAsync(suspended, null, 7, default);
        (await sut.FindAsync("bookinfo", Name, default))!.Registration.Metadata.Annotations[WellKnownMetadata.SuspendedAnnotation].ShouldBe("a reason");

        await sut.ApplyAsync(Registration(), Entry(), 7, default);

        (await sut.FindAsync("bookinfo", Name, default))!.Registration.Metadata.Annotations.ShouldNotContainKey(WellKnownMetadata.SuspendedAnnotation);
    }

    [Fact]
    public async Task Attack_ProcessThatWasOvertakenAMomentAgo_ChangesNothing()
    {
        using var other = Sink("https://onboarding.example");
        for (var epoch = 1000; epoch < 1200; epoch += 2)
        {
            (await sut.ApplyAsync(Registration(), Entry(), epoch, default)).ShouldNotBeNull();
            (await other.ApplyAsync(Registration(), Entry(), epoch + 1, default)).ShouldNotBeNull();

            (await sut.ApplyAsync(Registration(), Entry(), epoch, default)).ShouldBeNull("the file has the same length, and was written within the same millisecond");
        }
    }

    [Fact]
    public async Task ListPages_MoreThanAPage_HasEachOnce()
    {
        var names = Enumerable.Range(100, 250).Select(number => $"ratings-jwt-my-corp--vm{number}").ToArray();
        foreach (var name in names)
        {
            await sut.ApplyAsync(Registration() with { Metadata = Registration().Metadata with { Name = name } }, null, 7, default);
        }

        var pages = await sut.ListPagesAsync("bookinfo", default).ToListAsync();

        pages.Select(page => page.Count).ShouldBe([100, 100, 50]);
        pages.SelectMany(page => page).Select(written => written.Registration.Metadata.Name).ShouldBe(names);
        (await sut.ListAsync("bookinfo", default)).Count.ShouldBe(names.Length);
    }

    [Fact]
    public async Task Remove_Registration_RemovesBothAndBearsRepetition()
    {
        await sut.ApplyAsync(Registration(), Entry(), 7, default);
        await sut.RemoveAsync("bookinfo", Name, 7, default);
        await sut.RemoveAsync("bookinfo", Name, 7, default);

        System.IO.File.Exists(File).ShouldBeFalse();
    }

    [Fact]
    public async Task List_Namespace_HasItsRegistrationsOnly()
    {
        await sut.ApplyAsync(Registration(), Entry(), 7, default);
        var registration = Registration();
        await sut.ApplyAsync(registration with { Metadata = registration.Metadata with { Name = "other" } }, null, 8, default);
        await sut.ApplyAsync(registration with { Metadata = registration.Metadata with { Namespace = "elsewhere" } }, null, 9, default);

        (await sut.ListAsync("bookinfo", default)).Select(written => (written.Registration.Metadata.Name, written.HasEntry, written.Epoch))
            .ShouldBe([("other", false, 8L), (Name, true, 7L)]);
        (await sut.ListAsync("nowhere", default)).ShouldBeEmpty();
        (await sut.ListAsync("../..", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_LongestName_IsWrittenAndFound()
    {
        var name = string.Join('.', Enumerable.Repeat(new string('a', 63), 3)) + "." + new string('b', 61);
        var registration = Registration();
        await sut.ApplyAsync(registration with { Metadata = registration.Metadata with { Name = name } }, null, 7, default);

        (await sut.FindAsync("bookinfo", name, default))!.Registration.Metadata.Name.ShouldBe(name);
    }

    [Theory]
    [InlineData("bookinfo", "../../etc/passwd")]
    [InlineData("..", "a")]
    [InlineData("a/b", "c")]
    public async Task Attack_NamesThatAreNone_ReachNoFile(string @namespace, string name)
    {
        await Should.ThrowAsync<ArgumentException>(async () => await sut.FindAsync(@namespace, name, default));
        await Should.ThrowAsync<ArgumentException>(async () => await sut.RemoveAsync(@namespace, name, 1, default));
    }

    [Fact]
    public async Task Apply_ManyAtOnce_LeavesOneWholeFile()
    {
        await Task.WhenAll(Enumerable.Range(1, 50).Select(epoch => sut.ApplyAsync(Registration(), Entry(), epoch, default).AsTask()));

        var written = await sut.FindAsync("bookinfo", Name, default);
        written!.Epoch.ShouldBe(50);
        Directory.GetFiles(Path.GetDirectoryName(File)!).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_ManyAtOnceFromTwoProcesses_TheHighestEpochStays()
    {
        using var other = Sink("https://onboarding.example");

        await Task.WhenAll(Enumerable.Range(1, 50).Select(epoch => (epoch % 2 == 0 ? sut : other).ApplyAsync(Registration(), Entry(), epoch, default).AsTask()));

        (await sut.FindAsync("bookinfo", Name, default))!.Epoch.ShouldBe(50);
    }

    [Fact]
    public async Task ListNamespaces_NothingWritten_None() => (await sut.ListNamespacesAsync(default)).ShouldBeEmpty();

    [Fact]
    public async Task ListNamespaces_WrittenAndRemoved_ThoseThatHoldSomething()
    {
        var shop = Registration() with { Metadata = Registration().Metadata with { Namespace = "shop" } };
        await sut.ApplyAsync(shop, null, 7, default);
        await sut.ApplyAsync(Registration(), null, 7, default);
        await sut.RemoveAsync("shop", Name, 7, default);

        (await sut.ListNamespacesAsync(default)).ShouldBe(["bookinfo"]);
    }

    private DirectoryRegistrationSink Sink(string uid) => new(directory.Root, new FixedOptions(uid), log);

    private static WorkloadAutoRegistration Registration() => new(
        new ObjectMeta { Namespace = "bookinfo", Name = Name },
        "ratings",
        new JwtIdentity("https://mycompany.corp", "vm007", ImmutableSortedDictionary<string, string>.Empty),
        new Registration(
            new RegistrationAgent("1.2.0"), new RegistrationSidecar(new IstioSidecar("1.27.0")), new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)])),
        [new Condition("AgentConnected", "True", "ConnectionEstablished", "", new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero))],
        null);

    private static WorkloadEntry Entry() => new(
        new ObjectMeta { Namespace = "bookinfo", Name = Name },
        "192.0.2.10",
        ImmutableSortedDictionary<string, string>.Empty,
        "ratings-vm",
        "",
        ImmutableSortedDictionary<string, int>.Empty,
        "",
        0);

    private sealed class FixedOptions(string uid) : IOptionsSource
    {
        public event Action? Changed
        {
            add { }
            remove { }
        }

        public OnboardingOptions Current { get; } = new() { EndpointHosts = ["onboarding.example"], TlsSecretName = "tls" };

        public string Uid => uid;
    }
}
