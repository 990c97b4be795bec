using System.Text;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Oidc;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.TestKit.Data;

namespace Onboarding.Attestation.Tests.Oidc;

/// <summary>Project Wycheproof's JWS vectors through the signature-verifying stage: many of their payloads are no JSON.</summary>
public class WycheproofTests
{
    private const string Vectors = "data/jose/json_web_signature_test.json";

    [SharedDataFact(Vectors)]
    public void AsymmetricKeys_EveryInvalidVectorIsRefusedAndEveryValidOneAccepted()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var (key, tests) in AsymmetricGroups())
        {
            var keys = Read(key);
            foreach (var test in tests)
            {
                count++;
                var expected = string.Equals((string?)test["result"], "valid", StringComparison.Ordinal);
                if (Accepts(keys, (string)test["jws"]!) != expected)
                {
                    wrong.Add($"{test["tcId"]} {test["comment"]}");
                }
            }
        }

        wrong.ShouldBeEmpty();
        count.ShouldBe(361);
    }

    [SharedDataFact(Vectors)]
    public void KeysWithAnotherAlgorithmThanTheTokens_AreNotUsed()
    {
        // Four vectors repeat RFC 7520's examples with an alg that the RFC's keys do not have, and that is not the token's:
        // PS256 for a token of PS384, and ES521, which is no algorithm. We hold a key to its alg (RFC 8725 section 3.1).
        var mislabelled = AsymmetricGroups(asWritten: true)
            .SelectMany(group => group.Tests.Select(test => (Keys: Read(group.Key), Test: test)))
            .Where(vector => (int)vector.Test["tcId"]! is 346 or 347 or 350 or 351)
            .ToArray();

        mislabelled.Length.ShouldBe(4);
        mislabelled.ShouldAllBe(vector => !Accepts(vector.Keys, (string)vector.Test["jws"]!));
    }

    [SharedDataFact(Vectors)]
    public void SymmetricKeys_AreRefusedAsASet()
    {
        var symmetric = Groups().Where(group => group["public"] is null).ToArray();

        symmetric.ShouldNotBeEmpty();
        foreach (var group in symmetric)
        {
            Should.Throw<KeySetException>(() => Read(group["private"]!.AsObject())).Message.ShouldContain("symmetric");
        }
    }

    private static IEnumerable<JsonObject> Groups() =>
        JsonNode.Parse(File.ReadAllText(SharedData.PathOf(Vectors)))!["testGroups"]!.AsArray().Select(group => group!.AsObject());

    private static IEnumerable<(JsonObject Key, IEnumerable<JsonObject> Tests)> AsymmetricGroups(bool asWritten = false)
    {
        foreach (var group in Groups().Where(group => group["public"] is not null))
        {
            var key = group["public"]!.AsObject();
            if (!asWritten && ((string?)group["comment"] ?? "").StartsWith("rfc7520", StringComparison.Ordinal))
            {
                key.Remove("alg");
            }

            yield return (key, group["tests"]!.AsArray().Select(test => test!.AsObject()));
        }
    }

    private static KeySet Read(JsonObject key) => JwkSetReader.Read(Encoding.UTF8.GetBytes($$"""{"keys":[{{key.ToJsonString()}}]}"""));

    private static bool Accepts(KeySet keys, string jws)
    {
        if (!JwsCompact.TryRead(jws, out var parts, out _) || JsonText.TryParseObject(parts.Header) is not { } header)
        {
            return false;
        }

        using (header)
        {
            var keyId = JsonText.TryGet(header.RootElement, "kid"u8, out var text) ? text : null;
            return JsonText.TryGet(header.RootElement, "alg"u8, out var name)
                && JwtAlgorithm.Find(name) is { } algorithm
                && keys.Find(keyId, algorithm).Key?.Verify(algorithm, parts.SigningInput, parts.Signature) == true;
        }
    }
}
