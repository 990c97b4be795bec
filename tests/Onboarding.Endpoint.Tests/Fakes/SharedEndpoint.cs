namespace Onboarding.Endpoint.Tests.Fakes;

/// <summary>One running endpoint for all tests of a class.</summary>
public sealed class SharedEndpoint : IAsyncLifetime
{
    internal EndpointHarness Harness { get; private set; } = null!;

    public async Task InitializeAsync() => Harness = await EndpointHarness.StartAsync();

    public async Task DisposeAsync() => await Harness.DisposeAsync();
}
