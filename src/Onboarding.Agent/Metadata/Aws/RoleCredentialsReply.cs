using System.Text.Json.Serialization;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>Temporary credentials as a metadata service hands them out, or why it does not. No record: it holds a secret.</summary>
[method: JsonConstructor]
internal sealed class RoleCredentialsReply(string? code = null, string? accessKeyId = null, string? secretAccessKey = null, string? token = null)
{
    /// <summary><c>Success</c>, or what is wrong; ECS says none.</summary>
    public string? Code => code;

    /// <summary>Access key id.</summary>
    public string? AccessKeyId => accessKeyId;

    /// <summary>Secret access key.</summary>
    public string? SecretAccessKey => secretAccessKey;

    /// <summary>Session token.</summary>
    public string? Token => token;
}
