namespace Onboarding.Protocol.Bundle;

/// <summary>A part of a boot bundle that was not delivered.</summary>
/// <param name="Path">Where it was, e.g. <c>environment.EXEC_USER</c>, <c>proxyConfig.binaryPath</c>, <c>hosts[127.0.0.2].localhost</c>.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record DroppedPart(string Path, string Reason)
{
    /// <summary><c>path: reason</c>.</summary>
    public override string ToString() => $"{Path}: {Reason}";
}
