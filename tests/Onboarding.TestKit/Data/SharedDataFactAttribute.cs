using Xunit;

namespace Onboarding.TestKit.Data;

/// <summary>A test that needs a file or folder of <c>../shared</c> and is skipped, with a word, where it is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SharedDataFactAttribute : FactAttribute
{
    /// <summary>Needs that file or folder.</summary>
    public SharedDataFactAttribute(string relative)
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
