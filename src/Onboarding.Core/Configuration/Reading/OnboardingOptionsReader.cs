using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Configuration.Reading;

/// <summary>Reads <c>spec.meshExpansion</c>.</summary>
internal static class OnboardingOptionsReader
{
    private static readonly string[] Own = ["customGateway", "custom_gateway", "onboarding"];

    public static OnboardingOptions? Read(FieldReader expansion)
    {
        WarnOfNeighbours(expansion);
        var gateway = expansion.Mapping("customGateway");
        if (expansion.Mapping("onboarding") is not { } reader)
        {
            return null;
        }

        var endpoint = reader.RequiredMapping("endpoint");
        var expiration = reader.Mapping("tokenIssuer")?.Mapping("jwt")?.Duration("expiration", Bounds.Shortest);
        var uid = reader.Text("uid", OptionChecks.Uid);
        var options = new OnboardingOptions
        {
            CustomGateway = gateway is null ? null : new GatewayOptions(gateway.RequiredText("host", OptionChecks.Host), gateway.Number("port", 1, 65535)),
            Uid = uid,
            EndpointHosts = [.. endpoint?.Texts("hosts", required: true, OptionChecks.Host).Select(host => host.ToLowerInvariant()) ?? []],
            TlsSecretName = endpoint?.RequiredText("secretName", KubernetesName.CheckSubdomain) ?? "",
            ClientAddress = ReadClientAddress(endpoint?.Mapping("clientAddress")),
            LocalRepository = reader.Mapping("localRepository") is not null,
            Workloads = WorkloadsOptionsReader.Read(reader.Mapping("workloads"), uid),
        };
        if (options.Workloads.JwtIssuers.IsEmpty && options.Workloads.Aws is null)
        {
            reader.Warn("workloads", "no credential is accepted: authentication has neither jwt.issuers nor aws");
        }

        return expiration is { } validity ? options with { TokenExpiration = validity } : options;
    }

    private static ClientAddressOptions ReadClientAddress(FieldReader? reader)
    {
        if (reader is null)
        {
            return new ClientAddressOptions();
        }

        var from = reader.Choice(
            "from",
            ("Connection", ClientAddressSource.Connection),
            ("ProxyProtocol", ClientAddressSource.ProxyProtocol),
            ("XForwardedFor", ClientAddressSource.XForwardedFor)) ?? ClientAddressSource.Connection;
        var proxies = OptionChecks.Networks(reader, "trustedProxies", required: from is not ClientAddressSource.Connection);
        if (from is ClientAddressSource.Connection && proxies.Length > 0)
        {
            reader.Warn("trustedProxies", "is not used with from: Connection");
        }

        return new ClientAddressOptions { From = from, TrustedProxies = proxies };
    }

    /// <summary>Other features of mesh expansion are configured there too; they are none of ours.</summary>
    private static void WarnOfNeighbours(FieldReader expansion)
    {
        string[] neighbours = [.. expansion.Names.Except(Own, StringComparer.Ordinal)];
        expansion.Ignore(neighbours);
        if (neighbours.Length > 0)
        {
            expansion.Warn(neighbours[0], neighbours.Length == 1 ? "is ignored" : $"is ignored, and so are {string.Join(", ", neighbours[1..])}");
        }
    }
}
