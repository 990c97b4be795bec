using Spectre.Console;

namespace Onboarding.Cli.Output;

/// <summary>Tables as kubectl prints them: headings in capitals, no lines, no cell wrapped.</summary>
internal static class PlainTable
{
    /// <summary>A table with these headings.</summary>
    public static Table Create(params string[] headings)
    {
        var table = new Table().NoBorder();
        table.ShowHeaders = headings.Any(heading => heading.Length > 0);
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))).NoWrap().PadLeft(0).PadRight(3));
        }

        return table;
    }

    /// <summary>Adds a row. Cells are text, not markup: they hold what others wrote.</summary>
    public static void AddCells(this Table table, params string?[] cells) => table.AddRow(cells.Select(cell => new Text(Printable(cell ?? "-"))));

    // A control character could tell a terminal to do things.
    private static string Printable(string cell) => string.Concat(cell.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
