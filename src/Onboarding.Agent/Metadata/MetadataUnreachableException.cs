namespace Onboarding.Agent.Metadata;

/// <summary>No metadata service answers at an address.</summary>
/// <param name="message">What was tried.</param>
/// <param name="isSilent">Whether it let the time pass, rather than refuse.</param>
/// <param name="inner">What the network said.</param>
internal sealed class MetadataUnreachableException(string message, bool isSilent, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Whether it let the time pass, rather than refuse: what is on the way may have dropped the answer.</summary>
    public bool IsSilent => isSilent;
}
