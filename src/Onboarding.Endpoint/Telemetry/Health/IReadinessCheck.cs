namespace Onboarding.Endpoint.Telemetry.Health;

/// <summary>Something that must be well before agents are sent here.</summary>
public interface IReadinessCheck
{
    /// <summary>Its name, e.g. <c>resources</c>.</summary>
    string Name { get; }

    /// <summary>What is wrong, in one line without secrets; null: it is well.</summary>
    ValueTask<string?> FindProblemAsync(CancellationToken cancellationToken);
}
