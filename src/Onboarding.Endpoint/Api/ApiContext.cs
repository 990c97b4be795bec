using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Onboarding.Core;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Api.Validation;

namespace Onboarding.Endpoint.Api;

/// <summary>One call: the request, who asks, and how it is answered.</summary>
/// <param name="http">The request.</param>
/// <param name="client">The client's address.</param>
/// <param name="correlationId">Joins the answer to its log and audit lines.</param>
/// <param name="metrics">Where refusals are counted.</param>
/// <param name="logger">Where refusals are noted.</param>
internal sealed partial class ApiContext(HttpContext http, IPAddress client, string correlationId, ApiMetrics metrics, ILogger logger)
{
    private const string JsonType = "application/json";

    /// <summary>The request.</summary>
    public HttpContext Http { get; } = http;

    /// <summary>The client's address.</summary>
    public IPAddress Client { get; } = client;

    /// <summary>The client's address as the audit stream has it.</summary>
    public string Peer { get; } = client.ToString();

    /// <summary>Joins the answer to its log and audit lines.</summary>
    public string CorrelationId { get; } = correlationId;

    /// <summary>Fires when the client has gone.</summary>
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>Answers with a value, or with the refusal.</summary>
    public Task AnswerAsync<T>(Outcome<T> outcome, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK)
        where T : class
        => outcome.IsGranted ? WriteAsync(JsonSerializer.SerializeToUtf8Bytes(outcome.Value, type), status) : RefuseAsync(outcome.Refusal);

    /// <summary>Answers with JSON.</summary>
    public Task WriteAsync(ReadOnlyMemory<byte> json, int status = StatusCodes.Status200OK)
    {
        var response = Http.Response;
        response.StatusCode = status;
        response.ContentType = JsonType;
        response.ContentLength = json.Length;
        return response.BodyWriter.WriteAsync(json, Aborted).AsTask();
    }

    /// <summary>Answers with a refusal; its reason goes to the log.</summary>
    public Task RefuseAsync(Refusal refusal, int? status = null)
    {
        metrics.Count(refusal);
        var kind = ProblemCatalog.Find(refusal.Code);
        var level = kind.Status switch
        {
            StatusCodes.Status429TooManyRequests => LogLevel.Debug,
            >= StatusCodes.Status500InternalServerError => LogLevel.Warning,
            _ => LogLevel.Information,
        };
        LogRefused(logger, level, Http.Request.Method, PrintableText.Of(Http.Request.Path.Value ?? ""), refusal.Code, refusal.Reason, CorrelationId, Peer);
        return ProblemResponse.WriteAsync(Http, CorrelationId, refusal, status);
    }

    [LoggerMessage(EventId = 3201, Message = "{Method} {Path} was refused with {Code}: {Reason} (correlation {CorrelationId}, client {Client}).")]
    private static partial void LogRefused(ILogger logger, LogLevel level, string method, string path, string code, string reason, string correlationId, string client);
}
