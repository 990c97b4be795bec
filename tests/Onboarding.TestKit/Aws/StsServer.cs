using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Onboarding.TestKit.Issuers;

namespace Onboarding.TestKit.Aws;

/// <summary>A <see cref="SimulatedSts"/> over TLS. Its certificate is good for whatever name is asked for, and for the address it listens at.</summary>
public sealed class StsServer : IAsyncDisposable
{
    private readonly WebApplication server;

    private StsServer(WebApplication server) => this.server = server;

    /// <summary>Where it listens, e.g. <c>https://127.0.0.1:34567</c>.</summary>
    public Uri Address => new(server.Urls.Single());

    /// <summary>Starts one.</summary>
    /// <param name="sts">What answers.</param>
    /// <param name="pki">Whose certificates it shows.</param>
    /// <param name="listen">Where; null: a free port of 127.0.0.1.</param>
    public static async Task<StsServer> StartAsync(SimulatedSts sts, TestPki pki, IPEndPoint? listen = null)
    {
        ArgumentNullException.ThrowIfNull(sts);
        ArgumentNullException.ThrowIfNull(pki);
        var at = listen ?? new IPEndPoint(IPAddress.Loopback, 0);
        var certificates = new ConcurrentDictionary<string, X509Certificate2>(StringComparer.OrdinalIgnoreCase);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(at, options => options.UseHttps(https =>
            https.ServerCertificateSelector = (_, name) => certificates.GetOrAdd(name ?? "", asked => asked.Length == 0 ? pki.Issue($"{at.Address}") : pki.Issue($"{at.Address}", asked)))));
        var application = builder.Build();
        application.Run(context => AnswerAsync(sts, context));
        await application.StartAsync();
        return new StsServer(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task AnswerAsync(SimulatedSts sts, HttpContext context)
    {
        var reply = await sts.AnswerAsync(await context.Request.ReadAsync(), context.RequestAborted);
        await context.Response.WriteAsync(reply, context.RequestAborted);
    }
}
