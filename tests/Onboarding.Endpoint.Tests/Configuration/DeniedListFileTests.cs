using System.Text;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Endpoint.Configuration;
using Onboarding.Endpoint.Tests.Manifests;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Tests.Configuration;

public sealed class DeniedListFileTests : IDisposable
{
    private const string Commented = """
        # Site's own
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        spec:
          hub: docker.io/tetrate   # ignored by us
          meshExpansion:
            onboarding:
              endpoint:
                hosts: [onboarding.example.com]
                secretName: tls
              workloads:
                # how long
                heartbeatInterval: 20s

        """;

    private static readonly DeniedWorkload Subject = new(Jwt: new DeniedJwt("https://issuer.example.com", "vm \"1\""));
    private readonly TemporaryDirectory directory = new();
    private readonly DeniedListFile sut;

    public DeniedListFileTests() => sut = new DeniedListFile(File);

    private string File => Path.Combine(directory.Root, "controlplane.yaml");

    public void Dispose()
    {
        sut.Dispose();
        directory.Dispose();
    }

    public static TheoryData<string> Layouts =>
    [
        Commented,
        Commented + "        denied:\n        # the old ones\n        - workload: bookinfo/ratings-jwt-corp--vm9 # stolen\n          before: 2026-01-31T12:00:00Z\n",
        Commented + "        denied: []\n",
        Commented.Replace("      workloads:\n        # how long\n        heartbeatInterval: 20s\n", "", StringComparison.Ordinal),
        "kind: Other\nspec: {}\n---\n" + Commented,
        """{"apiVersion": "install.tetrate.io/v1alpha1", "kind": "ControlPlane", "spec": {"meshExpansion": {"onboarding": {"endpoint": {"hosts": ["a"], "secretName": "tls"}}}}}""",
    ];

    [Theory]
    [MemberData(nameof(Layouts))]
    public async Task Add_ThenRemove_KeepsEveryOtherLine(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);
        var before = Read();

        (await sut.AddAsync(Subject, CancellationToken.None)).ShouldBeTrue();
        Read().ShouldBe([Subject, .. before]);
        (await sut.AddAsync(Subject, CancellationToken.None)).ShouldBeFalse("it is there already");

        (await sut.RemoveAsync(Subject, CancellationToken.None)).ShouldBeTrue();
        Read().ShouldBe(before);
        (await sut.RemoveAsync(Subject, CancellationToken.None)).ShouldBeFalse();
        var left = await System.IO.File.ReadAllTextAsync(File);
        foreach (var line in text.Split('\n').Where(line => line.Contains('#', StringComparison.Ordinal)))
        {
            left.ShouldContain(line);
        }
    }

    public static TheoryData<DeniedWorkload> Forms =>
    [
        new DeniedWorkload(Aws: new DeniedAws("123456789012", InstanceId: "i-1234567890abcdef0")),
        new DeniedWorkload(Aws: new DeniedAws("123456789012", TaskId: "0123456789abcdef0123456789abcdef")),
        new DeniedWorkload(Aws: new DeniedAws("123456789012", IamRole: "web")),
        new DeniedWorkload(Jwt: new DeniedJwt("https://issuer.example.com/", "vm1")),
        new DeniedWorkload(Workload: "bookinfo/ratings-jwt-corp--vm1"),
        new DeniedWorkload(Workload: "bookinfo/ratings-jwt-corp--vm1", Before: new DateTimeOffset(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero)),
    ];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Add_EveryForm_IsReadBackAsItWas(DeniedWorkload entry)
    {
        await System.IO.File.WriteAllTextAsync(File, Commented);

        await sut.AddAsync(entry, CancellationToken.None);

        Read().ShouldBe([entry]);
    }

    [Fact]
    public async Task Remove_SeveralThatNameTheSame_TakesAllOut()
    {
        await System.IO.File.WriteAllTextAsync(File, Commented);
        await sut.AddAsync(Subject with { Before = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        await sut.AddAsync(new DeniedWorkload(Workload: "bookinfo/other"), CancellationToken.None);
        await sut.AddAsync(Subject, CancellationToken.None);

        await sut.RemoveAsync(Subject, CancellationToken.None);

        Read().ShouldBe([new DeniedWorkload(Workload: "bookinfo/other")]);
    }

    [Fact]
    public async Task Add_WrongEntry_SaysWhichFieldAndChangesNothing()
    {
        await System.IO.File.WriteAllTextAsync(File, Commented);

        var failure = await Should.ThrowAsync<InvalidConfigurationException>(
            () => sut.AddAsync(new DeniedWorkload(Aws: new DeniedAws("12", InstanceId: "i-1")), CancellationToken.None));

        failure.Message.ShouldContain("aws.account");
        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(Commented);
    }

    [Theory]
    [InlineData("spec: [")]
    [InlineData("x: &a {endpoint: {hosts: [a], secretName: tls}}\napiVersion: install.tetrate.io/v1alpha1\nkind: ControlPlane\nspec: {meshExpansion: {onboarding: *a}}\n")]
    public async Task Add_FileThatIsBrokenOrLaidOutOddly_IsRefusedAndLeftAlone(string text)
    {
        await System.IO.File.WriteAllTextAsync(File, text);

        await Should.ThrowAsync<InvalidConfigurationException>(() => sut.AddAsync(Subject, CancellationToken.None));

        (await System.IO.File.ReadAllTextAsync(File)).ShouldBe(text);
        Directory.EnumerateFileSystemEntries(directory.Root).Count().ShouldBe(1);
    }

    [Fact]
    public async Task Add_FileBehindALink_IsReplacedWhereItIsWithItsMode()
    {
        var real = Path.Combine(directory.Root, "real.yaml");
        await System.IO.File.WriteAllTextAsync(real, Commented, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        System.IO.File.SetUnixFileMode(real, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        System.IO.File.CreateSymbolicLink(File, "real.yaml");

        await sut.AddAsync(Subject, CancellationToken.None);

        new FileInfo(File).LinkTarget.ShouldBe("real.yaml");
        System.IO.File.GetUnixFileMode(real).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Read().ShouldBe([Subject]);
    }

    [Fact]
    public async Task Add_ManyAtTheSameMoment_LosesNone()
    {
        await System.IO.File.WriteAllTextAsync(File, Commented);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => sut.AddAsync(new DeniedWorkload(Workload: $"bookinfo/w{i}"), CancellationToken.None)));

        Read().Length.ShouldBe(20);
    }

    private DeniedWorkload[] Read()
    {
        var problems = new ProblemList();
        var options = ControlPlaneReader.Read(System.IO.File.ReadAllText(File), File, problems);
        options.ShouldNotBeNull(string.Join('\n', problems.Errors));
        return [.. options.Workloads.Denied];
    }
}
