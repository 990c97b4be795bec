using System.Buffers;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Onboarding.Core.Identity;

/// <summary>
/// Keys of workloads: namespace, group and a hash over the identity's proven, lasting parts. A role, a zone, a cluster and
/// attributes change or are not proven, so they are no part of it. Two workloads of one name have two keys.
/// </summary>
public static class WorkloadKey
{
    private const int HashDigits = 32;

    // Escapes only what RFC 8259 section 7 makes a must (and what is not ASCII text), so that jq or Python come to the same hash.
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary><c>&lt;namespace&gt;/&lt;group&gt;/&lt;first 32 hex digits of SHA-256 over the identity's lasting parts, a JSON array&gt;</c>.</summary>
    public static string Of(string @namespace, string group, WorkloadIdentity identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(@namespace);
        ArgumentException.ThrowIfNullOrEmpty(group);
        return $"{@namespace}/{group}/{DigestOf(identity)}";
    }

    /// <summary>The identity alone, whatever group it is for: the hash that ends a key.</summary>
    public static string DigestOf(WorkloadIdentity identity) => Convert.ToHexStringLower(Hash(LastingParts(identity)))[..HashDigits];

    /// <summary>The namespace that a key begins with.</summary>
    internal static string NamespaceOf(string key) => key[..key.IndexOf('/', StringComparison.Ordinal)];

    /// <summary>The group in the middle of a key.</summary>
    internal static string GroupOf(string key) => key[(key.IndexOf('/', StringComparison.Ordinal) + 1)..key.LastIndexOf('/')];

    /// <summary>The digest that ends a key: the identity, whatever its group.</summary>
    internal static string DigestOf(string key) => key[(key.LastIndexOf('/') + 1)..];

    /// <summary>What stays the same for the identity's whole life, kind first.</summary>
    internal static string[] LastingParts(WorkloadIdentity identity) => identity switch
    {
        AwsIdentity { Ec2: { } ec2, Ecs: null } aws => ["aws-ec2", aws.Partition, aws.Account, aws.Region, ec2.InstanceId],
        AwsIdentity { Ecs: { } ecs, Ec2: null } aws => ["aws-ecs", aws.Partition, aws.Account, ecs.TaskId],
        JwtIdentity jwt => ["jwt", jwt.Issuer, jwt.Subject],
        _ => throw new ArgumentException("is of no kind that is known here", nameof(identity)),
    };

    /// <summary>SHA-256 over the JSON array of strings, without spaces.</summary>
    internal static byte[] Hash(IEnumerable<string> parts)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json, Plain))
        {
            writer.WriteStartArray();
            foreach (var part in parts)
            {
                writer.WriteStringValue(part);
            }

            writer.WriteEndArray();
        }

        return SHA256.HashData(json.WrittenSpan);
    }
}
