using Onboarding.Core;
using Onboarding.Protocol;

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
        return !KubernetesNames.IsDnsLabel(group.Namespace) ? FieldProblem.At("workloadGroup.namespace", "must be the name of a namespace, a DNS-1123 label")
            : !KubernetesNames.IsDnsSubdomain(group.Name) ? FieldProblem.At("workloadGroup.name", "must be the name of a WorkloadGroup, a DNS-1123 subdomain")
            : !Base64UrlText.TryDecode(request.InstanceId, out var id) || id.Length != InstanceIdBytes ? FieldProblem.At("instanceId", "must be 32 bytes in base64url without padding")
            : request.Credential is JwtCredential { Jwt.Length: 0 or > MaxTokenLength } ? FieldProblem.At("credential.jwt", $"must have 1 to {MaxTokenLength} characters")
            : null;
    }
}
