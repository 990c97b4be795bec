using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Onboarding.Core;
using Onboarding.Core.Entities;
using Onboarding.Endpoint.Api.Problems;
using Onboarding.Endpoint.Listeners;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Admin;

/// <summary>The administrators' Unix socket: finds the call by path and method, and turns whatever happens into an answer.</summary>
internal sealed partial class AdminApplication(IEnumerable<IAdminCall> calls, ILogger<AdminApplication> logger) : IListenerApplication
{
    private const string AnyName = "*";

    private static readonly Refusal NoSuchPath = new(ProblemCodes.NotFound, "there is no such path");
    private static readonly Refusal NoSuchMethod = new(ProblemCodes.MethodNotAllowed, "the path does not have this method");

    private readonly ImmutableArray<(string[] Path, IAdminCall Call)> calls = [.. calls.Select(call => (call.Path.Split('/'), call))];

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
            await ProblemResponse.WriteAsync(http, correlationId, new Refusal(CodeOf(exception), exception.Message));
        }
    }

    private Task RouteAsync(HttpContext http)
    {
        var path = (http.Request.Path.Value ?? "").Split('/');
        var fitting = calls.Where(route => Fits(route.Path, path)).ToArray();
        if (fitting.Length == 0)
        {
            return new AdminContext(http, []).RefuseAsync(NoSuchPath);
        }

        var (pattern, call) = fitting.FirstOrDefault(route => HttpMethods.Equals(http.Request.Method, route.Call.Method));
        if (call is null)
        {
            http.Response.Headers.Allow = string.Join(", ", fitting.Select(route => route.Call.Method).Order(StringComparer.Ordinal));
            return new AdminContext(http, []).RefuseAsync(NoSuchMethod);
        }

        return call.InvokeAsync(new AdminContext(http, [.. path.Where((_, i) => pattern[i] == AnyName)]));
    }

    private static bool Fits(string[] pattern, string[] path) =>
        pattern.Length == path.Length
        && pattern.Zip(path).All(pair => pair.First == AnyName ? pair.Second.Length > 0 : string.Equals(pair.First, pair.Second, StringComparison.Ordinal));

    private static string CodeOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => ProblemCatalog.CodeOf(bad.StatusCode),
        UnavailableException => ProblemCodes.Unavailable,
        _ => ProblemCodes.Internal,
    };

    [LoggerMessage(3401, LogLevel.Error, "A call over the administrators' socket failed (correlation {CorrelationId}).")]
    private static partial void LogFailed(ILogger logger, Exception exception, string correlationId);
}
