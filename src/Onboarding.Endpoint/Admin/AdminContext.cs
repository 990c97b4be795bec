using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Bodies;
using Onboarding.Endpoint.Api.Problems;

namespace Onboarding.Endpoint.Admin;

/// <summary>A call over the administrators' socket, and how it is answered.</summary>
/// <param name="http">The request.</param>
/// <param name="names">What stands in the path where the call's has <c>*</c>, in order.</param>
internal sealed class AdminContext(HttpContext http, ImmutableArray<string> names)
{
    /// <summary>The caller has gone.</summary>
    public CancellationToken Aborted => http.RequestAborted;

    /// <summary>What stands in the path where the call's has <c>*</c>.</summary>
    public ImmutableArray<string> Names => names;

    /// <summary>A value of the query; null: it is absent or empty.</summary>
    public string? Query(string name) => http.Request.Query[name].ToString() is { Length: > 0 } value ? value : null;

    /// <summary>Reads the body.</summary>
    public ValueTask<Outcome<T>> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class => RequestBody.ReadAsync(http, type, "");

    /// <summary>Answers with a value.</summary>
    public Task WriteAsync<T>(T value, JsonTypeInfo<T> type)
    {
        http.Response.ContentType = "application/json";
        return http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(value, type), Aborted).AsTask();
    }

    /// <summary>Begins an answer that is written as it is made; one that fails halfway is cut off, and its reader notices.</summary>
    public Stream BeginWriting(string contentType)
    {
        http.Response.ContentType = contentType;
        return http.Response.Body;
    }

    /// <summary>Refuses.</summary>
    public Task RefuseAsync(Refusal refusal) => ProblemResponse.WriteAsync(http, CorrelationId.Create(), refusal);
}
