using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>The ceiling of a heartbeat: Kestrel behind the same certificate, which reads the body and answers with as many bytes.</summary>
internal static class EmptyEndpoint
{
    /// <summary>The argument that makes this program one.</summary>
    public const string Argument = "empty-endpoint";

    private static readonly byte[] Reply = """{"restart":"none","nextHeartbeat":"30s"}"""u8.ToArray();

    /// <summary>Serves until it is killed.</summary>
    public static async Task RunAsync(string port, string tls)
    {
        var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(tls, "tls.crt"), Path.Combine(tls, "tls.key"));
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture), listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        application.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Reply, context.RequestAborted);
        });
        await application.RunAsync();
    }
}
