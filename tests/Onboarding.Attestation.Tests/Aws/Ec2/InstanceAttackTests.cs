using System.Net;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Core.Identity;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;
using static Onboarding.Attestation.Tests.Support.AwsSetup;

namespace Onboarding.Attestation.Tests.Aws.Ec2;

/// <summary>Rows 5, 10, 24 and 25 of the threats: an attacker who owns one instance, and has a copy of whatever the victim ever showed.</summary>
public sealed class InstanceAttackTests : IAsyncLifetime
{
    private AwsSetup aws = null!;

    public async Task InitializeAsync() => aws = await AwsSetup.StartAsync();

    public async Task DisposeAsync() => await aws.DisposeAsync();

    [Fact]
    public async Task Prove_InstanceWithItsRole_IsTheInstance()
    {
        var credential = aws.Mint.Show(Victim, Binding());

        var attested = (await aws.ShowAsync(credential)).Value!;

        attested.Identity.ShouldBe(new AwsIdentity("aws", "123456789012", Region, "us-east-2b", Ec2: new Ec2Instance(Victim.Id, new IamRole("ratings-role"))));
        attested.VerifiedAddresses.ShouldBe([IPAddress.Parse(Victim.PrivateIp)]);
        attested.Nonce.ShouldBe("nonce");
        attested.ProvesMachine.ShouldBeTrue();
        attested.CredentialHash.ShouldBe(CredentialHash.Of((Credential)credential));
        aws.Sts.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task Prove_RoleThatMakesNoDifference_IsNotAskedFor()
    {
        var attested = (await aws.ShowAsync(aws.Mint.Show(Victim, Binding()), withRole: false)).Value!;

        ((AwsIdentity)attested.Identity).IamRole.ShouldBeNull();
        aws.Sts.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task Prove_InstanceWithoutProfile_HasNoRole() =>
        ((AwsIdentity)(await aws.ShowAsync(aws.Mint.Show(Victim with { Role = null }, Binding()))).Value!.Identity).IamRole.ShouldBeNull();

    /// <summary>The name of a session is its caller's choice; only the identity role's is EC2's.</summary>
    [Theory]
    [InlineData("reviews-role")]
    [InlineData("aws@ec2-instance")]
    public async Task Attempt_RoleThatMayAssumeItselfNamesItsSessionLikeTheVictim(string role)
    {
        var session = aws.Iam.AssumeRole(Victim.Account, role, Victim.Id);

        var stolen = aws.Mint.Show(Victim, Binding()) with { InstanceProof = aws.Mint.Prove(session, Region, Binding()) };

        (await aws.ShouldRefuseAsync(stolen)).ShouldContain("identity role");
    }

    [Fact]
    public async Task Attempt_VictimsDocumentWithOnesOwnIdentityRole()
    {
        var own = aws.Mint.Show(Attacker, Binding());

        (await aws.ShouldRefuseAsync(own with { IdentityDocument = aws.Mint.Document(Victim) })).ShouldContain("identity role");
    }

    [Fact]
    public async Task Attempt_IdentityRoleOfTheSameInstanceIdInAnotherAccount()
    {
        var elsewhere = aws.Iam.InstanceIdentity("210987654321", Victim.Id);

        (await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, Binding()) with { InstanceProof = aws.Mint.Prove(elsewhere, Region, Binding()) })).ShouldContain("identity role");
    }

    [Fact]
    public async Task Attempt_RoleProofOfAnotherInstance()
    {
        var own = aws.Mint.Show(Attacker, Binding());
        var privileged = aws.Mint.Show(Victim, Binding()).RoleProof;

        (await aws.ShouldRefuseAsync(own with { RoleProof = privileged })).ShouldContain("roleProof");
    }

    [Fact]
    public async Task Attempt_RoleProofOfAnotherAccount()
    {
        var elsewhere = aws.Iam.InstanceProfile("210987654321", "ratings-role", Attacker.Id);

        (await aws.ShouldRefuseAsync(aws.Mint.Show(Attacker, Binding()) with { RoleProof = aws.Mint.Prove(elsewhere, Region, Binding()) })).ShouldContain("roleProof");
    }

    [Fact]
    public async Task Attempt_IdentityRoleShownAsTheProfilesRole()
    {
        var own = aws.Mint.Show(Attacker, Binding());

        (await aws.ShouldRefuseAsync(own with { RoleProof = own.InstanceProof })).ShouldContain("roleProof");
    }

    [Fact]
    public async Task Attempt_DocumentReplayedWithoutTheInstance()
    {
        var copied = aws.Mint.Show(Victim, Binding());

        (await aws.ShouldRefuseAsync(copied with { Nonce = "other" })).ShouldContain("SignatureDoesNotMatch");
    }

    /// <summary>Nothing STS said about a key is reused: its owner has just been proven.</summary>
    [Fact]
    public async Task Attempt_KnownAccessKeyWithAWrongSignatureShortlyAfterItsOwner()
    {
        var credential = aws.Mint.Show(Victim, Binding());
        (await aws.ShowAsync(credential)).IsGranted.ShouldBeTrue();

        (await aws.ShouldRefuseAsync(credential with { InstanceProof = credential.InstanceProof with { Signature = new string('0', 64) } })).ShouldContain("SignatureDoesNotMatch");
    }

    [Fact]
    public async Task Attempt_CredentialsThatWereRevokedAMomentAgo()
    {
        var identity = aws.Iam.InstanceIdentity(Victim.Account, Victim.Id);
        var credential = aws.Mint.Show(Victim, Binding()) with { InstanceProof = aws.Mint.Prove(identity, Region, Binding()), RoleProof = null };
        (await aws.ShowAsync(credential)).IsGranted.ShouldBeTrue();

        aws.Iam.Revoke(identity);

        (await aws.ShouldRefuseAsync(credential)).ShouldContain("InvalidClientTokenId");
    }

    [Fact]
    public async Task Attempt_CredentialForAnotherGroupAgentSessionOrEndpoint()
    {
        SessionBinding[] others =
        [
            Binding() with { Group = new("bookinfo", "reviews") },
            Binding() with { Group = new("other", "ratings") },
            Binding() with { InstanceId = "other" },
            Binding() with { KeyThumbprint = "other" },
            Binding() with { EndpointHost = "other.example" },
            Binding() with { Uid = "https://other.example" },
        ];

        foreach (var other in others)
        {
            (await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, other))).ShouldContain("SignatureDoesNotMatch", customMessage: other.ToString());
        }
    }

    [Fact]
    public async Task Attempt_RoleProofOfAnotherSession()
    {
        var other = aws.Mint.Show(Victim, Binding() with { KeyThumbprint = "other" });

        (await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, Binding()) with { RoleProof = other.RoleProof })).ShouldContain("roleProof");
    }

    [Fact]
    public async Task Attempt_ProofSignedForAnotherRegionsSts()
    {
        var identity = aws.Iam.InstanceIdentity(Victim.Account, Victim.Id);

        (await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, Binding()) with { InstanceProof = aws.Mint.Prove(identity, "us-west-2", Binding()) })).ShouldContain("region");
        aws.Sts.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Attempt_DocumentOfAnotherRegionThanTheProof()
    {
        using var elsewhere = new RegionSigner();
        var document = elsewhere.Sign(IdentityDocument.Of(Victim with { Region = "us-west-2", Zone = "us-west-2a" }));

        (await aws.ShouldRefuseAsync(aws.Mint.Show(Victim, Binding()) with { IdentityDocument = document })).ShouldContain("not in the trust bundle");
        aws.Sts.Calls.ShouldBe(0);
    }
}
