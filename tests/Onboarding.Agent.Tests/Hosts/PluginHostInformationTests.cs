using Onboarding.Agent.Hosts;
using Onboarding.Agent.Processes;
using Onboarding.Agent.Tests.Fakes;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Hosts;

public sealed class PluginHostInformationTests : IDisposable
{
    private readonly TemporaryRoot root = new();

    [Fact]
    public async Task Get_Addresses_AreTakenInOrder()
    {
        var host = await GetAsync("""{"host": {"addresses": [{"ip": "192.0.2.10", "type": "VPC"}, {"ip": "2001:DB8::1", "type": "INTERNET"}]}}""");

        host.Addresses.ShouldBe([new HostAddress("192.0.2.10", AddressType.Vpc), new HostAddress("2001:db8::1", AddressType.Internet)]);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"host": {"addresses": []}}""")]
    [InlineData("""{"host": {"addresses": [null]}}""")]
    [InlineData("""{"host": {"addresses": [{"ip": "127.0.0.1", "type": "VPC"}]}}""")]
    [InlineData("""{"host": {"addresses": [{"ip": "fe80::1%eth0", "type": "VPC"}]}}""")]
    [InlineData("""{"host": {"addresses": [{"ip": "192.0.2.10", "type": "LAN"}]}}""")]
    [InlineData("""{"host": {"addresses": [{"ip": "vm.example", "type": "VPC"}]}}""")]
    public async Task Get_AnythingElse_IsRefused(string answer) => await Should.ThrowAsync<HostInformationException>(GetAsync(answer));

    public void Dispose() => root.Dispose();

    private Task<RegistrationHost> GetAsync(string answer)
    {
        var programs = new FakePrograms(_ => new ProgramResult(0, answer, ""));
        var plugin = new Plugin("host", root.PutScript("/bin/host", "exit 0"), [], new Dictionary<string, string>(StringComparer.Ordinal), TimeSpan.FromMinutes(1), programs, new RecordingLogger());
        return new PluginHostInformation(plugin).GetAsync(CancellationToken.None);
    }
}
