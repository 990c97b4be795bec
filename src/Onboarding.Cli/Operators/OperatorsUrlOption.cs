using System.CommandLine;
using System.CommandLine.Parsing;

namespace Onboarding.Cli.Operators;

/// <summary>The option <c>--operators-url</c>: where the operators' port of a running endpoint is.</summary>
internal static class OperatorsUrlOption
{
    private static readonly Uri Default = new("http://127.0.0.1:9082");

    /// <summary>The option.</summary>
    public static Option<Uri> Create() => new("--operators-url")
    {
        Description = "The operators' port of a running endpoint.",
        HelpName = "URL",
        DefaultValueFactory = _ => Default,
        CustomParser = Parse,
    };

    private static Uri? Parse(ArgumentResult argument)
    {
        var text = argument.Tokens.Single().Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps))
        {
            return url;
        }

        argument.AddError($"--operators-url: {text} is not an http or https URL, as in {Default}");
        return null;
    }
}
