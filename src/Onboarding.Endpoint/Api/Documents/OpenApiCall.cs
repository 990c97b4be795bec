using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Onboarding.Endpoint.Api.Documents;

/// <summary><c>GET /openapi/v1.json</c>.</summary>
internal sealed class OpenApiCall(IServiceProvider services) : IApiCall
{
    // Made of all calls, this one among them: so it can only ask for them later.
    private readonly Lazy<byte[]> document = new(() => OpenApiDocument.Render(services.GetServices<IApiCall>().Select(call => call.Description)));

    /// <inheritdoc/>
    public CallDescription Description { get; } = new(HttpMethods.Get, "/openapi/v1.json", "This document.") { ServesAnyAgent = true };

    /// <inheritdoc/>
    public Task InvokeAsync(ApiContext call) => call.WriteAsync(document.Value);
}
