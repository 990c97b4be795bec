using Onboarding.Agent.Credentials;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;
using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Agent.Life;

/// <summary>The steps that make a VM a member: whom to trust, what proves it, a session, a registration.</summary>
internal sealed class Enrollment(
    EndpointClient endpoint,
    UidRules uids,
    ICredentialSource credentials,
    IHostInformation host,
    Func<string> instanceId,
    WorkloadDescription workload)
{
    /// <summary>Asks the endpoint who it is, and believes it or not.</summary>
    public async Task<DiscoveryResponse> DiscoverAsync(CancellationToken cancellationToken)
    {
        var discovery = await endpoint.DiscoverAsync(cancellationToken);
        uids.Require(discovery.Uid);
        return discovery;
    }

    /// <summary>Gets a credential that is good for this endpoint alone.</summary>
    public Task<Credential> GetCredentialAsync(string uid, CancellationToken cancellationToken) => credentials.GetAsync(uid, cancellationToken);

    /// <summary>Opens a session with a key pair of its own.</summary>
    public async Task<AgentSession> OpenAsync(Credential credential, CancellationToken cancellationToken)
    {
        var key = new SessionKeyPair();
        try
        {
            var request = new OpenSessionRequest(credential, workload.Group, instanceId(), key.Public);
            var opened = await endpoint.OpenSessionAsync(request, cancellationToken);
            TokenCheck.Require(opened, key.Thumbprint, workload.Group);
            return new AgentSession(key, opened);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Registers the workload in a session.</summary>
    public async Task<RegistrationResponse> RegisterAsync(AgentSession session, CancellationToken cancellationToken)
    {
        var registration = new Registration(
            new RegistrationAgent(AgentVersion.Current),
            new RegistrationSidecar(new IstioSidecar(workload.Istio.Version, workload.Istio.Revision)),
            await host.GetAsync(cancellationToken),
            workload.Labels.Count > 0 ? new RegistrationWorkload(workload.Labels) : null,
            new RegistrationSettings(workload.ConnectedOver));
        return await endpoint.RegisterAsync(session, registration, cancellationToken);
    }
}
