using System.Diagnostics;

namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>Waits for what other processes do. They say it in files, logs and answers, so these are looked at again and again, within a bound.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when it is so.</summary>
    /// <param name="what">What is waited for, as a sentence's end.</param>
    /// <param name="isSo">Looks once.</param>
    /// <param name="evidence">What a reader of the failed test wants to see.</param>
    /// <param name="isHopeless">True: it will never be so.</param>
    /// <exception cref="TimeoutException">It was never so.</exception>
    public static async Task ThatAsync(string what, Func<Task<bool>> isSo, Func<string> evidence, Func<bool>? isHopeless = null)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (isHopeless?.Invoke() == true || Stopwatch.GetElapsedTime(since) > Patience)
            {
                throw new TimeoutException($"waited in vain until {what}:\n{evidence()}");
            }

            await Task.Delay(BetweenLooks, TimeProvider.System);
        }
    }
}
