using Onboarding.Agent.Processes;

namespace Onboarding.Agent.Tests.Fakes;

/// <summary>Answers calls of programs without running any.</summary>
internal sealed class FakePrograms(Func<ProgramCall, ProgramResult> answer) : IProgramRunner
{
    public List<ProgramCall> Calls { get; } = [];

    public Task<ProgramResult> RunAsync(ProgramCall call, CancellationToken cancellationToken)
    {
        Calls.Add(call);
        return Task.FromResult(answer(call));
    }
}
