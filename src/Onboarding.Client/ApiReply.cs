using System.Net;
using Onboarding.Protocol;

namespace Onboarding.Client;

/// <summary>An answer of the API.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Value">What was asked for.</param>
/// <param name="Problem">Why not.</param>
public sealed record ApiReply<T>(HttpStatusCode Status, T? Value, Problem? Problem)
    where T : class
{
    /// <summary>When to come back, where the answer says so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was asked for.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the message has the code.</exception>
    public T Required => Value ?? throw new InvalidOperationException($"{(int)Status} {Problem?.Code}: {Problem?.Detail}");
}
