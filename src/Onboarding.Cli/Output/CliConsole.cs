using Spectre.Console;

namespace Onboarding.Cli.Output;

/// <summary>Where commands write: results to the output, everything else to the error stream. Colours only on a terminal, and not with <c>NO_COLOR</c> (no-color.org).</summary>
internal sealed class CliConsole
{
    private const int WidthOfFiles = 400;

    public CliConsole(TextWriter output, TextWriter error, bool isTerminal)
    {
        Output = output;
        Error = error;
        Rich = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        if (!isTerminal)
        {
            Rich.Profile.Width = WidthOfFiles;
        }
    }

    /// <summary>Results.</summary>
    public TextWriter Output { get; }

    /// <summary>Errors and remarks.</summary>
    public TextWriter Error { get; }

    /// <summary>Results with markup and tables.</summary>
    public IAnsiConsole Rich { get; }

    /// <summary>The process's own streams.</summary>
    public static CliConsole OfProcess() => new(
        Console.Out,
        Console.Error,
        isTerminal: !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")));
}
