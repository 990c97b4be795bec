namespace Onboarding.TestKit.Aws;

/// <summary>What <see cref="SimulatedIam"/> knows of credentials that it gave out.</summary>
/// <param name="Credentials">The credentials.</param>
/// <param name="Partition">The partition they are good in.</param>
/// <param name="Caller">Whose they are.</param>
internal sealed record IssuedCredentials(TemporaryCredentials Credentials, string Partition, CallerIdentity Caller);
