using System.Text.Json;
using Onboarding.Core.Configuration;

namespace Onboarding.Core.Tests.Configuration;

public class JsonPathTests
{
    [Theory]
    [InlineData("sub", "sub")]
    [InlineData(".sub", "sub")]
    [InlineData("$.sub", "sub")]
    [InlineData(".a.b", "a|b")]
    [InlineData("a.b", "a|b")]
    [InlineData("$['a'].b", "a|b")]
    [InlineData("$[\"a\"]['b'].c", "a|b|c")]
    [InlineData(".a['b.c']", "a|b.c")]
    [InlineData(".custom\\.attributes", "custom.attributes")]
    [InlineData("$['https://corp.example/claims']", "https://corp.example/claims")]
    [InlineData("$['it\\'s']", "it's")]
    [InlineData(".a\\\\b", "a\\b")]
    [InlineData(".x-y_z:1/2", "x-y_z:1/2")]
    [InlineData("$['*']", "*")]
    public void TryParse_APathToOnePlace_HasItsNames(string text, string names)
    {
        JsonPath.TryParse(text, out var path, out var error).ShouldBeTrue(error);

        string.Join('|', path.Names).ShouldBe(names);
        path.ToString().ShouldBe(text);
    }

    [Theory]
    [InlineData("", "a name is empty")]
    [InlineData("$", "it names nothing")]
    [InlineData(".", "a name is empty")]
    [InlineData("..a", "a name is empty")]
    [InlineData("$..a", "a name is empty")]
    [InlineData(".a.", "a name is empty")]
    [InlineData("$['']", "a name is empty")]
    [InlineData("$a", "expected '.' or '[' at character 2")]
    [InlineData("$['a']b", "expected '.' or '[' at character 7")]
    [InlineData(".a[0]", "only quoted names may stand in brackets, as in $['a']")]
    [InlineData(".a[*]", "only quoted names may stand in brackets, as in $['a']")]
    [InlineData(".a[", "only quoted names may stand in brackets, as in $['a']")]
    [InlineData("$['a", "'] is missing")]
    [InlineData("$['a'", "'] is missing")]
    [InlineData("$['a\\", "'] is missing")]
    [InlineData(".a\\", "nothing follows the last '\\'")]
    [InlineData(".*", "character 2 must be escaped with '\\', or its name quoted as in $['a b']")]
    [InlineData(".a b", "character 3 must be escaped with '\\', or its name quoted as in $['a b']")]
    [InlineData(".a?(@.b)", "character 3 must be escaped with '\\', or its name quoted as in $['a b']")]
    public void TryParse_AnythingElse_SaysWhatIsWrong(string text, string expected)
    {
        JsonPath.TryParse(text, out _, out var error).ShouldBeFalse();

        error.ShouldBe(expected);
        Should.Throw<FormatException>(() => JsonPath.Parse(text)).Message.ShouldContain(expected);
    }

    [Theory]
    [InlineData("a.b", "\"deep\"")]
    [InlineData(".a\\.b", "\"dotted\"")]
    [InlineData("a.c", null)]
    [InlineData("a.b.c", null)]
    [InlineData("list.x", null)]
    [InlineData("A", null)]
    public void TryFind_InADocument_FindsExactlyThatMember(string text, string? expected)
    {
        using var document = JsonDocument.Parse("""{"a":{"b":"deep"},"a.b":"dotted","list":[{"x":1}]}""");

        var found = JsonPath.Parse(text).TryFind(document.RootElement, out var value);

        found.ShouldBe(expected is not null);
        if (found)
        {
            value.GetRawText().ShouldBe(expected);
        }
    }
}
