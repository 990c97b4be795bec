using Onboarding.Cli.Output;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources.Manifests;
using Onboarding.Yaml.Fields;
using Onboarding.Yaml.Nodes;

namespace Onboarding.Cli.Policies;

/// <summary>Policies compiled from files.</summary>
/// <param name="Policies">The policies.</param>
/// <param name="AreBroken">Whether a file could not be taken as written, so that decisions may be others than they should.</param>
internal sealed record PolicyFiles(CompiledPolicies Policies, bool AreBroken)
{
    private const string IstioNamespace = "istio-system";

    /// <summary>Reads and compiles; what is wrong with the files goes to the error stream.</summary>
    /// <exception cref="CliException">The configuration is wrong.</exception>
    public static async Task<PolicyFiles> LoadAsync(string directory, string? config, CliConsole console, TimeProvider time, CancellationToken cancellationToken)
    {
        var problems = new ProblemList();
        var manifests = await ManifestDirectory.ReadAsync(directory, cancellationToken);
        foreach (var manifest in manifests)
        {
            problems.AddRange(manifest.Problems);
        }

        var resources = ManifestSnapshot.Build(manifests, IstioNamespace, time.GetUtcNow(), problems);
        var options = config is null ? null : await ReadConfigAsync(config, problems, cancellationToken);
        var compiled = PolicyCompiler.Compile(resources, options?.Workloads);
        foreach (var problem in problems.Items)
        {
            await console.Error.WriteLineAsync(problem.ToString());
        }

        foreach (var status in compiled.Statuses.Where(status => status.IsAccepted && status.Message.Length > 0))
        {
            await console.Error.WriteLineAsync($"OnboardingPolicy {status.Namespace}/{status.Policy}: {status.Reason}: {status.Message}");
        }

        return config is not null && options is null
            ? throw new CliException($"{config} is no valid configuration")
            : new PolicyFiles(compiled, manifests.Any(manifest => manifest.IsBroken));
    }

    /// <summary>Asks the policies of the group's namespace.</summary>
    public PolicyDecision Evaluate(PolicyCase asked, DateTimeOffset now) =>
        Policies.Namespaces.GetValueOrDefault(asked.WorkloadGroup.Namespace)?.Evaluate(asked.Identity, asked.WorkloadGroup.Name, now) ?? NoGroup(asked);

    /// <summary>The same, with what was tried.</summary>
    public PolicyExplanation Explain(PolicyCase asked, DateTimeOffset now) =>
        Policies.Namespaces.GetValueOrDefault(asked.WorkloadGroup.Namespace)?.Explain(asked.Identity, asked.WorkloadGroup.Name, now) ?? new(NoGroup(asked), []);

    private static PolicyDecision NoGroup(PolicyCase asked) =>
        new(false, null, null, $"namespace {asked.WorkloadGroup.Namespace} holds no WorkloadGroup") { Cause = DenialCause.NotAllowed };

    private static async Task<OnboardingOptions?> ReadConfigAsync(string config, ProblemList problems, CancellationToken cancellationToken) =>
        ControlPlaneReader.Read(await YamlParser.ParseFileAsync(config, YamlLimits.Configuration, cancellationToken), config, problems);
}
