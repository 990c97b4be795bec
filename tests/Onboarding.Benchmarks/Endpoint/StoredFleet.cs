using System.Collections.Immutable;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Onboarding.Client;
using Onboarding.Core.Configuration;
using Onboarding.Core.Entities;
using Onboarding.Core.Entities.Local;
using Onboarding.Core.Identity;
using Onboarding.Core.Resources;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Core.Sessions;
using Onboarding.Core.Workloads;
using Onboarding.Core.Workloads.Addresses;
using Onboarding.Protocol;
using Onboarding.Standalone;
using Onboarding.Standalone.Data;
using Onboarding.Standalone.Sqlite;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Benchmarks.Endpoint;

/// <summary>
/// Fills the data directory of an endpoint that has one registered workload with any number of others like it: rows, files and tokens, by the product's own
/// types. To let a hundred thousand join takes many times as long.
/// </summary>
internal sealed class StoredFleet : IAsyncDisposable
{
    private readonly DataDirectory data;
    private readonly WebApplication application;
    private readonly IEntityStore store;
    private readonly IRegistrationSink sink;
    private readonly WorkloadComposer composer;
    private readonly OnboardingTokens tokens;
    private readonly WorkloadGroup group;
    private readonly Workload workload;
    private readonly Session session;

    private StoredFleet(
        DataDirectory data, WebApplication application, WorkloadGroup group, Workload workload, Session session)
    {
        (this.data, this.application, this.group, this.workload, this.session) = (data, application, group, workload, session);
        store = application.Services.GetRequiredService<IEntityStore>();
        sink = application.Services.GetRequiredService<IRegistrationSink>();
        var options = application.Services.GetRequiredService<IOptionsSource>();
        composer = new WorkloadComposer(options);
        tokens = new OnboardingTokens(options.Uid, application.Services.GetRequiredService<SigningKeys>());
    }

    /// <summary>Over the files of an endpoint that does not run.</summary>
    public static async Task<StoredFleet> OpenAsync(EndpointFiles files)
    {
        var directory = DataDirectory.Open(files.Data);
        var settings = new StandaloneSettings(files.Config, files.Manifests, files.Data);
        var built = await StandaloneHost.BuildAsync(settings, directory, NullLoggerFactory.Instance, CancellationToken.None);
        var rows = built.Services.GetRequiredService<SqliteEntityStore>();
        var manifest = Path.Combine(files.Manifests, "ratings.yaml");
        var ratings = ManifestReader.Read(await YamlParser.ParseFileAsync(manifest, YamlLimits.Configuration, CancellationToken.None), manifest).WorkloadGroups.Single();
        return new StoredFleet(directory, built, ratings, await ReadAsync(rows, Workload.Codec), await ReadAsync(rows, Session.Codec));
    }

    /// <summary>Adds workloads.</summary>
    /// <returns>A token of each.</returns>
    public async Task<IReadOnlyList<string>> AddAsync(int count)
    {
        var issued = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, _) => issued[number] = await AddOneAsync(number));
        return issued;
    }

    /// <summary>A heartbeat of a workload whose sidecar runs with a bundle.</summary>
    public static Task<ApiReply<HeartbeatResponse>> HeartbeatAsync(ApiClient api, string token, string? bundle)
    {
        var heartbeat = new HeartbeatRequest(new SidecarStatus(SidecarState.Ready, ConfigRevision: bundle));
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/heartbeat") { Content = JsonContent.Create(heartbeat, ProtocolJson.Default.HeartbeatRequest) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return api.SendAsync(request, ProtocolJson.Default.HeartbeatResponse);
    }

    public async ValueTask DisposeAsync()
    {
        await application.DisposeAsync();
        data.Dispose();
    }

    private static async Task<TState> ReadAsync<TState>(SqliteEntityStore rows, EntityCodec<TState> codec)
        where TState : class, IEntity<TState> =>
        codec.Decode((await rows.ReadAsync(codec.Kind, rows.ListKeys(codec.Kind).Single()))!.Value).State;

    private async Task<string> AddOneAsync(int number)
    {
        var before = workload.Registered!;
        var subject = $"stored-{number.ToString(CultureInfo.InvariantCulture)}";
        var address = $"10.{100 + (number >> 16)}.{(number >> 8) & 255}.{number & 255}";
        var identity = new JwtIdentity(EndpointFiles.Issuer, subject, ImmutableSortedDictionary<string, string>.Empty);
        var key = WorkloadKey.Of(group.Metadata.Namespace, group.Metadata.Name, identity);
        var (sessionId, tokenId) = (SessionIds.New(), SessionIds.New());
        var held = before.Session with
        {
            Id = SessionIds.Hash(sessionId),
            Epoch = workload.Epoch + number,
            Instance = SessionIds.Hash(subject),
            Identity = identity,
            Name = $"{group.Metadata.Name}-jwt-bench--{subject}",
        };
        var registered = before with
        {
            Session = held,
            Registration = before.Registration with { Host = new([new HostAddress(address, AddressType.Vpc)]) },
            Address = address,
            AddressKey = Address.KeyOf(group.Template.Network, address),
        };
        var entry = composer.Entry(group, registered, suspended: null);
        var uid = await sink.ApplyAsync(composer.Registration(group, registered, suspended: null), entry, held.Epoch, CancellationToken.None);
        registered = registered with { Written = before.Written! with { Uid = uid, Content = WorkloadComposer.ContentOf(entry) } };
        var stored = workload with
        {
            Epoch = held.Epoch,
            Registered = registered,
            Credentials = [new UsedCredential(SessionIds.Hash(tokenId), held.Instance, workload.Credentials.Single().ExpiresAt)],
        };
        var token = session.Current! with { Hash = SessionIds.Hash(tokenId) };
        await Task.WhenAll(
            store.WriteAsync(Workload.Codec.Kind, key, 0, Workload.Codec.Encode(new(stored, []))).AsTask(),
            store.WriteAsync(Session.Codec.Kind, held.Id, 0, Session.Codec.Encode(new(session with { Current = token }, []))).AsTask(),
            store.WriteAsync(Address.Codec.Kind, registered.AddressKey!, 0, Address.Codec.Encode(new(new Address { Identity = Address.IdentityOf(key), Workloads = [key] }, []))).AsTask());
        return tokens.Issue(new TokenClaims(
            new(group.Metadata.Namespace, group.Metadata.Name), held.Name, key, sessionId, tokenId, held.Epoch, session.KeyThumbprint!, token.IssuedAt, token.ExpiresAt));
    }
}
