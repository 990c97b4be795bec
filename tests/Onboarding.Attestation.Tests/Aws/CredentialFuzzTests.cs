using System.Text;
using System.Text.Json;
using Onboarding.Attestation.Aws.Proofs;
using Onboarding.Attestation.Tests.Support;
using Onboarding.Protocol;
using Onboarding.Protocol.Aws;
using Onboarding.TestKit.Aws;
using static Onboarding.Attestation.Tests.Support.AwsSetup;

namespace Onboarding.Attestation.Tests.Aws;

/// <summary>Mutations of good documents, proofs and answers, from fixed seeds: nothing escapes as an exception, and nothing is accepted that was not signed as it stands.</summary>
public sealed class CredentialFuzzTests : IAsyncLifetime
{
    private const int Mutations = 3000;
    private const string Alphabet = "ABCXYZabcxyz0189+/=-_:.@#?%&;, \r\n\t\0\u00e9\u0662\ud800";

    private AwsSetup aws = null!;

    public async Task InitializeAsync() => aws = await AwsSetup.StartAsync();

    public async Task DisposeAsync() => await aws.DisposeAsync();

    /// <summary>Bytes of the message; what does not change what it says (another encoding of the same) may stay good.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Examine_MutatedMessage_IsNeverAnotherInstance(int seed)
    {
        var random = new Random(seed);
        var good = aws.Mint.Show(Victim, Binding());
        var message = Convert.FromBase64String(good.IdentityDocument);
        var accepted = 0;
        for (var count = 0; count < Mutations; count++)
        {
            var mutated = Mutate(message, random);

            var claim = aws.Examine(good with { IdentityDocument = Convert.ToBase64String(mutated) });

            if (claim.IsGranted)
            {
                accepted++;
                claim.Value.Identity.Ec2!.InstanceId.ShouldBe(Victim.Id);
                claim.Value.Identity.Account.ShouldBe(Victim.Account);
            }
        }

        // A message's length octets, version numbers and NULLs can be written in more than one way.
        accepted.ShouldBeLessThan(Mutations / 20);
        aws.Sts.Calls.ShouldBe(0);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Examine_MutatedDocumentThatAwsSigned_NeverThrows(int seed)
    {
        using var signer = new RegionSigner();
        var bundle = TrustBundles.Of((Region, signer.Pem));
        var random = new Random(seed);
        var document = Encoding.UTF8.GetBytes(IdentityDocument.Of(Victim));
        var refused = 0;
        for (var count = 0; count < Mutations / 10; count++)
        {
            // Latin-1 keeps every byte a character, so that bytes that are no UTF-8 are signed too.
            var text = Encoding.Latin1.GetString(Mutate(document, random));

            refused += Attestation.Aws.Documents.IdentityDocumentVerifier.Verify(signer.Sign(text), bundle, aws.Time.GetUtcNow()).IsGranted ? 0 : 1;
        }

        refused.ShouldBeGreaterThan(Mutations / 40);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void Examine_MutatedProof_HasTheFormOrIsRefused(int seed)
    {
        var random = new Random(seed);
        var good = aws.Mint.Show(OneTask, Binding());
        for (var count = 0; count < Mutations; count++)
        {
            var proof = MutateOne(good.TaskProof, random);

            var claim = aws.Examine(good with { TaskProof = proof });

            if (claim.IsGranted)
            {
                AwsRegion.TryParse(proof.Region, out var region).ShouldBeTrue();
                using var request = StsMessage.Create(region, proof, "binding");
                request.RequestUri.ShouldBe(new Uri("https://sts.us-east-2.amazonaws.com/"));
                request.Headers.NonValidated.SelectMany(header => header.Value).ShouldAllBe(value => !value.Any(char.IsControl));
            }
        }
    }

    [Fact]
    public void Examine_MutatedWordsOfATask_AgreeOrAreRefused()
    {
        var random = new Random(7);
        var good = aws.Mint.Show(OneTask, Binding());
        for (var count = 0; count < Mutations; count++)
        {
            var task = random.Next(3) switch
            {
                0 => good.Task with { TaskArn = Mutate(good.Task.TaskArn, random) },
                1 => good.Task with { Cluster = Mutate(good.Task.Cluster, random) },
                _ => good.Task with { Zone = Mutate(good.Task.Zone, random) },
            };

            var claim = aws.Examine(good with { Task = task });

            if (claim.IsGranted)
            {
                claim.Value.Identity.Zone.ShouldStartWith(Region);
                task.TaskArn.ShouldContain($"task/{task.Cluster}/");
            }
        }
    }

    [Fact]
    public void Deserialize_MutatedCredential_IsReadOrIsMalformed()
    {
        var random = new Random(8);
        var request = new OpenSessionRequest(aws.Mint.Show(Victim, Binding()), Request.Group, Request.InstanceId, new SessionKey("EC", "P-256", "x", "y"));
        var json = JsonSerializer.SerializeToUtf8Bytes(request, ProtocolJson.Default.OpenSessionRequest);
        for (var count = 0; count < Mutations; count++)
        {
            if (Read(Mutate(json, random)) is AwsEc2Credential credential)
            {
                aws.Examine(credential);
            }
        }

        aws.Sts.Calls.ShouldBe(0);
    }

    [Fact]
    public void Read_MutatedAnswer_IsTheOneShapeOrNoVerdict()
    {
        var random = new Random(9);
        var answer = """{"GetCallerIdentityResponse":{"GetCallerIdentityResult":{"Account":"1","Arn":"a","UserId":"u"},"ResponseMetadata":{"RequestId":"r"}}}"""u8.ToArray();
        for (var count = 0; count < Mutations; count++)
        {
            var read = StsAnswer.Read(System.Net.HttpStatusCode.OK, "application/json", Mutate(answer, random));

            new object?[] { read.Caller, read.Refused, read.Failure }.Count(part => part is not null).ShouldBe(1);
            read.Refused.ShouldBeNull();
        }
    }

    // The endpoint answers each of these with 400: a union without its discriminator and invalid UTF-8 are no JsonException.
    private static Credential? Read(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ProtocolJson.Default.OpenSessionRequest)?.Credential;
        }
        catch (Exception malformed) when (malformed is JsonException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    private static StsProof MutateOne(StsProof proof, Random random) => random.Next(5) switch
    {
        0 => proof with { Region = Mutate(proof.Region, random) },
        1 => proof with { Date = Mutate(proof.Date, random) },
        2 => proof with { AccessKeyId = Mutate(proof.AccessKeyId, random) },
        3 => proof with { SessionToken = Mutate(proof.SessionToken, random) },
        _ => proof with { Signature = Mutate(proof.Signature, random) },
    };

    private static string Mutate(string text, Random random)
    {
        var at = random.Next(text.Length + 1);
        var letter = Alphabet[random.Next(Alphabet.Length)];
        return random.Next(4) switch
        {
            0 => text.Insert(at, letter.ToString()),
            1 => text[..at],
            2 when at < text.Length => text.Remove(at, 1).Insert(at, letter.ToString()),
            _ => text + text[at..],
        };
    }

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(6))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            case 2:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 3:
                var from = random.Next(bytes.Length);
                return [.. bytes[..at], .. bytes[Math.Min(at, from)..Math.Max(at, from)], .. bytes[at..]];
            default:
                var flipped = bytes.ToArray();
                flipped[at] ^= (byte)(1 << random.Next(8));
                return flipped;
        }
    }
}
