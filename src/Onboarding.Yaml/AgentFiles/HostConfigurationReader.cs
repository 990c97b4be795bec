using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.AgentFiles;

/// <summary>Reads <c>host</c> of an AgentConfiguration.</summary>
internal static class HostConfigurationReader
{
    public static HostConfiguration Read(FieldReader? reader)
    {
        switch (reader?.OneOf(required: false, "auto", "aws", "custom"))
        {
            case "aws":
                return reader.Mapping("aws") is { } aws ? ReadAws(aws) : new AutoHost();
            case "custom":
                return reader.Mapping("custom") is { } custom ? ReadCustom(custom) : new AutoHost();
            default:
                reader?.Mapping("auto");
                return new AutoHost();
        }
    }

    private static HostConfiguration ReadAws(FieldReader reader)
    {
        var kind = reader.OneOf(required: true, "ec2", "ecs");
        reader.Mapping("ec2");
        reader.Mapping("ecs");
        return kind is "ecs" ? new EcsHost() : new Ec2Host();
    }

    private static CustomHost ReadCustom(FieldReader reader) =>
        new([.. reader.Mappings("credential", required: true).Select(ReadCredential)], ReadHostInfo(reader.Mapping("hostinfo")));

    private static CredentialSource ReadCredential(FieldReader reader)
    {
        var source = reader.OneOf(required: true, "plugin", "command");
        var plugin = reader.Mapping("plugin");
        var command = reader.Mapping("command");
        return source is "command"
            ? new CredentialCommand(command?.RequiredText("path") ?? "", command?.Texts("args") ?? [])
            : new CredentialPlugin(ReadPlugin(plugin));
    }

    private static HostInfoSource ReadHostInfo(FieldReader? reader)
    {
        var source = reader?.OneOf(required: false, "plugin", "basic");
        var plugin = reader?.Mapping("plugin");
        var interfaces = reader?.Mapping("basic")?.Mapping("networkInterfaces");
        return source is "plugin"
            ? new HostInfoPlugin(ReadPlugin(plugin))
            : new BasicHostInfo(interfaces?.Texts("include", check: CheckExpression) ?? [], interfaces?.Texts("exclude", check: CheckExpression) ?? []);
    }

    private static PluginConfiguration ReadPlugin(FieldReader? reader) => new(
        reader?.RequiredText("name", CheckPluginName) ?? "",
        reader?.Text("path", text => text.Length == 0 ? "must not be empty" : null),
        reader is null ? ImmutableSortedDictionary<string, string>.Empty : ReadEnvironment(reader),
        reader?.Texts("args") ?? []);

    private static ImmutableSortedDictionary<string, string> ReadEnvironment(FieldReader reader)
    {
        var environment = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var variable in reader.Mappings("env"))
        {
            var name = variable.RequiredText("name", text => text.Contains('=', StringComparison.Ordinal) ? "must not contain '='" : null);
            if (!environment.TryAdd(name, variable.Text("value") ?? "") && name.Length > 0)
            {
                variable.Report("name", $"{name} is there twice");
            }
        }

        return environment.ToImmutable();
    }

    private static string? CheckPluginName(string text) =>
        text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-')
            ? null
            : "must be lower-case letters, digits and '-'";

    private static string? CheckExpression(string text)
    {
        try
        {
            _ = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return "is no regular expression of RE2's syntax";
        }
    }
}
