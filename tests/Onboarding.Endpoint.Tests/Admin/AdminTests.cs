using Onboarding.Endpoint.Admin;
using Onboarding.Endpoint.Tests.Fakes;
using Onboarding.Protocol;
using Onboarding.TestKit.Data;

namespace Onboarding.Endpoint.Tests.Admin;

public sealed class AdminTests(SharedEndpoint shared) : IClassFixture<SharedEndpoint>
{
    private readonly EndpointHarness endpoint = shared.Harness;

    [Fact]
    public void Socket_File_IsTheOwnersAlone() =>
        File.GetUnixFileMode(endpoint.AdminSocket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);

    [Theory]
    [InlineData(1000u, 1000u, true)]
    [InlineData(0u, 1000u, true)]
    [InlineData(1001u, 1000u, false)]
    [InlineData(1000u, 0u, false)]
    [InlineData(null, 1000u, false)]
    public void Attacker_OfAnotherUserConnects_IsRefused(uint? peer, uint owner, bool allowed) =>
        PeerCredentials.IsAllowed(peer, owner).ShouldBe(allowed);

    [Fact]
    public async Task Workloads_OfANamespace_AreListedByName()
    {
        using var response = await endpoint.Admin().GetAsync("/v1/workloads?namespace=bookinfo");

        (await response.JsonAsync()).ToJsonString().ShouldBe("""
            {"items":[{"namespace":"bookinfo","name":"ratings-jwt-corp--vm1","group":"ratings","connected":true,"address":"192.0.2.10","agentVersion":"0.1.0","registeredAt":"2026-03-01T11:00:00\u002B00:00"},{"namespace":"bookinfo","name":"z","group":"ratings","connected":true,"address":"192.0.2.10","agentVersion":"0.1.0","registeredAt":"2026-03-01T11:00:00\u002B00:00"}]}
            """);
    }

    [Theory]
    [InlineData("/v1/workloads", 2)]
    [InlineData("/v1/workloads?namespace=other", 0)]
    public async Task Workloads_Namespace_Filters(string path, int count)
    {
        using var response = await endpoint.Admin().GetAsync(path);

        (await response.JsonAsync())["items"]!.AsArray().Count.ShouldBe(count);
    }

    [Fact]
    public async Task Workload_Registered_IsDescribed()
    {
        using var response = await endpoint.Admin().GetAsync("/v1/workloads/bookinfo/ratings-jwt-corp--vm1");

        var json = await response.JsonAsync();
        ((string?)json["summary"]!["name"]).ShouldBe("ratings-jwt-corp--vm1");
        json["identity"]!["jwt"]!["subject"]!.GetValue<string>().ShouldBe("vm1");
        json["conditions"]!.AsArray().Count.ShouldBe(1);
        ((string?)json["decision"]!["policy"]).ShouldBe("allow-vms");
    }

    [Theory]
    [InlineData("/v1/workloads/bookinfo/unknown", 404)]
    [InlineData("/v1/workloads/bookinfo", 404)]
    [InlineData("/v1/discovery", 404)]
    [InlineData("/v1/policies/explain", 405)]
    public async Task AnyPath_NotThere_IsAProblem(string path, int status)
    {
        using var response = await endpoint.Admin().GetAsync(path);

        await response.ShouldBeProblemAsync(status, status == 404 ? ProblemCodes.NotFound : ProblemCodes.MethodNotAllowed);
    }

    [Theory]
    [InlineData("reviews", false)]
    [InlineData("ratings", true)]
    public async Task Explain_Identity_SaysVerdictAndWhatWasTried(string group, bool allowed)
    {
        var body = """{"identity":{"jwt":{"issuer":"https://issuer.example","subject":"vm1","attributes":{}}},"workloadGroup":{"namespace":"bookinfo","name":"GROUP"}}"""
            .Replace("GROUP", group, StringComparison.Ordinal);

        using var response = await endpoint.Admin().PostAsync("/v1/policies/explain", Requests.Json(body));

        var json = await response.JsonAsync();
        ((bool?)json["decision"]!["isAllowed"]).ShouldBe(allowed);
        ((string?)json["candidates"]![0]!["mismatch"]).ShouldBe("jwt.subjects: vm1 is not listed");
    }

    [Fact]
    public async Task Explain_UnknownNamespace_SaysSo()
    {
        const string Body = """{"identity":{"jwt":{"issuer":"https://issuer.example","subject":"vm1","attributes":{}}},"workloadGroup":{"namespace":"other","name":"x"}}""";

        using var response = await endpoint.Admin().PostAsync("/v1/policies/explain", Requests.Json(Body));

        ((string?)(await response.JsonAsync())["decision"]!["reason"]).ShouldBe("namespace other holds no WorkloadGroup");
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"identity":{},"workloadGroup":{"namespace":"a","name":"b"}}""")]
    [InlineData("""{"identity":{"jwt":{"issuer":"https://a","subject":"b"}}}""")]
    public async Task Explain_Malformed_NamesTheField(string body)
    {
        using var response = await endpoint.Admin().PostAsync("/v1/policies/explain", Requests.Json(body));

        ((string?)(await response.ShouldBeProblemAsync(400, ProblemCodes.InvalidRequest))["detail"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void Prepare_PathTooLongForASocket_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => AdminSocket.Prepare("/" + new string('a', 200))).Message.ShouldContain("at most 107 bytes");

    [Fact]
    public void Prepare_DirectoryThatOthersMayEnter_Refused()
    {
        using var directory = new TemporaryDirectory();
        Directory.CreateDirectory(directory.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.OtherExecute);

        Should.Throw<InvalidOperationException>(() => AdminSocket.Prepare(Path.Combine(directory.Path, "admin.sock"))).Message.ShouldContain("chmod 700");
    }

    [Fact]
    public void Prepare_NoDirectory_SaysSo() =>
        Should.Throw<InvalidOperationException>(() => AdminSocket.Prepare("/nowhere/admin.sock")).Message.ShouldContain("is not there");
}
