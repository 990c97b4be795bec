using System.Collections.Frozen;
using Onboarding.Attestation.Oidc.Keys;
using Onboarding.Core.Configuration;

namespace Onboarding.Attestation.Oidc;

/// <summary>The configured issuers as they stand. An issuer whose keys come from the same place as before keeps them; one that is gone is forgotten with its keys.</summary>
internal sealed class IssuerDirectory : IDisposable
{
    private readonly IOptionsSource options;
    private readonly IIssuerKeysFactory factory;
    private readonly Lock gate = new();
    private volatile FrozenDictionary<string, TrustedIssuer> issuers = FrozenDictionary<string, TrustedIssuer>.Empty;
    private bool disposed;

    public IssuerDirectory(IOptionsSource options, IIssuerKeysFactory factory)
    {
        (this.options, this.factory) = (options, factory);
        options.Changed += Rebuild;
        Rebuild();
    }

    /// <summary>Whether there is any.</summary>
    public bool HasAny => issuers.Count > 0;

    /// <summary>The issuer of exactly that name.</summary>
    public TrustedIssuer? Find(string issuer) => issuers.GetValueOrDefault(issuer);

    public void Dispose()
    {
        options.Changed -= Rebuild;
        lock (gate)
        {
            disposed = true;
            Replace(FrozenDictionary<string, TrustedIssuer>.Empty);
        }
    }

    private void Rebuild()
    {
        lock (gate)
        {
            if (!disposed)
            {
                Replace(options.Current.Workloads.JwtIssuers.ToFrozenDictionary(issuer => issuer.Issuer, Build, StringComparer.Ordinal));
            }
        }
    }

    private TrustedIssuer Build(JwtIssuerOptions next)
    {
        var before = issuers.GetValueOrDefault(next.Issuer);
        var keys = before is not null && HaveSameKeys(before.Options, next) ? before.Keys : factory.Create(next);
        return TrustedIssuer.Create(next, keys);
    }

    private void Replace(FrozenDictionary<string, TrustedIssuer> next)
    {
        var before = issuers;
        issuers = next;
        var kept = next.Values.Select(issuer => issuer.Keys).ToHashSet();
        foreach (var issuer in before.Values.Where(issuer => !kept.Contains(issuer.Keys)))
        {
            issuer.Keys.Dispose();
        }
    }

    private static bool HaveSameKeys(JwtIssuerOptions one, JwtIssuerOptions other) =>
        string.Equals(one.ShortName, other.ShortName, StringComparison.Ordinal)
        && one.JwksUri == other.JwksUri
        && string.Equals(one.Jwks, other.Jwks, StringComparison.Ordinal)
        && string.Equals(one.CaFile, other.CaFile, StringComparison.Ordinal);
}
