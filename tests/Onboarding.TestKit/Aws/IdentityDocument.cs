namespace Onboarding.TestKit.Aws;

/// <summary>An instance's identity document, laid out as AWS lays it out.</summary>
public static class IdentityDocument
{
    /// <summary>The document, byte for byte what is signed.</summary>
    public static string Of(SimulatedInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return $$"""
            {
              "accountId" : "{{instance.Account}}",
              "architecture" : "x86_64",
              "availabilityZone" : "{{instance.Zone}}",
              "billingProducts" : null,
              "devpayProductCodes" : null,
              "marketplaceProductCodes" : null,
              "imageId" : "ami-0123456789abcdef0",
              "instanceId" : "{{instance.Id}}",
              "instanceType" : "t3.micro",
              "kernelId" : null,
              "pendingTime" : "2026-01-01T00:00:00Z",
              "privateIp" : "{{instance.PrivateIp}}",
              "ramdiskId" : null,
              "region" : "{{instance.Region}}",
              "version" : "2017-09-30"
            }
            """;
    }
}
