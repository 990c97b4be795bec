using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Onboarding.Core.Sessions;

/// <summary>The JSON of a <see cref="SigningKeySet"/>: private JSON Web Keys (RFC 7517) with the challenge secret and the active key's id beside them.</summary>
internal static partial class SigningKeySetJson
{
    public static SigningKeySet Parse(ReadOnlySpan<byte> json)
    {
        StoredKeySet stored;
        try
        {
            stored = JsonSerializer.Deserialize(json, SigningKeyFileJson.Default.StoredKeySet) ?? throw new FormatException("the key set is null");
        }
        catch (JsonException e)
        {
            throw new FormatException($"the key set is not valid: {e.Path}", e);
        }

        if (stored.Keys.Length is 0 or > SigningKeySet.MaxKeys)
        {
            throw new FormatException($"keys: 1 to {SigningKeySet.MaxKeys} keys are needed");
        }

        var keys = stored.Keys.Select(ToKey).ToImmutableArray();
        if (keys.DistinctBy(key => key.Kid, StringComparer.Ordinal).Count() != keys.Length)
        {
            throw new FormatException("keys: two of them have the same kid");
        }

        return keys.Any(key => string.Equals(key.Kid, stored.Active, StringComparison.Ordinal))
            ? new SigningKeySet(keys, stored.Active)
            : throw new FormatException($"active: there is no key {stored.Active}");
    }

    public static byte[] Write(SigningKeySet set) =>
        JsonSerializer.SerializeToUtf8Bytes(new StoredKeySet(set.Active.Kid, [.. set.Keys.Select(FromKey)]), SigningKeyFileJson.Default.StoredKeySet);

    private static SigningKey ToKey(StoredKey stored, int index)
    {
        var path = $"keys[{index}]";
        if (stored is not { Kty: "EC", Crv: "P-256" } || !Kid().IsMatch(stored.Kid))
        {
            throw new FormatException($"{path}: a P-256 key with a kid of 1 to 64 letters, digits, _ and - is needed");
        }

        var parameters = new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = Bytes(stored.X, SigningKey.CoordinateSize, $"{path}.x"),
                Y = Bytes(stored.Y, SigningKey.CoordinateSize, $"{path}.y"),
            },
            D = Bytes(stored.D, SigningKey.CoordinateSize, $"{path}.d"),
        };
        try
        {
            return new SigningKey(stored.Kid, stored.CreatedAt, stored.SignsFrom, parameters, Bytes(stored.Secret, SigningKey.SecretSize, $"{path}.secret"));
        }
        catch (CryptographicException e)
        {
            throw new FormatException($"{path}: x, y and d are not a key pair", e);
        }
    }

    private static StoredKey FromKey(SigningKey key) => new(
        "EC",
        "P-256",
        key.Kid,
        Base64Url.EncodeToString(key.Parameters.Q.X),
        Base64Url.EncodeToString(key.Parameters.Q.Y),
        Base64Url.EncodeToString(key.Parameters.D),
        Base64Url.EncodeToString(key.Secret),
        key.CreatedAt,
        key.SignsFrom);

    private static byte[] Bytes(string text, int size, string path) =>
        Base64Url.IsValid(text, out var length) && length == size
            ? Base64Url.DecodeFromChars(text)
            : throw new FormatException($"{path}: base64url of {size} bytes is needed");

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Kid();

    internal sealed record StoredKeySet(string Active, ImmutableArray<StoredKey> Keys);

    internal sealed record StoredKey(
        string Kty,
        string Crv,
        string Kid,
        string X,
        string Y,
        string D,
        string Secret,
        DateTimeOffset CreatedAt,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? SignsFrom = null);

    [JsonSourceGenerationOptions(
        JsonSerializerDefaults.Web,
        WriteIndented = true,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true)]
    [JsonSerializable(typeof(StoredKeySet))]
    internal sealed partial class SigningKeyFileJson : JsonSerializerContext;
}
