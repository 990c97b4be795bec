using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Onboarding.Core.Identity;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Documents;

/// <summary>What an instance identity document says. It is evidence, not a credential: it never changes, and whoever the VM ever showed it to has it.</summary>
/// <param name="Region">The region.</param>
/// <param name="Account">12 digits.</param>
/// <param name="Zone">Availability zone; begins with the region.</param>
/// <param name="InstanceId"><c>i-</c> and 8 or 17 hex digits.</param>
/// <param name="PrivateIp">The instance's primary private IPv4 address; null: it has none.</param>
public sealed partial record InstanceDocument(AwsRegion Region, string Account, string Zone, string InstanceId, IPAddress? PrivateIp)
{
    /// <summary>The identity it speaks of, without a role.</summary>
    public AwsIdentity Identity => new(Region.Partition, Account, Region.Name, Zone, Ec2: new Ec2Instance(InstanceId));

    /// <summary>Reads the JSON of a document. Members that are not listed here count for nothing; duplicate ones are refused.</summary>
    /// <returns>Null with what is wrong in <paramref name="fault"/>.</returns>
    internal static InstanceDocument? Read(ReadOnlyMemory<byte> json, out string fault)
    {
        using var document = JsonText.TryParseObject(json);
        if (document is null)
        {
            fault = "it is not a JSON object of unique members";
            return null;
        }

        var root = document.RootElement;
        fault = "";
        if (!JsonText.TryGet(root, "region"u8, out var name) || !AwsRegion.TryParse(name, out var region))
        {
            fault = "region is not a region";
        }
        else if (!JsonText.TryGet(root, "accountId"u8, out var account) || !AwsForms.IsAccount(account))
        {
            fault = "accountId is not 12 digits";
        }
        else if (!JsonText.TryGet(root, "availabilityZone"u8, out var zone) || !AwsForms.IsZoneOf(zone, region))
        {
            fault = "availabilityZone is not one of the region";
        }
        else if (!JsonText.TryGet(root, "instanceId"u8, out var instance) || !InstanceIdForm().IsMatch(instance))
        {
            fault = "instanceId is not i- and 8 or 17 hex digits";
        }
        else if (!TryReadAddress(root, out var address))
        {
            fault = "privateIp is not an IPv4 address";
        }
        else
        {
            return new InstanceDocument(region, account, zone, instance, address);
        }

        return null;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{InstanceId} of account {Account} in {Zone}");

    // An instance in a subnet without IPv4 has none.
    private static bool TryReadAddress(JsonElement root, out IPAddress? address)
    {
        address = null;
        if (!root.TryGetProperty("privateIp"u8, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        return JsonText.TryGet(value, out var text) && text.Contains('.', StringComparison.Ordinal)
            && IPAddress.TryParse(text, out address) && address.ToString() == text;
    }

    [GeneratedRegex(@"\Ai-([0-9a-f]{8}|[0-9a-f]{17})\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex InstanceIdForm();
}
