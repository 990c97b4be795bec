namespace Onboarding.Core.Workloads;

/// <summary>What the audit stream calls the acts about sessions and workloads.</summary>
internal static class AuditActs
{
    public const string Open = "session.open";
    public const string Authenticate = "session.authenticate";
    public const string Renew = "session.renew";
    public const string Revoke = "session.revoke";
    public const string TokenReuse = "session.token-reuse";
    public const string CredentialReuse = "session.credential-reuse";
    public const string Register = "registration.put";
    public const string Heartbeat = "registration.heartbeat";
    public const string Leave = "registration.leave";
    public const string TakeOver = "registration.takeover";
    public const string Remove = "registration.remove";
    public const string Adopt = "registration.adopt";
    public const string Suspend = "workload.suspend";
    public const string Resume = "workload.resume";
    public const string Bootstrap = "bootstrap.get";
    public const string SidecarToken = "sidecar-token.issue";
}
