using System.Net;
using Onboarding.Endpoint.Listeners;

namespace Onboarding.Endpoint.Tests.Listeners;

public sealed class MachineAddressesTests
{
    private readonly MachineAddresses sut = new(TimeProvider.System);

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("192.0.2.1", false)]
    [InlineData("2001:db8::1", false)]
    public void Contains_AnAddress_WhetherAnInterfaceHasIt(string address, bool expected)
    {
        sut.Contains(IPAddress.Parse(address)).ShouldBe(expected);
        sut.Contains(IPAddress.Parse(address)).ShouldBe(expected);
    }
}
