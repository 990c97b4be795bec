using Onboarding.Core.Identity;

namespace Onboarding.Core.Tests.Identity;

/// <summary>The hashes were made with Python's <c>json.dumps(…, separators=(",", ":"))</c> and <c>hashlib.sha256</c>.</summary>
public sealed class WorkloadKeyTests
{
    [Fact]
    public void Of_Ec2_HashesKindPartitionAccountRegionAndInstance() =>
        WorkloadKey.Of("bookinfo", "ratings", Identities.Ec2()).ShouldBe("bookinfo/ratings/1ef03b2c25bc487be6d748902a6a641f");

    [Fact]
    public void Of_Ecs_HashesKindPartitionAccountAndTask() =>
        WorkloadKey.Of("bookinfo", "ratings", Identities.Ecs()).ShouldBe("bookinfo/ratings/f9cd956ae8ce2e9c527195c3d8b442a8");

    [Fact]
    public void Of_Jwt_HashesKindIssuerAndSubject() =>
        WorkloadKey.Of("bookinfo", "ratings", Identities.Jwt("us-east-datacenter1-vm007")).ShouldBe("bookinfo/ratings/f320bd76aca263b8bf357b2473c2a615");

    [Fact]
    public void Of_SubjectWithCharactersThatJsonEscapes_IsWhatAnyJsonLibraryHashes() =>
        WorkloadKey.Of("bookinfo", "ratings", Identities.Jwt("a\"b\\c<&>+'/ ")).ShouldBe("bookinfo/ratings/6f8f2d220a2af91421103baf880f6b4e");

    [Fact]
    public void Of_RoleZoneClusterOrAttributesChange_StaysTheSame()
    {
        Key(Identities.Ec2("a-role") with { Zone = "us-east-2c" }).ShouldBe(Key(Identities.Ec2()));
        Key(Identities.Ecs("other", "other-role") with { Region = "eu-west-1", Zone = "eu-west-1a" }).ShouldBe(Key(Identities.Ecs()));
        Key(Identities.Jwt("vm007", ("region", "us-east"))).ShouldBe(Key(Identities.Jwt("vm007")));
    }

    [Fact]
    public void Of_OtherPartitionAccountRegionInstanceIssuerOrSubject_IsAnotherKey()
    {
        var ec2 = Identities.Ec2();
        string[] keys =
        [
            Key(ec2),
            Key(ec2 with { Partition = "aws-cn" }),
            Key(ec2 with { Account = "210987654321" }),
            Key(ec2 with { Region = "us-east-1" }),
            Key(ec2 with { Ec2 = new("i-0fedcba9876543210") }),
            Key(Identities.Ecs()),
            Key(Identities.Jwt("vm007")),
            Key(Identities.Jwt("vm008")),
            Key(Identities.Jwt("vm007") with { Issuer = Identities.Issuer + "/" }),
        ];

        keys.Distinct(StringComparer.Ordinal).Count().ShouldBe(keys.Length);
    }

    [Fact]
    public void Of_IdentityWithoutMachine_Throws() =>
        Should.Throw<ArgumentException>(() => Key(Identities.Ec2() with { Ec2 = null }));

    private static string Key(WorkloadIdentity identity) => WorkloadKey.Of("bookinfo", "ratings", identity);
}
