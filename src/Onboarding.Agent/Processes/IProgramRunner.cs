namespace Onboarding.Agent.Processes;

/// <summary>Runs programs to their end.</summary>
internal interface IProgramRunner
{
    /// <exception cref="ProgramFailedException">It could not be run, took too long or said too much.</exception>
    Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken);
}
