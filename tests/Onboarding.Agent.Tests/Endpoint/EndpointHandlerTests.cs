using System.Net;
using System.Security.Authentication;
using Onboarding.Agent.Endpoint;

namespace Onboarding.Agent.Tests.Endpoint;

public sealed class EndpointHandlerTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Create_Proxy_IsUsedOnlyForWhatItCannotRead(bool tls)
    {
        var target = new EndpointTarget("cp.example", 15443, UsesTls: tls);
        using var trust = new ServerTrust(target);
        using var handler = EndpointHandler.Create(target, trust);

        handler.UseProxy.ShouldBe(tls);
    }

    [Fact]
    public void Create_Handler_FollowsNothingKeepsNothingAndUnpacksNothing()
    {
        var target = new EndpointTarget("192.0.2.1", 15443, ServerName: "cp.example");
        using var trust = new ServerTrust(target);
        using var handler = EndpointHandler.Create(target, trust);

        handler.AllowAutoRedirect.ShouldBeFalse();
        handler.UseCookies.ShouldBeFalse();
        handler.AutomaticDecompression.ShouldBe(DecompressionMethods.None);
        handler.MaxResponseHeadersLength.ShouldBe(16);
        handler.SslOptions.TargetHost.ShouldBe("cp.example");
        handler.SslOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls12 | SslProtocols.Tls13);
    }
}
