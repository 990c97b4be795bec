using Onboarding.Protocol;

namespace Onboarding.Agent.Credentials;

/// <summary>Gets what proves the VM's identity to an endpoint.</summary>
internal interface ICredentialSource
{
    /// <summary>How it is called in logs.</summary>
    string Name { get; }

    /// <summary>A fresh credential.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CredentialUnavailableException">None could be had.</exception>
    Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken);
}
