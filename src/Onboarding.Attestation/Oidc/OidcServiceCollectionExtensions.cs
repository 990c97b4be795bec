using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Onboarding.Attestation.Oidc.Keys;

namespace Onboarding.Attestation.Oidc;

/// <summary>Registers the verification of OIDC tokens.</summary>
public static class OidcServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="ICredentialVerifier"/> of kind <c>jwt</c>. It needs an <see cref="Core.Configuration.IOptionsSource"/>,
    /// whose issuers it follows, and logging; it begins to fetch keys when it is first asked for.
    /// </summary>
    public static IServiceCollection AddOidcAttestation(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IssuerKeysTelemetry>();
        services.TryAddSingleton<IIssuerKeysFactory, IssuerKeysFactory>();
        services.TryAddSingleton<IssuerDirectory>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICredentialVerifier, JwtCredentialVerifier>());
        return services;
    }
}
