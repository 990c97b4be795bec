using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// What the next write needs to know of files that were written lately: whoever joins is written several times within a minute, and to read a file costs
/// ten times what it costs to see that nobody else has touched it. Bounded: a file takes the place of whichever had it.
/// </summary>
internal sealed class RecentFiles
{
    // Some 350 bytes each, and a file is written again within seconds or not for long.
    private const int Capacity = 1 << 13;

    private readonly Kept?[] places = new Kept?[Capacity];

    /// <summary>What a file holds; null: it must be read.</summary>
    public WrittenFile? Find(string path, FileStamp stamp)
    {
        var digest = DigestOf(path);
        return Volatile.Read(ref PlaceOf(digest)) is { } kept && kept.Digest == digest && kept.Stamp == stamp ? kept.File : null;
    }

    /// <summary>Keeps what a file was given to hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Its stamp; null: it is not known, and nothing is kept.</param>
    /// <param name="file">What was written.</param>
    public void Keep(string path, FileStamp? stamp, WrittenFile file)
    {
        var digest = DigestOf(path);
        Volatile.Write(ref PlaceOf(digest), stamp is { } written ? new Kept(digest, written, file) : null);
    }

    private static UInt128 DigestOf(string path) => BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(path)));

    private ref Kept? PlaceOf(UInt128 digest) => ref places[(int)(digest % Capacity)];

    private sealed record Kept(UInt128 Digest, FileStamp Stamp, WrittenFile File);
}
