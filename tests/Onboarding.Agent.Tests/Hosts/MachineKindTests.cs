using Onboarding.Agent.Configuration;
using Onboarding.Agent.Hosts;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.TestKit.Aws;
using Onboarding.Yaml.AgentFiles;

namespace Onboarding.Agent.Tests.Hosts;

public sealed class MachineKindTests : IDisposable
{
    private readonly SimulatedMachine machine = new();
    private readonly TemporaryRoot root = new();

    [Fact]
    public async Task Resolve_TaskOnAnInstance_IsTheTask()
    {
        machine.BecomeTask();

        (await ResolveAsync()).ShouldBeOfType<EcsHost>();
    }

    [Fact]
    public async Task Resolve_InstanceMetadataIsThere_IsAnInstance() => (await ResolveAsync()).ShouldBeOfType<Ec2Host>();

    [Fact]
    public async Task Resolve_FirmwareSaysSo_IsAnInstanceThoughNothingAnswersYet()
    {
        machine.Services.Clear();
        root.Put("/sys/class/dmi/id/sys_vendor", "Amazon EC2\n");

        (await ResolveAsync()).ShouldBeOfType<Ec2Host>();
    }

    [Fact]
    public async Task Resolve_InstanceMetadataIsBusy_IsAnInstance()
    {
        machine.Imds.Throttle(int.MaxValue);
        var resolving = ResolveAsync();
        for (var pause = 0; pause < 5; pause++)
        {
            await machine.Delay.PassAsync();
        }

        (await resolving).ShouldBeOfType<Ec2Host>();
    }

    [Fact]
    public async Task Resolve_NoMetadataService_RefusesAndNamesHostCustom()
    {
        machine.Services.Clear();

        (await Should.ThrowAsync<ConfigurationException>(ResolveAsync())).Message.ShouldContain("host.custom");
    }

    [Theory]
    [InlineData(ImdsMisbehaviour.AnotherCloud, "neither")]
    [InlineData(ImdsMisbehaviour.Disabled, "switched off")]
    public async Task Resolve_SomethingElseAnswers_RefusesAndNamesHostCustom(ImdsMisbehaviour misbehaviour, string expected)
    {
        machine.Imds.Misbehaviour = misbehaviour;

        var failure = await Should.ThrowAsync<ConfigurationException>(ResolveAsync());

        failure.Message.ShouldContain(expected);
        failure.Message.ShouldContain("host.custom");
    }

    [Fact]
    public async Task Resolve_KindIsConfigured_AsksNobody()
    {
        (await new MachineKind(root.Files, machine.Clouds).ResolveAsync(new EcsHost(), CancellationToken.None)).ShouldBeOfType<EcsHost>();

        machine.Imds.Requests.ShouldBeEmpty();
    }

    public void Dispose()
    {
        machine.Dispose();
        root.Dispose();
    }

    private Task<HostConfiguration> ResolveAsync() => new MachineKind(root.Files, machine.Clouds).ResolveAsync(new AutoHost(), CancellationToken.None);
}
