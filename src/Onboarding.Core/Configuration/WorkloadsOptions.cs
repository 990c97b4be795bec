using System.Collections.Immutable;
using System.Net;

namespace Onboarding.Core.Configuration;

/// <summary><c>spec.meshExpansion.onboarding.workloads</c>.</summary>
public sealed record WorkloadsOptions
{
    /// <summary><c>authentication.jwt.issuers</c>; none: every JWT is refused.</summary>
    public ImmutableArray<JwtIssuerOptions> JwtIssuers { get; init; } = [];

    /// <summary><c>authentication.aws</c>; null: no AWS credential is accepted.</summary>
    public AwsAuthenticationOptions? Aws { get; init; }

    /// <summary><c>deregistration.propagationDelay</c>: how long a leaving sidecar goes on.</summary>
    /// <value>10 s.</value>
    public TimeSpan PropagationDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary><c>deregistration.gracePeriod</c>: how long a disconnected workload keeps its registration, of serving time.</summary>
    /// <value>5 min.</value>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary><c>heartbeatInterval</c>; a lease is three of them.</summary>
    /// <value>30 s.</value>
    public TimeSpan HeartbeatInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary><c>authorizationWithdrawalDelay</c>: how long a permission must be gone before a live workload loses its place.</summary>
    /// <value>60 s.</value>
    public TimeSpan AuthorizationWithdrawalDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary><c>deregistration.brake</c>.</summary>
    public BrakeOptions Brake { get; init; } = new();

    /// <summary><c>rollout</c>.</summary>
    public RolloutOptions Rollout { get; init; } = new();

    /// <summary><c>maxSessionLifetime</c>: after this (±10 %) a renewal needs a fresh credential.</summary>
    /// <value>24 h.</value>
    public TimeSpan MaxSessionLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary><c>duplicateIdentity</c>: what becomes of a second agent with a live identity (<c>jwt</c> only).</summary>
    public DuplicateIdentity DuplicateIdentity { get; init; }

    /// <summary><c>addresses.trusted</c>: networks in which a claimed address is believed.</summary>
    public ImmutableArray<IPNetwork> TrustedAddresses { get; init; } = [];

    /// <summary><c>agentLabels</c>: whether an agent's labels may make it an endpoint of a Service.</summary>
    public AgentLabels AgentLabels { get; init; }

    /// <summary><c>maxPolicyAge</c>: how old the resources may be before new sessions get 503.</summary>
    /// <value>1 h.</value>
    public TimeSpan MaxPolicyAge { get; init; } = TimeSpan.FromHours(1);

    /// <summary><c>denied</c>: who must stay out; beats every policy.</summary>
    public ImmutableArray<DeniedWorkload> Denied { get; init; } = [];
}

/// <summary><c>deregistration.brake</c>, per WorkloadGroup of at least 5 workloads.</summary>
public sealed record BrakeOptions
{
    /// <summary>Largest share of a group that may be removed within the window, in percent.</summary>
    /// <value>20.</value>
    public int MaxPercent { get; init; } = 20;

    /// <summary>The window.</summary>
    /// <value>5 min.</value>
    public TimeSpan Window { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary><c>rollout</c>.</summary>
public sealed record RolloutOptions
{
    /// <summary>Largest part of a group that restarts at a time: a count, or a percentage such as <c>10%</c>.</summary>
    /// <value>10%.</value>
    public string MaxUnavailable { get; init; } = "10%";

    /// <summary>When a change of the mesh's configuration is taken over.</summary>
    public MeshConfigChange OnMeshConfigChange { get; init; }
}

/// <summary>When a change of the mesh's configuration is taken over.</summary>
public enum MeshConfigChange
{
    /// <summary>At the sidecar's next start.</summary>
    NextStart,

    /// <summary>By rolling restarts.</summary>
    Rolling,
}

/// <summary>What becomes of a second agent that shows a live identity.</summary>
public enum DuplicateIdentity
{
    /// <summary>It is refused until the lease ends.</summary>
    Reject,

    /// <summary>It takes over.</summary>
    Replace,
}

/// <summary>What an agent's labels may do.</summary>
public enum AgentLabels
{
    /// <summary>They add to the template's.</summary>
    Additive,

    /// <summary>They may not make the workload an endpoint of a Service that the template's labels alone do not.</summary>
    TemplateOnly,
}

/// <summary>An entry of the deny list; exactly one of the first three is present.</summary>
/// <param name="Aws">A machine or role at AWS.</param>
/// <param name="Jwt">A subject of an issuer.</param>
/// <param name="Workload">A registration, <c>namespace/name</c>.</param>
/// <param name="Before">Only what was issued before; null: whatever was issued.</param>
public sealed record DeniedWorkload(DeniedAws? Aws = null, DeniedJwt? Jwt = null, string? Workload = null, DateTimeOffset? Before = null);

/// <summary>A machine or role at AWS; exactly one of the last three is present.</summary>
/// <param name="Account">12 digits.</param>
/// <param name="InstanceId">An EC2 instance.</param>
/// <param name="TaskId">An ECS task.</param>
/// <param name="IamRole">Every machine with that role.</param>
public sealed record DeniedAws(string Account, string? InstanceId = null, string? TaskId = null, string? IamRole = null);

/// <summary>A subject of an issuer.</summary>
/// <param name="Issuer">The issuer.</param>
/// <param name="Subject">The subject.</param>
public sealed record DeniedJwt(string Issuer, string Subject);
