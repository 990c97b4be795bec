using Onboarding.Protocol.Aws;

namespace Onboarding.Attestation.Aws.Proofs;

/// <summary>Asks STS, once; what it answered is used for this question alone and then forgotten.</summary>
internal sealed class StsClient(StsTransport transport, TimeProvider time, AwsTelemetry telemetry)
{
    /// <summary>The answer, or why there is none.</summary>
    public async ValueTask<StsAnswer> AskAsync(AwsRegion region, StsProof proof, string binding, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(region, proof, binding, cancellationToken);
        telemetry.CountCall(answer.Caller is not null ? "proven" : answer.Refused is not null ? "rejected" : "unavailable");
        return answer;
    }

    private async ValueTask<StsAnswer> SendAsync(AwsRegion region, StsProof proof, string binding, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(AwsLimits.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            using var request = StsMessage.Create(region, proof, binding);
            using var response = await transport.SendAsync(request, either.Token);
            return await ReadAsync(response.Content, either.Token) is { } body
                ? StsAnswer.Read(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body)
                : StsAnswer.None($"it answered with more than {AwsLimits.AnswerSize} bytes");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StsAnswer.None($"{region.StsHost} did not answer within {AwsLimits.CallTimeout.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return StsAnswer.None($"{region.StsHost} cannot be reached: {exception.GetBaseException().Message}");
        }
    }

    /// <summary>The body; null: it is too large.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[AwsLimits.AnswerSize + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return length < buffer.Length ? buffer.AsMemory(0, length) : null;
    }
}
