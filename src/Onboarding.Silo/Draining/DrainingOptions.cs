using System.ComponentModel.DataAnnotations;

namespace Onboarding.Silo.Draining;

/// <summary>How a silo takes its leave: the configuration's section <c>Orleans:Draining</c>.</summary>
internal sealed class DrainingOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Orleans:Draining";

    /// <summary>How long it still serves after it was told to stop, so that load balancers notice; between 0 and 5 min.</summary>
    /// <value>5 s.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan Serve { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long all of it may take; keep it below the termination grace period (30 s in Kubernetes). Between 1 s and 10 min.</summary>
    /// <value>25 s.</value>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Within { get; set; } = TimeSpan.FromSeconds(25);
}
