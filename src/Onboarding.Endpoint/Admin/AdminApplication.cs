using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Onboarding.Core;
using Onboarding.Core.Policy;
using Onboarding.Core.Workloads;
using Onboarding.Endpoint.Api.Bodies;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin;

/// <summary>What administrators ask over the Unix socket: the workloads, and why a policy decides as it does.</summary>
internal sealed partial class AdminApplication(
    IWorkloadRegistry workloads,
    IPolicyCatalog catalog,
    TimeProvider time,
    ILogger<AdminApplication> logger) : IListenerApplication
{
    private const string WorkloadsPath = "/v1/workloads";
    private const string ExplainPath = "/v1/policies/explain";

    private static readonly Refusal NoSuchPath = new(ProblemCodes.NotFound, "there is no such path");
    private static readonly Refusal NoSuchWorkload = new(ProblemCodes.NotFound, "there is no such workload", "there is no registered workload of this name");

    /// <inheritdoc/>
    public ListenerKind Kind => ListenerKind.Admin;

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await RouteAsync(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            var correlationId = CorrelationId.Create();
            LogFailed(logger, exception, correlationId);
            var code = exception is BadHttpRequestException bad ? ProblemCatalog.CodeOf(bad.StatusCode) : ProblemCodes.Internal;
            await ProblemResponse.WriteAsync(http, correlationId, new Refusal(code, exception.Message));
        }
    }

    private Task RouteAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        return path.Split('/') switch
        {
            _ when string.Equals(path, WorkloadsPath, StringComparison.Ordinal) => WithMethod(http, HttpMethods.Get, () => ListAsync(http)),
            _ when string.Equals(path, ExplainPath, StringComparison.Ordinal) => WithMethod(http, HttpMethods.Post, () => ExplainAsync(http)),
            ["", "v1", "workloads", { Length: > 0 } ns, { Length: > 0 } name] => WithMethod(http, HttpMethods.Get, () => DescribeAsync(http, ns, name)),
            _ => RefuseAsync(http, NoSuchPath),
        };
    }

    private static Task WithMethod(HttpContext http, string method, Func<Task> answer)
    {
        if (HttpMethods.Equals(http.Request.Method, method))
        {
            return answer();
        }

        http.Response.Headers.Allow = method;
        return RefuseAsync(http, new Refusal(ProblemCodes.MethodNotAllowed, "the path does not have this method"));
    }

    private async Task ListAsync(HttpContext http)
    {
        var ns = http.Request.Query["namespace"].ToString();
        var items = await workloads.ListAsync(ns.Length == 0 ? null : ns, http.RequestAborted);
        var ordered = items
            .OrderBy(item => item.Namespace, StringComparer.Ordinal)
            .ThenBy(item => item.Name, StringComparer.Ordinal);
        await WriteAsync(http, new WorkloadList([.. ordered]), AdminJson.Default.WorkloadList);
    }

    private async Task DescribeAsync(HttpContext http, string ns, string name) =>
        await (await workloads.DescribeAsync(ns, name, http.RequestAborted) is { } description
            ? WriteAsync(http, description, AdminJson.Default.WorkloadDescription)
            : RefuseAsync(http, NoSuchWorkload));

    private async Task ExplainAsync(HttpContext http)
    {
        var body = await RequestBody.ReadAsync(http, AdminJson.Default.ExplainRequest, "");
        if (!body.IsGranted)
        {
            await RefuseAsync(http, body.Refusal);
            return;
        }

        var (identity, group) = body.Value;
        var explanation = catalog.Find(group.Namespace) is { } snapshot
            ? snapshot.Explain(identity, group.Name, time.GetUtcNow())
            : new PolicyExplanation(new PolicyDecision(false, null, null, $"namespace {group.Namespace} holds no WorkloadGroup"), []);
        await WriteAsync(http, explanation, AdminJson.Default.PolicyExplanation);
    }

    private static Task RefuseAsync(HttpContext http, Refusal refusal) => ProblemResponse.WriteAsync(http, CorrelationId.Create(), refusal);

    private static Task WriteAsync<T>(HttpContext http, T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), http.RequestAborted).AsTask();
    }

    [LoggerMessage(3401, LogLevel.Error, "A call over the administrators' socket failed (correlation {CorrelationId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string correlationId);
}
