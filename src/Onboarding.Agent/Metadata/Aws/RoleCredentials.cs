using System.Text.Json;
using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Metadata.Aws;

/// <summary>Temporary credentials of a role. They are used at once, kept nowhere, and are no record, so that no log can print them.</summary>
internal sealed class RoleCredentials(string accessKeyId, string secretAccessKey, string sessionToken)
{
    private const string Success = "Success";

    public string AccessKeyId => accessKeyId;

    public string SecretAccessKey => secretAccessKey;

    public string SessionToken => sessionToken;

    /// <summary>Reads a metadata service's answer.</summary>
    /// <param name="text">The answer.</param>
    /// <param name="role">How the role is called in messages.</param>
    /// <exception cref="MetadataException">They are none; the message has nothing secret.</exception>
    public static RoleCredentials Parse(string text, string role)
    {
        try
        {
            return JsonSerializer.Deserialize(text, AwsJson.Default.RoleCredentialsReply) switch
            {
                { Code: not (null or Success) and var code } => throw new MetadataException($"AWS gives no credentials of {role}: {OneLine.Of(code)}"),
                { AccessKeyId: { Length: > 0 } id, SecretAccessKey: { Length: > 0 } secret, Token: { Length: > 0 } token } => new RoleCredentials(id, secret, token),
                _ => throw new MetadataException($"the credentials of {role} are not whole"),
            };
        }
        catch (JsonException)
        {
            // Without the cause, which would quote what it could not read.
            throw new MetadataException($"the credentials of {role} are not the JSON that AWS documents");
        }
    }
}
