using Onboarding.Core.Bootstrap;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class CanonicalServiceTests
{
    [Theory]
    [InlineData("service.istio.io/canonical-name,app.kubernetes.io/name,app", "service.istio.io/canonical-name")]
    [InlineData("app.kubernetes.io/name,app", "app.kubernetes.io/name")]
    [InlineData("app", "app")]
    [InlineData("version", "ratings")]
    public void NameOf_Labels_TakesTheFirstThatIsThere(string keys, string expected) =>
        CanonicalService.NameOf(Labels(keys), "ratings").ShouldBe(expected);

    [Theory]
    [InlineData("service.istio.io/canonical-revision,app.kubernetes.io/version,version", "service.istio.io/canonical-revision")]
    [InlineData("app.kubernetes.io/version,version", "app.kubernetes.io/version")]
    [InlineData("version", "version")]
    [InlineData("app", "latest")]
    public void RevisionOf_Labels_TakesTheFirstThatIsThere(string keys, string expected) =>
        CanonicalService.RevisionOf(Labels(keys)).ShouldBe(expected);

    private static Dictionary<string, string> Labels(string keys) => keys.Split(',').ToDictionary(key => key, key => key, StringComparer.Ordinal);
}
