namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>Waits for what other threads do, without a time that it must take.</summary>
internal static class Eventually
{
    public static async Task BecomesTrueAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Yield();
        }
    }
}
