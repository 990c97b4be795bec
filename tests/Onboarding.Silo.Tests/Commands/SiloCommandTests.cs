using System.Net;
using Onboarding.Endpoint.Hosting;
using Onboarding.Silo.Commands;
using Onboarding.TestKit.Data;

namespace Onboarding.Silo.Tests.Commands;

public sealed class SiloCommandTests : IDisposable
{
    private static readonly string[] Required = ["--config", "c", "--manifests", "m", "--data", "d", "--keys", "k"];

    private readonly StringWriter output = new();
    private readonly StringWriter error = new();
    private SiloSettings? ran;
    private Exception? failure;

    public void Dispose()
    {
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Invoke_RequiredOptionsOnly_TheRestIsLeftToTheEndpoint()
    {
        (await InvokeAsync(Required)).ShouldBe(ExitCodes.Ok);

        ran.ShouldBe(new SiloSettings("c", "m", "d", "k"));
    }

    [Fact]
    public async Task Invoke_EveryOption_IsTaken()
    {
        await InvokeAsync([.. Required, "--silo-tls", "t", "--admin-socket", "s", "--api-address", "127.0.0.1:0", "--packages-address", "[::1]:8444", "--operators-address", "10.0.0.1:9082"]);

        ran.ShouldBe(new SiloSettings("c", "m", "d", "k")
        {
            SiloTls = "t",
            AdminSocket = "s",
            ApiAddress = new IPEndPoint(IPAddress.Loopback, 0),
            PackagesAddress = new IPEndPoint(IPAddress.IPv6Loopback, 8444),
            OperatorsAddress = new IPEndPoint(IPAddress.Parse("10.0.0.1"), 9082),
        });
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--manifests")]
    [InlineData("--data")]
    [InlineData("--keys")]
    public async Task Invoke_RequiredOptionMissing_RefusedAndNamed(string missing)
    {
        var at = Array.IndexOf(Required, missing);

        (await InvokeAsync([.. Required[..at], .. Required[(at + 2)..]])).ShouldBe(ExitCodes.Misconfigured);

        ran.ShouldBeNull();
        error.ToString().ShouldContain(missing);
    }

    [Fact]
    public async Task Invoke_DoesNotStart_SaysWhyInOneLine()
    {
        failure = new StartException("no") { ExitCode = ExitCodes.Misconfigured };

        (await InvokeAsync(Required)).ShouldBe(ExitCodes.Misconfigured);

        error.ToString().TrimEnd().ShouldBe("onboarding-silo: no");
    }

    [Fact]
    public async Task StorageInit_NoConnection_RefusedAndNamed()
    {
        using var empty = new TemporaryDirectory();

        (await InvokeAsync(["storage", "init", "--settings", empty.Path])).ShouldBe(ExitCodes.Misconfigured);

        ran.ShouldBeNull();
        error.ToString().ShouldContain("Orleans__GrainStorage__Default__ConnectionString");
    }

    private Task<int> InvokeAsync(string[] args) => new SiloCommand(RunAsync, output, error).InvokeAsync(args, CancellationToken.None);

    private Task RunAsync(SiloSettings settings, CancellationToken cancellationToken)
    {
        ran = settings;
        return failure is null ? Task.CompletedTask : Task.FromException(failure);
    }
}
