using System.Text.Json.Nodes;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Protocol.Tests.Bundle;

public sealed class GoYamlTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("a b")]
    [InlineData("istiod.istio-system.svc:15012")]
    [InlineData("a:b")]
    [InlineData("a#b")]
    [InlineData("-a")]
    [InlineData("?a")]
    [InlineData(":a")]
    [InlineData("a,b")]
    [InlineData("a]")]
    [InlineData("it's")]
    [InlineData("1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("45s")]
    [InlineData("2001-13-01")]
    [InlineData("2001-02-29")]
    [InlineData("2001-01-01T10:00:00")]
    [InlineData("2001-01-01 10:00:00Z")]
    [InlineData("1:60")]
    [InlineData("0x")]
    [InlineData("0xg")]
    [InlineData("0x10000000000000000")]
    [InlineData("0b2")]
    [InlineData("1e999")]
    [InlineData("e1")]
    [InlineData(".")]
    [InlineData(".1.2")]
    [InlineData("_1")]
    [InlineData("tRUE")]
    [InlineData("Y_")]
    [InlineData("none")]
    [InlineData("<<")]
    [InlineData("=")]
    [InlineData("\\w")]
    [InlineData("é")]
    public void Write_StringThatReadsAsItself_IsPlain(string text) => Scalar(text).ShouldBe(text);

    [Theory]
    [InlineData("")]
    [InlineData("~")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("False")]
    [InlineData("y")]
    [InlineData("N")]
    [InlineData("on")]
    [InlineData("OFF")]
    [InlineData("Yes")]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1_000")]
    [InlineData("010")]
    [InlineData("08")]
    [InlineData("0x10")]
    [InlineData("-0X1f")]
    [InlineData("0o7")]
    [InlineData("0b101")]
    [InlineData("18446744073709551615")]
    [InlineData("99999999999999999999")]
    [InlineData("0xffffffffffffffff")]
    [InlineData("1.20")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData(".5e3")]
    [InlineData("1e3")]
    [InlineData("1E-3")]
    [InlineData(".inf")]
    [InlineData("-.Inf")]
    [InlineData(".NaN")]
    [InlineData("1:20")]
    [InlineData("1:20:30.5")]
    [InlineData("2001-01-01")]
    [InlineData("2001-1-1")]
    [InlineData("2000-02-29")]
    [InlineData("2001-01-01T10:00:00Z")]
    [InlineData("2001-01-01t10:00:00.5+01:00")]
    [InlineData("2001-01-01 10:00:00")]
    public void Write_StringThatReadsAsSomethingElse_IsInDoubleQuotes(string text) => Scalar(text).ShouldBe($"\"{text}\"");

    [Theory]
    [InlineData("*")]
    [InlineData("@x")]
    [InlineData("a: b")]
    [InlineData("a:")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("{}")]
    [InlineData("[a]")]
    [InlineData("#a")]
    [InlineData("a #b")]
    [InlineData("- a")]
    [InlineData("-")]
    [InlineData("?")]
    [InlineData("---a")]
    [InlineData("...")]
    [InlineData("%a")]
    [InlineData("`a")]
    [InlineData("!a")]
    [InlineData("&a")]
    [InlineData("|")]
    [InlineData(">")]
    [InlineData("\"a\"")]
    [InlineData("{\"a\":1}")]
    public void Write_StringThatOnlyTheSyntaxForbids_IsInSingleQuotes(string text) => Scalar(text).ShouldBe($"'{text}'");

    [Fact]
    public void Write_QuoteInsideSingleQuotes_IsDoubled() => Scalar("'a': it's").ShouldBe("'''a'': it''s'");

    [Theory]
    [InlineData("a\tb", "\"a\\tb\"")]
    [InlineData("\"a\"\r", "\"\\\"a\\\"\\r\"")]
    [InlineData("\0\a\b\v\f\u001b\u0001\\", "\"\\0\\a\\b\\v\\f\\e\\x01\\\\\"")]
    [InlineData("\u0085\u2028\u2029\ufeff", "\"\\N\\L\\P\\uFEFF\"")]
    [InlineData("\U0001f600", "\"\\U0001F600\"")]
    [InlineData("a \nb", "\"a \\nb\"")]
    [InlineData("a\n ", "\"a\\n \"")]
    public void Write_StringThatNeedsEscapes_IsInDoubleQuotes(string text, string expected) => Scalar(text).ShouldBe(expected);

    [Theory]
    [InlineData("a\nb", "|-\n  a\n  b")]
    [InlineData("a\nb\n", "|\n  a\n  b")]
    [InlineData("a\n\nb\n\n", "|+\n  a\n\n  b\n")]
    [InlineData(" a\nb", "|2-\n   a\n  b")]
    [InlineData("\na", "|2-\n\n  a")]
    [InlineData("a\n  b", "|-\n  a\n    b")]
    [InlineData("\n", "|2+\n")]
    public void Write_StringWithLineBreaks_IsALiteralBlock(string text, string expected) => Scalar(text).ShouldBe(expected);

    [Fact]
    public void Write_AfterLiteralBlock_GoesOnAtTheKeysIndent() =>
        Written("""{"m":{"a":"x\ny\n","b":"x\ny","c":"x\n\n","d":1}}""")
            .ShouldBe("m:\n  a: |\n    x\n    y\n  b: |-\n    x\n    y\n  c: |+\n    x\n\n  d: 1\n");

    [Fact]
    public void Write_Collections_AreIndentedAsGoDoes() =>
        Written("""{"b":[1,{"y":[],"x":{"k":"v"}},[true,[null]],"s"],"a":{},"c":[{"z":1}]}""").ShouldBe(
            """
            a: {}
            b:
            - 1
            - x:
                k: v
              "y": []
            - - true
              - - null
            - s
            c:
            - z: 1

            """);

    [Theory]
    [InlineData("{}", "{}\n")]
    [InlineData("[]", "[]\n")]
    [InlineData("null", "null\n")]
    [InlineData("[[1],{}]", "- - 1\n- {}\n")]
    [InlineData("\"a\\nb\"", "|-\n  a\n  b\n")]
    public void Write_Root_EndsInOneLineFeed(string json, string expected) => Written(json).ShouldBe(expected);

    [Fact]
    public void Write_Keys_AreInNaturalOrder()
    {
        string[] ordered = ["_", "1", "01", "2", "10", "A", "A_", "A1", "A01", "A2", "A10", "A100", "A10B", "AB", "a", "a.b", "a1", "ab", "é"];
        var mapping = new JsonObject(ordered.Reverse().Select(key => KeyValuePair.Create<string, JsonNode?>(key, 1)));

        var keys = GoYaml.Write(mapping).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[..^3].Trim('"'));

        keys.ShouldBe(ordered);
    }

    [Fact]
    public void Write_DigitsAfterADigit_AreComparedAsTheLongerNumber() =>
        Written("""{"a12":1,"a10":1,"a1":1,"a100":1,"a20":1}""").ShouldBe("a1: 1\na10: 1\na12: 1\na20: 1\na100: 1\n");

    [Fact]
    public void Write_LongPlainString_IsFoldedAtTheFirstSpacePast80()
    {
        var words = string.Join(' ', Enumerable.Repeat("123456789", 20));

        Written(new JsonObject { ["k"] = words }).ShouldBe(
            "k: 123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789\n"
            + "  123456789 123456789 123456789 123456789 123456789 123456789 123456789 123456789\n"
            + "  123456789 123456789 123456789 123456789\n");
    }

    [Fact]
    public void Write_LongStringWithDoubleSpaces_IsNotFoldedThere()
    {
        var text = new string('a', 90) + "  b " + "c";

        Written(new JsonObject { ["k"] = text }).ShouldBe($"k: {new string('a', 90)}  b\n  c\n");
    }

    [Fact]
    public void Write_LongQuotedStrings_AreFoldedToo()
    {
        var a = new string('a', 90);

        Written(new JsonObject { ["k"] = $"'{a} b" }).ShouldBe($"k: '''{a}\n  b'\n");
        Written(new JsonObject { ["k"] = $"\t{a} b" }).ShouldBe($"k: \"\\t{a}\n  b\"\n");
        Written(new JsonObject { ["k"] = $"\t{a}  b" }).ShouldBe($"k: \"\\t{a}\n  \\ b\"\n");
        Written(new JsonObject { ["k"] = $"\t{a} " }).ShouldBe($"k: \"\\t{a} \"\n");
    }

    [Fact]
    public void Write_LongStringWithoutSpaces_StaysOnItsLine()
    {
        var a = new string('a', 500);

        Written(new JsonObject { ["k"] = a }).ShouldBe($"k: {a}\n");
    }

    [Fact]
    public void Write_LongLiteral_IsNotFolded()
    {
        var a = new string('a', 90);

        Written(new JsonObject { ["k"] = $"{a} b\nc" }).ShouldBe($"k: |-\n  {a} b\n  c\n");
    }

    [Fact]
    public void Write_FoldedValueInASequence_ContinuesUnderTheItem()
    {
        var a = new string('a', 90);

        Written(new JsonObject { ["k"] = new JsonArray($"{a} b") }).ShouldBe($"k:\n- {a}\n  b\n");
    }

    [Fact]
    public void Write_LongKey_IsAnExplicitKey()
    {
        var key = new string('k', 129);

        Written(new JsonObject { [key[1..]] = 1 }).ShouldBe($"{key[1..]}: 1\n");
        Written(new JsonObject { [key] = 1 }).ShouldBe($"? {key}\n: 1\n");
        Written(new JsonObject { [key] = new JsonObject { ["a"] = 1, ["b"] = 2 } }).ShouldBe($"? {key}\n: a: 1\n  b: 2\n");
        Written(new JsonObject { [key] = new JsonArray(1, 2) }).ShouldBe($"? {key}\n: - 1\n  - 2\n");
    }

    [Fact]
    public void Write_KeyWithLineBreak_IsAnExplicitKey() => Written(new JsonObject { ["a\nb"] = 1 }).ShouldBe("? |-\n  a\n  b\n: 1\n");

    [Theory]
    [InlineData("a: b", "'a: b': 1\n")]
    [InlineData("true", "\"true\": 1\n")]
    [InlineData("", "\"\": 1\n")]
    [InlineData("a\tb", "\"a\\tb\": 1\n")]
    public void Write_KeyThatNeedsQuotes_HasThem(string key, string expected) => Written(new JsonObject { [key] = 1 }).ShouldBe(expected);

    [Theory]
    [InlineData("8080", "8080")]
    [InlineData("-1", "-1")]
    [InlineData("18446744073709551615", "18446744073709551615")]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("0.5", "0.5")]
    [InlineData("99.25", "99.25")]
    [InlineData("-0.0001", "-0.0001")]
    [InlineData("0.00001", "1e-05")]
    [InlineData("123456.5", "123456.5")]
    [InlineData("1234567.5", "1.2345675e+06")]
    [InlineData("100000000000000000000", "1e+20")]
    [InlineData("1e100", "1e+100")]
    [InlineData("0.0", "0")]
    [InlineData("true", "true")]
    public void Write_NumberOrBoolean_IsWrittenAsGoDoes(string json, string expected) => Written($$"""{"k":{{json}}}""").ShouldBe($"k: {expected}\n");

    [Fact]
    public void Write_HalfASurrogatePair_IsReplaced() => Written(new JsonObject { ["k"] = "\ud800" }).ShouldBe("k: \ufffd\n");

    private static string Scalar(string text)
    {
        var written = Written(new JsonObject { ["k"] = text });
        written.ShouldStartWith("k: ");
        return written[3..^1];
    }

    private static string Written(string json) => Written(JsonNode.Parse(json));

    private static string Written(JsonNode? node) => GoYaml.Write(node);
}
