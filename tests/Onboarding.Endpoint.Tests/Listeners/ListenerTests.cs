using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Listeners;

public sealed class ListenerTests(SharedEndpoint shared) : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint = shared.Harness;

    /// <summary>Row 37: the operators' port has no administration, and nothing of the API.</summary>
    [Theory]
    [InlineData("/v1/discovery")]
    [InlineData("/v1/workloads")]
    [InlineData("/openapi/v1.json")]
    public async Task Attacker_AsksTheOperatorsPortForTheApi_FindsNothing(string path)
    {
        using var response = await endpoint.Operators().GetAsync(path);

        await response.ShouldBeProblemAsync(404, ProblemCodes.NotFound);
    }

    /// <summary>Row 37.</summary>
    [Theory]
    [InlineData("POST", "/metrics")]
    [InlineData("DELETE", "/health/ready")]
    [InlineData("PUT", "/health/live")]
    public async Task Attacker_WritesToTheOperatorsPort_IsToldThatItIsReadOnly(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await endpoint.Operators().SendAsync(request);

        await response.ShouldBeProblemAsync(405, ProblemCodes.MethodNotAllowed);
        response.Content.Headers.Allow.ShouldBe(["GET"]);
    }

    [Theory]
    [InlineData("/metrics")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/v1/workloads")]
    [InlineData("/v1/policies/explain")]
    public async Task Attacker_AsksTheApiForOperatorsPages_FindsNothing(string path)
    {
        using var response = await endpoint.Api.GetAsync(path);

        await response.ShouldBeProblemAsync(404, ProblemCodes.NotFound);
    }

    [Fact]
    public async Task Attacker_NamesAnotherListenerInTheHostHeader_IsStillOnThisOne()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { Host = $"127.0.0.1:{endpoint.Listeners.Operators.Port}" } };

        using var response = await endpoint.Api.SendAsync(request);

        await response.ShouldBeProblemAsync(404, ProblemCodes.NotFound);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/install/agent.deb")]
    [InlineData("/v1/discovery")]
    public async Task PackagesPort_NothingServed_SaysSo(string path)
    {
        using var response = await endpoint.ClientOf(endpoint.Listeners.Packages).GetAsync(path);

        var problem = await response.ShouldBeProblemAsync(404, ProblemCodes.NotFound);
        ((string?)problem["detail"]).ShouldNotBeNull().ShouldContain("package repository");
    }

    [Fact]
    public void OperatorsPort_ByDefault_IsOnLoopback() =>
        new EndpointSettings { TlsDirectory = "tls" }.OperatorsAddress.ToString().ShouldBe("127.0.0.1:9082");
}
