using System.Collections.Concurrent;
using System.Collections.Frozen;
using Onboarding.Core.Entities;

namespace Onboarding.Core.Workloads.Namespaces;

/// <summary>
/// Counts the members of groups: what is written says who is registered, whatever process or silo wrote it. Those who have left are no
/// members any more. Counting looks at all that is written in a namespace, so a count serves for a while.
/// </summary>
internal sealed class GroupCensus(IRegistrationSink sink, TimeProvider time)
{
    // A count serves for at least this long, and so long that counting takes no more than a twentieth of the time.
    private const int TimesAsLongAsItTook = 20;
    private static readonly TimeSpan ServesAtLeast = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ServesAtMost = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ServesAsOld = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Counted> namespaces = new(StringComparer.Ordinal);

    /// <summary>How many members a group has.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <param name="group">The group.</param>
    /// <param name="isOldGoodEnough">Whether a count of some minutes ago will do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UnavailableException">What is written cannot be listed.</exception>
    public async ValueTask<GroupCount> CountAsync(string @namespace, string group, bool isOldGoodEnough, CancellationToken cancellationToken)
    {
        var counted = namespaces.GetOrAdd(@namespace, static _ => new Counted());
        var last = counted.Last;
        if (last is null || (isOldGoodEnough ? last.At + ServesAsOld : last.ServesUntil) <= time.GetUtcNow())
        {
            last = await counted.CountAsync(() => CountAsync(@namespace, counted)).WaitAsync(cancellationToken);
        }

        return new GroupCount(last.Members.GetValueOrDefault(group), last.At);
    }

    // Whoever asked first may give up; the count is for all.
    private async Task<Census> CountAsync(string @namespace, Counted counted)
    {
        if (counted.Last is { } just && just.ServesUntil > time.GetUtcNow())
        {
            return just;
        }

        try
        {
            // The time before: what goes while it is counted may be in it.
            var (at, started) = (time.GetUtcNow(), time.GetTimestamp());
            var written = await sink.ListWorkloadsAsync(@namespace, CancellationToken.None);
            var members = written.Where(one => !one.HasLeft)
                .CountBy(one => one.Group, StringComparer.Ordinal)
                .ToFrozenDictionary(StringComparer.Ordinal);
            return counted.Last = new Census(members, at, at + ServesFor(time.GetElapsedTime(started)));
        }
        catch (Exception failure)
        {
            throw new UnavailableException($"the registrations of namespace {@namespace} cannot be counted", failure);
        }
    }

    private static TimeSpan ServesFor(TimeSpan took)
    {
        var wanted = took * TimesAsLongAsItTook;
        return wanted < ServesAtLeast ? ServesAtLeast : wanted > ServesAtMost ? ServesAtMost : wanted;
    }

    private sealed class Counted
    {
        private readonly Lock gate = new();
        private Task<Census> running = Task.FromCanceled<Census>(new CancellationToken(canceled: true));

        public volatile Census? Last;

        /// <summary>Joins the count that goes on, or begins one.</summary>
        public Task<Census> CountAsync(Func<Task<Census>> count)
        {
            TaskCompletionSource<Census> begun;
            lock (gate)
            {
                if (!running.IsCompleted)
                {
                    return running;
                }

                begun = new TaskCompletionSource<Census>(TaskCreationOptions.RunContinuationsAsynchronously);
                running = begun.Task;
            }

            _ = EndAsync(begun, count());
            return begun.Task;
        }

        private static async Task EndAsync(TaskCompletionSource<Census> begun, Task<Census> counting)
        {
            await ((Task)counting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            begun.SetFromTask(counting);
        }
    }

    private sealed record Census(FrozenDictionary<string, int> Members, DateTimeOffset At, DateTimeOffset ServesUntil);
}

/// <summary>How many members a group has.</summary>
/// <param name="Members">How many.</param>
/// <param name="At">When they were counted.</param>
internal sealed record GroupCount(int Members, DateTimeOffset At);
