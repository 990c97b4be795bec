namespace Onboarding.Protocol;

/// <summary>Answer of <c>PUT /v1/registration</c>.</summary>
/// <param name="Name">Name of the WorkloadAutoRegistration and the WorkloadEntry.</param>
/// <param name="BootstrapRevision">Revision of the boot bundle; absent until the WorkloadEntry has been accepted.</param>
public sealed record RegistrationResponse(string Name, string? BootstrapRevision = null);
