using Xunit;

namespace Onboarding.TestKit.Data;

/// <summary>A theory that needs a file or folder of <c>../shared</c> and is skipped, with a word, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataTheoryAttribute : TheoryAttribute
{
    /// <summary>Needs that file or folder.</summary>
    public SharedDataTheoryAttribute(string relative)
    {
        Relative = relative;
        if (!SharedData.Has(relative))
        {
            Skip = $"needs ../shared/{relative}";
        }
    }

    /// <summary>What it needs.</summary>
    public string Relative { get; }
}
