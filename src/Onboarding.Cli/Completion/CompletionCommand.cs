using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Completion;

/// <summary><c>onboardctl completion bash|zsh</c>: prints a script that asks <c>onboardctl</c> itself what may follow.</summary>
internal static class CompletionCommand
{
    private const string Bash = """
        # bash completion for onboardctl; load it with: source <(onboardctl completion bash)
        _onboardctl() {
            local IFS=$'\n'
            COMPREPLY=($(compgen -W "$(onboardctl "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
        }
        complete -o default -F _onboardctl onboardctl
        """;

    private const string Zsh = """
        #compdef onboardctl
        # zsh completion for onboardctl; load it with: source <(onboardctl completion zsh)
        _onboardctl() {
            local -a candidates
            candidates=("${(@f)$(onboardctl "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
            candidates=(${candidates:#})
            if (( ${#candidates} )); then compadd -- $candidates; else _files; fi
        }
        compdef _onboardctl onboardctl
        """;

    public static Command Create(CliConsole console)
    {
        var shell = new Argument<string>("shell") { Description = "The shell to complete in: bash or zsh." };
        shell.AcceptOnlyFromAmong("bash", "zsh");
        var command = new Command("completion", "Print a completion script for a shell.") { shell };
        command.OnRun(console, parsed =>
        {
            console.Output.WriteLine(string.Equals(parsed.GetValue(shell), "bash", StringComparison.Ordinal) ? Bash : Zsh);
            return ExitCodes.Ok;
        });
        return command;
    }
}
