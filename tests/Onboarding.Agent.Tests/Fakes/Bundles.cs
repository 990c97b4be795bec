using System.Text.Json.Nodes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Boot bundles as an endpoint delivers them.</summary>
internal static class Bundles
{
    public static BootBundle Ratings(string revision = "r1", string account = "bookinfo-ratings") => new(
        revision,
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["POD_NAMESPACE"] = "bookinfo",
            ["SERVICE_ACCOUNT"] = account,
            ["TRUST_DOMAIN"] = "cluster.local",
            ["ISTIO_META_WORKLOAD_ENTRY"] = "ratings-jwt-my-corp--vm007",
            ["POD_NAME"] = "ratings-jwt-my-corp--vm007",
            ["ISTIO_CUSTOM_IP_TABLES"] = "true",
            ["ISTIO_META_INTERCEPTION_MODE"] = "NONE",
        },
        new JsonObject { ["discoveryAddress"] = "istiod.istio-system.svc:15012", ["proxyMetadata"] = new JsonObject { ["POD_NAMESPACE"] = "bookinfo" } },
        [new HostsEntry("192.0.2.1", ["istiod.istio-system.svc"])],
        "-----BEGIN CERTIFICATE-----\nroot\n-----END CERTIFICATE-----\n");

    /// <summary><c>cluster.env</c> of <see cref="Ratings"/>, as istioctl would quote it.</summary>
    public const string RatingsEnvironment =
        """
        ISTIO_CUSTOM_IP_TABLES='true'
        ISTIO_META_INTERCEPTION_MODE='NONE'
        ISTIO_META_WORKLOAD_ENTRY='ratings-jwt-my-corp--vm007'
        POD_NAME='ratings-jwt-my-corp--vm007'
        POD_NAMESPACE='bookinfo'
        SERVICE_ACCOUNT='bookinfo-ratings'
        TRUST_DOMAIN='cluster.local'

        """;

    public const string RatingsMesh =
        """
        defaultConfig:
          discoveryAddress: istiod.istio-system.svc:15012
          proxyMetadata:
            POD_NAMESPACE: bookinfo

        """;
}
