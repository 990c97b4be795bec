using System.Collections.Immutable;
using System.Globalization;
using BenchmarkDotNet.Attributes;
using Onboarding.Core.Identity;
using Onboarding.Core.Policy;
using Onboarding.Core.Resources;

namespace Onboarding.Benchmarks.Policy;

/// <summary>
/// Evaluation in a namespace of many policies of which few can match, in each way in which few can: another account or issuer,
/// the same one but another subject, attribute or role, or another group.
/// </summary>
public class PolicyEvaluationBenchmarks
{
    private const string Issuer = "https://mycompany.corp";
    private const string Account = "123456789012";
    private const string Here = "7";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JwtIdentity Jwt = new(
        Issuer,
        "vm-" + Here,
        new Dictionary<string, string>(StringComparer.Ordinal) { ["region"] = "us-east", ["role"] = "role-" + Here }.ToImmutableSortedDictionary(StringComparer.Ordinal));

    private static readonly AwsIdentity Ec2 = new("aws", Account, "us-east-2", "us-east-2b", new Ec2Instance("i-1234567890abcdef0", new IamRole("role-" + Here)));
    private static readonly LabelSelector Ratings = new(Label("ratings"), []);

    private NamespaceSnapshot snapshot = null!;
    private WorkloadIdentity identity = null!;
    private WorkloadIdentity stranger = null!;

    /// <summary>How many policies the namespace has.</summary>
    [Params(PolicyScaling.Few, PolicyScaling.Many)]
    public int Policies { get; set; }

    /// <summary>In what the policies differ.</summary>
    [Params("issuer", "subject", "attribute", "account", "role", "group")]
    public string DifferIn { get; set; } = "";

    /// <summary>Compiles the policies.</summary>
    [GlobalSetup]
    public void Compile()
    {
        var policies = Enumerable.Range(0, Policies).Select(index => Policy(index.ToString(CultureInfo.InvariantCulture)));
        var resources = new ResourceSnapshot { AsOf = Now, WorkloadGroups = [Group()], Policies = [.. policies] };
        snapshot = PolicyCompiler.Compile(resources, options: null).Namespaces["bookinfo"];
        identity = DifferIn is "account" or "role" ? Ec2 : Jwt;
        stranger = StrangerTo(DifferIn);
        if (!Allowed().IsAllowed || Refused().IsAllowed)
        {
            throw new InvalidOperationException($"the policies that differ in {DifferIn} do not decide as they should");
        }
    }

    /// <summary>An identity that one policy allows.</summary>
    [Benchmark]
    public PolicyDecision Allowed() => snapshot.Evaluate(identity, "ratings", Now);

    /// <summary>An identity that no policy allows.</summary>
    [Benchmark]
    public PolicyDecision Refused() => snapshot.Evaluate(stranger, "ratings", Now);

    private static WorkloadIdentity StrangerTo(string differIn) => differIn switch
    {
        "issuer" => Jwt with { Issuer = Issuer + "/" },
        "account" => Ec2 with { Account = "210987654321" },
        "role" => Ec2 with { Ec2 = new Ec2Instance("i-1234567890abcdef0", new IamRole("stranger")) },
        _ => Jwt with { Subject = "stranger", Attributes = Jwt.Attributes.SetItem("role", "stranger") },
    };

    private static ImmutableSortedDictionary<string, string> Label(string app) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { ["app"] = app }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static WorkloadGroup Group() => new(
        new ObjectMeta { Namespace = "bookinfo", Name = "ratings", Labels = Label("ratings") },
        Label("ratings"),
        ImmutableSortedDictionary<string, string>.Empty,
        new WorkloadTemplate(),
        Probe: null);

    private OnboardingPolicy Policy(string index)
    {
        var isHere = string.Equals(index, Here, StringComparison.Ordinal);
        IdentityMatcher matcher = DifferIn switch
        {
            "issuer" => new JwtIdentityMatcher(isHere ? Issuer : $"https://{index}.example", [], []),
            "subject" => new JwtIdentityMatcher(Issuer, ["vm-" + index], []),
            "attribute" => new JwtIdentityMatcher(Issuer, [], [new("region", ["us-east", "us-west"]), new("role", ["role-" + index])]),
            "account" => Aws(isHere ? Account : index.PadLeft(12, '0'), []),
            "role" => Aws(Account, ["role-" + index]),
            _ => new JwtIdentityMatcher(Issuer, ["vm-" + Here], []),
        };
        var selector = DifferIn is "group" && !isHere ? new LabelSelector(Label(index), []) : Ratings;
        return new OnboardingPolicy(new ObjectMeta { Namespace = "bookinfo", Name = "policy-" + index }, [new([matcher], [selector])], []);
    }

    private static AwsIdentityMatcher Aws(string account, ImmutableArray<string> roles) =>
        new([], [account], [], [], AwsMachineKind.Ec2, [], roles);
}
