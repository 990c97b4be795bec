using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Onboarding.Cli.Output;
using Onboarding.Cli.Workloads;

namespace Onboarding.Cli.Containment;

/// <summary><c>onboardctl deny</c> and <c>onboardctl allow</c>: the deny list of a standalone endpoint's ControlPlane file.</summary>
internal static class DenyCommand
{
    private const string Now = "now";

    public static Command CreateDeny(CliConsole console, TimeProvider time)
    {
        var before = new Option<DateTimeOffset?>("--before")
        {
            Description = "Keep out only who shows what was issued before that time: RFC 3339, or now.",
            HelpName = "TIME",
            CustomParser = result => ReadTime(result, time),
        };
        var command = Create(console, "deny", "Keep a machine out at once, whatever policies say: adds it to the deny list in the ControlPlane file.", isDenied: true, before);
        command.Options.Add(before);
        return command;
    }

    public static Command CreateAllow(CliConsole console) =>
        Create(console, "allow", "Take a machine out of the deny list; policies decide about it again.", isDenied: false, before: null);

    private static Command Create(CliConsole console, string verb, string description, bool isDenied, Option<DateTimeOffset?>? before)
    {
        var endpoint = new SocketOptions();
        var entry = new DenyEntryOptions();
        var command = new Command(verb, description);
        entry.AddTo(command);
        endpoint.AddTo(command);
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            using var client = endpoint.Connect(parsed);
            var edit = await client.EditDenyListAsync(entry.Read(parsed, before is null ? null : parsed.GetValue(before)), isDenied, cancellationToken);
            Print(console, edit, isDenied);
            return edit.IsChanged || isDenied ? ExitCodes.Ok : ExitCodes.NotMet;
        });
        return command;
    }

    private static void Print(CliConsole console, DenyListEdit edit, bool isDenied)
    {
        console.Output.WriteLine((isDenied, edit.IsChanged) switch
        {
            (true, true) => "It is on the deny list, which is taken over within seconds.",
            (true, false) => "It was on the deny list already.",
            (false, true) => "It is no longer on the deny list. Its agent comes back by itself where a policy allows it.",
            (false, false) => "It is not on the deny list.",
        });
        if (isDenied)
        {
            RemainingAccess.Print(console, edit.Members);
        }
    }

    private static DateTimeOffset? ReadTime(ArgumentResult result, TimeProvider time)
    {
        var text = result.Tokens[0].Value;
        if (string.Equals(text, Now, StringComparison.Ordinal))
        {
            return time.GetUtcNow();
        }

        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var before))
        {
            return before;
        }

        result.AddError($"\"{text}\" must be a time such as 2026-01-31T12:00:00Z, or now.");
        return null;
    }
}
