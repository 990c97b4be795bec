using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Onboarding.Cli.Containment;

/// <summary>An entry of the deny list on the command line. Exactly one of the forms of <c>workloads.denied[]</c>; the endpoint checks the values.</summary>
internal sealed class DenyEntryOptions
{
    private readonly Option<string?> workload = new("--workload") { Description = "A registration.", HelpName = "NAMESPACE/NAME" };
    private readonly Option<string?> issuer = new("--issuer") { Description = "With --subject: a subject of a JWT issuer.", HelpName = "URL" };
    private readonly Option<string?> subject = new("--subject") { Description = "With --issuer.", HelpName = "SUBJECT" };
    private readonly Option<string?> account = new("--aws-account") { Description = "With one of the next three: a machine or role at AWS.", HelpName = "ID" };
    private readonly Option<string?> instance = new("--instance-id") { Description = "An EC2 instance.", HelpName = "ID" };
    private readonly Option<string?> task = new("--task-id") { Description = "An ECS task.", HelpName = "ID" };
    private readonly Option<string?> role = new("--iam-role") { Description = "Every machine with that role.", HelpName = "NAME" };

    /// <summary>Adds the options; a command line that names nobody, or two, is wrong usage.</summary>
    public void AddTo(Command command)
    {
        Option<string?>[] all = [workload, issuer, subject, account, instance, task, role];
        foreach (var option in all)
        {
            command.Options.Add(option);
        }

        command.Validators.Add(result =>
        {
            bool Has(Option<string?> option) => result.GetValue(option) is not null;
            var machines = new[] { instance, task, role }.Count(Has);
            var forms = new[] { Has(workload), Has(issuer) || Has(subject), Has(account) || machines > 0 }.Count(isGiven => isGiven);
            if (forms != 1 || Has(issuer) != Has(subject) || (Has(account) ? machines != 1 : machines != 0))
            {
                result.AddError("Give one of --workload, --issuer with --subject, or --aws-account with one of --instance-id, --task-id and --iam-role.");
            }
        });
    }

    /// <summary>The entry, as in the ControlPlane file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="before">Only what was issued before; null: whatever was issued.</param>
    public JsonObject Read(ParseResult parsed, DateTimeOffset? before)
    {
        var entry = parsed.GetValue(workload) is { } name ? new JsonObject { ["workload"] = name }
            : parsed.GetValue(issuer) is { } url ? new JsonObject { ["jwt"] = new JsonObject { ["issuer"] = url, ["subject"] = parsed.GetValue(subject) } }
            : new JsonObject { ["aws"] = ReadAws(parsed) };
        if (before is { } time)
        {
            entry["before"] = time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);
        }

        return entry;
    }

    private JsonObject ReadAws(ParseResult parsed)
    {
        var machine = new JsonObject { ["account"] = parsed.GetValue(account) };
        foreach (var (option, name) in new[] { (instance, "instanceId"), (task, "taskId"), (role, "iamRole") })
        {
            if (parsed.GetValue(option) is { } value)
            {
                machine[name] = value;
            }
        }

        return machine;
    }
}
