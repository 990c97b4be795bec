using System.Collections.Immutable;
using System.Net;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Workloads;
using Onboarding.Protocol;
using Shouldly;
using Xunit;

namespace Onboarding.TestKit.Workloads;

/// <summary>What becomes of a registration.</summary>
public abstract class RegistrationContract : RegistryContract
{
    [Fact]
    public async Task Register_NewWorkload_IsWrittenFromVerifiedData()
    {
        var agent = NewAgent();
        agent.Registration = agent.Registration with { Workload = new(Labels(("team", "blue"), ("app", "other"))) };
        await agent.JoinAsync();

        var entry = World.Sink.Entry(agent.Name)!;
        entry.Address.ShouldBe("192.0.2.10");
        entry.ServiceAccount.ShouldBe("ratings-vm");
        entry.Ports.ShouldBe([new("http", 9080)]);
        entry.Labels.ShouldBe(
        [
            new("app", "ratings"),
            new("class", "vm"),
            new("service.istio.io/canonical-name", "ratings"),
            new("service.istio.io/canonical-revision", "v1"),
            new("team", "blue"),
            new("version", "v1"),
        ]);
        entry.Metadata.Labels["service.istio.io/workload-name"].ShouldBe("ratings");
        entry.Metadata.Labels[WellKnownMetadata.UidLabel].ShouldBe(WellKnownMetadata.UidLabelValue(World.Options.Uid));
        entry.Metadata.Annotations["proxy.istio.io/health-checks-enabled"].ShouldBe("false");
        entry.Metadata.Annotations[WellKnownMetadata.EpochAnnotation].ShouldBe(World.Time.GetUtcNow().ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var registration = World.Sink.Registration(agent.Name)!;
        registration.Identity.ShouldBe(agent.Identity);
        registration.ConnectedTo.ShouldBe("test");
        World.Sink.Condition(agent.Name, ConditionTypes.AgentConnected)!.Reason.ShouldBe("ConnectionEstablished");
        World.Sink.Condition(agent.Name, ConditionTypes.WorkloadEntryReady)!.Status.ShouldBe("True");
    }

    [Fact]
    public async Task Register_BeforeTheEntryIsAccepted_HasNoRevisionAndNoBundle()
    {
        World.Sink.IsDown = true;
        var agent = NewAgent();
        await agent.OpenAsync();

        ShouldBeGranted(await agent.RegisterAsync()).ShouldBe(new RegistrationResponse(agent.Name, BootstrapRevision: null));
        var refused = await agent.GetBootstrapAsync();
        ShouldBeRefused(refused, ProblemCodes.Unavailable);
        refused.Refusal!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        ShouldBeGranted(await agent.HeartbeatAsync()).BootstrapRevision.ShouldBeNull();
    }

    [Fact]
    public async Task Bootstrap_WhileTheEntryIsWritten_WaitsForIt()
    {
        World.Sink.Hold();
        var agent = NewAgent();
        await agent.OpenAsync();
        ShouldBeGranted(await agent.RegisterAsync()).BootstrapRevision.ShouldBeNull();

        var asked = agent.GetBootstrapAsync();
        ShouldBeGranted(await agent.HeartbeatAsync()).BootstrapRevision.ShouldBeNull();
        asked.IsCompleted.ShouldBeFalse();
        World.Sink.Release();

        ShouldBeGranted(await asked).Revision.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Bootstrap_WritingTheEntryTakesLong_IsUnavailable()
    {
        World.Sink.Hold();
        var agent = NewAgent();
        await agent.OpenAsync();
        await agent.RegisterAsync();
        var timers = World.Time.ActiveTimers;

        var asked = agent.GetBootstrapAsync();
        await RegistryWorld.UntilAsync(() => World.Time.ActiveTimers > timers);
        World.Time.Advance(TimeSpan.FromSeconds(5));

        ShouldBeRefused(await asked, ProblemCodes.Unavailable);
    }

    [Fact]
    public async Task Register_Again_ChangesNothingAndTellsTheRevision()
    {
        var agent = await JoinAsync();
        var bundle = await agent.WaitForBootstrapAsync();
        ShouldBeGranted(await agent.HeartbeatAsync());
        await World.SettleAsync(agent);
        var changes = World.Sink.Changes;

        ShouldBeGranted(await agent.RegisterAsync()).BootstrapRevision.ShouldBe(bundle.Revision);

        await World.SettleAsync(agent);
        World.Sink.Changes.ShouldBe(changes);
    }

    [Fact]
    public async Task Register_ChangedAddress_UpdatesTheEntryInPlace()
    {
        var agent = await JoinAsync();
        agent.Registration = agent.Registration with { Host = new([new HostAddress("192.0.2.11", AddressType.Vpc)]) };

        ShouldBeGranted(await agent.RegisterAsync());

        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name)!.Address == "192.0.2.11");
    }

    [Theory]
    [InlineData("198.51.100.99")]
    [InlineData("127.0.0.1")]
    [InlineData("203.0.113.1")]
    [InlineData("169.254.169.254")]
    public async Task AddressOfAnotherMachine_Claimed_IsNotPublished(string ip)
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        agent.Registration = agent.Registration with { Host = new([new HostAddress(ip, AddressType.Vpc)]) };

        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.AddressNotVerified);
        World.Sink.Registration(agent.Name).ShouldBeNull();
    }

    [Fact]
    public async Task Register_SomeAddressesUnverified_LeavesThemOut()
    {
        var agent = NewAgent();
        agent.Registration = agent.Registration with
        {
            Host = new([new HostAddress("10.9.9.9", AddressType.Internet), new HostAddress("198.51.100.7", AddressType.Vpc)]),
        };
        await agent.JoinAsync();

        World.Sink.Entry(agent.Name)!.Address.ShouldBe("198.51.100.7");
        World.Sink.Registration(agent.Name)!.Registration.Host.Addresses.ShouldBe([new HostAddress("198.51.100.7", AddressType.Vpc)]);
    }

    [Fact]
    public async Task Register_CredentialVouchesForAnAddress_NoOtherIsBelievedInTheVpc()
    {
        var agent = Keep(new SimulatedAgent(World, "vm1") { VerifiedAddresses = [IPAddress.Parse("10.1.2.3")] });
        await agent.OpenAsync();
        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.AddressNotVerified);

        agent.Registration = agent.Registration with { Host = new([new HostAddress("10.1.2.3", AddressType.Vpc)]) };
        ShouldBeGranted(await agent.RegisterAsync());
    }

    [Fact]
    public async Task ReservedLabel_AddedByAnAgent_IsRefusedWithItsPath()
    {
        var agent = NewAgent();
        await agent.OpenAsync();
        agent.Registration = agent.Registration with { Workload = new(Labels(("sidecar.istio.io/inject", "x"))) };

        var outcome = await agent.RegisterAsync();

        ShouldBeRefused(outcome, ProblemCodes.InvalidRequest);
        outcome.Refusal!.Field.ShouldBe("registration.workload.labels[\"sidecar.istio.io/inject\"]: is a label that agents may not set");
    }

    [Fact]
    public async Task ServiceSelector_MetByAnAgentsLabel_IsAConditionOrRefused()
    {
        World.Resources.Change(list => list with
        {
            Services = [new ServiceSummary(RegistryWorld.Namespace, "payments", [80], ImmutableSortedDictionary<string, string>.Empty.Add("pay", "yes"))],
        });
        var agent = NewAgent();
        agent.Registration = agent.Registration with { Workload = new(Labels(("pay", "yes"))) };
        await agent.JoinAsync();
        World.Sink.Condition(agent.Name, ConditionTypes.SelectedByAgentLabel)!.Message.ShouldBe("payments");

        World.Options.Change(workloads => workloads with { AgentLabels = Core.Configuration.AgentLabels.TemplateOnly });
        ShouldBeRefused(await agent.RegisterAsync(), ProblemCodes.InvalidRequest);
    }

    [Fact]
    public async Task TwoIdentities_WithOneName_TheSecondIsRefusedAndChangesNothing()
    {
        var first = await JoinAsync();
        var second = Keep(new SimulatedAgent(World, "vm1")
        {
            Identity = new JwtIdentity(
                "https://issuer.example.com/other",
                "vm1",
                ImmutableSortedDictionary<string, string>.Empty.Add("team", "ratings")),
        });
        World.Options.Change(workloads => workloads with
        {
            // The name that the second one gets: another issuer took the first one's short name.
            JwtIssuers =
            [
                workloads.JwtIssuers[0] with { ShortName = "old" },
                new() { Issuer = "https://issuer.example.com/other", ShortName = "corp" },
            ],
        });
        World.ChangePolicies(RegistryWorld.Allow(), RegistryWorld.Allow("other") with
        {
            Allow = [new([new JwtIdentityMatcher("https://issuer.example.com/other", [], [])], [new LabelSelector(ImmutableSortedDictionary<string, string>.Empty, [])])],
        });
        ShouldBeGranted(await second.OpenAsync());
        second.Name.ShouldBe("ratings-jwt-corp--vm1");

        ShouldBeRefused(await second.RegisterAsync(), ProblemCodes.IdentityInUse);

        World.Sink.Registration("ratings-jwt-corp--vm1")!.Identity.ShouldBe(first.Identity);
        ShouldBeGranted(await first.HeartbeatAsync());
    }

    [Fact]
    public async Task Register_UnderAnotherName_RemovesTheOldOne()
    {
        var agent = await JoinAsync();
        World.Options.Change(workloads => workloads with { JwtIssuers = [workloads.JwtIssuers[0] with { ShortName = "renamed" }] });

        ShouldBeGranted(await agent.OpenAsync());
        ShouldBeGranted(await agent.RegisterAsync()).Name.ShouldBe("ratings-jwt-renamed--vm1");

        await World.Sink.UntilAsync(sink => sink.Registration("ratings-jwt-corp--vm1") is null && sink.Entry("ratings-jwt-renamed--vm1") is not null);
        await agent.WaitForBootstrapAsync();
    }

    [Fact]
    public async Task Heartbeat_BeforeRegistering_IsGone()
    {
        var agent = NewAgent();
        await agent.OpenAsync();

        ShouldBeRefused(await agent.HeartbeatAsync(), ProblemCodes.RegistrationGone);
        ShouldBeRefused(await agent.GetBootstrapAsync(), ProblemCodes.RegistrationGone);
    }

    [Fact]
    public async Task Heartbeat_SidecarRunsAnOlderBundle_IsToldToRestart()
    {
        var agent = await JoinAsync();
        var bundle = await agent.WaitForBootstrapAsync();

        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready, "older")).Restart.ShouldBe(RestartTurn.Now);
        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready, bundle.Revision)).ShouldBe(
            new HeartbeatResponse(RestartTurn.None, TimeSpan.FromSeconds(30), bundle.Revision));
    }

    [Fact]
    public async Task Heartbeat_GroupWasEdited_TellsTheNewRevisionAndRewritesTheEntry()
    {
        var agent = await JoinAsync();
        var before = await agent.WaitForBootstrapAsync();

        World.ChangeGroup(group => group with { Labels = group.Labels.SetItem("version", "v2") });
        var revision = ShouldBeGranted(await agent.HeartbeatAsync()).BootstrapRevision;

        revision.ShouldNotBe(before.Revision, StringComparer.Ordinal);
        await World.Sink.UntilAsync(sink => sink.Entry(agent.Name)!.Labels["version"] == "v2");
        (await agent.WaitForBootstrapAsync()).Revision.ShouldBe(revision);
    }

    [Fact]
    public async Task Heartbeat_SidecarBecomesReady_IsAConditionOnce()
    {
        var agent = await JoinAsync();

        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Starting));
        await World.Sink.UntilAsync(sink => sink.Condition(agent.Name, ConditionTypes.SidecarReady)?.Reason == "Starting");
        ShouldBeGranted(await agent.HeartbeatAsync(SidecarState.Ready));
        await World.Sink.UntilAsync(sink => sink.Condition(agent.Name, ConditionTypes.SidecarReady)?.Status == "True");
    }

    [Fact]
    public async Task SidecarToken_AskedOften_IsIssuedOnceInTenMinutes()
    {
        var agent = await JoinAsync();

        var first = ShouldBeGranted(await agent.GetSidecarTokenAsync());
        for (var minute = 1; minute < 10; minute++)
        {
            World.Time.Advance(TimeSpan.FromMinutes(1));
            ShouldBeGranted(await agent.HeartbeatAsync());
            ShouldBeGranted(await agent.GetSidecarTokenAsync()).ShouldBe(first);
        }

        World.SidecarTokens.Issued.ShouldBe(1);
        World.SidecarTokens.LastAccount.ShouldBe("bookinfo/ratings-vm");
        World.Time.Advance(TimeSpan.FromMinutes(1));
        ShouldBeGranted(await agent.GetSidecarTokenAsync()).ShouldNotBe(first);
    }

    [Fact]
    public async Task SidecarToken_NoSource_GoesOnWithoutAndSaysSo()
    {
        World.SidecarTokens.IsConfigured = false;
        var agent = await JoinAsync();

        ShouldBeGranted(await agent.GetSidecarTokenAsync()).Token.ShouldBeNull();
        World.Audit.Records.ShouldNotContain(record => record.Act == "sidecar-token.issue");

        await World.Sink.UntilAsync(sink => sink.Condition(agent.Name, ConditionTypes.SidecarTokenReady)?.Reason == "NotIssued");
    }

    [Fact]
    public async Task List_AndDescribe_TellWhatIsRegistered()
    {
        var agent = await JoinAsync();
        ShouldBeGranted(await agent.HeartbeatAsync());

        var summary = (await World.WorkloadRegistry.ListAsync(null, CancellationToken.None)).ShouldHaveSingleItem();
        summary.ShouldBe(new WorkloadSummary(
            RegistryWorld.Namespace, agent.Name, RegistryWorld.Group, true, "192.0.2.10", "1.0.0", World.Time.GetUtcNow(), World.Time.GetUtcNow()));
        var described = (await World.WorkloadRegistry.DescribeAsync(RegistryWorld.Namespace, agent.Name, CancellationToken.None))!;
        described.Identity.ShouldBe(agent.Identity);
        described.Decision.Policy.ShouldBe("allow");
        described.BootstrapRevision.ShouldNotBeNull();
        (await World.WorkloadRegistry.DescribeAsync(RegistryWorld.Namespace, "nobody", CancellationToken.None)).ShouldBeNull();
    }

    private static ImmutableDictionary<string, string> Labels(params IEnumerable<(string Key, string Value)> labels) =>
        labels.ToImmutableDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
}
