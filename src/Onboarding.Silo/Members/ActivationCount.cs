namespace Onboarding.Silo.Members;

/// <summary>How many activations of a kind of grain this silo has.</summary>
internal sealed class ActivationCount(string kind)
{
    private int count;

    /// <summary>The grain type.</summary>
    public string Kind => kind;

    /// <summary>How many there are now.</summary>
    public int Now => Volatile.Read(ref count);

    /// <summary>One has begun.</summary>
    public void Begin() => Interlocked.Increment(ref count);

    /// <summary>One has ended.</summary>
    public void End() => Interlocked.Decrement(ref count);
}
