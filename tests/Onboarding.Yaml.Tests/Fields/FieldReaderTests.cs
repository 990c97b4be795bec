using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Yaml.Tests.Fields;

public class FieldReaderTests
{
    private readonly ProblemList problems = new();

    private enum Color
    {
        Red,
        Green,
    }

    [Fact]
    public void Reader_ValuesOfEveryType_AreRead()
    {
        var sut = Open("s: a\nb: on\nn: 12\nl: -3\nd: 1h30m\nc: GREEN\nt: [x, \"1\"]\nm: {k: v}\np: {http: 80}\no: {i: 1}\nq: [{i: 2}]\nj: {a: [1]}\nz: ~\n");

        sut.Text("s").ShouldBe("a");
        sut.Flag("b").ShouldBe(true);
        sut.Number("n", 1, 12).ShouldBe(12);
        sut.LargeNumber("l").ShouldBe(-3L);
        sut.Duration("d", TimeSpan.Zero).ShouldBe(TimeSpan.FromMinutes(90));
        sut.Choice("c", ("RED", Color.Red), ("GREEN", Color.Green)).ShouldBe(Color.Green);
        sut.Texts("t").ShouldBe(["x", "1"]);
        sut.TextMap("m")["k"].ShouldBe("v");
        sut.NumberMap("p")["http"].ShouldBe(80);
        sut.Mapping("o")!.Number("i").ShouldBe(1);
        sut.Mappings("q").Single().Number("i").ShouldBe(2);
        sut.Json("j")!.ToJsonString().ShouldBe("""{"a":[1]}""");
        sut.Text("z").ShouldBeNull();
        sut.ReportUnknown();
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Reader_NothingWritten_IsAbsentEverywhere()
    {
        var sut = Open("other: 1\n", FieldRules.Lenient);

        sut.Text("s").ShouldBeNull();
        sut.Flag("b").ShouldBeNull();
        sut.Number("n").ShouldBeNull();
        sut.Duration("d", TimeSpan.Zero).ShouldBeNull();
        sut.Choice("c", ("RED", Color.Red)).ShouldBeNull();
        sut.Texts("t").ShouldBeEmpty();
        sut.TextMap("m").ShouldBeEmpty();
        sut.NumberMap("p").ShouldBeEmpty();
        sut.Mapping("o").ShouldBeNull();
        sut.Mappings("q").ShouldBeEmpty();
        sut.Json("j").ShouldBeNull();
        sut.ReportUnknown();
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Reader_WrongTypes_AreAllReportedWithPlaceAndAdvice()
    {
        var sut = Open("o:\n  s: 123\n  b: \"true\"\n  n: '5'\n  d: 30\n  c: BLUE\n  t: x\n  m: [a]\n  x: {}\n").Mapping("o")!;

        sut.RequiredText("s").ShouldBe("");
        sut.Flag("b").ShouldBeNull();
        sut.Number("n").ShouldBeNull();
        sut.Duration("d", TimeSpan.Zero).ShouldBeNull();
        sut.Choice("c", ("RED", Color.Red), ("GREEN", Color.Green)).ShouldBeNull();
        sut.Texts("t").ShouldBeEmpty();
        sut.TextMap("m").ShouldBeEmpty();
        sut.Text("x").ShouldBeNull();
        problems.Items.Select(problem => problem.ToString()).ShouldBe(
        [
            "f.yaml:2: o.s: must be a string, not a number; put it in quotes",
            "f.yaml:3: o.b: must be true or false, not a string",
            "f.yaml:4: o.n: must be a whole number, not a string; leave the quotes out",
            "f.yaml:5: o.d: must be a duration such as 30s, 1h30m or 500ms",
            "f.yaml:6: o.c: must be one of RED, GREEN",
            "f.yaml:7: o.t: must be a list, not a string",
            "f.yaml:8: o.m: must be a mapping, not a list",
            "f.yaml:9: o.x: must be a string, not a mapping",
        ]);
    }

    [Fact]
    public void Reader_MissingAndEmptyRequiredFields_AreReported()
    {
        var sut = Open("a: \"\"\nb: ~\nl: []\no:\n");

        sut.RequiredText("a");
        sut.RequiredText("b");
        sut.RequiredText("c");
        sut.Texts("l", required: true);
        sut.Mappings("k", required: true);
        sut.RequiredMapping("o").ShouldBeNull();
        Messages().ShouldBe(["1: a: must not be empty", "2: b: is required", "1: c: is required", "3: l: must have at least one item", "1: k: is required", "4: o: is required"]);
    }

    [Fact]
    public void Reader_NullItems_AreReported()
    {
        var sut = Open("t: [a, ~]\nq:\n- a: 1\n-\nm:\n  a.b/c:\n");

        sut.Texts("t").ShouldBe(["a"]);
        sut.Mappings("q").Length.ShouldBe(1);
        sut.TextMap("m").ShouldBeEmpty();
        Messages().ShouldBe(["1: t[1]: must be a string, not null", "4: q[1]: must be a mapping, not null", "6: m[a.b/c]: must be a string, not null"]);
    }

    [Fact]
    public void Reader_Bounds_AreKept()
    {
        var sut = Open("a: 0\nb: 70000\nc: -1s\nd: 0s\ne: soon\nf: -1\n");

        sut.Number("a", 1);
        sut.Number("b", 1, 65535);
        sut.Duration("c", TimeSpan.Zero);
        sut.Duration("d", TimeSpan.FromMilliseconds(1));
        sut.Duration("e", TimeSpan.Zero);
        sut.Text("f");
        Messages().ShouldBe(
        [
            "1: a: must be at least 1", "2: b: must be between 1 and 65535", "3: c: must not be negative", "4: d: must be at least 0.001s",
            "5: e: must be a duration such as 30s, 1h30m or 500ms", "6: f: must be a string, not a number; put it in quotes",
        ]);
    }

    [Fact]
    public void ReportUnknown_Strict_NamesEveryUnknownFieldAndWhatWasMeant()
    {
        var sut = Open("subject: [a]\nkind: X\nlist:\n- nmae: a\nnested: {completely: 1}\nmetadata: {anything: 1}\n\"we ird\": 1\n");

        sut.Texts("subjects");
        sut.Text("kind");
        foreach (var item in sut.Mappings("list"))
        {
            item.Text("name");
        }

        sut.Mapping("nested")!.Text("other");
        sut.Mapping("metadata", FieldRules.Lenient)!.Text("name");
        sut.ReportUnknown();
        Messages().ShouldBe(["1: subject: unknown field; did you mean subjects?", "7: [we ird]: unknown field", "4: list[0].nmae: unknown field; did you mean name?", "5: nested.completely: unknown field"]);
    }

    [Fact]
    public void Reader_ProtobufJson_AcceptsSnakeCaseAndQuotedNumbers()
    {
        var sut = Open("workload_group:\n  max_size: \"7\"\n", FieldRules.Strict | FieldRules.ProtobufJson);

        sut.Mapping("workloadGroup")!.Number("maxSize").ShouldBe(7);
        sut.ReportUnknown();
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Reader_ProtobufJsonBothSpellings_IsReportedOnce()
    {
        var sut = Open("max_size: 1\nmaxSize: 2\n", FieldRules.Strict | FieldRules.ProtobufJson);

        sut.Number("maxSize");
        sut.Number("maxSize");
        sut.ReportUnknown();
        Messages().ShouldBe(["1: max_size: is there twice: as max_size and as maxSize"]);
    }

    [Fact]
    public void Reader_KubernetesRules_RefuseSnakeCase()
    {
        var sut = Open("max_size: 1\n");

        sut.Number("maxSize").ShouldBeNull();
        sut.ReportUnknown();
        Messages().ShouldBe(["1: max_size: unknown field; did you mean maxSize?"]);
    }

    [Theory]
    [InlineData("a: {}\n", "a", null)]
    [InlineData("a: {}\nb: ~\n", "a", null)]
    [InlineData("c: {}\n", null, "1: : one of a, b is required")]
    [InlineData("a: {}\nb: {}\n", null, "2: b: only one of a, b may be there")]
    public void OneOf_Fields_ExactlyOne(string text, string? chosen, string? problem)
    {
        Open(text).OneOf(required: true, "a", "b").ShouldBe(chosen);
        problems.Items.Select(item => $"{item.Line}: {item.Path}: {item.Message}").SingleOrDefault().ShouldBe(problem);
    }

    [Fact]
    public void Open_NotAMapping_IsReported()
    {
        FieldReader.Open(YamlParser.Parse("- a\n", "f.yaml").Documents.Single(), problems, FieldRules.Strict).ShouldBeNull();
        problems.Items.Single().ToString().ShouldBe("f.yaml:1: must be a mapping, not a list");
    }

    [Fact]
    public void Problems_WrongAllOver_KeepsTheFirstHundred()
    {
        Open("t: [" + string.Join(", ", Enumerable.Repeat("1", 500)) + "]\n").Texts("t");

        problems.Items.Length.ShouldBe(ProblemList.Capacity);
        problems.HasErrors.ShouldBeTrue();
    }

    [Fact]
    public void Warn_OnlyDoubtful_IsNoError()
    {
        Open("\n\na: 1\n").Warn("a", "is odd");

        problems.HasErrors.ShouldBeFalse();
        problems.Warnings.Single().ToString().ShouldBe("f.yaml:3: warning: a: is odd");
        problems.Errors.ShouldBeEmpty();
    }

    private FieldReader Open(string text, FieldRules rules = FieldRules.Strict) =>
        FieldReader.Open(YamlParser.Parse(text, "f.yaml").Documents.Single(), problems, rules)!;

    private IEnumerable<string> Messages() => problems.Items.Select(problem => problem.ToString()["f.yaml:".Length..]);
}
