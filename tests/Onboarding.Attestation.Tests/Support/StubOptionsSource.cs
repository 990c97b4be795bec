using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Tests.Support;

/// <summary>A configuration that a test changes while all runs.</summary>
internal sealed class StubOptionsSource(string uid, params JwtIssuerOptions[] issuers) : IOptionsSource
{
    public event Action? Changed;

    public OnboardingOptions Current { get; private set; } = With(issuers);

    public string Uid => uid;

    public void Set(params JwtIssuerOptions[] next)
    {
        Current = With(next);
        Changed?.Invoke();
    }

    private static OnboardingOptions With(JwtIssuerOptions[] issuers) => new()
    {
        EndpointHosts = ["onboarding.example"],
        TlsSecretName = "tls",
        Workloads = new WorkloadsOptions { JwtIssuers = [.. issuers] },
    };
}
