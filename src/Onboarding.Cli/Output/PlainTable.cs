namespace Onboarding.Cli.Output;

/// <summary>A table as kubectl prints them: headings in capitals, no lines, no cell wrapped however narrow the terminal is.</summary>
internal sealed class PlainTable
{
    private const string Gap = "   ";
    private readonly List<string[]> rows = [];

    /// <summary>A table with these headings; none: a list of facts.</summary>
    public PlainTable(params string[] headings)
    {
        if (headings.Length > 0)
        {
            rows.Add(headings);
        }
    }

    /// <summary>Adds a row. What is unknown is shown as <c>-</c>.</summary>
    public void AddCells(params string?[] cells) => rows.Add([.. cells.Select(cell => Printable(cell ?? "-"))]);

    /// <summary>Writes the table. A line ends with its last cell: what a long one overflows into is the terminal's matter.</summary>
    public void WriteTo(TextWriter output)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join(Gap, row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    // A control character could tell a terminal to do things.
    private static string Printable(string cell) => string.Concat(cell.Select(letter => char.IsControl(letter) ? '\uFFFD' : letter));
}
