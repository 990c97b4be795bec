using System.Text.Json;
using System.Text.Json.Serialization;
using Onboarding.Agent.Files;

namespace Onboarding.Agent.Sidecar;

/// <summary>Remembers the running sidecar for the next agent; gone with a reboot, like the sidecar.</summary>
internal sealed class SidecarRecord(RootedFiles files)
{
    public Entry? Load()
    {
        try
        {
            return files.Read(SidecarPaths.RunningSidecar) is { } content ? JsonSerializer.Deserialize(content, SidecarJson.Default.Entry) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Save(Entry entry)
    {
        var content = JsonSerializer.SerializeToUtf8Bytes(entry, SidecarJson.Default.Entry);
        files.Write(SidecarPaths.RunningSidecar, content, new FileForm(FileForm.PrivateFile));
    }

    public void Remove() => files.Delete(SidecarPaths.RunningSidecar);

    /// <summary>A sidecar that was started.</summary>
    /// <param name="Process">Its process id.</param>
    /// <param name="Started">See <see cref="ProcessStart"/>.</param>
    /// <param name="Revision">Revision of the boot bundle that it was started with.</param>
    internal sealed record Entry(int Process, long Started, string Revision);
}

/// <summary>JSON of the record.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(SidecarRecord.Entry))]
internal sealed partial class SidecarJson : JsonSerializerContext;
