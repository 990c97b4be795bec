using System.Text.Json;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Backup;

/// <summary>What a backup says of itself: the first entry of its archive, <see cref="BackupArchive.Contents"/>.</summary>
/// <param name="Format">Version of the archive's layout, <see cref="BackupArchive.Format"/>.</param>
/// <param name="Release">The release that made it; a later one can restore it.</param>
/// <param name="TakenAt">When.</param>
/// <param name="Uid">The endpoint's uid.</param>
/// <param name="HasKeys">Whether it holds the signing keys.</param>
public sealed record BackupContents(int Format, string Release, DateTimeOffset TakenAt, string Uid, bool HasKeys)
{
    /// <summary>Reads it.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static BackupContents Parse(Stream json) =>
        JsonSerializer.Deserialize(json, BackupJson.Default.BackupContents) ?? throw new JsonException("it is null");

    /// <summary>It, as JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BackupJson.Default.BackupContents);
}

/// <summary>The JSON of backups.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    PropertyNameCaseInsensitive = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(BackupContents))]
internal sealed partial class BackupJson : JsonSerializerContext;
