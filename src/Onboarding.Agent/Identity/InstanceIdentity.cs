using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Identity;

/// <summary>
/// The agent's <c>instanceId</c>: 32 random bytes, made once per machine and kept, so that a restart continues its own lease. Beside it lies
/// a hash of what tells machines apart; where that differs, the disk was cloned and a new one is made.
/// </summary>
internal sealed class InstanceIdentity(RootedFiles files)
{
    public const string Path = "/var/lib/onboarding-agent/instance.json";

    /// <summary>The kept one, else a new one that is kept from now on.</summary>
    public string LoadOrCreate()
    {
        if (TryLoad() is { } kept)
        {
            return kept;
        }

        var made = Random();
        var content = JsonSerializer.SerializeToUtf8Bytes(new Record(made, Machine()), InstanceJson.Default.Record);
        files.Write(Path, content, new FileForm(FileForm.PrivateFile, DirectoryMode: FileForm.PrivateDirectory));
        return made;
    }

    /// <summary>The kept one, else one for this once; nothing is written.</summary>
    public string LoadOrBorrow() => TryLoad() ?? Random();

    private string? TryLoad()
    {
        try
        {
            var kept = files.Read(Path) is { } content ? JsonSerializer.Deserialize(content, InstanceJson.Default.Record) : null;
            return kept is { InstanceId: { Length: 43 } id } && Base64Url.IsValid(id) && kept.Machine == Machine() ? id : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private string Machine()
    {
        var marks = $"{ReadMark("/etc/machine-id")}\n{ReadMark("/sys/class/dmi/id/product_uuid")}\n";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(marks)));
    }

    private string ReadMark(string path)
    {
        try
        {
            // Followed like any reader would: both are the system's own, and /sys is made of links.
            return File.ReadAllText(files.PathOf(path)).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    internal sealed record Record(string InstanceId, string Machine);
}

/// <summary>JSON of the kept identity.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstanceIdentity.Record))]
internal sealed partial class InstanceJson : JsonSerializerContext;
