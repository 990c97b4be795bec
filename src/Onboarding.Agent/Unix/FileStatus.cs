using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Onboarding.Agent.Unix;

/// <summary>Owner and mode of a file; of a symbolic link itself, not of what it points at.</summary>
/// <param name="User">The owner's user id.</param>
/// <param name="Group">The owning group's id.</param>
/// <param name="Mode">Type and permission bits, as in <c>st_mode</c>.</param>
internal sealed record FileStatus(uint User, uint Group, ushort Mode)
{
    private const int TypeMask = 0xF000;

    public bool IsDirectory => (Mode & TypeMask) == 0x4000;

    public bool IsLink => (Mode & TypeMask) == 0xA000;

    public bool IsRegular => (Mode & TypeMask) == 0x8000;

    public bool IsExecutable => (Mode & 0b001_001_001) != 0;

    public bool IsSticky => (Mode & 0x200) != 0;

    /// <summary>Whether group or others may write; a link's mode says nothing and is not asked.</summary>
    public bool IsWritableByOthers => !IsLink && (Mode & 0b000_010_010) != 0;

    /// <summary>Whether it belongs to root or to the agent's own user.</summary>
    public bool BelongsToUs => User == 0 || User == LibC.EffectiveUser();

    /// <summary>The status of a path; null where there is nothing.</summary>
    public static FileStatus? Of(string path) =>
        From(LibC.StatusOf(LibC.CurrentDirectory, path, LibC.StatusNoFollow, LibC.BasicStatus, out var buffer), buffer, path);

    /// <summary>The status of an entry of an open directory; null where there is nothing.</summary>
    public static FileStatus? Of(SafeFileHandle directory, string name) =>
        From(LibC.StatusAt(directory, name, LibC.StatusNoFollow, LibC.BasicStatus, out var buffer), buffer, name);

    private static FileStatus? From(int result, LibC.StatusBuffer buffer, string path)
    {
        if (result == 0)
        {
            return new FileStatus(buffer.User, buffer.Group, buffer.Mode);
        }

        return Marshal.GetLastPInvokeError() == LibC.NoSuchEntry ? null : throw UnixError.Last(path);
    }
}
