using System.Runtime.Versioning;

// File modes and Unix sockets.
[assembly: SupportedOSPlatform("linux")]
