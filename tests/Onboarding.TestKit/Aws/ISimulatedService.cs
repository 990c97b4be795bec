namespace Onboarding.TestKit.Aws;

/// <summary>A service of AWS, whichever way requests come to it.</summary>
public interface ISimulatedService
{
    /// <summary>Answers a request, or lets it wait until it is given up.</summary>
    Task<AwsReply> AnswerAsync(AwsRequest request, CancellationToken cancellationToken);
}
