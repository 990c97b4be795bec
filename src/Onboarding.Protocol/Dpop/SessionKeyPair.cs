using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Onboarding.Protocol.Dpop;

/// <summary>A session's key pair: P-256, made in memory and never written anywhere.</summary>
public sealed class SessionKeyPair : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Makes a new key pair.</summary>
    public SessionKeyPair()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Public = new SessionKey(SessionKey.EllipticCurve, SessionKey.P256, Base64UrlText.Encode(point.X), Base64UrlText.Encode(point.Y));
        Thumbprint = Public.Thumbprint();
    }

    /// <summary>The public half.</summary>
    public SessionKey Public { get; }

    /// <summary>RFC 7638 thumbprint of the public half.</summary>
    public string Thumbprint { get; }

    /// <summary>The value of the header <c>DPoP</c> (RFC 9449) for one call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="host">The endpoint's host as it is dialled, with or without a port.</param>
    /// <param name="path">The path, without query.</param>
    /// <param name="token">The onboarding token that the call carries.</param>
    /// <param name="now">The time, as near to the endpoint's as is known.</param>
    public string CreateProof(string method, string host, string path, string token, DateTimeOffset now)
    {
        var header = Json(writer =>
        {
            writer.WriteString("typ", DpopProof.Type);
            writer.WriteString("alg", DpopProof.Algorithm);
            writer.WriteStartObject("jwk");
            writer.WriteString("kty", Public.Kty);
            writer.WriteString("crv", Public.Crv);
            writer.WriteString("x", Public.X);
            writer.WriteString("y", Public.Y);
            writer.WriteEndObject();
        });
        var claims = Json(writer =>
        {
            writer.WriteString("jti", Base64UrlText.Encode(RandomNumberGenerator.GetBytes(16)));
            writer.WriteString("htm", method);
            writer.WriteString("htu", DpopTarget.Of(host, path));
            writer.WriteNumber("iat", now.ToUnixTimeSeconds());
            writer.WriteString("ath", Sha256Text.Base64Url(token));
        });
        return Sign($"{header}.{claims}");
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    internal string Sign(string input) =>
        $"{input}.{Base64UrlText.Encode(key.SignData(Encoding.ASCII.GetBytes(input), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation))}";

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
        writer.Flush();
        return Base64UrlText.Encode(buffer.WrittenSpan);
    }
}
