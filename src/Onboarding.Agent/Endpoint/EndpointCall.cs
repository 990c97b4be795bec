namespace Onboarding.Agent.Endpoint;

/// <summary>One call of the onboarding API.</summary>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path, without query.</param>
internal sealed record EndpointCall(HttpMethod Method, string Path)
{
    /// <summary>The JSON body, if any.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The session it is made in, if any.</summary>
    public AgentSession? Session { get; init; }

    /// <summary>Whether possession of the session's key is proven.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>The revision that is known already.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>The largest answer that is read, in bytes.</summary>
    public int Limit { get; init; } = ReplyBounds.Reply;
}
