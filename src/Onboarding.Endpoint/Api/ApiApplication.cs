using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Onboarding.Core;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api;

/// <summary>The API port: finds the call by its exact path and method, and turns whatever happens into an answer.</summary>
internal sealed partial class ApiApplication : IListenerApplication
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, IApiCall>> calls;
    private readonly IOptionsSource options;
    private readonly ApiMetrics metrics;
    private readonly ILogger<ApiApplication> logger;

    public ApiApplication(IEnumerable<IApiCall> calls, IOptionsSource options, ApiMetrics metrics, ILogger<ApiApplication> logger)
    {
        this.calls = calls
            .GroupBy(call => call.Description.Path, StringComparer.Ordinal)
            .ToFrozenDictionary(
                group => group.Key,
                group => group.ToFrozenDictionary(call => call.Description.Method, StringComparer.Ordinal),
                StringComparer.Ordinal);
        this.options = options;
        this.metrics = metrics;
        this.logger = logger;
    }

    /// <inheritdoc/>
    public ListenerKind Kind => ListenerKind.Api;

    /// <inheritdoc/>
    public async Task InvokeAsync(HttpContext http)
    {
        var call = new ApiContext(http, options.Current.ClientAddress.ClientOf(http), CorrelationId.Create(), metrics, logger);
        http.TraceIdentifier = call.CorrelationId;
        http.Response.Headers.CacheControl = "no-store";
        try
        {
            await (Find(call, out var refusal) is { } found ? found.InvokeAsync(call) : call.RefuseAsync(refusal!));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer.
        }
        catch (Exception exception)
        {
            await FailAsync(call, exception);
        }
    }

    private IApiCall? Find(ApiContext call, out Refusal? refusal)
    {
        var request = call.Http.Request;
        if (!calls.TryGetValue(request.Path.Value ?? "", out var methods))
        {
            refusal = new Refusal(ProblemCodes.NotFound, "there is no such path");
            return null;
        }

        if (!methods.TryGetValue(request.Method, out var found))
        {
            call.Http.Response.Headers.Allow = string.Join(", ", methods.Keys.Order(StringComparer.Ordinal));
            refusal = new Refusal(ProblemCodes.MethodNotAllowed, "the path does not have this method");
            return null;
        }

        var description = found.Description;
        call.Http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new KeyValuePair<string, object?>("http.route", description.Path));
        refusal = !description.ServesAnyAgent && AgentVersion.IsTooOld(request.Headers.UserAgent, AgentVersion.Oldest)
            ? new Refusal(ProblemCodes.AgentTooOld, "the agent is older than the oldest release that is served")
            : null;
        return refusal is null ? found : null;
    }

    private async Task FailAsync(ApiContext call, Exception exception)
    {
        if (call.Http.Response.HasStarted)
        {
            LogFailed(logger, exception, call.CorrelationId);
            call.Http.Abort();
            return;
        }

        switch (exception)
        {
            case UnavailableException:
                await call.RefuseAsync(new Refusal(ProblemCodes.Unavailable, exception.Message, RetryAfter: TimeSpan.FromSeconds(1)));
                break;
            case BadHttpRequestException bad:
                await call.RefuseAsync(new Refusal(ProblemCatalog.CodeOf(bad.StatusCode), bad.Message), bad.StatusCode);
                break;
            default:
                LogFailed(logger, exception, call.CorrelationId);
                await call.RefuseAsync(new Refusal(ProblemCodes.Internal, exception.GetType().Name));
                break;
        }
    }

    [LoggerMessage(3202, LogLevel.Error, "A call failed (correlation {CorrelationId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string correlationId);
}
