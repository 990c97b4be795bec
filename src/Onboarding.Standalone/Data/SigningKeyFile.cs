using Onboarding.Core.Backup;
using Onboarding.Core.Sessions;

namespace Onboarding.Standalone.Data;

/// <summary>The signing keys: made once, kept in a file apart from the database, so that the database can be backed up without them.</summary>
internal static class SigningKeyFile
{
    private const string FileName = BackupArchive.SigningKeys;

    /// <summary>Keeps a set in the place of the one that is kept, durably.</summary>
    public static void Save(DataDirectory data, SigningKeySet keys) => data.Write(FileName, keys.ToJson());

    /// <summary>Reads them, or makes the first one.</summary>
    /// <exception cref="StartException">What is kept is no key set.</exception>
    public static SigningKeySet Load(DataDirectory data, TimeProvider time)
    {
        if (data.Read(FileName) is not { } kept)
        {
            var made = SigningKeySet.Create(time.GetUtcNow());
            Save(data, made);
            return made;
        }

        try
        {
            return SigningKeySet.Parse(kept);
        }
        catch (FormatException damaged)
        {
            throw new StartException($"{data.PathOf(FileName)}: {damaged.Message}; restore the file, or remove it: every session then ends, and agents attest anew", damaged);
        }
    }
}
