using Onboarding.Protocol;

namespace Onboarding.Agent.Credentials;

/// <summary>Several sources, tried in order; the first that has a credential serves.</summary>
internal sealed class CredentialChain(IReadOnlyList<ICredentialSource> sources) : ICredentialSource
{
    public string Name => string.Join(", ", sources.Select(source => source.Name));

    public async Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        foreach (var source in sources)
        {
            try
            {
                return await source.GetAsync(purpose, cancellationToken);
            }
            catch (CredentialUnavailableException error)
            {
                reasons.Add(error.Message);
            }
        }

        throw new CredentialUnavailableException(string.Join("; ", reasons));
    }
}
