namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// Files of registrations that were written lately, as they were written: what joins is written several times within a minute, and to read a file costs ten
/// times what it costs to see that nobody else has touched it. Bounded: a file takes the place of whichever had it.
/// </summary>
internal sealed class RecentRegistrations
{
    private const int Capacity = 1024;

    private readonly Kept?[] places = new Kept?[Capacity];

    /// <summary>What a file holds; null: it must be read.</summary>
    public RegistrationFile? Find(string path, FileStamp stamp) =>
        Volatile.Read(ref PlaceOf(path)) is { } kept && kept.Stamp == stamp && string.Equals(kept.Path, path, StringComparison.Ordinal) ? kept.File : null;

    /// <summary>Keeps what a file was given to hold.</summary>
    /// <param name="path">The file.</param>
    /// <param name="stamp">Its stamp; null: it is not known, and nothing is kept.</param>
    /// <param name="file">What was written.</param>
    public void Keep(string path, FileStamp? stamp, RegistrationFile file) =>
        Volatile.Write(ref PlaceOf(path), stamp is { } written ? new Kept(path, written, file) : null);

    private ref Kept? PlaceOf(string path) => ref places[(uint)path.GetHashCode(StringComparison.Ordinal) % Capacity];

    private sealed record Kept(string Path, FileStamp Stamp, RegistrationFile File);
}
