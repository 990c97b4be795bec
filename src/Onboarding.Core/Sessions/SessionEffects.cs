using Onboarding.Core.Entities;

namespace Onboarding.Core.Sessions;

/// <summary>Sessions leave nothing to be done; a host asks for a handler all the same.</summary>
internal sealed class SessionEffects : IEffectHandler<Session>
{
    /// <inheritdoc/>
    public ValueTask HandleAsync(string key, Effect effect, CancellationToken cancellationToken) =>
        throw new NotSupportedException("a session has no effects");
}
