using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Onboarding.Core.Workloads;

namespace Onboarding.Endpoint.Manifests;

/// <summary>
/// Whose the files of registrations are, as far as that was read or written here: who lists a namespace again looks at each file, and reads only those that
/// somebody has changed. Some 80 bytes for each file that is there.
/// </summary>
internal sealed class WrittenIndex
{
    private readonly ConcurrentDictionary<string, Namespace> namespaces = new(StringComparer.Ordinal);

    /// <summary>What is known of the files of a namespace.</summary>
    public Namespace Of(string @namespace) => namespaces.GetOrAdd(@namespace, static name => new Namespace(name));

    /// <summary>The files of one namespace.</summary>
    internal sealed class Namespace(string name)
    {
        // Files that went behind our back, beyond which they are looked for.
        private const int Slack = 100;

        private readonly Lock gate = new();
        private readonly Dictionary<long, Known> files = [];
        private readonly Dictionary<string, string> groups = new(StringComparer.Ordinal);

        /// <summary>Files that are known.</summary>
        public int Count
        {
            get
            {
                lock (gate)
                {
                    return files.Count;
                }
            }
        }

        /// <summary>Whether a file is known as it stands; <paramref name="workload"/> is null where it is none of ours.</summary>
        public bool TryFind(string file, FileStamp stamp, out WrittenWorkload? workload)
        {
            lock (gate)
            {
                workload = null;
                if (!files.TryGetValue(DigestOf(file), out var known) || known.Length != (int)stamp.Length || known.Written != stamp.Written)
                {
                    return false;
                }

                workload = known.Group is null ? null : new WrittenWorkload(name, known.Group, new UInt128(known.High, known.Low), known.HasLeft);
                return true;
            }
        }

        /// <summary>Keeps whose a file is; a null <paramref name="workload"/>: it is none of ours.</summary>
        public void Keep(string file, FileStamp stamp, WrittenWorkload? workload)
        {
            lock (gate)
            {
                var (written, length) = (stamp.Written, (int)stamp.Length);
                files[DigestOf(file)] = workload is { } ours
                    ? new Known(written, length, GroupOf(ours.Group), (ulong)(ours.Identity >> 64), (ulong)ours.Identity, ours.HasLeft)
                    : new Known(written, length, null, 0, 0, HasLeft: false);
            }
        }

        /// <summary>Forgets a file that has gone.</summary>
        public void Remove(string file)
        {
            lock (gate)
            {
                files.Remove(DigestOf(file));
            }
        }

        /// <summary>Forgets those that went without a word, once there are many: whoever lists next reads what is there.</summary>
        /// <param name="found">How many files there were.</param>
        public void Trim(int found)
        {
            lock (gate)
            {
                if (files.Count > (found * 2) + Slack)
                {
                    files.Clear();
                    files.TrimExcess();
                    groups.Clear();
                }
            }
        }

        // Where two were alike, a file would still be taken for the other only if it had its length and time too.
        private static long DigestOf(string file)
        {
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(Encoding.UTF8.GetBytes(file), digest);
            return BinaryPrimitives.ReadInt64BigEndian(digest);
        }

        // One string for all members.
        private string GroupOf(string group)
        {
            if (!groups.TryGetValue(group, out var shared))
            {
                groups[group] = shared = group;
            }

            return shared;
        }
    }

    // 40 bytes: a UInt128 would be aligned to its size.
    private readonly record struct Known(DateTime Written, int Length, string? Group, ulong High, ulong Low, bool HasLeft);
}
