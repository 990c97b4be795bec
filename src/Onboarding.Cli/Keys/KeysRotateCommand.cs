using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli.Keys;

/// <summary><c>onboardctl keys rotate</c>.</summary>
internal static class KeysRotateCommand
{
    public static Command Create(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var replace = new Option<bool>("--replace")
        {
            Description = "The keys may be known to others: drop them all. Every session ends, and agents attest anew by themselves; no workload is removed for that.",
        };
        var output = OutputOption.Create();
        var command = new Command("rotate", "Make a new signing key in a running standalone endpoint. The one before verifies until its tokens have expired.") { replace, output };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = endpoint.Connect(parsed);
            var keys = await client.RotateKeysAsync(parsed.GetValue(replace), cancellationToken);
            if (!StructuredOutput.TryWrite(console, parsed.GetValue(output), AdminClient.ToJson(keys)))
            {
                var table = new PlainTable("KEY", "MADE", "SIGNS");
                foreach (var key in keys.Keys)
                {
                    table.AddCells(key.Kid, TimeText.Of(key.CreatedAt), key.Signs ? "yes" : "no");
                }

                table.WriteTo(console.Output);
            }

            return ExitCodes.Ok;
        });
        return command;
    }
}
