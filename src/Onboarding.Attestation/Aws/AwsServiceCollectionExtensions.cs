using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Onboarding.Attestation.Aws.Ec2;
using Onboarding.Attestation.Aws.Ecs;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Aws;

/// <summary>Registers the verification of EC2 instances and ECS tasks.</summary>
public static class AwsServiceCollectionExtensions
{
    /// <summary>
    /// Adds the <see cref="IClaimVerifier"/>s of kinds <c>aws-ec2</c> and <c>aws-ecs</c>, and the <see cref="IAwsTrustSource"/> that policies go by.
    /// It needs an <see cref="IOptionsSource"/>, whose <c>authentication.aws</c> it follows, and logging.
    /// </summary>
    public static IServiceCollection AddAwsAttestation(this IServiceCollection services)
    {
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AwsTelemetry>();
        services.TryAddSingleton<TrustBundleSource>();
        services.TryAddSingleton<IAwsTrustSource>(provider => provider.GetRequiredService<TrustBundleSource>());
        services.AddHostedService(provider => provider.GetRequiredService<TrustBundleSource>());
        services.TryAddSingleton(new StsTrust(Chain: null));
        services.TryAddSingleton<StsTransport>();
        services.TryAddSingleton<StsClient>();
        services.TryAddSingleton<StsBulkhead>();
        services.TryAddSingleton<StsProver>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IClaimVerifier, AwsEc2Verifier>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IClaimVerifier, AwsEcsVerifier>());
        return services;
    }
}
