using System.Net;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>
/// The instance metadata service of EC2, version 2 only: every question carries a token that was asked for first. It is asked at its own
/// addresses, IPv4 before IPv6, and nowhere else.
/// </summary>
internal sealed class InstanceMetadata(MetadataTransport transport)
{
    private const string LifetimeHeader = "X-aws-ec2-metadata-token-ttl-seconds";
    private const string TokenHeader = "X-aws-ec2-metadata-token";
    private const string Lifetime = "300";
    private static readonly Uri[] Addresses = [new("http://169.254.169.254"), new("http://[fd00:ec2::254]")];
    private (Uri Address, string Token)? known;

    /// <summary>Whether this machine has the service, and with it is an EC2 instance.</summary>
    /// <exception cref="MetadataException">Something is there that forbids to be asked.</exception>
    public async Task<bool> IsThereAsync(CancellationToken cancellationToken)
    {
        try
        {
            known = await GetTokenAsync(cancellationToken);
            return true;
        }
        catch (MetadataUnreachableException)
        {
            return false;
        }
        catch (MetadataException error) when (error.IsBusy)
        {
            return true;
        }
    }

    /// <summary>Reads what every instance has.</summary>
    /// <param name="path">Below <c>/latest</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MetadataException">It could not be read.</exception>
    public async Task<string> ReadAsync(string path, CancellationToken cancellationToken) =>
        await FindAsync(path, cancellationToken) ?? throw new MetadataException($"the instance metadata service has no /latest/{path}");

    /// <summary>Reads what an instance may have; null: it has not.</summary>
    /// <param name="path">Below <c>/latest</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MetadataException">It could not be read.</exception>
    public async Task<string?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var reply = await AskAsync(path, cancellationToken);
            if (reply.Status == HttpStatusCode.Unauthorized)
            {
                // The token is over, or the service has started anew.
                known = null;
                reply = await AskAsync(path, cancellationToken);
            }

            return reply.Status switch
            {
                HttpStatusCode.OK => reply.Text.Trim(),
                HttpStatusCode.NotFound => null,
                _ => throw new MetadataException($"the instance metadata service answered {(int)reply.Status} to /latest/{path}"),
            };
        }
        catch (MetadataUnreachableException error)
        {
            known = null;
            throw new MetadataException(Explain(error), error);
        }
    }

    private async Task<MetadataReply> AskAsync(string path, CancellationToken cancellationToken)
    {
        var (address, token) = known ??= await GetTokenAsync(cancellationToken);
        return await transport.SendAsync(HttpMethod.Get, new Uri(address, $"/latest/{path}"), cancellationToken, (TokenHeader, token));
    }

    private async Task<(Uri Address, string Token)> GetTokenAsync(CancellationToken cancellationToken)
    {
        MetadataUnreachableException? failure = null;
        foreach (var address in Addresses)
        {
            try
            {
                var reply = await transport.SendAsync(HttpMethod.Put, new Uri(address, "/latest/api/token"), cancellationToken, (LifetimeHeader, Lifetime));
                return reply.Status switch
                {
                    HttpStatusCode.OK when IsToken(reply.Text) => (address, reply.Text),
                    HttpStatusCode.Forbidden => throw new MetadataException(
                        "the instance metadata service is switched off or forbids this request: set its HttpEndpoint to enabled, and let no proxy stand between"),
                    _ => throw new MetadataUnreachableException($"what answers at {address.Authority} is not the metadata service of EC2", isSilent: false),
                };
            }
            catch (MetadataUnreachableException error)
            {
                // The silent address tells more than the one there is no way to.
                failure = failure is { IsSilent: true } ? failure : error;
            }
        }

        throw failure!;
    }

    private static string Explain(MetadataUnreachableException error) => error.IsSilent
        ? $"the instance metadata service: {error.Message}; in a container, its HttpPutResponseHopLimit must be 2 or more"
        : $"the instance metadata service: {error.Message}";

    // Whatever else answers may say anything, and a token becomes a header.
    private static bool IsToken(string text) => text.Length is > 0 and <= 1024 && text.All(character => character is > ' ' and <= '~');
}
