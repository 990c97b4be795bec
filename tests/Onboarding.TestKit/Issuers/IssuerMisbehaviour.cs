namespace Onboarding.TestKit.Issuers;

/// <summary>What is wrong with a <see cref="TestIssuer"/>'s answers.</summary>
public enum IssuerMisbehaviour
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>They do not come before <see cref="TestIssuer.Release"/>.</summary>
    Stalls,

    /// <summary>They have more than 1 MiB.</summary>
    Huge,

    /// <summary>They redirect to where the right answer is.</summary>
    Redirects,

    /// <summary>They are 500.</summary>
    Fails,

    /// <summary>They are not JSON.</summary>
    NotJson,

    /// <summary>The discovery document names another issuer.</summary>
    WrongIssuer,

    /// <summary>The discovery document's <c>jwks_uri</c> is <c>http</c>.</summary>
    PlainKeys,

    /// <summary>The discovery document's <c>jwks_uri</c> is at the clouds' metadata service.</summary>
    MetadataService,

    /// <summary>The key set has a symmetric key besides.</summary>
    SymmetricKey,

    /// <summary>The key set has private parts.</summary>
    PrivateKey,

    /// <summary>The key set has 65 keys.</summary>
    ManyKeys,
}
