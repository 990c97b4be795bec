using Onboarding.Yaml.Editing;

namespace Onboarding.Yaml.Tests.Editing;

public sealed class YamlListEditorTests
{
    private static readonly string[] Path = ["a", "list"];

    [Theory]
    [InlineData("a:\n  list: # why\n  - {x: 1} # one\n  # two\n  - {x: 2}\n  b: 1\n", "a:\n  list: # why\n  - {n: 0}\n  - {x: 1} # one\n  # two\n  - {x: 2}\n  b: 1\n")]
    [InlineData("a:\n  list:\n    - x: 1\n      y: 2\n", "a:\n  list:\n    - {n: 0}\n    - x: 1\n      y: 2\n")]
    [InlineData("a:\n  list: []\n", "a:\n  list: [{n: 0}]\n")]
    [InlineData("a:\n  list: [{x: 1}]\n", "a:\n  list: [{n: 0}, {x: 1}]\n")]
    [InlineData("a:\n  list:\n  b: 1\n", "a:\n  list:\n    - {n: 0}\n  b: 1\n")]
    [InlineData("a:\n  list: null # none\n", "a:\n  list: \n    - {n: 0} # none\n")]
    [InlineData("a:\n  # first\n  b: 1\n  c: 2\n", "a:\n  # first\n  list:\n  - {n: 0}\n  b: 1\n  c: 2\n")]
    [InlineData("a:\nb: 1\n", "a:\n  list:\n  - {n: 0}\nb: 1\n")]
    [InlineData("b: 1\n", "a:\n  list:\n  - {n: 0}\nb: 1\n")]
    [InlineData("b: 1\r\n", "a:\r\n  list:\r\n  - {n: 0}\r\nb: 1\r\n")]
    [InlineData("{\"b\": 1}", "{\"a\": {\"list\": [{n: 0}]}, \"b\": 1}")]
    [InlineData("{}", "{\"a\": {\"list\": [{n: 0}]}}")]
    [InlineData("{\"a\": {\"list\": [1, 2]}}", "{\"a\": {\"list\": [{n: 0}, 1, 2]}}")]
    public void Add_AnyLayout_ChangesNothingElse(string text, string expected) => YamlListEditor.Add(text, 0, Path, "{n: 0}").ShouldBe(expected);

    [Fact]
    public void Add_SecondDocument_LeavesTheFirst() =>
        YamlListEditor.Add("a: 1\n---\na:\n  list:\n  - 1\n", 1, Path, "0").ShouldBe("a: 1\n---\na:\n  list:\n  - 0\n  - 1\n");

    [Theory]
    [InlineData("a:\n  list:\n  - {x: 1} # one\n  # two\n  - {x: 2}\n  b: 1\n", 0, "a:\n  list:\n  # two\n  - {x: 2}\n  b: 1\n")]
    [InlineData("a:\n  list:\n  - {x: 1} # one\n  # two\n  - {x: 2}\n  # end\n  b: 1\n", 1, "a:\n  list:\n  - {x: 1} # one\n  # two\n  # end\n  b: 1\n")]
    [InlineData("a:\n  list:\n    - x: 1\n      y: 2\n    - x: 3\n", 0, "a:\n  list:\n    - x: 3\n")]
    [InlineData("a:\n  list:\n    - x: 1\n      y:\n        z: 2\n    - x: 3\n", 0, "a:\n  list:\n    - x: 3\n")]
    [InlineData("a:\n  list:\n  - {x: 1} # one\nb: 1\n", 0, "a:\n  list:\n    [] # one\nb: 1\n")]
    [InlineData("a:\n  list: [{x: 1}, {x: 2}]\n", 0, "a:\n  list: [{x: 2}]\n")]
    [InlineData("a:\n  list: [{x: 1}, {x: 2}]\n", 1, "a:\n  list: [{x: 1}]\n")]
    [InlineData("a:\n  list: [{x: 1}]\n", 0, "a:\n  list: []\n")]
    [InlineData("a:\n  list:\n  - - 1\n    - 2\n  - 3", 0, "a:\n  list:\n  - 3")]
    public void Remove_AnyLayout_ChangesNothingElse(string text, int index, string expected) => YamlListEditor.Remove(text, 0, Path, index).ShouldBe(expected);

    [Theory]
    [InlineData("a: 1\n")]
    [InlineData("a:\n  list: text\n")]
    [InlineData("- a\n")]
    [InlineData("a: [\n")]
    public void Add_NoPlaceForAList_IsRefused(string text) => Should.Throw<FormatException>(() => YamlListEditor.Add(text, 0, Path, "0"));

    [Fact]
    public void Remove_NoSuchItem_IsRefused() => Should.Throw<FormatException>(() => YamlListEditor.Remove("a:\n  list: []\n", 0, Path, 0));
}
