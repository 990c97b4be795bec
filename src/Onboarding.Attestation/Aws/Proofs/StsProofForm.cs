using System.Text.RegularExpressions;
using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>The form of the five strings that go into a request to STS: with these characters none of them can be more than a header's value.</summary>
internal static partial class StsProofForm
{
    /// <summary>What is wrong with a proof; null: nothing. It does not repeat text of the proof.</summary>
    /// <param name="proof">The proof.</param>
    /// <param name="region">The only region it may be for.</param>
    public static string? FindFault(StsProof proof, AwsRegion region) =>
        proof.Region != region.Name ? "it is signed for another region"
        : !Date().IsMatch(proof.Date) ? "date is not a time of SigV4"
        : !AccessKeyId().IsMatch(proof.AccessKeyId) ? "accessKeyId is not one of temporary credentials"
        : proof.SessionToken.Length > AwsLimits.SessionTokenLength || !SessionToken().IsMatch(proof.SessionToken) ? "sessionToken is not base64 of at most 4 KiB"
        : !Signature().IsMatch(proof.Signature) ? "signature is not 64 lower-case hex digits"
        : null;

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{6}Z\z", RegexOptions.NonBacktracking)]
    private static partial Regex Date();

    [GeneratedRegex(@"\AASIA[A-Z0-9]{12,124}\z", RegexOptions.NonBacktracking)]
    private static partial Regex AccessKeyId();

    [GeneratedRegex(@"\A[A-Za-z0-9+/]+={0,2}\z", RegexOptions.NonBacktracking)]
    private static partial Regex SessionToken();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex Signature();
}
