namespace Onboarding.TestKit.Aws;

/// <summary>What a simulated service of AWS answers.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">Media type.</param>
/// <param name="Body">The body.</param>
public sealed record AwsReply(int Status, string ContentType, string Body)
{
    /// <summary>The header <c>Location</c>, if any.</summary>
    public string? Location { get; init; }
}
