namespace Onboarding.EndToEnd.Tests.Support;

/// <summary>Runs <c>onboardctl</c> to its end.</summary>
internal static class Onboardctl
{
    /// <summary>What it printed; its exit code must be 0.</summary>
    public static async Task<string> RunAsync(params string[] arguments)
    {
        await using var process = ProgramProcess.Start(Executables.Onboardctl, arguments);
        var exitCode = await process.ExitAsync();
        exitCode.ShouldBe(0, process.Output());
        return process.Output();
    }
}
