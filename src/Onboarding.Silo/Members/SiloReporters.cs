using System.Text.Json;
using Orleans.Runtime.Services;

namespace Onboarding.Silo.Members;

/// <summary>Asks any silo of the cluster how much it carries.</summary>
internal sealed class SiloReporters(IServiceProvider services) : GrainServiceClient<ISiloReporter>(services)
{
    /// <summary>Asks one.</summary>
    public async Task<SiloLoad> AskAsync(SiloAddress silo)
    {
        var reply = await GetGrainService(silo).ReportAsync();
        return JsonSerializer.Deserialize(reply.Value, MembersJson.Default.SiloLoad)!;
    }
}
