using System.Globalization;
using System.Text;

namespace Onboarding.Endpoint.Telemetry.Metrics;

/// <summary>The measurements with one set of labels.</summary>
internal sealed class PrometheusSeries
{
    /// <summary>Kestrel's label for the address of a listener, whose port it has besides: no label of ours is an address.</summary>
    private const string ListenerAddress = "server.address";

    private readonly KeyValuePair<string, object?>[] tags;
    private readonly long[] buckets;
    private double value;

    public PrometheusSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, int boundaries, PrometheusSeries? next)
    {
        this.tags = tags.ToArray();
        buckets = boundaries == 0 ? [] : new long[boundaries + 1];
        Next = next;
        Labels = LabelsOf(this.tags);
    }

    /// <summary>Another series whose labels have the same hash.</summary>
    public PrometheusSeries? Next { get; }

    /// <summary>The labels, without braces.</summary>
    public string Labels { get; }

    /// <summary>A hash over labels in the order in which they were given.</summary>
    public static int HashOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, given) in tags)
        {
            hash.Add(key, StringComparer.Ordinal);
            hash.Add(given);
        }

        return hash.ToHashCode();
    }

    /// <summary>Whether these are its labels.</summary>
    public bool Has(ReadOnlySpan<KeyValuePair<string, object?>> other)
    {
        if (other.Length != tags.Length)
        {
            return false;
        }

        for (var index = 0; index < tags.Length; index++)
        {
            if (!string.Equals(tags[index].Key, other[index].Key, StringComparison.Ordinal) || !Equals(tags[index].Value, other[index].Value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds an increment.</summary>
    public void Add(double increment)
    {
        double before;
        do
        {
            before = Volatile.Read(ref value);
        }
        while (Interlocked.CompareExchange(ref value, before + increment, before) != before);
    }

    /// <summary>Sets a value.</summary>
    public void Set(double observed) => Volatile.Write(ref value, observed);

    /// <summary>Counts an observation into its bucket, and adds it to the sum.</summary>
    public void Observe(double observed, double[] boundaries)
    {
        var index = Array.BinarySearch(boundaries, observed);
        Interlocked.Increment(ref buckets[index < 0 ? ~index : index]);
        Add(observed);
    }

    /// <summary>Appends the samples.</summary>
    public void Render(StringBuilder text, string name, double[] boundaries)
    {
        if (buckets.Length == 0)
        {
            Sample(text, name, Labels, Volatile.Read(ref value));
            return;
        }

        long total = 0;
        for (var index = 0; index < buckets.Length; index++)
        {
            total += Volatile.Read(ref buckets[index]);
            var bound = index < boundaries.Length ? Number(boundaries[index]) : "+Inf";
            Sample(text, $"{name}_bucket", Labels.Length == 0 ? $"le=\"{bound}\"" : $"{Labels},le=\"{bound}\"", total);
        }

        Sample(text, $"{name}_sum", Labels, Volatile.Read(ref value));
        Sample(text, $"{name}_count", Labels, total);
    }

    private static void Sample(StringBuilder text, string name, string labels, double sample)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(sample)).Append('\n');
    }

    private static string Number(double number) => number switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string LabelsOf(IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(',', tags
            .Where(tag => !string.Equals(tag.Key, ListenerAddress, StringComparison.Ordinal))
            .OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{PrometheusName.Sanitize(tag.Key)}=\"{Escape(Text(tag.Value))}\""));

    private static string Text(object? tag) => tag switch
    {
        null => "",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Escape(string text) => text
        .Replace("\\", @"\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);
}
