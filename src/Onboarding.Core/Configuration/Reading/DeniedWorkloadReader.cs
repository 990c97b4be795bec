using System.Globalization;
using Onboarding.Core.Resources.Reading;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>Reads an entry of <c>denied</c>.</summary>
internal static class DeniedWorkloadReader
{
    public static DeniedWorkload Read(FieldReader reader)
    {
        reader.OneOf(required: true, "aws", "jwt", "workload");
        return new DeniedWorkload(
            reader.Mapping("aws") is { } aws ? ReadAws(aws) : null,
            reader.Mapping("jwt") is { } jwt ? new DeniedJwt(jwt.RequiredText("issuer", ValueChecks.Issuer), jwt.RequiredText("subject", ValueChecks.Subject)) : null,
            reader.Text("workload", CheckWorkload),
            ReadBefore(reader));
    }

    private static DeniedAws ReadAws(FieldReader reader)
    {
        reader.OneOf(required: true, "instanceId", "taskId", "iamRole");
        return new DeniedAws(
            reader.RequiredText("account", ValueChecks.Account),
            reader.Text("instanceId", OptionChecks.NotEmpty),
            reader.Text("taskId", OptionChecks.NotEmpty),
            reader.Text("iamRole", OptionChecks.NotEmpty));
    }

    private static DateTimeOffset? ReadBefore(FieldReader reader)
    {
        if (reader.Text("before") is not { } text)
        {
            return null;
        }

        // RFC 3339: a zone is required, or the entry would mean something else on each machine.
        if (DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            && (text.EndsWith('Z') || text[^6] is '+' or '-'))
        {
            return time;
        }

        reader.Report("before", "must be a time with its zone, such as 2026-01-31T12:00:00Z");
        return null;
    }

    private static string? CheckWorkload(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 2 && KubernetesName.CheckLabel(parts[0]) is null && KubernetesName.CheckSubdomain(parts[1]) is null
            ? null
            : "must be <namespace>/<name> of a registration";
    }
}
