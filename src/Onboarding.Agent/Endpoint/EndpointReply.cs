using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Onboarding.Agent.Endpoint;

/// <summary>An answer of success.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Body">Its body.</param>
internal sealed record EndpointReply(HttpStatusCode Status, byte[] Body)
{
    /// <summary>The body as JSON of the API.</summary>
    public T Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("null");
        }
        catch (JsonException error)
        {
            throw new EndpointException($"the endpoint's answer is no {typeof(T).Name}: {error.Message}", EndpointFailure.Malformed, error);
        }
    }
}
