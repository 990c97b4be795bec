using Microsoft.Extensions.Logging;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;

namespace Onboarding.Agent.Credentials.Aws;

/// <summary>
/// What an EC2 instance proves itself with: its signed identity document, a request signed with the instance identity role, and one signed with
/// its profile's role, where it has one.
/// </summary>
internal sealed partial class Ec2CredentialSource(InstanceMetadata metadata, EndpointClient endpoint, ILogger logger) : ICredentialSource
{
    private const string IdentityCredentials = "meta-data/identity-credentials/ec2/security-credentials/ec2-instance";
    private const string ProfileCredentials = "meta-data/iam/security-credentials/";
    private bool warned;

    public string Name => "EC2 instance";

    public async Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            var region = RegionOf(await metadata.ReadAsync("meta-data/placement/region", cancellationToken));
            var document = await metadata.ReadAsync("dynamic/instance-identity/rsa2048", cancellationToken);
            var identity = RoleCredentials.Parse(await metadata.ReadAsync(IdentityCredentials, cancellationToken), "the instance identity role");
            var profile = await GetProfileAsync(cancellationToken);

            // Last, since a nonce is good for a minute, and a busy metadata service may take longer.
            var nonce = (await endpoint.ChallengeAsync(cancellationToken)).Nonce;
            var (binding, now) = (purpose.Bind(nonce), endpoint.Clock.Now);
            return new AwsEc2Credential(
                nonce,
                WithoutBreaks(document),
                StsProofs.Sign(identity, region, binding, now),
                profile is null ? null : StsProofs.Sign(profile, region, binding, now));
        }
        catch (MetadataException error)
        {
            throw new CredentialUnavailableException($"{Name}: {error.Message}", error);
        }
    }

    /// <summary>Credentials of the profile's role; null: there is no profile, or AWS cannot assume its role, which most policies do not ask for.</summary>
    private async Task<RoleCredentials?> GetProfileAsync(CancellationToken cancellationToken)
    {
        var names = await metadata.FindAsync(ProfileCredentials, cancellationToken);
        if (names?.Split('\n')[0].Trim() is not { Length: > 0 } name
            || await metadata.FindAsync(ProfileCredentials + Uri.EscapeDataString(name), cancellationToken) is not { } text)
        {
            return null;
        }

        try
        {
            var credentials = RoleCredentials.Parse(text, "the instance profile's role");
            warned = false;
            return credentials;
        }
        catch (MetadataException error)
        {
            if (!warned)
            {
                warned = true;
                NoRole(logger, error.Message);
            }

            return null;
        }
    }

    private static AwsRegion RegionOf(string name) =>
        AwsRegion.TryParse(name, out var region) ? region : throw new MetadataException($"'{Processes.OneLine.Of(name)}' is no region");

    private static string WithoutBreaks(string base64) => string.Concat(base64.Where(character => !char.IsWhiteSpace(character)));

    [LoggerMessage(1301, LogLevel.Warning, "This instance joins without a role, which policies that name roles refuse: {Reason}")]
    private static partial void NoRole(ILogger logger, string reason);
}
