using Onboarding.Agent.Credentials;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Life;
using Onboarding.Agent.Metadata;
using Onboarding.Protocol;

namespace Onboarding.Agent.Commands;

/// <summary>
/// One dry pass: reachability, trust, credential, authorization, proof. A session is opened, which is where policy is asked, and never registered, so that
/// nothing joins and nobody's place is taken.
/// </summary>
internal sealed class CheckCommand(Enrollment enrollment, IHostInformation host, EndpointTarget target, WorkloadDescription workload, TextWriter output)
{
    private const string AskByHand = "ask the metadata service by hand on this machine, and check host in the AgentConfiguration";

    /// <summary>Whether every step went well; later steps are not tried after one that did not.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        Passed("configuration", $"{workload.Group} at {target}");
        try
        {
            var addresses = (await host.GetAsync(cancellationToken)).Addresses;
            Passed("host", string.Join(", ", addresses.Select(address => address.Ip)));
            var discovery = await enrollment.DiscoverAsync(cancellationToken);
            Passed("reachability", $"{target} answers");
            Passed("trust", $"uid {discovery.Uid}");
            var candidacy = await enrollment.PrepareAsync(discovery, cancellationToken);
            Passed("credential", candidacy.Credential.Kind);
            using var session = await enrollment.OpenAsync(candidacy, cancellationToken);
            Passed("authorization", $"{workload.Group} may be joined");
            await enrollment.ProveAsync(session, cancellationToken);
            Passed("proof", $"the endpoint goes by the name {target.Host}");
            return true;
        }
        catch (HostInformationException error)
        {
            return Failed("host", error.Message, error.InnerException is MetadataException ? AskByHand : "correct host.custom.hostinfo in the AgentConfiguration");
        }
        catch (UntrustedEndpointException error)
        {
            return Failed("trust", error.Message, "compare onboardingEndpoint.uid with the uid of the control plane");
        }
        catch (CredentialUnavailableException error)
        {
            return Failed("credential", error.Message, error.InnerException is MetadataException ? AskByHand : "run the plugin or command by hand as the agent's user");
        }
        catch (CredentialNotAcceptedException error)
        {
            return Failed("credential", error.Message, "configure another credential in the AgentConfiguration, or have its kind configured in the ControlPlane");
        }
        catch (EndpointException error)
        {
            var (step, advice) = Explain(error);
            return Failed(step, error.Message, advice);
        }
    }

    private static (string Step, string Advice) Explain(EndpointException error) => error switch
    {
        { Kind: EndpointFailure.Unreachable } => ("reachability", "check onboardingEndpoint.host and port, name resolution, firewalls and HTTPS_PROXY"),
        { Kind: EndpointFailure.NotTrusted } => ("trust", "set tls.caFile to the CA of the endpoint's certificate, and tls.sni where its name is another"),
        { Kind: EndpointFailure.Malformed } => ("reachability", "something other than an onboarding endpoint answers there, or one of another release"),
        { Code: ProblemCodes.CredentialRejected } => ("credential", "compare the token's issuer, audience and lifetime, or the AWS region and this machine's clock, with the control plane's configuration and trust bundle"),
        { Code: ProblemCodes.TokenInvalid } => ("proof", "the name that is dialled must be one of the control plane's onboarding.endpoint.hosts; the endpoint's log has the reason under that id"),
        { Code: ProblemCodes.NotAuthorized } => ("authorization", "ask for the policy that should allow it; the endpoint's log has the reason under that id"),
        { Code: ProblemCodes.IdentityInUse } => ("authorization", "another machine with this identity is alive; stop it, or wait for its lease to end"),
        { Code: ProblemCodes.AgentTooOld } => ("authorization", "install a newer onboarding-agent"),
        _ => ("authorization", "try again later; the endpoint's log has the reason under that id"),
    };

    private void Passed(string step, string text) => output.WriteLine($"ok      {step,-14} {text}");

    private bool Failed(string step, string text, string advice)
    {
        output.WriteLine($"FAILED  {step,-14} {text}");
        output.WriteLine($"        {"",-14} to do: {advice}");
        return false;
    }
}
