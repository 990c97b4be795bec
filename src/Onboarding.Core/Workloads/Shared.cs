namespace Onboarding.Core.Workloads;

/// <summary>
/// One instance of values that many workloads have alike: versions, terms, what conditions say. Each row that is read and each message brings its own, and
/// a fleet would keep them all. Bounded: a value takes the place of whichever had it, and costs memory again where that comes back.
/// </summary>
internal static class Shared
{
    /// <summary>The instance that is shared.</summary>
    public static T Of<T>(T value)
        where T : class => Pool<T>.Of(value);

    /// <inheritdoc cref="Of{T}(T)"/>
    public static T? OfOptional<T>(T? value)
        where T : class => value is null ? null : Pool<T>.Of(value);

    private static class Pool<T>
        where T : class
    {
        private const int Capacity = 4096;
        private static readonly T?[] Places = new T?[Capacity];

        public static T Of(T value)
        {
            ref var place = ref Places[(uint)value.GetHashCode() % Capacity];
            var known = Volatile.Read(ref place);
            if (known is not null && known.Equals(value))
            {
                return known;
            }

            Volatile.Write(ref place, value);
            return value;
        }
    }
}
