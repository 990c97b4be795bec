using Onboarding.Agent.Hosts;
using Onboarding.Agent.Hosts.Aws;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Aws;

namespace Onboarding.Agent.Tests.Hosts.Aws;

public sealed class AwsHostInformationTests
{
    [Fact]
    public async Task Ec2_PrivateAndPublicAddress_AreOfVpcAndInternet()
    {
        using var machine = new SimulatedMachine(
            new SimulatedInstance(SimulatedMachine.InstanceId) { PrivateIp = "10.0.0.209", PublicIp = "203.0.113.7", Ipv6 = "2001:db8::5" });

        (await new Ec2HostInformation(machine.Clouds.Instance).GetAsync(CancellationToken.None)).Addresses.ShouldBe([
            new HostAddress("10.0.0.209", AddressType.Vpc),
            new HostAddress("2001:db8::5", AddressType.Vpc),
            new HostAddress("203.0.113.7", AddressType.Internet),
        ]);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("<html>")]
    public async Task Ec2_WhatIsNoAddress_IsRefused(string said)
    {
        using var machine = new SimulatedMachine(new SimulatedInstance(SimulatedMachine.InstanceId) { PrivateIp = said });

        (await Should.ThrowAsync<HostInformationException>(new Ec2HostInformation(machine.Clouds.Instance).GetAsync(CancellationToken.None)))
            .Message.ShouldContain(said);
    }

    [Fact]
    public async Task Ec2_NoMetadataService_SaysSo()
    {
        using var machine = new SimulatedMachine();
        machine.Services.Clear();

        await Should.ThrowAsync<HostInformationException>(new Ec2HostInformation(machine.Clouds.Instance).GetAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Ecs_TaskWithItsOwnInterface_HasItsAddress()
    {
        using var machine = new SimulatedMachine();
        machine.BecomeTask();

        (await new EcsHostInformation(machine.Clouds.Task).GetAsync(CancellationToken.None)).Addresses.ShouldBe([new HostAddress("10.0.2.106", AddressType.Vpc)]);
    }

    [Fact]
    public async Task Ecs_TaskBehindABridge_NamesTheModeItNeeds()
    {
        using var machine = new SimulatedMachine(task: new SimulatedTask(SimulatedMachine.TaskId) { NetworkMode = "bridge", Address = "172.17.0.2" });
        machine.BecomeTask();

        (await Should.ThrowAsync<HostInformationException>(new EcsHostInformation(machine.Clouds.Task).GetAsync(CancellationToken.None)))
            .Message.ShouldContain("awsvpc");
    }
}
