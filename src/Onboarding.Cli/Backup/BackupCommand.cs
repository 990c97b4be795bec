using System.CommandLine;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli.Backup;

/// <summary><c>onboardctl backup</c>.</summary>
internal static class BackupCommand
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static Command Create(CliConsole console)
    {
        var endpoint = new SocketOptions();
        var output = new Option<string>("--out") { Description = "The archive to make (tar); it must not be there yet.", HelpName = "FILE", Required = true };
        var keys = new Option<bool>("--with-keys") { Description = "Include the signing keys: whoever reads the archive can then make onboarding tokens." };
        var command = new Command("backup", "Back a running standalone endpoint up, without stopping it.") { output, keys };
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var path = Path.GetFullPath(parsed.GetRequiredValue(output));
            if (File.Exists(path))
            {
                throw new CliException($"{path} is there already; nothing is overwritten");
            }

            using var client = endpoint.Connect(parsed);
            await WriteAsync(path, file => client.BackupAsync(parsed.GetValue(keys), file, cancellationToken));
            await console.Output.WriteLineAsync($"{path}: {new FileInfo(path).Length / 1024} KiB{(parsed.GetValue(keys) ? ", with the signing keys" : "")}");
            return ExitCodes.Ok;
        });
        return command;
    }

    // What is there under its name is whole.
    private static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        var draft = path + ".partial";
        File.Delete(draft);
        try
        {
            await using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode }))
            {
                await write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(draft, path);
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
