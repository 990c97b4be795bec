using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Core.Configuration;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;
using Onboarding.Core.Tests.Identity;
using Onboarding.TestKit.Time;
using static Onboarding.Core.Tests.Policy.Manifests;

namespace Onboarding.Core.Tests.Policy;

public sealed class PolicyCatalogTests : IDisposable
{
    private static readonly ResourceSnapshot Allowed = Listing([Group("ratings")], [Allowing("p", Rule(Jwt(), Everything))]);

    private readonly FakeTimeProvider time = new();
    private readonly FakeResources resources = new();
    private readonly FakeOptions options = new();
    private readonly PolicyCatalog sut;

    public PolicyCatalogTests() => sut = new PolicyCatalog(resources, options, time, NullLogger<PolicyCatalog>.Instance);

    public void Dispose() => sut.Dispose();

    [Fact]
    public void Find_BeforeTheFirstCompleteList_GivesNoVerdict()
    {
        var snapshot = sut.Find("bookinfo").ShouldNotBeNull();

        snapshot.Version.ShouldBeNull();
        snapshot.FindGroup("ratings").ShouldBeNull();
        snapshot.Allows(Identities.Jwt("vm")).ShouldBeFalse();
        snapshot.Explain(Identities.Jwt("vm"), "ratings", Listed).Candidates.ShouldBeEmpty();
        sut.AsOf.ShouldBeNull();
        sut.Namespaces.ShouldBeEmpty();
    }

    [Fact]
    public void Find_AfterACompleteList_AnswersFromIt()
    {
        resources.Set(Allowed);

        var snapshot = sut.Find("bookinfo").ShouldNotBeNull();
        snapshot.Version.ShouldNotBeNull();
        snapshot.AsOf.ShouldBe(Listed);
        snapshot.FindGroup("ratings").ShouldNotBeNull();
        snapshot.Allows(Identities.Jwt("vm")).ShouldBeTrue();
        sut.AsOf.ShouldBe(Listed);
        sut.Namespaces.ShouldBe(["bookinfo"]);
        sut.Statuses.ShouldHaveSingleItem().Reason.ShouldBe("Accepted");
    }

    [Fact]
    public void Attempt_InventedNamespace_IsNull()
    {
        resources.Set(Allowed);

        sut.Find("invented").ShouldBeNull();
    }

    [Fact]
    public void Find_CompleteListWithoutTheGroup_KnowsThatItIsGone()
    {
        resources.Set(Allowed);
        resources.Set(Listing([], Allowed.Policies));

        sut.Find("bookinfo").ShouldBeNull();
    }

    [Fact]
    public void Attempt_FailingList_LeavesTheLastKnownPoliciesInForceUntilMaxPolicyAge()
    {
        resources.Set(Allowed);
        var version = sut.Find("bookinfo")!.Version;

        resources.Fail();
        sut.Find("bookinfo")!.Version.ShouldBe(version);
        time.Advance(TimeSpan.FromMinutes(59));
        resources.Fail();
        sut.Find("bookinfo")!.Version.ShouldBe(version);
        sut.Find("bookinfo")!.Allows(Identities.Jwt("vm")).ShouldBeTrue();

        time.Advance(TimeSpan.FromMinutes(1));
        var tooOld = sut.Find("bookinfo").ShouldNotBeNull();
        tooOld.Version.ShouldBeNull();
        tooOld.FindGroup("ratings").ShouldNotBeNull();
        tooOld.Allows(Identities.Jwt("vm")).ShouldBeTrue();
        tooOld.AsOf.ShouldBe(Listed);
        sut.Find("invented").ShouldNotBeNull().Version.ShouldBeNull();
    }

    [Fact]
    public void Find_ListSucceedsAgain_GivesTheSameVersionForTheSameContent()
    {
        resources.Set(Allowed);
        var version = sut.Find("bookinfo")!.Version;
        resources.Fail();
        time.Advance(TimeSpan.FromHours(2));

        resources.Set(Allowed with { AsOf = time.GetUtcNow() });

        sut.Find("bookinfo")!.Version.ShouldBe(version);
        sut.AsOf.ShouldBe(time.GetUtcNow());
        time.Advance(TimeSpan.FromHours(2));
        sut.Find("bookinfo")!.Version.ShouldBe(version);
    }

    [Fact]
    public void Find_CurrentSourceInWhichNothingChanges_IsNeverTooOld()
    {
        resources.Set(Allowed);
        time.Advance(TimeSpan.FromDays(30));

        sut.Find("bookinfo")!.Version.ShouldNotBeNull();
    }

    [Fact]
    public void Attempt_DenyListDuringAnOutageOfTheSource_TakesEffectAtOnce()
    {
        resources.Set(Allowed);
        resources.Fail();
        var version = sut.Find("bookinfo")!.Version;

        options.Set(options.Current.Workloads with { Denied = [new(Jwt: new(Identities.Issuer, "vm"))] });

        string.Equals(sut.Find("bookinfo")!.Version, version, StringComparison.Ordinal).ShouldBeFalse();
        sut.Find("bookinfo")!.Ask(Identities.Jwt("vm")).Cause.ShouldBe(DenialCause.Denied);
        sut.Find("bookinfo")!.Allows(Identities.Jwt("other")).ShouldBeTrue();
    }

    [Fact]
    public void Find_IssuerTakenOutOfTheConfiguration_RefusesItsIdentities()
    {
        resources.Set(Allowed);
        options.Set(options.Current.Workloads with { JwtIssuers = [] });

        sut.Find("bookinfo")!.Ask(Identities.Jwt("vm")).Cause.ShouldBe(DenialCause.IssuerNotConfigured);
    }

    [Fact]
    public void Changed_EachSwap_IsRaisedAfterIt()
    {
        var seen = new List<int>();
        sut.Changed += () => seen.Add(sut.Namespaces.Count);

        resources.Set(Allowed);
        resources.Set(Listing([], []));

        seen.ShouldBe([1, 0]);
    }

    [Fact]
    public void Dispose_Always_StopsListening()
    {
        sut.Dispose();
        resources.Set(Allowed);

        sut.Namespaces.ShouldBeEmpty();
    }

    private sealed class FakeResources : IResourceSource
    {
        public event Action? Changed;

        public ResourceSnapshot? Current { get; private set; }

        public bool IsCurrent { get; private set; }

        public void Set(ResourceSnapshot snapshot)
        {
            (Current, IsCurrent) = (snapshot, true);
            Changed?.Invoke();
        }

        public void Fail()
        {
            IsCurrent = false;
            Changed?.Invoke();
        }
    }

    private sealed class FakeOptions : IOptionsSource
    {
        public event Action? Changed;

        public OnboardingOptions Current { get; private set; } = new()
        {
            EndpointHosts = ImmutableArray.Create("onboarding.example"),
            TlsSecretName = "tls",
            Workloads = Issuers(Identities.Issuer),
        };

        public string Uid => "uid";

        public void Set(WorkloadsOptions workloads)
        {
            Current = Current with { Workloads = workloads };
            Changed?.Invoke();
        }
    }
}
