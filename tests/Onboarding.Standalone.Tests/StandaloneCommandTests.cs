using System.Net;

namespace Onboarding.Standalone.Tests;

public sealed class StandaloneCommandTests : IDisposable
{
    private readonly StringWriter error = new();
    private StandaloneSettings? ran;
    private Exception? failure;

    public void Dispose() => error.Dispose();

    [Fact]
    public async Task Invoke_RequiredOptionsOnly_AddressesAreLeftToTheEndpoint()
    {
        (await InvokeAsync("--config", "c.yaml", "--manifests", "m", "--data", "d")).ShouldBe(ExitCodes.Ok);

        ran.ShouldBe(new StandaloneSettings("c.yaml", "m", "d"));
    }

    [Fact]
    public async Task Invoke_Addresses_AreParsed()
    {
        await InvokeAsync("--config", "c", "--manifests", "m", "--data", "d", "--api-address", "127.0.0.1:0", "--packages-address", "[::1]:8444", "--operators-address", "10.0.0.1:9082");

        ran!.ApiAddress.ShouldBe(new IPEndPoint(IPAddress.Loopback, 0));
        ran.PackagesAddress.ShouldBe(new IPEndPoint(IPAddress.IPv6Loopback, 8444));
        ran.OperatorsAddress.ShouldBe(new IPEndPoint(IPAddress.Parse("10.0.0.1"), 9082));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("localhost:80")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:65536")]
    public async Task Invoke_AddressWithoutPortOrNoAddress_RefusedWithAnExample(string address)
    {
        (await InvokeAsync("--config", "c", "--manifests", "m", "--data", "d", "--api-address", address)).ShouldBe(ExitCodes.Misconfigured);

        ran.ShouldBeNull();
        error.ToString().ShouldContain($"'{address}' is no address and port");
    }

    [Theory]
    [InlineData("--config")]
    [InlineData("--manifests")]
    [InlineData("--data")]
    public async Task Invoke_RequiredOptionMissing_RefusedAndNamed(string missing)
    {
        string[] options = ["--config", "--manifests", "--data"];

        (await InvokeAsync([.. options.Where(option => option != missing).SelectMany(option => new[] { option, "value" })])).ShouldBe(ExitCodes.Misconfigured);

        ran.ShouldBeNull();
        error.ToString().ShouldContain(missing);
    }

    [Fact]
    public async Task Invoke_UnknownOption_Refused()
    {
        (await InvokeAsync("--config", "c", "--manifests", "m", "--data", "d", "--kubernetes")).ShouldBe(ExitCodes.Misconfigured);

        ran.ShouldBeNull();
    }

    [Fact]
    public async Task Invoke_DoesNotStart_SaysWhyInOneLine()
    {
        failure = new StartException("c.yaml:3: spec: wrong") { ExitCode = ExitCodes.Misconfigured };

        (await InvokeAsync("--config", "c", "--manifests", "m", "--data", "d")).ShouldBe(ExitCodes.Misconfigured);

        error.ToString().TrimEnd().ShouldBe("onboarding-standalone: c.yaml:3: spec: wrong");
    }

    [Fact]
    public async Task Invoke_PortIsTaken_FailsInOneLine()
    {
        failure = new IOException("Failed to bind to address https://127.0.0.1:15443: address already in use.");

        (await InvokeAsync("--config", "c", "--manifests", "m", "--data", "d")).ShouldBe(ExitCodes.Failed);

        error.ToString().TrimEnd().ShouldBe("onboarding-standalone: " + failure.Message);
    }

    private Task<int> InvokeAsync(params string[] args) => new StandaloneCommand(RunAsync, error).InvokeAsync(args, CancellationToken.None);

    private Task RunAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        ran = settings;
        return failure is null ? Task.CompletedTask : Task.FromException(failure);
    }
}
