namespace Onboarding.Cli.Tests.Demo;

public sealed class DemoCommandTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("10")]
    [InlineData("three")]
    public async Task Demo_NumberOfSilosThatShowsNothing_Refused(string silos) =>
        (await Cli.RunAsync("demo", "--silos", silos)).ExitCode.ShouldBe(ExitCodes.Failed);
}
