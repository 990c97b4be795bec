using System.Runtime.InteropServices;

namespace Onboarding.Agent.Unix;

/// <summary>Turns the last error of a C library call into an exception that names the file.</summary>
internal static class UnixError
{
    public static IOException Last(string path)
    {
        var number = Marshal.GetLastPInvokeError();
        return new IOException($"{path}: {Marshal.GetPInvokeErrorMessage(number)}", number);
    }
}
