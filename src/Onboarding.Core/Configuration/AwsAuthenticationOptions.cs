using System.Collections.Immutable;

namespace Onboarding.Core.Configuration;

/// <summary><c>authentication.aws</c>.</summary>
/// <param name="TrustBundle">Directory of <c>&lt;region&gt;.pem</c>, resolved against the configuration file's directory.</param>
/// <param name="StsEndpoints">Where to connect instead of a region's STS, by region: host and port count. The signed host, and the name in the server's certificate, stay those of the region's STS.</param>
public sealed record AwsAuthenticationOptions(string TrustBundle, ImmutableDictionary<string, Uri> StsEndpoints);
