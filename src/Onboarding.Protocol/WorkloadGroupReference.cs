namespace Onboarding.Protocol;

/// <summary>Names an Istio WorkloadGroup.</summary>
/// <param name="Namespace">Its Kubernetes namespace, a DNS-1123 label.</param>
/// <param name="Name">Its name, a DNS-1123 subdomain.</param>
public sealed record WorkloadGroupReference(string Namespace, string Name)
{
    /// <summary><c>namespace/name</c>.</summary>
    public override string ToString() => $"{Namespace}/{Name}";
}
