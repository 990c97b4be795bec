using Onboarding.Protocol;

namespace Onboarding.Agent.Hosts;

/// <summary>Says at which addresses the VM can be reached.</summary>
internal interface IHostInformation
{
    /// <summary>1–8 addresses, the preferred one first.</summary>
    /// <exception cref="HostInformationException">None could be found.</exception>
    Task<RegistrationHost> GetAsync(CancellationToken cancellationToken);
}
