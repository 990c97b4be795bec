namespace Onboarding.Endpoint;

/// <summary>Bounds on what clients may do. The defaults suit a fleet behind one address translator.</summary>
public sealed record EndpointLimits
{
    /// <summary>Largest body, in bytes.</summary>
    /// <value>64 KiB.</value>
    public int MaxBodyBytes { get; init; } = 64 * 1024;

    /// <summary>Largest set of headers, in bytes: a token of 16 KiB, a proof, and what clients add.</summary>
    /// <value>32 KiB.</value>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Time to send the headers of a request.</summary>
    /// <value>10 s.</value>
    public TimeSpan HeadersTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Time for a TLS handshake and for a PROXY protocol header.</summary>
    /// <value>10 s.</value>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Slowest rate at which a body may arrive, in bytes per second, after 5 s of grace.</summary>
    /// <value>240.</value>
    public double MinBodyBytesPerSecond { get; init; } = 240;

    /// <summary>Open connections of a listener.</summary>
    /// <value>65536.</value>
    public int MaxConnections { get; init; } = 65_536;

    /// <summary>Open connections of one client address (IPv6: of one /64) to a listener.</summary>
    /// <value>16384.</value>
    public int MaxConnectionsPerAddress { get; init; } = 16_384;

    /// <summary>Sessions that are opened at the same time.</summary>
    /// <value>256.</value>
    public int MaxConcurrentOpenings { get; init; } = 256;

    /// <summary>Openings that wait for their turn; those beyond are <c>rate_limited</c>.</summary>
    /// <value>2048.</value>
    public int MaxWaitingOpenings { get; init; } = 2048;

    /// <summary>Failed openings of one client address (IPv6: of one /64).</summary>
    /// <value>A burst of 100, then one a second.</value>
    public RateLimit FailedOpenings { get; init; } = new(100, TimeSpan.FromSeconds(1));

    /// <summary>Openings with one claim (group and instanceId) from one client address, before anything is proven.</summary>
    /// <value>A burst of 10, then one in 2 s.</value>
    public RateLimit ClaimedOpenings { get; init; } = new(10, TimeSpan.FromSeconds(2));

    /// <summary>Openings by one proven identity.</summary>
    /// <value>A burst of 10, then one in 6 s.</value>
    public RateLimit ProvenOpenings { get; init; } = new(10, TimeSpan.FromSeconds(6));

    /// <summary>Calls by one workload with a valid token.</summary>
    /// <value>A burst of 60, then two a second.</value>
    public RateLimit WorkloadCalls { get; init; } = new(60, TimeSpan.FromMilliseconds(500));
}

/// <summary>How often something may be done.</summary>
/// <param name="Burst">How often at once.</param>
/// <param name="Interval">Time after which it may be done once more.</param>
public sealed record RateLimit(int Burst, TimeSpan Interval);
