using Onboarding.Protocol;
using Onboarding.Protocol.Dpop;

namespace Onboarding.Agent.Endpoint;

/// <summary>An open session: its token, and the key that every important call proves. Both live in memory only.</summary>
internal sealed class AgentSession(SessionKeyPair key, SessionResponse opened) : IDisposable
{
    /// <summary>What the endpoint said last.</summary>
    public SessionResponse Current { get; private set; } = opened;

    public SessionKeyPair Key => key;

    public void Renew(SessionResponse renewed) => Current = renewed;

    public void Dispose() => key.Dispose();
}
