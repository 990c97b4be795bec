using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Tests.Nodes;

public class YamlParserTests
{
    [Fact]
    public void Parse_ManyDocuments_SkipsEmptyOnesAndKeepsLines()
    {
        var text = YamlParser.Parse("# a comment\n---\na: 1\n---\n---\n\nb: 2\n...\n", "f.yaml");

        text.Problems.ShouldBeEmpty();
        text.Documents.Select(document => document.Root.Line).ShouldBe([3, 7]);
        text.Documents.ShouldAllBe(document => document.File == "f.yaml");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("---\n")]
    [InlineData("# nothing\n")]
    [InlineData("null")]
    public void Parse_NothingWritten_HasNoDocuments(string text) =>
        YamlParser.Parse(text, "f").ShouldSatisfyAllConditions(read => read.Documents.ShouldBeEmpty(), read => read.Problems.ShouldBeEmpty());

    [Theory]
    [InlineData("123", ScalarKind.Whole)]
    [InlineData("\"123\"", ScalarKind.Text)]
    [InlineData("'123'", ScalarKind.Text)]
    [InlineData("!!str 123", ScalarKind.Text)]
    [InlineData("! 123", ScalarKind.Text)]
    [InlineData("|-\n  123", ScalarKind.Text)]
    [InlineData("010", ScalarKind.Whole)]
    [InlineData("089", ScalarKind.Fraction)]
    [InlineData("0x1F", ScalarKind.Whole)]
    [InlineData("1_000", ScalarKind.Whole)]
    [InlineData("-9223372036854775808", ScalarKind.Whole)]
    [InlineData("9223372036854775808", ScalarKind.Fraction)]
    [InlineData("1e3", ScalarKind.Fraction)]
    [InlineData("1.", ScalarKind.Fraction)]
    [InlineData(".5", ScalarKind.Fraction)]
    [InlineData(".inf", ScalarKind.Fraction)]
    [InlineData("1:20", ScalarKind.Text)]
    [InlineData("2001-01-01", ScalarKind.Text)]
    [InlineData("1.2.3", ScalarKind.Text)]
    [InlineData("yes", ScalarKind.Boolean)]
    [InlineData("off", ScalarKind.Boolean)]
    [InlineData("y", ScalarKind.Boolean)]
    [InlineData("True", ScalarKind.Boolean)]
    [InlineData("tRUE", ScalarKind.Text)]
    [InlineData("~", ScalarKind.Null)]
    [InlineData("", ScalarKind.Null)]
    [InlineData("\"\"", ScalarKind.Text)]
    [InlineData("nULL", ScalarKind.Text)]
    public void Parse_Scalar_HasTheTypeKubernetesGivesIt(string written, ScalarKind kind) =>
        Value($"key: {written}\n").ShouldBeOfType<YamlScalar>().Kind.ShouldBe(kind);

    [Theory]
    [InlineData("{a: [1, 0x10, 010, 0b11, 1.5, true, no, ~, \"1\", x], b: {c: .inf}}", """{"a":[1,16,8,3,1.5,true,false,null,"1","x"],"b":{"c":".inf"}}""")]
    [InlineData("a: -12\nb: [-0x10, +3, 1e3]\n", """{"a":-12,"b":[-16,3,1000]}""")]
    public void ToJson_Document_KeepsTypes(string text, string expected) =>
        JsonNode.DeepEquals(YamlJson.ToJson(YamlParser.Parse(text, "f").Documents.Single().Root), JsonNode.Parse(expected)).ShouldBeTrue();

    [Fact]
    public void Parse_Json_IsReadAsYaml()
    {
        const string Json = "{\n\t\"a\":\"\\u00e4\\/\\n\",\"b\":[1,{\"c\":null}],\n\t\"d\":\"\\ud83d\\ude00\",\"e\":\"01\",\"f\":1.0e+2}";
        var read = YamlParser.Parse(Json, "f.json");

        read.Problems.ShouldBeEmpty();
        JsonNode.DeepEquals(YamlJson.ToJson(read.Documents.Single().Root), JsonNode.Parse(Json)).ShouldBeTrue();
    }

    [Fact]
    public void Parse_Alias_StandsForItsAnchor() =>
        YamlJson.ToJson(Value("x: {a: &a [1], b: *a, c: *a}\n"))!.ToJsonString().ShouldBe("""{"a":[1],"b":[1],"c":[1]}""");

    [Fact]
    public void Parse_BrokenDocument_KeepsThoseBeforeItAndNamesTheLine()
    {
        var text = YamlParser.Parse("a: 1\n---\nb: [1\nc: 2\n", "dir/f.yaml");

        text.Documents.Length.ShouldBe(1);
        text.Problems.Single().ToString().ShouldBe("dir/f.yaml:3: cannot be read as YAML here or below; look for an open bracket or quote, or wrong indentation");
    }

    [Theory]
    [InlineData("a: 1\nb: 2\na: 3\n", 3, "key \"a\" is there twice; it is first in line 1")]
    [InlineData("a:\n  \"b\": 1\n  b: 2\n", 3, "key \"b\" is there twice; it is first in line 2")]
    [InlineData("{\"a\": 1, \"a\": 1}", 1, "key \"a\" is there twice; it is first in line 1")]
    public void Parse_DuplicateKeys_AreRefused(string text, int line, string message) => Refused(text, line, message);

    [Theory]
    [InlineData("a: &a\n  b: *a\n", 2, "alias \"a\" stands inside what it stands for")]
    [InlineData("a: &a [[*a]]\n", 1, "alias \"a\" stands inside what it stands for")]
    [InlineData("a: *b\n", 1, "alias \"b\" has no anchor before it")]
    [InlineData("a: &a 1\n---\nb: *a\n", 3, "alias \"a\" has no anchor before it")]
    public void Parse_CyclicAndUnknownAliases_AreRefused(string text, int line, string message) => Refused(text, line, message);

    [Theory]
    [InlineData("a: !!int \"1\"\n", 1, "tag tag:yaml.org,2002:int is not supported; leave it out")]
    [InlineData("a: !danger {}\n", 1, "tag !danger is not supported; leave it out")]
    [InlineData("a: &x {b: 1}\nc:\n  <<: *x\n", 3, "merge keys (<<) are not supported; write the fields out")]
    [InlineData("[a]: 1\n", 1, "a key must be a string")]
    public void Parse_WhatManifestsDoNotNeed_IsRefused(string text, int line, string message) => Refused(text, line, message);

    [Fact]
    public void Parse_AliasesThatExpandWithoutEnd_AreRefused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 10; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Refused(text.ToString(), 7, "has more than 2000000 values");
    }

    [Fact]
    public void Parse_ManyAliases_AreRefused() =>
        Refused("a: &a 1\nb: [" + string.Join(", ", Enumerable.Repeat("*a", 101)) + "]\n", 2, "has more than 100 aliases");

    [Theory]
    [InlineData('[', ']')]
    [InlineData('{', '}')]
    public void Parse_DeepNesting_IsRefused(char open, char close)
    {
        var item = open == '{' ? "{a: " : "[";
        var deep = string.Concat(Enumerable.Repeat(item, 100_000)) + "1" + new string(close, 100_000);

        Refused(deep, 1, "is nested deeper than 64 levels");
    }

    [Fact]
    public void Parse_DeepNestingThroughAliases_IsRefused()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i <= 70; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Refused(text.ToString(), 64, "is nested deeper than 64 levels");
    }

    [Fact]
    public void Parse_HugeText_IsRefused() =>
        YamlParser.Parse(new string('a', 1025), "f", new YamlLimits { MaxCharacters = 1024 }).Problems.Single().ToString()
            .ShouldBe("f:1: is longer than 1024 characters");

    [Fact]
    public void Parse_ManyValues_AreRefused() =>
        YamlParser.Parse("[" + string.Join(',', Enumerable.Repeat('1', 20)) + "]", "f", new YamlLimits { MaxNodes = 20 }).Problems.Single().Message
            .ShouldBe("has more than 20 values");

    [Theory]
    [InlineData("\t- a: \u0007")]
    [InlineData("%YAML 99999999999999999999.1\n---\na: 1\n")]
    [InlineData("%TAG ! \n---\n")]
    [InlineData("a: \"\\xZZ\"")]
    [InlineData("a: \"\\U99999999\"")]
    [InlineData("a: \"\\ud800\"")]
    [InlineData("a: |99\n  b")]
    [InlineData("a: 'never closed\n")]
    [InlineData("- a\nb: c\n")]
    [InlineData("}")]
    [InlineData("\0")]
    public void Parse_Malformed_IsAProblemNotAnException(string text) => YamlParser.Parse(text, "f").Problems.ShouldHaveSingleItem();

    private static void Refused(string text, int line, string message)
    {
        var problem = YamlParser.Parse(text, "f").Problems.ShouldHaveSingleItem();
        problem.Message.ShouldBe(message);
        problem.Line.ShouldBe(line);
    }

    private static YamlNode Value(string text) => YamlParser.Parse(text, "f").Documents.Single().Root.ShouldBeOfType<YamlMapping>().Fields.Single().Value;
}
