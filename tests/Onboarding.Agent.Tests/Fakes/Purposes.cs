using Onboarding.Agent.Credentials;
using Onboarding.Protocol;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>What credentials are asked for.</summary>
internal static class Purposes
{
    public static CredentialPurpose For(string uid) =>
        new(uid, FakeEndpoint.Host, new WorkloadGroupReference("bookinfo", "ratings"), "instance", "thumbprint");
}
