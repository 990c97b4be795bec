using System.Net;
using System.Text.Json;
using Onboarding.Agent.Processes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Hosts;

/// <summary>A plugin's <c>GetHostInfo</c>.</summary>
internal sealed class PluginHostInformation(Plugin plugin) : IHostInformation
{
    /// <summary>The service's name in Tetrate's plugin API, which plugins may check.</summary>
    public const string ServiceName = "tetrateio.api.onboarding.private.component.agent.plugin.hostinfo.v1alpha1.HostInfoPlugin";

    public async Task<RegistrationHost> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await plugin.CallAsync(ServiceName, "GetHostInfo", "{}", cancellationToken);
            var response = JsonSerializer.Deserialize(answer, PluginJson.Default.HostInfoResponse);
            return response?.Host?.Addresses is { Count: >= 1 and <= HostAddresses.Limit } addresses
                ? new RegistrationHost([.. addresses.Select(Read)])
                : throw new HostInformationException($"{plugin.Name} gave no host information: expected {{\"host\": {{\"addresses\": […]}}}} with 1–{HostAddresses.Limit} addresses");
        }
        catch (JsonException error)
        {
            throw new HostInformationException($"{plugin.Name} did not answer with the JSON of a GetHostInfoResponse", error);
        }
        catch (ProgramFailedException error)
        {
            throw new HostInformationException(error.Message, error);
        }
    }

    private HostAddress Read(HostInfoResponse.Address? address)
    {
        AddressType? type = address?.Type switch { "VPC" => AddressType.Vpc, "INTERNET" => AddressType.Internet, _ => null };
        return IPAddress.TryParse(address?.Ip, out var ip) && HostAddresses.CanBePublished(ip) && type is { } known
            ? new HostAddress(ip.ToString(), known)
            : throw new HostInformationException(
                $"{plugin.Name} gave the address '{OneLine.Of(address?.Ip)}' of type '{OneLine.Of(address?.Type)}': expected an address that others can reach, of type VPC or INTERNET");
    }
}
