namespace Onboarding.Silo.Duties;

/// <summary>A namespace's duty, as the keepers of all silos see it.</summary>
[Alias("onboarding.namespaceDuty")]
internal interface INamespaceDutyGrain : IGrainWithStringKey
{
    /// <summary>Has it run, wherever in the cluster, and not end for want of calls.</summary>
    [Alias("keep")]
    Task KeepAsync();
}
