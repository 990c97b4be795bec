using System.Net;
using Onboarding.Core.Configuration;
using Onboarding.Core.Configuration.Reading;
using Onboarding.Yaml.Fields;

namespace Onboarding.Core.Tests.Configuration.Reading;

public class ControlPlaneReaderTests
{
    private const string Minimal = """
        apiVersion: install.tetrate.io/v1alpha1
        kind: ControlPlane
        metadata:
          name: controlplane
          namespace: istio-system
        spec:
          hub: docker.io/tetrate
          telemetryStore: {elastic: {host: elastic, port: 5678}}
          meshExpansion:
            onboarding:                                           # (1) REQUIRED
              endpoint:
                hosts:
                - onboarding-endpoint.your-company.corp           # (2) REQUIRED
                secretName: onboarding-endpoint-tls-cert          # (3) REQUIRED
              tokenIssuer:
                jwt:
                  expiration: 2h                                  # (4) OPTIONAL
              localRepository: {}                                 # (5) OPTIONAL

        """;

    private const string Head = "spec:\n  meshExpansion:\n    onboarding:\n      endpoint: {hosts: [a.example], secretName: tls}\n";

    private readonly ProblemList problems = new();

    [Fact]
    public void Read_Minimal_HasTheDefaults()
    {
        var options = Read(Minimal)!;

        options.EndpointHosts.ShouldBe(["onboarding-endpoint.your-company.corp"]);
        (options.TlsSecretName, options.TokenExpiration, options.LocalRepository).ShouldBe(("onboarding-endpoint-tls-cert", TimeSpan.FromHours(2), true));
        (options.Uid, options.CustomGateway, options.ClientAddress.From).ShouldBe((null, null, ClientAddressSource.Connection));
        var workloads = options.Workloads;
        (workloads.PropagationDelay, workloads.GracePeriod, workloads.HeartbeatInterval, workloads.AuthorizationWithdrawalDelay)
            .ShouldBe((TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)));
        (workloads.Brake, workloads.Rollout).ShouldBe((new BrakeOptions { MaxPercent = 20, Window = TimeSpan.FromMinutes(5) }, new RolloutOptions { MaxUnavailable = "10%" }));
        (workloads.MaxSessionLifetime, workloads.MaxPolicyAge).ShouldBe((TimeSpan.FromHours(24), TimeSpan.FromHours(1)));
        (workloads.DuplicateIdentity, workloads.AgentLabels, workloads.Aws).ShouldBe((DuplicateIdentity.Reject, AgentLabels.Additive, null));
        (workloads.JwtIssuers.Length, workloads.TrustedAddresses.Length, workloads.Denied.Length).ShouldBe((0, 0, 0));
        problems.Items.Single().ToString().ShouldBe(
            "/etc/onboarding/cp.yaml:10: warning: spec.meshExpansion.onboarding.workloads: no credential is accepted: authentication has neither jwt.issuers nor aws");
    }

    [Fact]
    public void Read_HelmValues_AreTheSame()
    {
        var values = Minimal[Minimal.IndexOf("spec:", StringComparison.Ordinal)..] + "image: {registry: example.com}\nsecrets: {tsb: {}}\n";

        Read(values)!.EndpointHosts.ShouldBe(["onboarding-endpoint.your-company.corp"]);
        problems.HasErrors.ShouldBeFalse();
    }

    [Fact]
    public void Read_EveryField_IsTaken()
    {
        var options = Read("""
            spec:
              meshExpansion:
                customGateway: {host: gw.example, port: 15012}
                onboarding:
                  uid: https://onboarding.example
                  endpoint:
                    hosts: [Onboarding.Example, 198.51.100.7, "2001:db8::7"]
                    secretName: tls
                    clientAddress: {from: XForwardedFor, trustedProxies: [10.0.0.0/8, "2001:db8::/32"]}
                  tokenIssuer: {jwt: {expiration: 3600s}}
                  workloads:
                    authentication:
                      jwt:
                        issuers:
                        - issuer: https://mycompany.corp
                          jwksUri: https://mycompany.corp/jwks.json
                          shortName: my-corp
                          tokenFields: {attributes: {jsonPath: .custom_attributes}, subject: {jsonPath: "$['vm'].id"}}
                          audiences: [other]
                          maxTokenLifetime: 1h
                          maxSessionLifetime: 12h
                          caFile: ca.pem
                        - issuer: https://other.corp/
                          jwks: |
                            {"keys": [{"kty": "EC"}]}
                          shortName: other
                      aws: {trustBundle: ../aws, stsEndpoints: {us-east-2: "https://vpce-1.example"}}
                    deregistration: {propagationDelay: 0s, gracePeriod: 10m, brake: {maxPercent: 50, window: 1m}}
                    heartbeatInterval: 5s
                    authorizationWithdrawalDelay: 0s
                    rollout: {maxUnavailable: 3, onMeshConfigChange: Rolling}
                    maxSessionLifetime: 8h
                    duplicateIdentity: Replace
                    addresses: {trusted: [192.0.2.0/24]}
                    agentLabels: TemplateOnly
                    maxPolicyAge: 30m
                    denied:
                    - aws: {account: "123456789012", instanceId: i-1234567890abcdef0}
                    - aws: {account: "123456789012", iamRole: bad}
                      before: "2026-01-31T12:00:00Z"
                    - jwt: {issuer: https://mycompany.corp, subject: vm007}
                      before: 2026-01-31T12:00:00.5+01:00
                    - workload: bookinfo/ratings-jwt-my-corp--vm007
            """)!;

        options.CustomGateway.ShouldBe(new GatewayOptions("gw.example", 15012));
        (options.Uid, options.TokenExpiration, options.LocalRepository).ShouldBe(("https://onboarding.example", TimeSpan.FromHours(1), false));
        options.EndpointHosts.ShouldBe(["onboarding.example", "198.51.100.7", "2001:db8::7"]);
        options.ClientAddress.From.ShouldBe(ClientAddressSource.XForwardedFor);
        options.ClientAddress.TrustedProxies.ShouldBe([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32")]);
        var issuer = options.Workloads.JwtIssuers[0];
        (issuer.Issuer, issuer.ShortName, issuer.JwksUri, issuer.Jwks).ShouldBe(("https://mycompany.corp", "my-corp", new Uri("https://mycompany.corp/jwks.json"), null));
        (issuer.AttributesPath, issuer.SubjectPath, issuer.Audiences.Single()).ShouldBe((".custom_attributes", "$['vm'].id", "other"));
        (issuer.MaxTokenLifetime, issuer.MaxSessionLifetime, issuer.CaFile).ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromHours(12), "/etc/onboarding/ca.pem"));
        var inline = options.Workloads.JwtIssuers[1];
        (inline.Jwks!.Trim(), inline.MaxTokenLifetime, inline.MaxSessionLifetime).ShouldBe(("""{"keys": [{"kty": "EC"}]}""", TimeSpan.FromHours(24), null));
        (options.Workloads.Aws!.TrustBundle, options.Workloads.Aws.StsEndpoints["us-east-2"]).ShouldBe(("/etc/aws", new Uri("https://vpce-1.example")));
        (options.Workloads.PropagationDelay, options.Workloads.GracePeriod).ShouldBe((TimeSpan.Zero, TimeSpan.FromMinutes(10)));
        options.Workloads.Brake.ShouldBe(new BrakeOptions { MaxPercent = 50, Window = TimeSpan.FromMinutes(1) });
        options.Workloads.Rollout.ShouldBe(new RolloutOptions { MaxUnavailable = "3", OnMeshConfigChange = MeshConfigChange.Rolling });
        options.Workloads.TrustedAddresses.ShouldBe([IPNetwork.Parse("192.0.2.0/24")]);
        (options.Workloads.DuplicateIdentity, options.Workloads.AgentLabels).ShouldBe((DuplicateIdentity.Replace, AgentLabels.TemplateOnly));
        options.Workloads.Denied.ShouldBe(
        [
            new DeniedWorkload(Aws: new DeniedAws("123456789012", InstanceId: "i-1234567890abcdef0")),
            new DeniedWorkload(Aws: new DeniedAws("123456789012", IamRole: "bad"), Before: new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero)),
            new DeniedWorkload(Jwt: new DeniedJwt("https://mycompany.corp", "vm007"), Before: new DateTimeOffset(2026, 1, 31, 12, 0, 0, 500, TimeSpan.FromHours(1))),
            new DeniedWorkload(Workload: "bookinfo/ratings-jwt-my-corp--vm007"),
        ]);
        problems.Items.Select(problem => problem.WithoutPlace).ShouldBe(
            ["spec.meshExpansion.onboarding.workloads.authentication.jwt.issuers[0].audiences: replace the uid: whoever receives such tokens can pass them on; have the provider issue tokens for the uid where it can"]);
    }

    [Fact]
    public void Read_InlineKeysAsYaml_BecomeJson() =>
        Read(Head + "      workloads: {authentication: {jwt: {issuers: [{issuer: https://a.example, shortName: a, jwks: {keys: [{kty: EC}]}}]}}}\n")!
            .Workloads.JwtIssuers.Single().Jwks.ShouldBe("""{"keys":[{"kty":"EC"}]}""");

    [Fact]
    public void Read_Neighbours_AreOneWarning()
    {
        Read("spec:\n  meshExpansion:\n    onboarding:\n      endpoint: {hosts: [a.example], secretName: tls}\n      workloads: {authentication: {aws: {trustBundle: aws}}}\n    other: {}\n    more: 1\n").ShouldNotBeNull();
        problems.Items.Single().ToString().ShouldBe("/etc/onboarding/cp.yaml:6: warning: spec.meshExpansion.other: is ignored, and so are more");
    }

    [Fact]
    public void Read_SnakeCase_IsAccepted() =>
        Read("spec: {meshExpansion: {onboarding: {endpoint: {hosts: [a.example], secret_name: tls}, token_issuer: {jwt: {expiration: 5m}}}}}\n")!.TokenExpiration.ShouldBe(TimeSpan.FromMinutes(5));

    [Fact]
    public void Read_AmongOtherDocuments_TheControlPlaneCounts() =>
        Read($"apiVersion: v1\nkind: Namespace\nmetadata: {{name: a}}\n---\n{Minimal}")!.TlsSecretName.ShouldBe("onboarding-endpoint-tls-cert");

    [Theory]
    [InlineData("spec: {}\n", "1: spec.meshExpansion: onboarding is not enabled; give spec.meshExpansion.onboarding with endpoint.hosts and endpoint.secretName")]
    [InlineData("spec:\n  meshExpansion: {}\n", "2: spec.meshExpansion.onboarding: onboarding is not enabled; give spec.meshExpansion.onboarding with endpoint.hosts and endpoint.secretName")]
    [InlineData("spec:\n  meshExpansion: {onboarding: ~}\n", "2: spec.meshExpansion.onboarding: onboarding is not enabled; give spec.meshExpansion.onboarding with endpoint.hosts and endpoint.secretName")]
    [InlineData("a: 1\n", "1: spec: is required")]
    [InlineData("kind: ControlPlane\nspec: {}\n", "1: apiVersion: is required")]
    [InlineData("apiVersion: install.tetrate.io/v1alpha1\nkind: ManagementPlane\nspec: {}\n", "2: kind: must be ControlPlane")]
    [InlineData("", "1: must hold one document of kind ControlPlane, or Helm values with spec at the top; it has 0")]
    [InlineData("spec: {}\n---\nspec: {}\n", "1: must hold one document of kind ControlPlane, or Helm values with spec at the top; it has 0")]
    [InlineData("spec: {}\nspec: {}\n", "2: key \"spec\" is there twice; it is first in line 1")]
    [InlineData("spec: &a {b: *a}\n", "1: alias \"a\" stands inside what it stands for")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {}}\n", "2: spec.meshExpansion.onboarding.endpoint: is required")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {}}}\n", "2: spec.meshExpansion.onboarding.endpoint.hosts: is required")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {hosts: []}}}\n", "2: spec.meshExpansion.onboarding.endpoint.hosts: must have at least one item")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {hosts: ['*.a.example'], secretName: tls}}}\n", "2: spec.meshExpansion.onboarding.endpoint.hosts[0]: must be a DNS name or an IP address, without scheme, brackets and port")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {hosts: [a.example], secretName: ../tls}}}\n", "2: spec.meshExpansion.onboarding.endpoint.secretName: must be an RFC 1123 subdomain")]
    [InlineData("spec:\n  meshExpansion: {customGateway: {port: 1}, onboarding: {endpoint: {hosts: [a.example], secretName: tls}}}\n", "2: spec.meshExpansion.customGateway.host: is required")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {hosts: [a.example], secretName: tls, clientAddress: {from: ProxyProtocol}}}}\n", "2: spec.meshExpansion.onboarding.endpoint.clientAddress.trustedProxies: is required")]
    [InlineData("spec:\n  meshExpansion: {onboarding: {endpoint: {hosts: [a.example], secretName: tls, clientAddress: {from: Header}}}}\n", "2: spec.meshExpansion.onboarding.endpoint.clientAddress.from: must be one of Connection, ProxyProtocol, XForwardedFor")]
    public void Read_WrongForm_NamesLineAndField(string text, string problem) => Refused(text, problem);

    [Theory]
    [InlineData("uid: ''", "uid: must not be empty")]
    [InlineData("tokenIssuer: {jwt: {expiration: 0s}}", "tokenIssuer.jwt.expiration: must be at least 0.001s")]
    [InlineData("tokenIssuer: {jwt: {expires: 1h}}", "tokenIssuer.jwt.expires: unknown field")]
    [InlineData("localRepository: {a: 1}", "localRepository.a: unknown field")]
    [InlineData("localRepository: true", "localRepository: must be a mapping, not a boolean")]
    [InlineData("worklods: {}", "worklods: unknown field; did you mean workloads?")]
    [InlineData("workloads: {deregistration: {propagationDelay: -1s}}", "workloads.deregistration.propagationDelay: must not be negative")]
    [InlineData("workloads: {deregistration: {propagationDelay: 61s}}", "workloads.deregistration.propagationDelay: must be at most 60s")]
    [InlineData("workloads: {deregistration: {brake: {maxPercent: 101}}}", "workloads.deregistration.brake.maxPercent: must be between 0 and 100")]
    [InlineData("workloads: {heartbeatInterval: 4s}", "workloads.heartbeatInterval: must be at least 5s")]
    [InlineData("workloads: {heartbeatInterval: 11m}", "workloads.heartbeatInterval: must be at most 10m")]
    [InlineData("workloads: {rollout: {maxUnavailable: 0}}", "workloads.rollout.maxUnavailable: must be a number from 1, or a percentage from 1% to 100%")]
    [InlineData("workloads: {rollout: {maxUnavailable: 101%}}", "workloads.rollout.maxUnavailable: must be a number from 1, or a percentage from 1% to 100%")]
    [InlineData("workloads: {rollout: {maxUnavailable: 1.5}}", "workloads.rollout.maxUnavailable: must be a number from 1, or a percentage from 1% to 100%")]
    [InlineData("workloads: {duplicateIdentity: replace}", "workloads.duplicateIdentity: must be one of Reject, Replace")]
    [InlineData("workloads: {addresses: {trusted: [192.0.2.1/24]}}", "workloads.addresses.trusted[0]: must be a CIDR")]
    [InlineData("workloads: {addresses: {trusted: [192.0.2.1]}}", "workloads.addresses.trusted[0]: must be a CIDR")]
    [InlineData("workloads: {authentication: {aws: {}}}", "workloads.authentication.aws.trustBundle: is required")]
    [InlineData("workloads: {authentication: {aws: {trustBundle: a, stsEndpoints: {us-east-2: 'http://a.example'}}}}", "workloads.authentication.aws.stsEndpoints[us-east-2]: must be an https:// URI")]
    [InlineData("workloads: {authentication: {aws: {trustBundle: a, stsEndpoints: {us-east-2: 'https://a.example/sts'}}}}", "workloads.authentication.aws.stsEndpoints[us-east-2]: must have neither path nor query")]
    [InlineData("workloads: {authentication: {aws: {trustBundle: a, stsEndpoints: {us_east_2: 'https://a.example'}}}}", "workloads.authentication.aws.stsEndpoints[us_east_2]: is not named after a region")]
    [InlineData("workloads: {denied: [{}]}", "workloads.denied[0]: one of aws, jwt, workload is required")]
    [InlineData("workloads: {denied: [{aws: {account: '123456789012'}}]}", "workloads.denied[0].aws: one of instanceId, taskId, iamRole is required")]
    [InlineData("workloads: {denied: [{aws: {account: '1', iamRole: r}}]}", "workloads.denied[0].aws.account: must be an AWS account: 12 digits")]
    [InlineData("workloads: {denied: [{jwt: {issuer: https://a.example}}]}", "workloads.denied[0].jwt.subject: is required")]
    [InlineData("workloads: {denied: [{workload: ratings}]}", "workloads.denied[0].workload: must be <namespace>/<name> of a registration")]
    [InlineData("workloads: {denied: [{workload: a/b, before: '2026-01-31T12:00:00'}]}", "workloads.denied[0].before: must be a time with its zone, such as 2026-01-31T12:00:00Z")]
    [InlineData("workloads: {denied: [{workload: a/b, before: soon}]}", "workloads.denied[0].before: must be a time with its zone, such as 2026-01-31T12:00:00Z")]
    [InlineData("workloads: {denied: [{workload: a/b, befor: '2026-01-31T12:00:00Z'}]}", "workloads.denied[0].befor: unknown field; did you mean before?")]
    public void Read_BadValue_NamesLineAndField(string field, string problem) =>
        Refused($"{Head}      {field}\n", $"5: spec.meshExpansion.onboarding.{problem}");

    [Theory]
    [InlineData("{shortName: a}", "[0].issuer: is required")]
    [InlineData("{issuer: 'http://a.example', shortName: a}", "[0].issuer: must be an https:// URI without query and fragment")]
    [InlineData("{issuer: 'https://a.example'}", "[0].shortName: is required")]
    [InlineData("{issuer: 'https://a.example', shortName: A-b}", "[0].shortName: must be lower-case letters and digits, in parts joined by single '-'")]
    [InlineData("{issuer: 'https://a.example', shortName: a--b}", "[0].shortName: must be lower-case letters and digits, in parts joined by single '-'")]
    [InlineData("{issuer: 'https://a.example', shortName: a, jwksUri: 'http://a.example/k'}", "[0].jwksUri: must be an https:// URI")]
    [InlineData("{issuer: 'https://a.example', shortName: a, jwksUri: 'https://a.example/k', jwks: '{}'}", "[0].jwks: only one of jwksUri, jwks may be there")]
    [InlineData("{issuer: 'https://a.example', shortName: a, jwks: '{}'}", "[0].jwks: must be a JSON Web Key Set")]
    [InlineData("{issuer: 'https://a.example', shortName: a, jwks: '{\"keys\":[]}'}", "[0].jwks: must be a JSON Web Key Set")]
    [InlineData("{issuer: 'https://a.example', shortName: a, jwks: 'no'}", "[0].jwks: must be a JSON Web Key Set")]
    [InlineData("{issuer: 'https://a.example', shortName: a, tokenFields: {attributes: {jsonPath: a}}}", "[0].tokenFields.attributes.jsonPath: must begin with '.' or '$', e.g. .custom_attributes")]
    [InlineData("{issuer: 'https://a.example', shortName: a, tokenFields: {attributes: {jsonPath: '.a[*]'}}}", "[0].tokenFields.attributes.jsonPath: is no path to a claim")]
    [InlineData("{issuer: 'https://a.example', shortName: a, tokenFields: {attribute: {}}}", "[0].tokenFields.attribute: unknown field; did you mean attributes?")]
    [InlineData("{issuer: 'https://a.example', shortName: a, maxTokenLifetime: 0s}", "[0].maxTokenLifetime: must be at least 0.001s")]
    [InlineData("{issuer: 'https://a.example', shortName: a}, {issuer: 'https://a.example', shortName: b}", "[1].issuer: https://a.example is there twice")]
    [InlineData("{issuer: 'https://a.example', shortName: a}, {issuer: 'https://b.example', shortName: a}", "[1].shortName: a is there twice")]
    [InlineData("{issuer: 'https://own.example', shortName: a}", "[0].issuer: is this endpoint's own uid; our own tokens are no credentials")]
    [InlineData("~", "[0]: must be a mapping, not null")]
    public void Read_BadIssuer_NamesLineAndField(string issuers, string problem) =>
        Refused(
            $"{Head}      uid: https://own.example\n      workloads: {{authentication: {{jwt: {{issuers: [{issuers}]}}}}}}\n",
            $"6: spec.meshExpansion.onboarding.workloads.authentication.jwt.issuers{problem}");

    [Fact]
    public void Read_LongPropagationDelay_IsAWarning()
    {
        Read(Head + "      workloads: {deregistration: {propagationDelay: 15s}, authentication: {aws: {trustBundle: a}}}\n").ShouldNotBeNull();
        problems.Items.Single().WithoutPlace.ShouldBe(
            "spec.meshExpansion.onboarding.workloads.deregistration.propagationDelay: systemd and ECS may kill the agent before that; keep it below 15s");
    }

    private void Refused(string text, string problem)
    {
        Read(text).ShouldBeNull();
        string.Join('\n', problems.Errors).ShouldContain($"/etc/onboarding/cp.yaml:{problem}", Case.Sensitive);
    }

    private OnboardingOptions? Read(string text) => ControlPlaneReader.Read(text, "/etc/onboarding/cp.yaml", problems);
}
