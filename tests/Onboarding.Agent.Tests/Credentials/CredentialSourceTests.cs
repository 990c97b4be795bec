using Onboarding.Agent.Credentials;
using Onboarding.Agent.Processes;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Credentials;

public sealed class CredentialSourceTests : IDisposable
{
    private const string Token = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ2bTAwNyJ9.c2ln";
    private readonly TemporaryRoot root = new();

    [Theory]
    [InlineData($$"""{"credential": {"@type": "type.googleapis.com/tetrateio.JwtCredential", "jwt": "{{Token}}"}, "expiresAt": "2026-03-01T12:00:00Z"}""")]
    [InlineData($$$"""{"credential": {"jwt": "{{{Token}}}"}}""")]
    public async Task Plugin_CredentialOfEitherForm_IsTaken(string answer)
    {
        var programs = new FakePrograms(_ => new ProgramResult(0, answer, ""));

        (await PluginSource(programs).GetAsync(Purposes.For("https://cp.example"), CancellationToken.None)).ShouldBe(new JwtCredential(Token));

        programs.Calls[0].Input.ShouldBe("{\"audience\":\"https://cp.example\"}");
        programs.Calls[0].Environment["RPC_METHOD_NAME"].ShouldBe("GetCredential");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"credential": {"jwt": "login: "}}""")]
    [InlineData("""{"credential": {"jwt": 5}}""")]
    [InlineData("""{"credential": {"jwt": "a.b.c", "jwt": "d.e.f"}}""")]
    public async Task Plugin_AnythingElse_IsNoCredential(string answer) =>
        await Should.ThrowAsync<CredentialUnavailableException>(
            PluginSource(new FakePrograms(_ => new ProgramResult(0, answer, ""))).GetAsync(Purposes.For("uid"), CancellationToken.None));

    [Fact]
    public async Task Command_BareToken_IsTaken()
    {
        var sut = Command($"echo {Token}");

        (await sut.GetAsync(Purposes.For("uid"), CancellationToken.None)).ShouldBe(new JwtCredential(Token));
    }

    [Theory]
    [InlineData("echo '<html>log in</html>'")]
    [InlineData("echo one.two")]
    [InlineData("echo a.b.c; echo d.e.f")]
    [InlineData("true")]
    public async Task Command_SomethingElse_IsNoCredential(string body) =>
        (await Should.ThrowAsync<CredentialUnavailableException>(Command(body).GetAsync(Purposes.For("uid"), CancellationToken.None)))
            .Message.ShouldContain("gave no token");

    [Fact]
    public async Task Command_Fails_SaysWhatItSaid() =>
        (await Should.ThrowAsync<CredentialUnavailableException>(Command("echo no login >&2; exit 4").GetAsync(Purposes.For("uid"), CancellationToken.None)))
            .Message.ShouldEndWith("ended with exit code 4: no login");

    [Fact]
    public async Task Command_DirectoryThatOthersMayWrite_IsNotRun()
    {
        var sut = Command($"touch {root.PathOf("/ran")}; echo {Token}");
        File.SetUnixFileMode(root.PathOf("/bin"), (UnixFileMode)0b111_111_111);

        (await Should.ThrowAsync<CredentialUnavailableException>(sut.GetAsync(Purposes.For("uid"), CancellationToken.None))).Message.ShouldContain("others may write");

        root.Has("/ran").ShouldBeFalse();
    }

    [Fact]
    public async Task Chain_FirstHasNone_TheSecondServes()
    {
        var sut = new CredentialChain([Command("exit 1"), PluginSource(new FakePrograms(_ => new ProgramResult(0, $$$"""{"credential": {"jwt": "{{{Token}}}"}}""", "")))]);

        (await sut.GetAsync(Purposes.For("uid"), CancellationToken.None)).ShouldBe(new JwtCredential(Token));
    }

    [Fact]
    public async Task Chain_NoneHasOne_NamesEachReason()
    {
        var sut = new CredentialChain([Command("exit 1"), PluginSource(new FakePrograms(_ => new ProgramResult(5, "", "")))]);

        var failure = await Should.ThrowAsync<CredentialUnavailableException>(sut.GetAsync(Purposes.For("uid"), CancellationToken.None));

        failure.Message.ShouldContain("exit code 1");
        failure.Message.ShouldContain("exit code 5");
    }

    public void Dispose() => root.Dispose();

    private CommandCredentialSource Command(string body) =>
        new(root.PutScript("/bin/token", body), [], TimeSpan.FromMinutes(1), new ProgramRunner(TimeProvider.System));

    private PluginCredentialSource PluginSource(IProgramRunner programs) =>
        new(new Plugin("jwt", root.PutScript("/plugins/jwt", "exit 0"), [], new Dictionary<string, string>(StringComparer.Ordinal), TimeSpan.FromMinutes(1), programs, new RecordingLogger()));
}
