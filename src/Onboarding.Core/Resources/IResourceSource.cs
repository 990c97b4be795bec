namespace Onboarding.Core.Resources;

/// <summary>Feeds resources in, from a directory of manifests or from the Kubernetes API.</summary>
public interface IResourceSource
{
    /// <summary>The last complete list; null before the first. Unknown is not empty.</summary>
    ResourceSnapshot? Current { get; }

    /// <summary>Whether the last attempt to list succeeded; when not, <see cref="Current"/> is out of date.</summary>
    bool IsCurrent { get; }

    /// <summary>Is raised after <see cref="Current"/> or <see cref="IsCurrent"/> has changed.</summary>
    event Action? Changed;
}
