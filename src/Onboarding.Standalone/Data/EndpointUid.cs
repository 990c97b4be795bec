using System.Text;
using Onboarding.Core.Backup;

namespace Onboarding.Standalone.Data;

/// <summary>The endpoint's uid where the configuration has none: made once, kept in the data directory.</summary>
internal static class EndpointUid
{
    private const string FileName = BackupArchive.Uid;

    /// <summary>Reads it, or makes it.</summary>
    /// <exception cref="StartException">What is kept is no UUID.</exception>
    public static string Load(DataDirectory data)
    {
        if (data.Read(FileName) is not { } kept)
        {
            var made = Guid.NewGuid().ToString();
            data.Write(FileName, Encoding.ASCII.GetBytes(made));
            return made;
        }

        // Not made anew: with another uid no credential that agents hold would be accepted.
        var text = Encoding.ASCII.GetString(kept).Trim();
        return Guid.TryParseExact(text, "D", out _)
            ? text
            : throw new StartException($"{data.PathOf(FileName)}: it should hold the endpoint's uid, a UUID; restore it from a backup, or set onboarding.uid");
    }
}
