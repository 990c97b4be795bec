using System.Text;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Writes the one request anew that a proof is the signature of (AWS Signature Version 4). Nothing of it is the client's but five strings of fixed form.</summary>
internal static class StsMessage
{
    private static readonly string UserAgent = $"onboarding-endpoint/{typeof(StsMessage).Assembly.GetName().Version?.ToString(3)}";
    private static readonly byte[] Body = Encoding.ASCII.GetBytes(StsRequest.Body);

    /// <summary>The request.</summary>
    /// <param name="region">Where it goes.</param>
    /// <param name="proof">A proof of that form (<see cref="StsProofForm"/>).</param>
    /// <param name="binding">What it must have been signed for.</param>
    public static HttpRequestMessage Create(AwsRegion region, StsProof proof, string binding)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"https://{region.StsHost}{StsRequest.Path}"))
        {
            Content = new ByteArrayContent(Body),
            Version = System.Net.HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Content.Headers.TryAddWithoutValidation("content-type", StsRequest.ContentType);
        Add(request, "accept", StsRequest.Accept);
        Add(request, StsRequest.DateHeader, proof.Date);
        Add(request, StsRequest.SecurityTokenHeader, proof.SessionToken);
        Add(request, StsRequest.BindingHeader, binding);
        Add(request, "user-agent", UserAgent);
        var scope = $"{proof.Date[..8]}/{region.Name}/{StsRequest.Service}/aws4_request";
        Add(request, "authorization", $"{StsRequest.Algorithm} Credential={proof.AccessKeyId}/{scope}, SignedHeaders={StsRequest.SignedHeaders}, Signature={proof.Signature}");
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, string value) => request.Headers.TryAddWithoutValidation(name, value);
}
