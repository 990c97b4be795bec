using Onboarding.Core;
using Onboarding.Protocol;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>The shape of <c>POST /v1/sessions</c>; what is claimed is verified later.</summary>
internal static class OpenSessionValidator
{
    private const int MaxTokenLength = 16 * 1024;
    private const int InstanceIdBytes = 32;

    /// <summary>The first thing that is wrong with a request; null: nothing.</summary>
    public static Refusal? Validate(OpenSessionRequest request)
    {
        var group = request.WorkloadGroup;
        return KubernetesName.CheckLabel(group.Namespace) is { } wrongNamespace ? InvalidField.At("workloadGroup.namespace", wrongNamespace)
            : KubernetesName.CheckSubdomain(group.Name) is { } wrongName ? InvalidField.At("workloadGroup.name", wrongName)
            : !Base64UrlText.TryDecode(request.InstanceId, out var id) || id.Length != InstanceIdBytes ? InvalidField.At("instanceId", "must be 32 bytes in base64url without padding")
            : request.Credential is JwtCredential { Jwt.Length: 0 or > MaxTokenLength } ? InvalidField.At("credential.jwt", $"must have 1 to {MaxTokenLength} characters")
            : null;
    }
}
