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

    /// <summary>
    /// Makes a key pair for a session, and gets a credential that is good for this endpoint, and may be for this session, alone. One of a kind that the
    /// endpoint does not accept is not sent to it.
    /// </summary>
    /// <exception cref="CredentialUnavailableException">There is no credential.</exception>
    /// <exception cref="CredentialNotAcceptedException">There is one, of a kind that the endpoint does not accept.</exception>
    public async Task<Candidacy> PrepareAsync(DiscoveryResponse discovery, CancellationToken cancellationToken)
    {
        var key = new SessionKeyPair();
        try
        {
            var purpose = new CredentialPurpose(discovery.Uid, endpoint.Name, workload.Group, instanceId(), key.Thumbprint);
            var credential = await credentials.GetAsync(purpose, cancellationToken);
            CredentialNotAcceptedException.ThrowUnless(discovery.Credentials, credential.Kind);
            return new Candidacy(key, purpose.InstanceId, credential);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session, whose key is the candidacy's.</summary>
    public async Task<AgentSession> OpenAsync(Candidacy candidacy, CancellationToken cancellationToken)
    {
        var key = candidacy.Key;
        try
        {
            var request = new OpenSessionRequest(candidacy.Credential, workload.Group, candidacy.InstanceId, key.Public);
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

    /// <summary>Makes a call that needs the proof of the session's key, and changes nothing: the endpoint must know itself by the name that is dialled.</summary>
    public async Task ProveAsync(AgentSession session, CancellationToken cancellationToken)
    {
        try
        {
            await endpoint.GetBootstrapAsync(session, knownRevision: null, cancellationToken);
        }
        catch (EndpointException error) when (error.Code == ProblemCodes.RegistrationGone)
        {
            // The proof was accepted, and nothing is registered.
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
