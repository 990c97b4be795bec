using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Onboarding.Endpoint.Hosting;

/// <summary>An address and port of a command line.</summary>
internal static class ListenAddress
{
    /// <summary>Reads <c>127.0.0.1:15443</c> or <c>[::]:15443</c>.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPEndPoint? address) =>
        IPEndPoint.TryParse(text, out address) && HasPort(text);

    /// <summary>What is wrong with a text that is none.</summary>
    public static string Explain(string text) => $"'{text}' is no address and port, such as 127.0.0.1:15443 or [::]:15443";

    // Where there is none, IPEndPoint takes 0.
    private static bool HasPort(string text) =>
        text.LastIndexOf(':') is > 0 and var colon && (text[colon - 1] == ']' || text.IndexOf(':', StringComparison.Ordinal) == colon);
}
