using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Onboarding.Attestation.Challenges;

/// <summary>Registers challenges.</summary>
public static class ChallengeServiceCollectionExtensions
{
    /// <summary>Adds <see cref="ChallengeIssuer"/>. It needs <see cref="Core.Sessions.IChallengeKeys"/> and <see cref="Core.Configuration.IOptionsSource"/>.</summary>
    public static IServiceCollection AddChallenges(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ChallengeIssuer>();
        return services;
    }
}
