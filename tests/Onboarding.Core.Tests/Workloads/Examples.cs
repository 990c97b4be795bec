using System.Collections.Immutable;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Identity;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Protocol;

namespace Onboarding.Core.Tests.Workloads;

/// <summary>Workloads, commands and replies with fixed values.</summary>
internal static class Examples
{
    public const string Session = "5e551011000000000000000000000001";

    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly LeaseTerms Terms = new(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5));

    public static readonly PolicyFacts Policy = new("v1", Now, TimeSpan.FromSeconds(60));

    public static readonly WorkloadIdentity Identity =
        new JwtIdentity("https://issuer.example.com", "vm1", ImmutableSortedDictionary<string, string>.Empty.Add("team", "ratings"));

    public static readonly Registration Registration = new(
        new RegistrationAgent("1.0.0"),
        new RegistrationSidecar(new IstioSidecar("1.27.0", "rev-1")),
        new RegistrationHost([new HostAddress("192.0.2.10", AddressType.Vpc)]),
        new RegistrationWorkload(ImmutableSortedDictionary<string, string>.Empty.Add("team", "blue")),
        new RegistrationSettings());

    public static OpenSession Open(string session = Session, string instance = "instance-hash") => new()
    {
        Session = session,
        Instance = instance,
        Identity = Identity,
        Name = "ratings-jwt-corp--vm1",
        Credential = "credential-hash",
        CredentialIssuedAt = Now.AddMinutes(-1),
        CredentialExpiresAt = Now.AddHours(2),
        Nonce = "nonce-hash",
        NonceExpiresAt = Now.AddSeconds(60),
        TokenValidity = TimeSpan.FromHours(1),
        PolicyVersion = "v1",
        PolicyAsOf = Now,
        Duplicates = DuplicateIdentity.Reject,
    };

    public static Register Register(long epoch, string session = Session) => new()
    {
        Session = session,
        Epoch = epoch,
        Policy = Policy,
        Registration = Registration,
        Address = "192.0.2.10",
        AddressKey = "/192.0.2.10",
        AddressBasis = AddressBasis.Trusted,
        Observations = [new Observation(ConditionTypes.SelectedByAgentLabel, false, "TemplateOnly")],
        Terms = Terms,
        Duplicates = DuplicateIdentity.Reject,
        ConnectedTo = "silo-0",
    };

    public static KeepLease Heartbeat(long epoch, string session = Session) => new()
    {
        Session = session,
        Epoch = epoch,
        Policy = Policy,
        Sidecar = new SidecarStatus(SidecarState.Ready, "1.27.0", "rev-1", "bundle-revision"),
        Terms = Terms,
    };

    public static Leave Leave(long epoch, string session = Session) => new()
    {
        Session = session,
        Epoch = epoch,
        Policy = Policy,
        PropagationDelay = TimeSpan.FromSeconds(10),
    };

    public static Adopt Adopt(long epoch) => new()
    {
        Name = "ratings-jwt-corp--vm1",
        Identity = Identity,
        Registration = Registration,
        Address = "192.0.2.10",
        AddressKey = "/192.0.2.10",
        Epoch = epoch,
        Terms = Terms,
        TokenValidity = TimeSpan.FromHours(1),
    };

    /// <summary>A workload with one session that is open and not registered.</summary>
    public static Workload Opened() => (Open() with { Nonce = null }).Decide(new Workload(), Now).Next;

    /// <summary>A workload that is registered, with its entry written.</summary>
    public static Workload Registered()
    {
        var opened = Opened();
        var registered = Register(opened.Epoch).Decide(opened, Now).Next;
        return new EntryWritten(registered.Registered!.Revision, "entry-uid", Content: "content").Decide(registered, Now).Next;
    }

    public static WorkloadCommand[] Commands() =>
    [
        Open(),
        new CheckSession { Session = Session, Epoch = 7, Policy = Policy },
        new CheckRegistration { Session = Session, Epoch = 7, Policy = Policy with { Verdict = new PolicyVerdict(IsAllowed: false, IsAtOnce: true) } },
        new KeepSession { Session = Session, Epoch = 7, Policy = Policy, TokenValidity = TimeSpan.FromHours(1) },
        Heartbeat(7),
        Register(7),
        Leave(7),
        new EndSession(Session),
        new RevokeSession(Session, "no policy allows it"),
        new NoteBundle(new BundleStamp("inputs", 3, "entry-uid", "bundle-revision"), "content", [new Observation(ConditionTypes.BootstrapReady, true, "Rendered", "a note")]),
        new Observe([new Observation(ConditionTypes.SidecarTokenReady, false, "NotIssued")]),
        new EntryWritten(3, "entry-uid", "a problem", "content"),
        new WriteAgain(3, IsLost: true),
        new RemoveExpired(3),
        new HoldRemoval(3, TimeSpan.FromSeconds(30)),
        new GiveWay("/192.0.2.10", MustGive: true),
        Adopt(7),
        new Suspend("maintenance"),
        new Describe(),
    ];

    public static WorkloadEffect[] Effects() =>
    [
        new WriteRegistration(3),
        new RemoveRegistration("ratings-jwt-corp--vm1", 7, "its lease ended"),
        new AskForRemoval(3),
        new DropSession(Session),
        new HoldAddress("/192.0.2.10"),
        new DropAddress("/192.0.2.11"),
    ];

    public static StoredEntity<Workload> Stored(Workload workload) => new(workload, [.. Effects()]);
}
