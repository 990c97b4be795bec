using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Onboarding.Attestation.Tests.Support;
using Onboarding.TestKit.Issuers;

namespace Onboarding.Attestation.Tests.Oidc;

/// <summary>Mutations of good tokens, from fixed seeds: nothing escapes as an exception, and nothing is accepted that was not signed as it stands.</summary>
public class TokenFuzzTests
{
    private const int Mutations = 4000;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000\u00e9\ud800";

    private static readonly string[] Fragments =
    [
        "\"sub\":null,", "\"sub\":\"\\ud800\",", "\"\\ud800\":1,", "\"exp\":1e999,", "\"exp\":-0,", "\"aud\":[[[]]],", "\"vm\":{\"\\udfff\":\"a\"},",
        "{", "}", "[", "]", "\"", "\\", "\\u0000", "\u0001", "\u00ff", ",", ":", "null", "1E+400", "\"iss\":{},", "\"cnf\":{\"jkt\":[]},", "\"nbf\":\"\",",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task VerifyAsync_MutatedText_IsNeverAccepted(int seed)
    {
        using var setup = new OidcSetup();
        var random = new Random(seed);
        var good = setup.Mint();
        for (var count = 0; count < Mutations; count++)
        {
            var mutated = MutateText(good, random);
            if (!string.Equals(mutated, good, StringComparison.Ordinal))
            {
                (await setup.ShowAsync(mutated)).IsGranted.ShouldBeFalse(Printable(mutated));
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task VerifyAsync_MutatedClaimsThatTheIssuerSigned_NeverThrow(int seed)
    {
        using var setup = new OidcSetup(issuer: options => options with { AttributesPath = ".vm", SubjectPath = "$['sub']" });
        var random = new Random(seed);
        const string More = """
            , "nbf":1,"sub":"vm007","cnf":{"x":1},"vm":{"region":"us","zone":["a"]}}
            """;
        var claims = "{" + setup.GoodClaims() + More;
        var header = """{"alg":"ES256","kid":"key-1","typ":"JWT"}""";
        var refused = 0;
        for (var count = 0; count < Mutations / 4; count++)
        {
            var inHeader = random.Next(4) == 0;
            var jwt = Sign(setup.Key, inHeader ? MutateJson(header, random) : header, inHeader ? claims : MutateJson(claims, random));

            refused += (await setup.ShowAsync(jwt)).IsGranted ? 0 : 1;
        }

        refused.ShouldBeGreaterThan(Mutations / 8);
    }

    private static string Sign(TestIssuerKey key, string header, string payload) => key.Sign(header, payload);

    private static string MutateText(string text, Random random)
    {
        var builder = new StringBuilder(text);
        for (var changes = random.Next(1, 4); changes > 0 && builder.Length > 0; changes--)
        {
            var at = random.Next(builder.Length);
            switch (random.Next(5))
            {
                case 0:
                    builder[at] = Alphabet[random.Next(Alphabet.Length)];
                    break;
                case 1:
                    builder.Insert(at, Alphabet[random.Next(Alphabet.Length)]);
                    break;
                case 2:
                    builder.Remove(at, random.Next(1, Math.Min(8, builder.Length - at) + 1));
                    break;
                case 3:
                    builder.Insert(at, text[random.Next(text.Length)..]);
                    break;
                default:
                    return Reencode(text, random);
            }
        }

        return builder.ToString();
    }

    /// <summary>Changes a byte inside one part, so that the form stays right.</summary>
    private static string Reencode(string text, Random random)
    {
        var parts = text.Split('.');
        var which = random.Next(parts.Length);
        var bytes = Base64Url.DecodeFromChars(parts[which]);
        bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        parts[which] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    private static string MutateJson(string json, Random random)
    {
        var at = random.Next(json.Length);
        return random.Next(3) switch
        {
            0 => json.Insert(at, Fragments[random.Next(Fragments.Length)]),
            1 => json.Remove(at, random.Next(1, Math.Min(6, json.Length - at) + 1)),
            _ => json.Insert(json.IndexOf(',', StringComparison.Ordinal) + 1, Fragments[random.Next(Fragments.Length)]),
        };
    }

    private static string Printable(string text) =>
        string.Concat(text.Select(character => char.IsAscii(character) ? character.ToString() : ((int)character).ToString("x4", CultureInfo.InvariantCulture)));
}
