using System.CommandLine;
using Onboarding.Cli.Output;

namespace Onboarding.Cli.Backup;

/// <summary><c>onboardctl restore</c>.</summary>
internal static class RestoreCommand
{
    public static Command Create(CliConsole console)
    {
        var from = new Option<string>("--from") { Description = "The archive that onboardctl backup made.", HelpName = "FILE", Required = true };
        var data = new Option<string>("--data") { Description = "The data directory to make; absent, or empty.", HelpName = "DIR", Required = true };
        var command = new Command("restore", "Make a standalone endpoint's data directory from a backup.") { from, data };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var target = Path.GetFullPath(parsed.GetRequiredValue(data));
            var contents = await BackupReader.UnpackAsync(Path.GetFullPath(parsed.GetRequiredValue(from)), target, cancellationToken);
            await console.Output.WriteLineAsync($"{target}: as of {TimeText.Of(contents.TakenAt)}, of release {contents.Release}, uid {contents.Uid}");
            if (!contents.HasKeys)
            {
                await console.Error.WriteLineAsync("The backup has no signing keys: the endpoint makes new ones.");
            }

            await console.Error.WriteLineAsync("Sessions are not kept in a backup: once the endpoint runs, every agent attests anew, by itself; no workload is removed for that.");
            return ExitCodes.Ok;
        });
        return command;
    }
}
