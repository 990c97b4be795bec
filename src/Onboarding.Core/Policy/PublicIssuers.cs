using System.Collections.Frozen;

namespace Onboarding.Core.Policy;

/// <summary>
/// Issuers of which anybody can get a token: GitHub Actions, GitLab.com, Google, CircleCI, Buildkite, Terraform Cloud, and
/// Microsoft's tenants that are not one organization's. Their issuers are in each provider's OpenID Connect documentation.
/// </summary>
internal static class PublicIssuers
{
    private static readonly FrozenSet<string> Hosts = FrozenSet.ToFrozenSet(
        [
            "token.actions.githubusercontent.com",
            "gitlab.com",
            "accounts.google.com",
            "oidc.circleci.com",
            "agent.buildkite.com",
            "app.terraform.io",
        ],
        StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> MicrosoftHosts = FrozenSet.ToFrozenSet(
        [
            "login.microsoftonline.com",
            "login.microsoftonline.us",
            "login.partner.microsoftonline.cn",
            "login.windows.net",
            "sts.windows.net",
        ],
        StringComparer.OrdinalIgnoreCase);

    // The last one is the tenant of personal accounts.
    private static readonly FrozenSet<string> MicrosoftSharedTenants = FrozenSet.ToFrozenSet(
        ["common", "organizations", "consumers", "{tenantid}", "9188040d-6c67-4c5b-b112-36a304b66dad"],
        StringComparer.OrdinalIgnoreCase);

    public static bool Contains(string issuer)
    {
        if (!Uri.TryCreate(issuer, UriKind.Absolute, out var uri))
        {
            return false;
        }

        var tenant = Uri.UnescapeDataString(uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "common");
        return Hosts.Contains(uri.Host) || (MicrosoftHosts.Contains(uri.Host) && MicrosoftSharedTenants.Contains(tenant));
    }
}
