using System.Net;
using Onboarding.Agent.Endpoint;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Time;

namespace Onboarding.Agent.Tests.Endpoint;

public sealed class EndpointTransportTests
{
    private readonly FakeTimeProvider time = new();

    [Fact]
    public async Task Send_NoAnswer_IsGivenUpAfterTheTimeout()
    {
        var handler = new Handler((_, cancellationToken) => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ContinueWith<HttpResponseMessage>(
            _ => throw new OperationCanceledException(cancellationToken), TaskScheduler.Default));
        var sending = SendAsync(handler);

        time.Advance(ReplyBounds.CallTimeout);

        (await Should.ThrowAsync<EndpointException>(sending)).Kind.ShouldBe(EndpointFailure.Unreachable);
    }

    [Fact]
    public async Task Send_Request_NamesTheServerNameAndTheRelease()
    {
        HttpRequestMessage? seen = null;
        var handler = new Handler((request, _) =>
        {
            seen = request;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        });

        await SendAsync(handler, new EndpointTarget("192.0.2.1", 8443, ServerName: "CP.Example."));

        seen!.RequestUri.ShouldBe(new Uri("https://192.0.2.1:8443/v1/discovery"));
        seen.Headers.Host.ShouldBe("cp.example:8443");
        seen.Headers.UserAgent.ToString().ShouldBe($"onboarding-agent/{AgentVersion.Current}");
    }

    [Fact]
    public async Task Send_Problem_KeepsCodeAndRetryAfter()
    {
        var handler = new Handler((_, _) => Task.FromResult(FakeEndpoint.Problem(HttpStatusCode.TooManyRequests, ProblemCodes.RateLimited, TimeSpan.FromSeconds(7))));

        var failure = await Should.ThrowAsync<EndpointException>(SendAsync(handler));

        failure.Code.ShouldBe(ProblemCodes.RateLimited);
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task Send_ErrorPageOfSomethingElse_HasNoCode()
    {
        var handler = new Handler((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>") }));

        var failure = await Should.ThrowAsync<EndpointException>(SendAsync(handler));

        failure.Code.ShouldBeNull();
        failure.Reason.ShouldBe("Refused 502");
    }

    [Theory]
    [InlineData("cp.example", "https://cp.example:15443/x")]
    [InlineData("2001:db8::1", "https://[2001:db8::1]:15443/x")]
    [InlineData("[2001:db8::1]", "https://[2001:db8::1]:15443/x")]
    public void UriOf_HostsOfAllKinds_AreWrittenAsAUriNeedsThem(string host, string uri) =>
        new EndpointTarget(host, 15443).UriOf("/x").ShouldBe(new Uri(uri));

    private async Task<EndpointReply> SendAsync(HttpMessageHandler handler, EndpointTarget? target = null)
    {
        using var sut = new EndpointTransport(handler, target ?? new EndpointTarget("cp.example", 15443), new EndpointClock(time, new RecordingLogger()), time);
        return await sut.SendAsync(new EndpointCall(HttpMethod.Get, "/v1/discovery"), CancellationToken.None);
    }

    private sealed class Handler(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request, cancellationToken);
    }
}
