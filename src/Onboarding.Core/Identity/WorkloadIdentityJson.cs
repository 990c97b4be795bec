using System.Collections.Immutable;
using System.Text.Json;
using Onboarding.Core.Resources.Reading;

namespace Onboarding.Core.Identity;

/// <summary>
/// The JSON form of identities, in state, in the audit stream, in <c>spec.identity</c> of a WorkloadAutoRegistration and in test cases of policies:
/// <c>{"aws":{…}}</c> or <c>{"jwt":{…}}</c>. Reading is strict: an identity that was understood in part would be another identity.
/// </summary>
public static class WorkloadIdentityJson
{
    private static readonly string[] Kinds = ["aws", "jwt"];
    private static readonly string[] AwsMembers = ["partition", "account", "region", "zone", "ec2", "ecs"];
    private static readonly string[] Ec2Members = ["instanceId", "iamRole"];
    private static readonly string[] EcsMembers = ["cluster", "taskId", "iamRole"];
    private static readonly string[] RoleMembers = ["name"];
    private static readonly string[] JwtMembers = ["issuer", "subject", "attributes"];

    /// <summary>Reads an identity.</summary>
    /// <param name="element">The JSON.</param>
    /// <param name="path">Where it stands; begins the messages.</param>
    /// <exception cref="JsonException">It is none; the message is <c>field.path: what is wrong</c>.</exception>
    public static WorkloadIdentity Read(JsonElement element, string path = "identity")
    {
        var identity = StrictJsonObject.Of(element, path, Kinds);
        return (identity.Object("aws", AwsMembers), identity.Object("jwt", JwtMembers)) switch
        {
            ({ } aws, null) => ReadAws(aws),
            (null, { } jwt) => ReadJwt(jwt),
            _ => throw identity.Wrong("needs exactly one of aws and jwt"),
        };
    }

    /// <summary>Writes an identity. The order of members is fixed; what is absent is left out.</summary>
    public static void Write(Utf8JsonWriter writer, WorkloadIdentity identity)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        switch (identity)
        {
            case AwsIdentity aws:
                WriteAws(writer, aws);
                break;
            case JwtIdentity jwt:
                WriteJwt(writer, jwt);
                break;
            default:
                throw new ArgumentException("is of no kind that is known here", nameof(identity));
        }

        writer.WriteEndObject();
    }

    private static AwsIdentity ReadAws(StrictJsonObject aws)
    {
        var partition = aws.Text("partition");
        var account = aws.Text("account", ValueChecks.Account);
        var region = aws.Text("region");
        var zone = aws.Text("zone");
        return (aws.Object("ec2", Ec2Members), aws.Object("ecs", EcsMembers)) switch
        {
            ({ } ec2, null) => new AwsIdentity(partition, account, region, zone, Ec2: new(ec2.Text("instanceId"), ReadRole(ec2))),
            (null, { } ecs) => new AwsIdentity(
                partition,
                account,
                region,
                zone,
                Ecs: new(ecs.Text("cluster"), ecs.Text("taskId"), ReadRole(ecs) ?? throw ecs.Wrong("iamRole", "is required"))),
            _ => throw aws.Wrong("needs exactly one of ec2 and ecs"),
        };
    }

    private static IamRole? ReadRole(StrictJsonObject machine) =>
        machine.Object("iamRole", RoleMembers) is { } role ? new IamRole(role.Text("name")) : null;

    private static JwtIdentity ReadJwt(StrictJsonObject jwt)
    {
        var issuer = jwt.Text("issuer", ValueChecks.Issuer);
        var subject = jwt.Text("subject", ValueChecks.Subject);
        return new JwtIdentity(issuer, subject, jwt.Texts("attributes").ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private static void WriteAws(Utf8JsonWriter writer, AwsIdentity aws)
    {
        writer.WriteStartObject("aws");
        writer.WriteString("partition", aws.Partition);
        writer.WriteString("account", aws.Account);
        writer.WriteString("region", aws.Region);
        writer.WriteString("zone", aws.Zone);
        if (aws.Ec2 is { } ec2)
        {
            writer.WriteStartObject("ec2");
            writer.WriteString("instanceId", ec2.InstanceId);
            WriteRole(writer, ec2.IamRole);
            writer.WriteEndObject();
        }

        if (aws.Ecs is { } ecs)
        {
            writer.WriteStartObject("ecs");
            writer.WriteString("cluster", ecs.Cluster);
            writer.WriteString("taskId", ecs.TaskId);
            WriteRole(writer, ecs.IamRole);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRole(Utf8JsonWriter writer, IamRole? role)
    {
        if (role is not null)
        {
            writer.WriteStartObject("iamRole");
            writer.WriteString("name", role.Name);
            writer.WriteEndObject();
        }
    }

    private static void WriteJwt(Utf8JsonWriter writer, JwtIdentity jwt)
    {
        writer.WriteStartObject("jwt");
        writer.WriteString("issuer", jwt.Issuer);
        writer.WriteString("subject", jwt.Subject);
        if (!jwt.Attributes.IsEmpty)
        {
            writer.WriteStartObject("attributes");
            foreach (var (name, value) in jwt.Attributes)
            {
                writer.WriteString(name, value);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
