using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Onboarding.Core.Operators;
using Onboarding.Endpoint.Operators;
using Orleans.Configuration;

namespace Onboarding.Silo.Members;

/// <summary><c>/silos</c> on the operators' port: the cluster's members and what each of them carries. Those that have died are not listed.</summary>
internal sealed class SilosPage(IClusterMembershipService membership, SiloReporters reporters, IOptions<ClusterOptions> cluster, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The page.</summary>
    public OperatorsPage Page => new(ClusterReport.Path, RenderAsync);

    private async Task RenderAsync(HttpContext http)
    {
        var members = membership.CurrentSnapshot.Members.Values.Where(member => member.Status != SiloStatus.Dead).OrderBy(member => member.SiloAddress);
        var silos = await Task.WhenAll(members.Select(AskAsync));
        http.Response.ContentType = "application/json";
        await JsonSerializer.SerializeAsync(
            http.Response.Body, new ClusterReport(ClusterReport.SiloEdition, cluster.Value.ClusterId, silos), MembersJson.Default.ClusterReport, http.RequestAborted);
    }

    private async Task<SiloMember> AskAsync(ClusterMember member)
    {
        var silo = new SiloMember(member.Name, member.SiloAddress.Endpoint.ToString(), member.Status.ToString(), [], null, null);
        try
        {
            var load = await reporters.AskAsync(member.SiloAddress).WaitAsync(Patience, time);
            return silo with { Activations = load.Activations, Agents = load.Agents };
        }
        catch (Exception failure) when (failure is TimeoutException or OrleansException)
        {
            return silo with { Problem = $"it does not answer: {failure.Message}" };
        }
    }
}
