using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Core.Backup;
using Onboarding.Core.Sessions;
using Onboarding.Protocol;
using Onboarding.Protocol.Bundle;

namespace Onboarding.Cli.Keys;

/// <summary>Reads and writes files of signing keys.</summary>
internal static class SigningKeyFiles
{
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Reads one.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static SigningKeySet Read(string path)
    {
        try
        {
            return SigningKeySet.Parse(File.ReadAllBytes(path));
        }
        catch (FormatException damaged)
        {
            throw new CliException($"{path}: {damaged.Message}", damaged);
        }
    }

    /// <summary>The manifest of a Secret that silos mount: one file, under the name they look for.</summary>
    public static byte[] ToSecret(SigningKeySet keys, WorkloadGroupReference name) => Encoding.UTF8.GetBytes(GoYaml.Write(new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Secret",
        ["metadata"] = new JsonObject { ["name"] = name.Name, ["namespace"] = name.Namespace },
        ["type"] = "Opaque",
        ["data"] = new JsonObject { [BackupArchive.SigningKeys] = Convert.ToBase64String(keys.ToJson()) },
    }));

    /// <summary>Writes one whole: whoever reads meanwhile sees the old one or the new one.</summary>
    /// <exception cref="CliException">It is there, and may not be replaced: keys that are lost end every session.</exception>
    public static void Write(string path, byte[] contents, bool mayReplace)
    {
        if (!mayReplace && File.Exists(path))
        {
            throw new CliException($"{path} is there already; keys that are lost end every session. Give it as --from too, or choose another name");
        }

        var draft = $"{path}.tmp";
        File.Delete(draft);
        using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = Mode }))
        {
            file.Write(contents);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: mayReplace);
    }
}
