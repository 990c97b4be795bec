using System.Text;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Yaml.Editing;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Configuration;

/// <summary>
/// Edits <c>onboarding.workloads.denied</c> of the ControlPlane file; all else in it stays as somebody wrote it. What comes out is read before it takes
/// the file's place, in one step. That it has changed is noticed by <see cref="ControlPlaneFile"/>, as when a person edits it.
/// </summary>
internal sealed class DeniedListFile(string path) : IDisposable
{
    private const int MaxDocuments = 32;

    private static readonly string[] ListPath = ["spec", "meshExpansion", "onboarding", "workloads", "denied"];

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Adds an entry.</summary>
    /// <returns>Whether it was not there.</returns>
    /// <exception cref="InvalidConfigurationException">The entry is wrong, or the file is or would be.</exception>
    public Task<bool> AddAsync(DeniedWorkload entry, CancellationToken cancellationToken)
    {
        var item = DeniedItem.Write(entry);
        var problems = DeniedItem.Check(item, path);
        return problems.Length > 0
            ? throw new InvalidConfigurationException(problems)
            : ChangeAsync(before => before.Contains(entry) ? before : [entry, .. before], (text, document) => YamlListEditor.Add(text, document, ListPath, item), cancellationToken);
    }

    /// <summary>Takes out all entries that name the same, whatever was issued before when.</summary>
    /// <returns>Whether there were any.</returns>
    /// <exception cref="InvalidConfigurationException">The file is wrong, or would be.</exception>
    public Task<bool> RemoveAsync(DeniedWorkload entry, CancellationToken cancellationToken)
    {
        var named = entry with { Before = null };
        bool IsNamed(DeniedWorkload denied) => denied with { Before = null } == named;
        List<int> indexes = [];
        return ChangeAsync(
            before =>
            {
                indexes = [.. before.Index().Where(denied => IsNamed(denied.Item)).Select(denied => denied.Index).Reverse()];
                return [.. before.Where(denied => !IsNamed(denied))];
            },
            (text, document) => indexes.Aggregate(text, (rest, index) => YamlListEditor.Remove(rest, document, ListPath, index)),
            cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    private async Task<bool> ChangeAsync(
        Func<List<DeniedWorkload>, List<DeniedWorkload>> change, Func<string, int, string> edit, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            // A link is followed: what it leads to is the file.
            var file = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
            var text = await File.ReadAllTextAsync(file, cancellationToken);
            var problems = new ProblemList();
            var before = ControlPlaneReader.Read(text, path, problems) ?? throw new InvalidConfigurationException(problems.Errors);
            var wanted = change([.. before.Workloads.Denied]);
            if (wanted.SequenceEqual(before.Workloads.Denied))
            {
                return false;
            }

            await ReplaceAsync(file, FindEdit(text, wanted, edit), cancellationToken);
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    // Of several documents one is the ControlPlane: the one that, edited, makes the list what it should be.
    private string FindEdit(string text, List<DeniedWorkload> wanted, Func<string, int, string> edit)
    {
        for (var document = 0; document < MaxDocuments; document++)
        {
            try
            {
                var edited = edit(text, document);
                if (ControlPlaneReader.Read(edited, path, new ProblemList()) is { } after && after.Workloads.Denied.SequenceEqual(wanted))
                {
                    return edited;
                }
            }
            catch (FormatException)
            {
                // Not this one.
            }
        }

        var message = "is laid out so that it cannot be changed here; edit onboarding.workloads.denied by hand";
        throw new InvalidConfigurationException([new FieldProblem(path, 1, "", message)]);
    }

    private static async Task ReplaceAsync(string file, string text, CancellationToken cancellationToken)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(file)!, $".{Path.GetFileName(file)}.tmp");
        File.Delete(temporary);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = File.GetUnixFileMode(file);
        }

        await using (var stream = new FileStream(temporary, options))
        {
            await stream.WriteAsync(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text), cancellationToken);
            stream.Flush(flushToDisk: true);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
