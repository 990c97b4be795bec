namespace Onboarding.Endpoint.Listeners;

/// <summary>What a listener is for.</summary>
internal enum ListenerKind
{
    /// <summary>The API, TLS.</summary>
    Api,

    /// <summary>The package repository, TLS.</summary>
    Packages,

    /// <summary>The operators' port, plain HTTP.</summary>
    Operators,

    /// <summary>The administrators' Unix socket.</summary>
    Admin,
}
