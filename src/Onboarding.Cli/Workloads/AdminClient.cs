using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Onboarding.Cli.Containment;
using Onboarding.Core.Policy;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;

namespace Onboarding.Cli.Workloads;

/// <summary>Asks a running endpoint over the administrators' Unix socket.</summary>
internal sealed class AdminClient : IDisposable
{
    /// <summary>Name of the socket in the data directory.</summary>
    public const string SocketName = "admin.sock";

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly string socket;
    private readonly HttpClient http;

    public AdminClient(string socket)
    {
        this.socket = socket;
        http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync, UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri("http://localhost"),
            Timeout = Timeout,
        };
    }

    public void Dispose() => http.Dispose();

    /// <summary>The workloads of a namespace; null: of all.</summary>
    public async Task<IReadOnlyList<WorkloadSummary>> ListAsync(string? @namespace, CancellationToken cancellationToken)
    {
        var query = @namespace is null ? "" : $"?namespace={Uri.EscapeDataString(@namespace)}";
        var answer = await GetAsync("/v1/workloads" + query, cancellationToken);
        return Read<List<WorkloadSummary>>(answer?["items"]);
    }

    /// <summary>One workload; null: there is none of that name.</summary>
    public async Task<WorkloadDescription?> DescribeAsync(string @namespace, string name, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/v1/workloads/{Uri.EscapeDataString(@namespace)}/{Uri.EscapeDataString(name)}", cancellationToken);
        return answer is null ? null : Read<WorkloadDescription>(answer);
    }

    /// <summary>What the policies in force say of an identity, and why.</summary>
    public async Task<PolicyExplanation> ExplainAsync(PolicyCase asked, CancellationToken cancellationToken)
    {
        var question = new JsonObject { ["identity"] = ToJson(asked.Identity), ["workloadGroup"] = ToJson(asked.WorkloadGroup) };
        using var content = Json(question);
        return Read<PolicyExplanation>(await SendAsync(HttpMethod.Post, "/v1/policies/explain", content, cancellationToken));
    }

    /// <summary>The log levels that were set since the endpoint's start.</summary>
    public async Task<IReadOnlyDictionary<string, string>> GetLogLevelsAsync(CancellationToken cancellationToken) =>
        Read<Dictionary<string, string>>((await GetAsync("/v1/log-levels", cancellationToken))?["levels"]);

    /// <summary>Sets a log level; null: as it was at the start.</summary>
    public async Task<IReadOnlyDictionary<string, string>> SetLogLevelAsync(string category, string? level, CancellationToken cancellationToken)
    {
        using var content = Json(new JsonObject { ["category"] = category, ["level"] = level });
        return Read<Dictionary<string, string>>((await SendAsync(HttpMethod.Put, "/v1/log-levels", content, cancellationToken))?["levels"]);
    }

    /// <summary>Suspends a workload; a null reason lets it join again. False: there is none of that name.</summary>
    public async Task<bool> SuspendAsync(WorkloadGroupReference workload, string? reason, CancellationToken cancellationToken)
    {
        using var content = Json(new JsonObject { ["reason"] = reason });
        return await SendAsync(HttpMethod.Put, $"/v1/workloads/{PathOf(workload)}/suspension", content, cancellationToken) is not null;
    }

    /// <summary>The groups of a namespace; null: of all.</summary>
    public async Task<IReadOnlyList<GroupSummary>> ListGroupsAsync(string? @namespace, CancellationToken cancellationToken)
    {
        var query = @namespace is null ? "" : $"?namespace={Uri.EscapeDataString(@namespace)}";
        return Read<List<GroupSummary>>((await GetAsync("/v1/groups" + query, cancellationToken))?["items"]);
    }

    /// <summary>One group; null: there is none of that name.</summary>
    public async Task<GroupDescription?> DescribeGroupAsync(WorkloadGroupReference group, CancellationToken cancellationToken)
    {
        var answer = await GetAsync($"/v1/groups/{PathOf(group)}", cancellationToken);
        return answer is null ? null : Read<GroupDescription>(answer);
    }

    /// <summary>Adds an entry to the deny list, or takes it out.</summary>
    public async Task<DenyListEdit> EditDenyListAsync(JsonObject entry, bool isDenied, CancellationToken cancellationToken)
    {
        using var content = Json(entry);
        return Read<DenyListEdit>(await SendAsync(isDenied ? HttpMethod.Post : HttpMethod.Delete, "/v1/denied", content, cancellationToken));
    }

    /// <summary>Rotates the signing keys.</summary>
    public async Task<KeyList> RotateKeysAsync(bool replace, CancellationToken cancellationToken) =>
        Read<KeyList>(await SendAsync(HttpMethod.Post, "/v1/keys/rotate" + (replace ? "?replace=true" : ""), content: null, cancellationToken));

    /// <summary>Writes a backup.</summary>
    public async Task BackupAsync(bool withKeys, Stream output, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/backup" + (withKeys ? "?keys=true" : ""), UriKind.Relative));
        using var response = await SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw Refused(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await body.CopyToAsync(output, cancellationToken);
    }

    /// <summary>A result as programs are given it.</summary>
    public static JsonNode ToJson<T>(T result) => JsonSerializer.SerializeToNode(result, Options)!;

    private static string PathOf(WorkloadGroupReference name) => $"{Uri.EscapeDataString(name.Namespace)}/{Uri.EscapeDataString(name.Name)}";

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    private Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, content: null, cancellationToken);

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        using var response = await SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
        var body = await response.Content.ReadAsStringAsync(cancellationToken);
        try
        {
            return response.StatusCode switch
            {
                HttpStatusCode.OK => JsonNode.Parse(body),
                HttpStatusCode.NotFound => null,
                var status => throw Refused(status, body),
            };
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, completion, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            throw Unreachable(e);
        }
        catch (TaskCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException($"the endpoint did not answer at {socket} within {Timeout.TotalSeconds} s", e);
        }
    }

    private CliException Refused(HttpStatusCode status, string body) => new($"the endpoint answers {(int)status} at {socket}: {DetailOf(body)}");

    // What is wrong with a request is all that its reader needs.
    private static string DetailOf(string body)
    {
        try
        {
            return (string?)JsonNode.Parse(body)?["detail"] ?? body;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return body;
        }
    }

    private T Read<T>(JsonNode? node)
    {
        try
        {
            return node.Deserialize<T>(Options) ?? throw new JsonException("the answer is empty");
        }
        catch (JsonException e)
        {
            throw Unreadable(e);
        }
    }

    /// <summary>Says why without the message of <see cref="HttpRequestException"/>, which names a host and a port that a socket does not have.</summary>
    private CliException Unreachable(HttpRequestException e) => e.InnerException is SocketException { SocketErrorCode: SocketError.AccessDenied }
        ? new($"{socket} may only be used by the endpoint's own user and root", e)
        : new($"nobody answers at {socket}: is the endpoint running with that data directory?", e);

    private CliException Unreadable(JsonException e) => new($"the answer at {socket} cannot be read: {e.Message}", e);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
            return new NetworkStream(connection, ownsSocket: true);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
