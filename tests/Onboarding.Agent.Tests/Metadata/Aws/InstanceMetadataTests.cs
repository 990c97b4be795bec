using Onboarding.Agent.Metadata;
using Onboarding.Agent.Metadata.Aws;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.TestKit.Aws;

namespace Onboarding.Agent.Tests.Metadata.Aws;

public sealed class InstanceMetadataTests : IDisposable
{
    private const string Region = "meta-data/placement/region";
    private readonly SimulatedMachine machine = new();

    private InstanceMetadata Sut => machine.Clouds.Instance;

    [Fact]
    public async Task Read_Twice_AsksForOneTokenAndNeverWithoutIt()
    {
        (await Sut.ReadAsync(Region, CancellationToken.None)).ShouldBe("us-east-2");
        (await Sut.FindAsync("meta-data/public-ipv4", CancellationToken.None)).ShouldBeNull();

        machine.Imds.Requests.Select(request => request.Method).ShouldBe(["PUT", "GET", "GET"]);
    }

    [Fact]
    public async Task Read_TokenIsOver_AsksForAnother()
    {
        await Sut.ReadAsync(Region, CancellationToken.None);
        machine.Imds.ForgetTokens();

        (await Sut.ReadAsync(Region, CancellationToken.None)).ShouldBe("us-east-2");
    }

    [Fact]
    public async Task Read_InstanceWithIpv6Alone_AsksThere()
    {
        machine.Services.Remove("169.254.169.254");

        (await Sut.ReadAsync(Region, CancellationToken.None)).ShouldBe("us-east-2");

        machine.Imds.Requests.ShouldAllBe(request => request.Header("Host") == "[fd00:ec2::254]");
    }

    [Fact]
    public async Task Read_Throttled_AsksAgainAfterPausesThatGrow()
    {
        machine.Imds.Throttle(3);
        var reading = Sut.ReadAsync(Region, CancellationToken.None);

        var pauses = new[] { await machine.Delay.PassAsync(), await machine.Delay.PassAsync(), await machine.Delay.PassAsync() };

        (await reading).ShouldBe("us-east-2");
        pauses.ShouldBe([TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(800)]);
    }

    [Fact]
    public async Task Read_ThrottledForLong_GivesUpAndSaysThatItIsBusy()
    {
        machine.Imds.Throttle(int.MaxValue);
        var reading = Sut.ReadAsync(Region, CancellationToken.None);
        for (var pause = 0; pause < 5; pause++)
        {
            await machine.Delay.PassAsync();
        }

        (await Should.ThrowAsync<MetadataException>(reading)).Message.ShouldContain("busy");
        machine.Imds.Requests.Count.ShouldBe(6);
    }

    [Fact]
    public async Task Read_HopLimitTooLow_SaysWhatToSet()
    {
        machine.Imds.Misbehaviour = ImdsMisbehaviour.HopLimitTooLow;
        var reading = Sut.ReadAsync(Region, CancellationToken.None);
        while (!reading.IsCompleted)
        {
            machine.Time.Advance(TimeSpan.FromSeconds(5));
            await Task.Yield();
        }

        (await Should.ThrowAsync<MetadataException>(reading)).Message.ShouldContain("HttpPutResponseHopLimit");
    }

    [Theory]
    [InlineData(ImdsMisbehaviour.Disabled, "HttpEndpoint")]
    [InlineData(ImdsMisbehaviour.AnotherCloud, "not the metadata service of EC2")]
    [InlineData(ImdsMisbehaviour.Huge, "more than")]
    public async Task Read_ServiceThatIsNotAsItShouldBe_SaysHow(ImdsMisbehaviour misbehaviour, string expected)
    {
        machine.Imds.Misbehaviour = misbehaviour;

        (await Should.ThrowAsync<MetadataException>(Sut.ReadAsync(Region, CancellationToken.None))).Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Read_WhatIsNotThere_NamesIt() =>
        (await Should.ThrowAsync<MetadataException>(Sut.ReadAsync("meta-data/nothing", CancellationToken.None))).Message.ShouldContain("/latest/meta-data/nothing");

    public void Dispose() => machine.Dispose();
}
