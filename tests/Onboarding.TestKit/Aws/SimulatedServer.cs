using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Onboarding.TestKit.Issuers;

namespace Onboarding.TestKit.Aws;

/// <summary>A simulated service at an address of the network.</summary>
public sealed class SimulatedServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private SimulatedServer(WebApplication server) => this.server = server;

    /// <summary>Where it listens, e.g. <c>https://127.0.0.1:34567</c>.</summary>
    public Uri Address => new(server.Urls.First());

    /// <summary>Starts one without TLS, as metadata services are.</summary>
    /// <param name="service">What answers.</param>
    /// <param name="listen">Where.</param>
    public static async Task<SimulatedServer> StartAsync(ISimulatedService service, params IPEndPoint[] listen)
    {
        ArgumentNullException.ThrowIfNull(service);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Array.ForEach(listen, kestrel.Listen));
        return await RunAsync(builder.Build(), service);
    }

    /// <summary>Starts one over TLS, whose certificate is good for whatever name is asked for, and for the address it listens at.</summary>
    /// <param name="service">What answers.</param>
    /// <param name="pki">Whose certificates it shows.</param>
    /// <param name="listen">Where; null: a free port of 127.0.0.1.</param>
    public static async Task<SimulatedServer> StartAsync(ISimulatedService service, TestPki pki, IPEndPoint? listen = null)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(pki);
        var at = listen ?? new IPEndPoint(IPAddress.Loopback, 0);
        var certificates = new ConcurrentDictionary<string, X509Certificate2>(StringComparer.OrdinalIgnoreCase);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(at, options => options.UseHttps(https =>
            https.ServerCertificateSelector = (_, name) =>
                certificates.GetOrAdd(name ?? "", asked => asked.Length == 0 ? pki.Issue($"{at.Address}") : pki.Issue($"{at.Address}", asked)))));
        return await RunAsync(builder.Build(), service);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<SimulatedServer> RunAsync(WebApplication application, ISimulatedService service)
    {
        application.Run(context => AnswerAsync(service, context));
        await application.StartAsync();
        return new SimulatedServer(application);
    }

    private static async Task AnswerAsync(ISimulatedService service, HttpContext context)
    {
        var reply = await service.AnswerAsync(await context.Request.ReadAsync(), context.RequestAborted);
        await context.Response.WriteAsync(reply, context.RequestAborted);
    }
}
