using System.CommandLine;

namespace Onboarding.Cli.Output;

/// <summary>The option <c>--output</c>, the same in every command that has a result.</summary>
internal static class OutputOption
{
    /// <summary><c>--output json|yaml|table</c>.</summary>
    public static Option<OutputFormat> Create() => Create("json", "yaml", "table");

    /// <summary><c>--output json|yaml|table|wide</c>.</summary>
    public static Option<OutputFormat> CreateWithWide() => Create("json", "yaml", "table", "wide");

    private static Option<OutputFormat> Create(params string[] formats)
    {
        var option = new Option<OutputFormat>("--output", "-o")
        {
            Description = "Form of the result.",
            HelpName = string.Join('|', formats),
            DefaultValueFactory = _ => OutputFormat.Table,
            CustomParser = result => Enum.Parse<OutputFormat>(result.Tokens[0].Value, ignoreCase: true),
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
