namespace Onboarding.Agent.Tests.Fakes;

/// <summary>A test that makes files of another user, which only root can; skipped, with a word, for others.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RootFactAttribute : FactAttribute
{
    public RootFactAttribute()
    {
        if (!TemporaryRoot.IsRoot)
        {
            Skip = "needs root, to make files of another user";
        }
    }
}
