using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Onboarding.Core.Operators;

namespace Onboarding.Cli.Operators;

/// <summary>Reads pages of a running endpoint's operators' port.</summary>
internal sealed class OperatorsClient(Uri url) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = Timeout };

    public void Dispose() => http.Dispose();

    /// <summary>The processes that serve together.</summary>
    /// <exception cref="CliException">Nobody answers there, or somebody else.</exception>
    public async Task<ClusterReport> GetSilosAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var reply = await http.GetAsync(new Uri(ClusterReport.Path, UriKind.Relative), cancellationToken);
            return reply.StatusCode == HttpStatusCode.OK
                ? await reply.Content.ReadFromJsonAsync<ClusterReport>(JsonSerializerOptions.Web, cancellationToken) ?? throw new JsonException("it is empty")
                : throw new CliException($"{url} answers {(int)reply.StatusCode} to {ClusterReport.Path}: is it the operators' port of an endpoint of this release?");
        }
        catch (HttpRequestException e)
        {
            throw new CliException($"nobody answers at {url}: {e.Message}; give --operators-url, and run it where the port can be reached", e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"{url} did not answer within {Timeout.TotalSeconds} s", e);
        }
        catch (JsonException e)
        {
            throw new CliException($"the answer of {url} cannot be read: {e.Message}", e);
        }
    }
}
