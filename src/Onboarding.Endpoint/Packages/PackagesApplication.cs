using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Packages;

/// <summary>The packages port: no repository is served yet, and it says so.</summary>
internal sealed class PackagesApplication : IListenerApplication
{
    private static readonly Refusal NoRepository =
        new(ProblemCodes.NotFound, "no package repository", "this port is the package repository's, and none is served; the API is on another port");

    /// <inheritdoc/>
    public ListenerKind Kind => ListenerKind.Packages;

    /// <inheritdoc/>
    public Task InvokeAsync(HttpContext http) => ProblemResponse.WriteAsync(http, CorrelationId.Create(), NoRepository);
}
