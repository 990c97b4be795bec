namespace Onboarding.Agent.Processes;

/// <summary>One run of a program: no shell, and no environment but what is listed.</summary>
/// <param name="Path">Absolute path of the program.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Its environment, beside <c>PATH</c> and the locale.</param>
/// <param name="Input">What it is given on standard input.</param>
/// <param name="Timeout">How long it may take; then it and its children are killed.</param>
internal sealed record ProgramCall(
    string Path,
    IReadOnlyList<string> Arguments,
    IReadOnlyDictionary<string, string> Environment,
    string Input,
    TimeSpan Timeout)
{
    /// <summary>The most that is read of its standard output, and of its standard error.</summary>
    public const int OutputLimit = 64 << 10;
}
