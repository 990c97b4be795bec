using Onboarding.Agent.Credentials;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Gives a token, or none for a while.</summary>
internal sealed class FakeCredentials : ICredentialSource
{
    public List<string> Audiences { get; } = [];

    public int FailuresLeft { get; set; }

    public string Name => "fake";

    public Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        Audiences.Add(purpose.Uid);
        return FailuresLeft-- > 0
            ? throw new CredentialUnavailableException("the token service is away")
            : Task.FromResult<Credential>(new JwtCredential("a.b.c"));
    }
}
