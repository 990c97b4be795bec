using Onboarding.Agent.Tests.Fakes;
using Onboarding.Agent.Unix;

namespace Onboarding.Agent.Tests.Unix;

public sealed class SystemUserTests : IDisposable
{
    private const string Passwords =
        """
        root:x:0:0:root:/root:/bin/bash
        istio-proxy-2:x:998:998::/:/usr/sbin/nologin
        damaged
        istio-proxy:x:999:997:Istio:/var/lib/istio:/usr/sbin/nologin
        """;

    private readonly TemporaryRoot root = new();

    [Fact]
    public void Find_User_HasItsIds() =>
        SystemUser.Find("istio-proxy", root.Put("/etc/passwd", Passwords)).ShouldBe(new SystemUser("istio-proxy", 999, 997));

    [Fact]
    public void Find_NobodyOfThatName_IsNothing() => SystemUser.Find("istio", root.Put("/etc/passwd", Passwords)).ShouldBeNull();

    [Fact]
    public void Find_NoFile_IsNothing() => SystemUser.Find("istio-proxy", root.PathOf("/etc/passwd")).ShouldBeNull();

    public void Dispose() => root.Dispose();
}
