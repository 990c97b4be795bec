using Onboarding.Cli.Output;

namespace Onboarding.Cli.Tests.Output;

public sealed class PlainTableTests
{
    [Fact]
    public void WriteTo_CellsOfManyLengths_StandUnderTheirHeadings()
    {
        var table = new PlainTable("NAME", "STATUS", "MESSAGE");
        table.AddCells("a-long-name", "True", "");
        table.AddCells("b", null, "m");

        Written(table).ShouldBe("NAME          STATUS   MESSAGE\na-long-name   True\nb             -        m\n");
    }

    [Fact]
    public void WriteTo_VeryLongCell_IsNeitherWrappedNorCrushesItsNeighbours()
    {
        var message = new string('x', 2000);
        var table = new PlainTable("CONDITION", "MESSAGE");
        table.AddCells("BootstrapReady", message);

        Written(table).ShouldBe($"CONDITION        MESSAGE\nBootstrapReady   {message}\n");
    }

    [Fact]
    public void WriteTo_ControlCharacter_IsReplaced()
    {
        var table = new PlainTable();
        table.AddCells("Message", "\u001b[31mred\n");

        Written(table).ShouldBe("Message   \uFFFD[31mred\uFFFD\n");
    }

    private static string Written(PlainTable table)
    {
        using var output = new StringWriter();
        table.WriteTo(output);
        return output.ToString();
    }
}
