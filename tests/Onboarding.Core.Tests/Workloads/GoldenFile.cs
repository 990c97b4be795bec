using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Onboarding.TestKit.Data;

namespace Onboarding.Core.Tests.Workloads;

/// <summary>What is stored and what silos tell each other outlives releases: it is compared with files. <c>UPDATE_GOLDEN=1</c> writes them.</summary>
internal static class GoldenFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Compares JSON with a golden file, text by text but for the indentation.</summary>
    public static void ShouldBeGolden(this ReadOnlySpan<byte> json, string name)
    {
        var path = Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Core.Tests", "Workloads", "Golden", name);
        var text = JsonNode.Parse(json)!.ToJsonString(Indented) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        text.ShouldBe(File.ReadAllText(path));
    }

    /// <summary>Reads a golden file.</summary>
    public static byte[] Read(string name) =>
        File.ReadAllBytes(Path.Combine(SharedData.RepositoryRoot(), "tests", "Onboarding.Core.Tests", "Workloads", "Golden", name));
}
