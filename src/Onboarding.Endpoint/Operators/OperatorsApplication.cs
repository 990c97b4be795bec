using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Operators;

/// <summary>The operators' port: a few pages, read-only.</summary>
internal sealed class OperatorsApplication(IEnumerable<OperatorsPage> pages) : IListenerApplication
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

        return page.Render(http);
    }
}
