using Onboarding.TestKit.Issuers;

namespace Onboarding.Standalone.Tests;

public sealed class ProcessTests : IDisposable
{
    private readonly TestPki pki = new();
    private readonly StandaloneFiles files;
    private readonly int[] ports = FreePorts.Take(3);

    public ProcessTests() => files = new StandaloneFiles(pki, "https://issuer.example");

    public void Dispose()
    {
        files.Dispose();
        pki.Dispose();
    }

    [Fact]
    public async Task Terminated_WhileItServes_StopsAndExitsWithZero()
    {
        using var sut = await StandaloneProcess.StartAsync(files, ports);

        (await sut.StopAsync()).ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task Start_ConfigurationIsWrong_NamesFileLineAndField()
    {
        files.WriteConfig("http://issuer.example");
        using var sut = StandaloneProcess.Start(files, ports);

        (await sut.ExitAsync()).ShouldBe(ExitCodes.Misconfigured);

        sut.Errors.ShouldContain($"{files.Config}:16: spec.meshExpansion.onboarding.workloads.authentication.jwt.issuers[0].issuer: ");
    }

    [Fact]
    public async Task Start_ConfigurationIsAbsent_NamesTheFile()
    {
        File.Delete(files.Config);
        using var sut = StandaloneProcess.Start(files, ports);

        (await sut.ExitAsync()).ShouldBe(ExitCodes.Misconfigured);

        sut.Errors.ShouldContain(files.Config);
    }

    [Fact]
    public async Task Start_NoCertificate_NamesItsDirectory()
    {
        Directory.Delete(files.Tls, recursive: true);
        using var sut = StandaloneProcess.Start(files, ports);

        (await sut.ExitAsync()).ShouldBe(ExitCodes.Misconfigured);

        sut.Errors.ShouldContain(files.Tls);
        sut.Errors.ShouldNotContain("Exception");
    }

    [Fact]
    public async Task Start_DataDirectoryIsUsed_RefusedAndTheFirstGoesOn()
    {
        using var first = await StandaloneProcess.StartAsync(files, ports);
        using var sut = StandaloneProcess.Start(files, FreePorts.Take(3));

        (await sut.ExitAsync()).ShouldBe(ExitCodes.Failed);

        sut.Errors.ShouldContain("another process uses this data directory");
        (await first.StopAsync()).ShouldBe(ExitCodes.Ok);
    }

    [Fact]
    public async Task Start_PortIsTaken_SaysWhich()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, ports[0]);
        listener.Start();
        using var sut = StandaloneProcess.Start(files, ports);

        (await sut.ExitAsync()).ShouldBe(ExitCodes.Failed);

        sut.Errors.ShouldContain($"127.0.0.1:{ports[0]}: address already in use. Choose others with --api-address");
        sut.Errors.ShouldNotContain("Exception");
    }
}
