using System.Text.RegularExpressions;

namespace Onboarding.Core.Backup;

/// <summary>
/// The layout of a standalone endpoint's backup: a tar archive of the files of its data directory, under the names they have there.
/// Sessions are not in it: what was ended since could otherwise come back, and agents attest anew by themselves.
/// </summary>
public static partial class BackupArchive
{
    /// <summary>Version of the layout.</summary>
    public const int Format = 1;

    /// <summary>The first entry, a <see cref="BackupContents"/>.</summary>
    public const string Contents = "backup.json";

    /// <summary>The database of entities.</summary>
    public const string Database = "entities.db";

    /// <summary>The uid, where it was made rather than configured.</summary>
    public const string Uid = "uid";

    /// <summary>The signing keys, where they were asked for.</summary>
    public const string SigningKeys = "signing-keys.json";

    /// <summary>The directory of registrations.</summary>
    public const string Registrations = "registrations";

    /// <summary>Whether an archive may have an entry of this name: nothing that leads out of the directory it is unpacked in.</summary>
    public static bool IsKnown(string name) =>
        name is Contents or Database or Uid or SigningKeys || Registration().IsMatch(name);

    /// <summary>The name of a registration's entry.</summary>
    public static string RegistrationName(string @namespace, string file) => $"{Registrations}/{@namespace}/{file}";

    [GeneratedRegex(@"^registrations/[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?/[a-z0-9][-.a-z0-9]{0,248}\.yaml\z", RegexOptions.NonBacktracking)]
    private static partial Regex Registration();
}
