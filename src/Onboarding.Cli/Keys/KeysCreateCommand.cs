using System.CommandLine;
using System.CommandLine.Parsing;
using Onboarding.Cli.Output;
using Onboarding.Core.Sessions;
using Onboarding.Yaml.Fields;

namespace Onboarding.Cli.Keys;

/// <summary><c>onboardctl keys create</c>: the signing keys that the silos of a cluster share, as a file or as a Secret.</summary>
internal static class KeysCreateCommand
{
    // Longer than any sensible validity of a token.
    private static readonly TimeSpan LongestUse = TimeSpan.FromDays(1);

    // The kubelet may take two minutes to renew a mounted Secret.
    private static readonly TimeSpan Lead = TimeSpan.FromMinutes(10);

    public static Command Create(CliConsole console, TimeProvider time)
    {
        var output = new Option<string>("--out") { Description = "The file to write, which only its owner may read.", HelpName = "FILE", Required = true };
        var from = new Option<string?>("--from")
        {
            Description = "Take over the keys of this file, and let a new one sign a while after; the ones before verify on. May be the file of --out.",
            HelpName = "FILE",
        };
        var after = new Option<TimeSpan>("--signs-after")
        {
            Description = "With --from: after how long the new key signs. Every silo must have the new file by then.",
            HelpName = "DURATION",
            DefaultValueFactory = _ => Lead,
            CustomParser = ParseDuration,
        };
        var secret = new Option<string?>("--secret") { Description = "Write the manifest of a Secret of this name.", HelpName = "NAMESPACE/NAME" };
        var command = new Command("create", "Make the signing keys that the silos of a cluster share, or add one to them.") { output, from, after, secret };
        command.OnRun(console, parsed =>
        {
            var now = time.GetUtcNow();
            var keys = parsed.GetValue(from) is { } before ? Announce(SigningKeyFiles.Read(before), now, parsed.GetValue(after)) : SigningKeySet.Create(now);
            var path = parsed.GetRequiredValue(output);
            var text = parsed.GetValue(secret) is { } name ? SigningKeyFiles.ToSecret(keys, ObjectName.Parse(name)) : keys.ToJson();
            SigningKeyFiles.Write(path, text, mayReplace: string.Equals(path, parsed.GetValue(from), StringComparison.Ordinal));
            var newest = keys.Keys[^1];
            console.Output.WriteLine(newest.SignsFrom is { } since
                ? $"{path}: key {newest.Kid} signs from {TimeText.Of(since)}; give every silo the file before that"
                : $"{path}: key {newest.Kid} signs");
            return ExitCodes.Ok;
        });
        return command;
    }

    private static SigningKeySet Announce(SigningKeySet keys, DateTimeOffset now, TimeSpan after)
    {
        try
        {
            return keys.Announce(now, now + after, LongestUse);
        }
        catch (InvalidOperationException full)
        {
            throw new CliException(full.Message, full);
        }
    }

    private static TimeSpan ParseDuration(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (DurationText.TryParse(text, out var duration) && duration >= TimeSpan.Zero)
        {
            return duration;
        }

        argument.AddError($"--signs-after: {text} is no duration such as 10m");
        return default;
    }
}
