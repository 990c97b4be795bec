using System.Buffers;
using Onboarding.Protocol;

namespace Onboarding.Agent.Credentials;

/// <summary>Checks the shape of a token before it is sent anywhere, so that an error page or a prompt is not taken for one.</summary>
internal static class TokenText
{
    private const int Limit = 16 << 10;
    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static JwtCredential Parse(string text, string source)
    {
        var token = text.Trim();
        var isToken = token.Length is > 0 and <= Limit
            && !token.AsSpan().ContainsAnyExcept(Allowed)
            && token.Split('.') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }];
        return isToken
            ? new JwtCredential(token)
            : throw new CredentialUnavailableException($"{source} gave no token: expected one JSON Web Token (three parts with dots, at most 16 KiB)");
    }
}
