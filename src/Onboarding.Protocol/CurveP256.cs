using System.Globalization;
using System.Numerics;

namespace Onboarding.Protocol;

/// <summary>The curve P-256 (NIST SP 800-186, 3.2.1.3), as far as it takes to know its points.</summary>
internal static class CurveP256
{
    /// <summary>Bytes of a coordinate.</summary>
    public const int CoordinateLength = 32;

    private static readonly BigInteger Prime = Hex("0ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Hex("05ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    /// <summary>
    /// Whether two coordinates, big-endian, are a point of the curve: both below the prime, and y² = x³ − 3x + b. Its cofactor is 1 and infinity has no
    /// coordinates, so that is all there is to a public key; an import multiplies by the order besides, thirty times the cost.
    /// </summary>
    public static bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        if (x.Length != CoordinateLength || y.Length != CoordinateLength)
        {
            return false;
        }

        var (a, b) = (Number(x), Number(y));
        return a < Prime && b < Prime && (((a * a * a) - (3 * a) + B - (b * b)) % Prime).IsZero;
    }

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
