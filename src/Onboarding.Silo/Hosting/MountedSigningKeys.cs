using Onboarding.Core.Sessions;

namespace Onboarding.Silo.Hosting;

/// <summary>The signing keys that all silos share, in a file that somebody else wrote.</summary>
internal static class MountedSigningKeys
{
    /// <summary>Reads them.</summary>
    /// <exception cref="StartException">There are none, or they are damaged.</exception>
    public static SigningKeySet Load(string path)
    {
        try
        {
            return SigningKeySet.Parse(File.ReadAllBytes(path));
        }
        catch (Exception failure) when (failure is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"{path}: the signing keys cannot be used: {failure.Message}", failure) { ExitCode = ExitCodes.Misconfigured };
        }
    }
}
