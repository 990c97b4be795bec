using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Operators;

/// <summary>The operators' port: a few pages, read-only.</summary>
internal sealed partial class OperatorsApplication(IEnumerable<OperatorsPage> pages, ILogger<OperatorsApplication> logger) : IListenerApplication
{
    private readonly FrozenDictionary<string, OperatorsPage> pages = pages.ToFrozenDictionary(page => page.Path, StringComparer.Ordinal);

    /// <inheritdoc/>
    public ListenerKind Kind => ListenerKind.Operators;

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!pages.TryGetValue(http.Request.Path.Value ?? "", out var page))
        {
            return ProblemResponse.WriteAsync(http, CorrelationId.Create(), new Refusal(ProblemCodes.NotFound, "there is no such page"));
        }

        if (!HttpMethods.IsGet(http.Request.Method))
        {
            http.Response.Headers.Allow = HttpMethods.Get;
            return ProblemResponse.WriteAsync(http, CorrelationId.Create(), new Refusal(ProblemCodes.MethodNotAllowed, "the operators' port is read-only"));
        }

        return RenderAsync(page, http);
    }

    private async Task RenderAsync(OperatorsPage page, HttpContext http)
    {
        try
        {
            await page.Render(http);
        }
        catch (Exception exception) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var correlationId = CorrelationId.Create();
            LogFailed(logger, exception, page.Path, correlationId);
            await ProblemResponse.WriteAsync(http, correlationId, new Refusal(ProblemCodes.Internal, exception.Message));
        }
    }

    [LoggerMessage(3501, LogLevel.Error, "{Path} could not be rendered (correlation {CorrelationId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string path, string correlationId);
}
