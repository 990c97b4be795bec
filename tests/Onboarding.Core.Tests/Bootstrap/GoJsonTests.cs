using Onboarding.Core.Bootstrap;

namespace Onboarding.Core.Tests.Bootstrap;

public sealed class GoJsonTests
{
    [Theory]
    [InlineData("a", "\"a\"")]
    [InlineData("<>&", "\"\\u003c\\u003e\\u0026\"")]
    [InlineData("\"\\", "\"\\\"\\\\\"")]
    [InlineData("\b\f\n\r\t\u0001\u001f", "\"\\b\\f\\n\\r\\t\\u0001\\u001f\"")]
    [InlineData("\u2028\u2029", "\"\\u2028\\u2029\"")]
    [InlineData("ü😀'/", "\"ü😀'/\"")]
    public void String_AnyText_IsEscapedAsGoDoes(string text, string expected) => GoJson.String(text).ShouldBe(expected);

    [Fact]
    public void Object_Keys_AreInByteOrder() =>
        GoJson.Object([KeyValuePair.Create("b", "1"), KeyValuePair.Create("é", "2"), KeyValuePair.Create("B", "3"), KeyValuePair.Create("a", "4")])
            .ShouldBe("""{"B":"3","a":"4","b":"1","é":"2"}""");
}
