using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Tests.Admin;

public sealed class LogLevelTests : IAsyncLifetime
{
    private EndpointHarness endpoint = null!;

    public async Task InitializeAsync() => endpoint = await EndpointHarness.StartAsync();

    public async Task DisposeAsync() => await endpoint.DisposeAsync();

    [Fact]
    public async Task Set_ACategory_HoldsForAllBelowItAndNoOther_UntilItIsTakenBack()
    {
        var below = LoggerOf("Onboarding.Core.Workloads");
        var other = LoggerOf("Onboarding.Attestation");
        below.IsEnabled(LogLevel.Debug).ShouldBeFalse();

        (await SetAsync("""{"category":"Onboarding.Core","level":"Debug"}""")).ShouldBe("""{"levels":{"Onboarding.Core":"Debug"}}""");
        below.IsEnabled(LogLevel.Debug).ShouldBeTrue();
        other.IsEnabled(LogLevel.Debug).ShouldBeFalse();

        (await SetAsync("""{"category":"Onboarding.Core"}""")).ShouldBe("""{"levels":{}}""");
        below.IsEnabled(LogLevel.Debug).ShouldBeFalse();
        below.IsEnabled(LogLevel.Information).ShouldBeTrue();
    }

    [Fact]
    public async Task Set_ACategoryThatHasARuleFromTheStart_WinsOverIt()
    {
        var framework = LoggerOf("Microsoft.AspNetCore.Server.Kestrel");
        framework.IsEnabled(LogLevel.Information).ShouldBeFalse();

        await SetAsync("""{"category":"Microsoft","level":"Information"}""");

        framework.IsEnabled(LogLevel.Information).ShouldBeTrue();
    }

    [Fact]
    public async Task Set_IsAuditedAndListed()
    {
        await SetAsync("""{"category":"Onboarding","level":"Warning"}""");

        endpoint.Audit.Records.ShouldContain(record => record.Act == "log-level.set" && record.Reason == "Onboarding: Warning");
        using var listed = await endpoint.Admin().GetAsync("/v1/log-levels");
        (await listed.Content.ReadAsStringAsync()).ShouldBe("""{"levels":{"Onboarding":"Warning"}}""");
    }

    [Theory]
    [InlineData("""{"category":"Onboarding","level":"Loud"}""")]
    [InlineData("""{"level":"Debug"}""")]
    public async Task Set_WhatIsNoLevel_IsRefusedAndChangesNothing(string body)
    {
        using var response = await endpoint.Admin().PutAsync("/v1/log-levels", Requests.Json(body));

        await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest);
        endpoint.Audit.Records.ShouldNotContain(record => record.Act == "log-level.set");
    }

    private ILogger LoggerOf(string category) => endpoint.App.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private async Task<string> SetAsync(string body)
    {
        using var response = await endpoint.Admin().PutAsync("/v1/log-levels", Requests.Json(body));
        return await response.Content.ReadAsStringAsync();
    }
}
