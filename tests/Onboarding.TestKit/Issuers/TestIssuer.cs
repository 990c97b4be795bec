using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Onboarding.TestKit.Issuers;

/// <summary>
/// An OpenID Connect issuer on a loopback port: discovery, keys, and tokens with whatever claims a test wants.
/// Its configuration spells out 127.0.0.1, which is what allows the endpoint to connect to it.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private const string DiscoveryPath = "/.well-known/openid-configuration";
    private const string KeysPath = "/keys";
    private const string ElsewherePrefix = "/elsewhere";

    private readonly WebApplication server;
    private readonly TimeProvider time;
    private readonly List<TestIssuerKey> retired = [];
    private volatile TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile IssuerMisbehaviour misbehaviour;
    private volatile TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int keyFetches;
    private int elsewhereFetches;

    private TestIssuer(WebApplication server, TimeProvider time, TestIssuerKey key) => (this.server, this.time, Key) = (server, time, key);

    /// <summary>The issuer, without a trailing slash, e.g. <c>https://127.0.0.1:34567</c>.</summary>
    public string Issuer { get; private set; } = "";

    /// <summary>Where its keys are.</summary>
    public Uri JwksUri => new(Issuer + KeysPath);

    /// <summary>The key that signs.</summary>
    public TestIssuerKey Key { get; private set; }

    /// <summary>What is wrong with its answers.</summary>
    public IssuerMisbehaviour Misbehaviour
    {
        get => misbehaviour;
        set
        {
            if (value == IssuerMisbehaviour.Stalls)
            {
                released = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            misbehaviour = value;
        }
    }

    /// <summary>How often its keys were asked for.</summary>
    public int KeyFetches => Volatile.Read(ref keyFetches);

    /// <summary>How often a redirect was followed.</summary>
    public int RedirectsFollowed => Volatile.Read(ref elsewhereFetches);

    /// <summary>Completes when its keys are asked for; anew after each <see cref="ExpectRequest"/>.</summary>
    public Task Asked => asked.Task;

    /// <summary>Starts one on a free port of 127.0.0.1, with a key of an algorithm.</summary>
    public static async Task<TestIssuer> StartAsync(TestPki pki, TimeProvider? time = null, string algorithm = "RS256")
    {
        ArgumentNullException.ThrowIfNull(pki);
        var certificate = pki.Issue("127.0.0.1", "localhost");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var application = builder.Build();
        var issuer = new TestIssuer(application, time ?? TimeProvider.System, new TestIssuerKey("key-1", algorithm));
        application.Run(issuer.AnswerAsync);
        await application.StartAsync();
        issuer.Issuer = application.Urls.Single();
        return issuer;
    }

    /// <summary>Makes a new signing key; the old one is gone from the key set at once. Returns the old one.</summary>
    public TestIssuerKey Rotate(string algorithm = "RS256")
    {
        var old = Key;
        retired.Add(old);
        Key = new TestIssuerKey("key-" + (retired.Count + 1).ToString(CultureInfo.InvariantCulture), algorithm);
        return old;
    }

    /// <summary>
    /// A token, valid for 10 min, that <paramref name="claims"/> and <paramref name="header"/> may change at will;
    /// signed with <paramref name="key"/>, or with the current one.
    /// </summary>
    public string Mint(string subject, string audience, Action<JsonObject>? claims = null, Action<JsonObject>? header = null, TestIssuerKey? key = null) =>
        TestToken.Mint(key ?? Key, Issuer, subject, audience, time.GetUtcNow(), claims, header);

    /// <summary>The key set as served when nothing is wrong; also good as an inline <c>jwks</c>.</summary>
    public string Jwks() => TestToken.KeySet(Key.Jwk());

    /// <summary>Makes <see cref="Asked"/> wait for the next request; call it before that is provoked.</summary>
    public void ExpectRequest() => asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Behaves again, and lets the stalled answers go.</summary>
    public void Release()
    {
        misbehaviour = IssuerMisbehaviour.None;
        released.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Release();
        await server.DisposeAsync();
        Key.Dispose();
        retired.ForEach(key => key.Dispose());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        if (path.StartsWith(ElsewherePrefix, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref elsewhereFetches);
            path = path[ElsewherePrefix.Length..];
        }
        else
        {
            CountAndAnnounce(path);
            if (await MisbehaveAsync(context, path))
            {
                return;
            }
        }

        var text = path switch { DiscoveryPath => Discovery(), KeysPath => Keys(), _ => null };
        if (text is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private void CountAndAnnounce(string path)
    {
        if (string.Equals(path, KeysPath, StringComparison.Ordinal))
        {
            Interlocked.Increment(ref keyFetches);
        }

        asked.TrySetResult();
    }

    private async Task<bool> MisbehaveAsync(HttpContext context, string path)
    {
        switch (Misbehaviour)
        {
            case IssuerMisbehaviour.Stalls:
                await released.Task.WaitAsync(context.RequestAborted);
                return false;
            case IssuerMisbehaviour.Huge:
                await context.Response.WriteAsync("{\"padding\":\"" + new string('x', 1 << 20) + "\"," + Jwks()[1..], context.RequestAborted);
                return true;
            case IssuerMisbehaviour.Redirects:
                context.Response.Redirect(Issuer + ElsewherePrefix + path);
                return true;
            case IssuerMisbehaviour.Fails:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return true;
            case IssuerMisbehaviour.NotJson:
                await context.Response.WriteAsync("<html></html>", context.RequestAborted);
                return true;
            default:
                return false;
        }
    }

    private string Discovery() => new JsonObject
    {
        ["issuer"] = Misbehaviour == IssuerMisbehaviour.WrongIssuer ? "https://other.example" : Issuer,
        ["jwks_uri"] = Misbehaviour switch
        {
            IssuerMisbehaviour.PlainKeys => "http" + JwksUri.OriginalString["https".Length..],
            IssuerMisbehaviour.MetadataService => "https://169.254.169.254/latest/keys",
            _ => JwksUri.OriginalString,
        },
    }.ToJsonString();

    private string Keys() => Misbehaviour switch
    {
        IssuerMisbehaviour.SymmetricKey => TestToken.KeySet(Key.Jwk(), new JsonObject { ["kty"] = "oct", ["kid"] = "shared", ["k"] = "c2VjcmV0" }),
        IssuerMisbehaviour.PrivateKey => TestToken.KeySet(Key.Jwk(withPrivate: true)),
        IssuerMisbehaviour.ManyKeys => TestToken.KeySet([.. Enumerable.Range(0, 65).Select(index => WithKid(Key.Jwk(), index))]),
        _ => Jwks(),
    };

    private static JsonObject WithKid(JsonObject jwk, int index)
    {
        jwk["kid"] = "many-" + index.ToString(CultureInfo.InvariantCulture);
        return jwk;
    }
}
