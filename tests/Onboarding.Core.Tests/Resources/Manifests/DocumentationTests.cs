using System.Text.RegularExpressions;
using Onboarding.Core.Resources.Manifests;
using Onboarding.TestKit.Data;

namespace Onboarding.Core.Tests.Resources.Manifests;

/// <summary>The manifests of the public setup guide load unchanged.</summary>
public partial class DocumentationTests
{
    private const string Guide = "seeds/000_b69365cabb487a61.txt";

    [SharedDataFact(Guide)]
    public void Read_ManifestsOfTheSetupGuide_LoadUnchanged()
    {
        var manifests = CodeBlock().Matches(File.ReadAllText(SharedData.PathOf(Guide)))
            .Select(block => block.Groups["text"].Value)
            .Where(text => text.StartsWith("apiVersion:", StringComparison.Ordinal) && !text.Contains("  ...", StringComparison.Ordinal) && !text.Contains('<', StringComparison.Ordinal))
            .Select(text => ManifestReader.Read(text, Guide))
            .ToList();

        manifests.ShouldAllBe(manifest => manifest.Problems.IsEmpty);
        manifests.SelectMany(manifest => manifest.WorkloadGroups).Single().Template.Network.ShouldBe("virtual-machines");
        manifests.SelectMany(manifest => manifest.Policies).Select(policy => (policy.Metadata.Name, policy.Problems.Length)).ShouldBe(
            [("allow-any-aws-ec2-instance-from-given-accounts", 0), ("allow-narrow-subset-of-aws-ec2-instances", 0)]);
    }

    [GeneratedRegex("^```yaml\\n(?<text>.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CodeBlock();
}
