using Onboarding.Core.Backup;
using Onboarding.Core.Sessions;

namespace Onboarding.Silo.Keys;

/// <summary>The signing keys that all silos share: a file that somebody else wrote, or a directory, such as a mounted Secret, with that file in it.</summary>
internal sealed class MountedSigningKeys(string path, TimeProvider time)
{
    /// <summary>Reads them, as they stand now.</summary>
    /// <exception cref="StartException">There are none, or they are damaged.</exception>
    public SigningKeySet Load()
    {
        var file = Directory.Exists(path) ? Path.Combine(path, BackupArchive.SigningKeys) : path;
        try
        {
            return SigningKeySet.Parse(File.ReadAllBytes(file)).At(time.GetUtcNow());
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{file}: the signing keys cannot be used: {failure.Message} (onboardctl keys create makes them)", failure) { ExitCode = ExitCodes.Misconfigured };
        }
    }
}
