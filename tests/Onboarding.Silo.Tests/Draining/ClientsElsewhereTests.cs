using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Onboarding.Silo.Draining;
using Onboarding.Silo.Partitions;
using Onboarding.TestKit.Time;

namespace Onboarding.Silo.Tests.Draining;

public sealed class ClientsElsewhereTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Invoke_ContactWithTheClusterIsLost_TheClientIsToldToConnectAnew(bool isLost)
    {
        var answer = new Answer();
        var http = new DefaultHttpContext();
        http.Features.Set<IHttpResponseFeature>(answer);
        http.Features.Set<IConnectionLifetimeNotificationFeature>(answer);
        var sut = new ClientsElsewhere(new SiloDraining(Options.Create(new DrainingOptions()), new FakeTimeProvider()), new Contact(isLost));

        await sut.InvokeAsync(http, _ => answer.StartAsync());

        answer.IsLast.ShouldBe(isLost);
    }

    private sealed record Contact(bool IsLost) : IClusterContact;

    private sealed class Answer : HttpResponseFeature, IConnectionLifetimeNotificationFeature
    {
        public Func<Task> StartAsync { get; private set; } = () => Task.CompletedTask;

        public bool IsLast { get; private set; }

        public CancellationToken ConnectionClosedRequested { get; set; }

        public override void OnStarting(Func<object, Task> callback, object state) => StartAsync = () => callback(state);

        public void RequestClose() => IsLast = true;
    }
}
