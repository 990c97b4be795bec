using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Files;

/// <summary>How a file is to look: its mode and owner, and those of directories that must be made for it.</summary>
/// <param name="Mode">Permission bits.</param>
/// <param name="Owner">Owner; null: the agent's own user.</param>
/// <param name="DirectoryMode">Permission bits of the directory that holds it, if it must be made.</param>
internal sealed record FileForm(UnixFileMode Mode, SystemUser? Owner = null, UnixFileMode DirectoryMode = FileForm.PublicDirectory)
{
    public const UnixFileMode PublicFile = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode PrivateDirectory = PrivateFile | UnixFileMode.UserExecute;

    public const UnixFileMode PublicDirectory =
        PublicFile | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
}
