namespace Onboarding.Agent.Metadata;

/// <summary>A cloud's metadata service did not say what was asked; the message says why and what to do.</summary>
internal sealed class MetadataException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it is there and throttles.</summary>
    public bool IsBusy { get; init; }
}
