using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Onboarding.Silo.Tests.Processes;
using Onboarding.TestKit.Data;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Silo.Tests.Hosting;

/// <summary>Row 36 of the threats: a silo's port from another pod.</summary>
public sealed class SiloPortAttackTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestPki pki = new();
    private SiloFiles files = null!;
    private RunningSilo silo = null!;

    public async Task InitializeAsync()
    {
        var port = FreePorts.Take(1)[0];
        files = new SiloFiles(pki, "https://issuer.example.com", RunningSilo.InMemory(port));
        silo = await RunningSilo.StartAsync(pki, files, port);
    }

    public async Task DisposeAsync() => await silo.DisposeAsync();

    public void Dispose()
    {
        files.Dispose();
        pki.Dispose();
    }

    [Fact]
    public async Task SiloPort_CertificateOfTheCluster_IsSpokenTo()
    {
        using var certificate = pki.Issue("onboarding");

        (await IsSpokenToAsync(certificate)).ShouldBeTrue("else the other tests would prove nothing");
    }

    [Fact]
    public async Task SiloPort_NoCertificate_IsClosed() => (await IsSpokenToAsync(null)).ShouldBeFalse();

    [Fact]
    public async Task SiloPort_CertificateOfAStrangersAuthority_IsClosed()
    {
        using var stranger = new TestPki();
        using var certificate = stranger.Issue("onboarding");

        (await IsSpokenToAsync(certificate)).ShouldBeFalse();
    }

    [Fact]
    public async Task SiloPort_CertificateOfAnotherCluster_IsClosed()
    {
        using var certificate = pki.Issue("another-cluster");

        (await IsSpokenToAsync(certificate)).ShouldBeFalse();
    }

    [Fact]
    public async Task SiloPort_PlainText_IsClosed()
    {
        using var connection = await ConnectAsync();
        await connection.GetStream().WriteAsync(new byte[64]);

        (await HearsAsync(connection.GetStream())).ShouldBeFalse();
    }

    // A silo begins with a preamble of its own: whoever hears it was let in.
    private async Task<bool> IsSpokenToAsync(X509Certificate2? certificate)
    {
        using var connection = await ConnectAsync();
        await using var tls = new SslStream(connection.GetStream(), leaveInnerStreamOpen: false, (_, server, _, _) => server?.Issuer == pki.Authority.Subject);
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = "onboarding",
                ClientCertificates = certificate is null ? null : [certificate],
            });
            var hears = await HearsAsync(tls);

            // Too long a preamble: the silo ends the connection, and need not wait for it when it stops.
            await tls.WriteAsync(new byte[] { 0xff, 0xff, 0xff, 0x7f });
            await UntilClosedAsync(tls);
            return hears;
        }
        catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
        {
            return false;
        }
    }

    private async Task<TcpClient> ConnectAsync()
    {
        var connection = new TcpClient();
        await connection.ConnectAsync(IPAddress.Loopback, silo.SiloPort);
        return connection;
    }

    private static async Task UntilClosedAsync(Stream stream)
    {
        while (await HearsAsync(stream))
        {
        }
    }

    private static async Task<bool> HearsAsync(Stream stream)
    {
        try
        {
            return await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(Patience) > 0;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
