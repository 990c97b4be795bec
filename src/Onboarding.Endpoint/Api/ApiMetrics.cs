using System.Diagnostics.Metrics;
using Onboarding.Core;

namespace Onboarding.Endpoint.Api;

/// <summary>What of the API the server's own metrics (<c>http.server.request.duration</c> by route and status) do not tell apart.</summary>
internal sealed class ApiMetrics
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Onboarding.Api";

    private readonly Counter<long> refusals;

    public ApiMetrics(IMeterFactory meters) => refusals = meters
        .Create(MeterName)
        .CreateCounter<long>("onboarding.api.refusals", "{refusal}", "Calls that were refused, by the stable code of the answer.");

    /// <summary>Counts a refusal.</summary>
    public void Count(Refusal refusal) => refusals.Add(1, new KeyValuePair<string, object?>("code", refusal.Code));
}
