using Onboarding.Agent.Metadata;

namespace Onboarding.Agent.Tests.Metadata;

public sealed class MetadataTransportTests
{
    [Fact]
    public void CreateHandler_Settings_NoProxyNoRedirectNoCookies()
    {
        using var handler = MetadataTransport.CreateHandler();

        handler.UseProxy.ShouldBeFalse();
        handler.AllowAutoRedirect.ShouldBeFalse();
        handler.UseCookies.ShouldBeFalse();
    }
}
