using Onboarding.Core.Configuration;

namespace Onboarding.Endpoint.Tests.Fakes;

internal sealed class FakeOptionsSource : IOptionsSource
{
    public static readonly OnboardingOptions Default = new() { EndpointHosts = ["localhost"], TlsSecretName = "tls" };

    public event Action? Changed
    {
        add { }
        remove { }
    }

    public OnboardingOptions Current { get; set; } = Default;

    public string Uid => "https://onboarding.example";
}
