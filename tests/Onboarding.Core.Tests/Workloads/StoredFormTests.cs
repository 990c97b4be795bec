using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Onboarding.Core.Entities;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Core.Workloads.Commands;
using Onboarding.Core.Workloads.Namespaces;
using Onboarding.Protocol;

namespace Onboarding.Core.Tests.Workloads;

public sealed class StoredFormTests
{
    private static readonly Session ASession = new()
    {
        KeyThumbprint = "thumbprint",
        Current = new IssuedToken("current-hash", Examples.Now, Examples.Now.AddHours(1)),
        Previous = new ReplacedToken("previous-hash", Examples.Now.AddSeconds(60)),
        NotAfter = Examples.Now.AddDays(1),
        VerifiedAddresses = ["10.0.0.1"],
    };

    private static readonly Address AnAddress = new()
    {
        Identity = "0123456789abcdef0123456789abcdef",
        Basis = AddressBasis.Connection,
        Workloads = ["bookinfo/ratings/0123456789abcdef0123456789abcdef"],
        ClaimedAt = Examples.Now,
    };

    private static readonly PolicyNamespace ANamespace = new PolicyNamespace().With("ratings", new GroupStanding
    {
        Removals = [new GrantedRemoval("0123", Examples.Now.AddMinutes(5)), new GrantedRemoval("4567", Examples.Now.AddMinutes(5), Examples.Now)],
        Turns = [new RestartGrant("89ab", Examples.Now.AddMinutes(5))],
        BrakedSince = Examples.Now,
    });

    [Fact]
    public void Workload_Registered_IsStoredAsEver() => ShouldBeStored(Workload.Codec, Examples.Stored(Examples.Registered()), "workload-registered.json");

    [Fact]
    public void Workload_Opened_IsStoredAsEver() =>
        ShouldBeStored(Workload.Codec, new(Examples.Open().Decide(new Workload(), Examples.Now).Next, []), "workload-opened.json");

    [Fact]
    public void Workload_Leaving_IsStoredAsEver()
    {
        var registered = Examples.Registered();
        var left = Examples.Leave(registered.Epoch).Decide(registered, Examples.Now).Next;

        ShouldBeStored(Workload.Codec, new(left, []), "workload-leaving.json");
    }

    [Fact]
    public void Session_IsStoredAsEver() => ShouldBeStored(Session.Codec, new(ASession, []), "session.json");

    [Fact]
    public void Address_IsStoredAsEver() => ShouldBeStored(Address.Codec, new(AnAddress, []), "address.json");

    [Fact]
    public void AddressCommands_EachKind_TravelsAsEver()
    {
        AddressCommand[] commands = [new ClaimAddress("bookinfo/ratings/0123", AddressBasis.Trusted, "4567"), new ReleaseAddress("bookinfo/ratings/0123")];
        commands.Select(command => command.GetType()).ShouldBe(KindsOf<AddressCommand>(), ignoreOrder: true);

        ShouldTravel(commands, AddressJson.Default.AddressCommand, "address-commands.json");
        ShouldTravel([new ClaimAddress("bookinfo/ratings/4567", AddressBasis.Trusted).Decide(AnAddress, Examples.Now).Reply], AddressJson.Default.ClaimReply, "claim-reply.json");
    }

    [Fact]
    public void PolicyNamespace_IsStoredAsEver() => ShouldBeStored(PolicyNamespace.Codec, new(ANamespace, []), "policynamespace.json");

    [Fact]
    public void NamespaceCommands_EachKind_TravelsAsEver()
    {
        NamespaceCommand[] commands =
        [
            new AskRemoval
            {
                Group = "ratings",
                Workload = "0123",
                Members = 10,
                CountedAt = Examples.Now,
                MaxPercent = 20,
                Window = TimeSpan.FromMinutes(5),
                Pace = TimeSpan.FromSeconds(30),
                IsConfirmed = true,
            },
            new NoteRemoved("0123") { Group = "ratings" },
            new TakeTurn("0123") { Group = "ratings", Limit = 2, Bound = TimeSpan.FromMinutes(5) },
            new EndTurn("0123") { Group = "ratings" },
            new DescribeGroup { Group = "ratings" },
        ];
        commands.Select(command => command.GetType()).ShouldBe(KindsOf<NamespaceCommand>(), ignoreOrder: true);

        ShouldTravel(commands, NamespaceJson.Default.NamespaceCommand, "namespace-commands.json");
        ShouldTravel([new RemovalReply(IsGranted: false) { IsNews = true, Waiting = 3, Removed = 2, Members = 10 }], NamespaceJson.Default.RemovalReply, "removal-reply.json");
        ShouldTravel([new TurnReply(IsGiven: true)], NamespaceJson.Default.TurnReply, "turn-reply.json");
        ShouldTravel([new NoteReply(IsDone: true)], NamespaceJson.Default.NoteReply, "note-reply.json");
        ShouldTravel([new GroupReply(3, 2, 1) { BrakedSince = Examples.Now }], NamespaceJson.Default.GroupReply, "group-reply.json");
    }

    [Fact]
    public void Workload_StoredByALaterRelease_IsReadThoughItHasMembersWeDoNotKnow()
    {
        var row = System.Text.Encoding.UTF8.GetString(GoldenFile.Read("workload-opened.json")).Replace("\"epoch\":", "\"later\":{},\"epoch\":", StringComparison.Ordinal);

        Workload.Codec.Decode(System.Text.Encoding.UTF8.GetBytes(row)).State.Epoch.ShouldBe(1772366400000);
    }

    [Fact]
    public void Workload_StoredWithoutWhatIsOptional_IsReadAsEmpty()
    {
        var workload = Workload.Codec.Decode("""{"schema":1,"state":{"epoch":5}}"""u8.ToArray()).State;

        workload.Opened.ShouldBeEmpty();
        workload.Nonces.ShouldBeEmpty();
        workload.Credentials.ShouldBeEmpty();
        workload.Contests.ShouldBeEmpty();
    }

    [Fact]
    public void Commands_EachKind_TravelsAsEver()
    {
        var commands = Examples.Commands();
        commands.Select(command => command.GetType()).ShouldBe(KindsOf<WorkloadCommand>(), ignoreOrder: true);

        ShouldTravel(commands, WorkloadJson.Default.WorkloadCommand, "workload-commands.json");
    }

    [Fact]
    public void Effects_EachKind_IsStoredAsEver()
    {
        var effects = Examples.Effects();

        effects.Select(effect => effect.GetType()).ShouldBe(KindsOf<WorkloadEffect>(), ignoreOrder: true);
    }

    [Fact]
    public void SessionCommands_EachKind_TravelsAsEver()
    {
        SessionCommand[] commands =
        [
            new StartSession("thumbprint", new IssuedToken("hash", Examples.Now, Examples.Now.AddHours(1)), Examples.Now.AddDays(1)),
            new CheckToken("hash"),
            new RenewToken("hash", "successor-hash", TimeSpan.FromHours(1)),
            new TakeSidecarToken(),
            new KeepSidecarToken(new SidecarTokenResponse("token", Examples.Now.AddHours(1))),
            new DeleteSession(),
        ];
        commands.Select(command => command.GetType()).ShouldBe(KindsOf<SessionCommand>(), ignoreOrder: true);

        ShouldTravel(commands, SessionJson.Default.SessionCommand, "session-commands.json");
    }

    [Fact]
    public void Replies_EachKind_TravelAsEver()
    {
        var registered = Examples.Registered();
        ShouldTravel([Examples.Open().Decide(new Workload(), Examples.Now).Reply], WorkloadJson.Default.OpenReply, "open-reply.json");
        ShouldTravel(
            [
                Examples.Heartbeat(registered.Epoch).Decide(registered, Examples.Now).Reply,
                new CallReply { Question = new(Examples.Identity, Examples.Now) },
                new CallReply { IsLapsed = true },
                CallReply.Refused(ProblemCodes.Superseded, "a session with epoch 8 holds the workload"),
            ],
            WorkloadJson.Default.CallReply,
            "call-replies.json");
        ShouldTravel([new EndReply(IsDone: true)], WorkloadJson.Default.EndReply, "end-reply.json");
        ShouldTravel([new GiveWayReply(HadIt: true, Examples.Now)], WorkloadJson.Default.GiveWayReply, "give-way-reply.json");
        ShouldTravel([AdoptReply.Adopted], WorkloadJson.Default.AdoptReply, "adopt-reply.json");
        ShouldTravel([new Description(registered.Registered, registered.Registered!.Presence, null)], WorkloadJson.Default.Description, "description.json");
        ShouldTravel([new TokenReply(TokenStanding.Current, ASession.Current, "thumbprint")], SessionJson.Default.TokenReply, "token-reply.json");
        ShouldTravel([new SidecarTokenReply(null, MayFetch: true)], SessionJson.Default.SidecarTokenReply, "sidecar-token-reply.json");
    }

    private static void ShouldBeStored<TState>(EntityCodec<TState> codec, StoredEntity<TState> row, string golden)
        where TState : class, IEntity<TState>
    {
        var stored = codec.Encode(row);

        new ReadOnlySpan<byte>(stored).ShouldBeGolden(golden);
        codec.Encode(codec.Decode(GoldenFile.Read(golden))).ShouldBe(stored);
    }

    private static void ShouldTravel<T>(IReadOnlyList<T> messages, JsonTypeInfo<T> type, string golden)
    {
        var sent = messages.Select(message => JsonSerializer.SerializeToUtf8Bytes(message, type)).ToArray();
        new ReadOnlySpan<byte>([.. "["u8, .. sent.SelectMany((one, i) => i == 0 ? one : [(byte)',', .. one]), .. "]"u8]).ShouldBeGolden(golden);

        foreach (var message in sent)
        {
            JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize(message, type)!, type).ShouldBe(message);
        }
    }

    private static IEnumerable<Type> KindsOf<T>() =>
        typeof(T).GetCustomAttributes(typeof(JsonDerivedTypeAttribute), inherit: false).Cast<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);
}
