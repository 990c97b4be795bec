using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Onboarding.Endpoint.Api;

/// <summary>A call as its clients see it.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path.</param>
/// <param name="Summary">One sentence for the OpenAPI document.</param>
internal sealed record CallDescription(string Method, string Path, string Summary)
{
    /// <summary>The body; null: none.</summary>
    public JsonTypeInfo? Request { get; init; }

    /// <summary>The answer; null: any JSON.</summary>
    public JsonTypeInfo? Response { get; init; }

    /// <summary>The status of a granted call.</summary>
    public int Success { get; init; } = StatusCodes.Status200OK;

    /// <summary>What a granted call may answer without a body.</summary>
    public int? Bodiless { get; init; }

    /// <summary>Whether it needs an onboarding token.</summary>
    public bool NeedsToken { get; init; }

    /// <summary>Whether it needs the proof of the session's key, too.</summary>
    public bool NeedsProof { get; init; }

    /// <summary>Whether agents of any release may make it: what they need to learn that they are too old.</summary>
    public bool ServesAnyAgent { get; init; }

    /// <summary>The codes of its refusals, beside those that every call has.</summary>
    public ImmutableArray<string> Refusals { get; init; } = [];
}
