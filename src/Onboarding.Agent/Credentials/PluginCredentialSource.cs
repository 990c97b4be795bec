using System.Text.Json;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Credentials;

/// <summary>A plugin's <c>GetCredential</c>. Its <c>expiresAt</c> is not needed: the credential is used at once and never kept.</summary>
internal sealed class PluginCredentialSource(Plugin plugin) : ICredentialSource
{
    /// <summary>The service's name in Tetrate's plugin API, which plugins may check.</summary>
    public const string ServiceName = "tetrateio.api.onboarding.private.component.agent.plugin.credential.v1alpha1.CredentialPlugin";

    public string Name => plugin.Name;

    public async Task<Credential> GetAsync(CredentialPurpose purpose, CancellationToken cancellationToken)
    {
        try
        {
            var request = JsonSerializer.Serialize(new CredentialRequest(purpose.Uid), PluginJson.Default.CredentialRequest);
            var answer = await plugin.CallAsync(ServiceName, "GetCredential", request, cancellationToken);
            var response = JsonSerializer.Deserialize(answer, PluginJson.Default.CredentialResponse);
            return response?.Credential?.Jwt is { } token
                ? TokenText.Parse(token, Name)
                : throw new CredentialUnavailableException($"{Name} gave no credential: expected {{\"credential\": {{\"jwt\": \"…\"}}}}");
        }
        catch (JsonException error)
        {
            throw new CredentialUnavailableException($"{Name} did not answer with the JSON of a GetCredentialResponse", error);
        }
        catch (ProgramFailedException error)
        {
            throw new CredentialUnavailableException(error.Message, error);
        }
    }
}
