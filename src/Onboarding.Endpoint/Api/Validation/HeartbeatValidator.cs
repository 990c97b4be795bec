using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>The shape of a heartbeat.</summary>
internal static class HeartbeatValidator
{
    private const int MaxText = 128;

    /// <summary>The first thing that is wrong with a heartbeat; null: nothing.</summary>
    public static Refusal? Validate(HeartbeatRequest heartbeat)
    {
        var sidecar = heartbeat.Sidecar;
        return !Enum.IsDefined(sidecar.State) ? InvalidField.At("sidecar.state", "must be Missing, Stopped, Starting or Ready")
            : Text(sidecar.Version, "sidecar.version")
                ?? Text(sidecar.Revision, "sidecar.revision")
                ?? Text(sidecar.ConfigRevision, "sidecar.configRevision");
    }

    private static Refusal? Text(string? text, string path) =>
        text is null || (text.Length <= MaxText && !text.AsSpan().ContainsAnyInRange('\0', '\x1f'))
            ? null
            : InvalidField.At(path, $"must have at most {MaxText} characters and no control characters");
}
