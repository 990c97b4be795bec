using System.Net;
using Onboarding.Agent.Sidecar;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Sidecar;

public sealed class HttpReadinessProbeTests
{
    private readonly FakeTimeProvider time = new();

    [Theory]
    [InlineData(200, 503, true)]
    [InlineData(503, 200, true)]
    [InlineData(503, 503, false)]
    [InlineData(0, 200, true)]
    [InlineData(0, 0, false)]
    public async Task IsReady_StatusPortOrAdminPort_EitherSays(int statusPort, int adminPort, bool expected) =>
        (await IsReadyAsync(port => port == 15021 ? statusPort : adminPort)).ShouldBe(expected);

    [Fact]
    public async Task IsReady_StoppedByItsCaller_IsNotAnAnswer()
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        using var sut = new HttpReadinessProbe(new Handler(_ => 200), time);

        await Should.ThrowAsync<OperationCanceledException>(sut.IsReadyAsync(stop.Token));
    }

    private async Task<bool> IsReadyAsync(Func<int, int> statusOf)
    {
        using var sut = new HttpReadinessProbe(new Handler(statusOf), time);
        return await sut.IsReadyAsync(CancellationToken.None);
    }

    private sealed class Handler(Func<int, int> statusOf) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var status = statusOf(request.RequestUri!.Port);
            return status == 0
                ? throw new HttpRequestException("connection refused")
                : Task.FromResult(new HttpResponseMessage((HttpStatusCode)status));
        }
    }
}
