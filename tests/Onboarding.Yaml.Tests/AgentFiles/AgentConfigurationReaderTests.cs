using Onboarding.Yaml.AgentFiles;
using Onboarding.Yaml.Fields;

namespace Onboarding.Yaml.Tests.AgentFiles;

public class AgentConfigurationReaderTests
{
    private const string Head = "apiVersion: config.agent.onboarding.tetrate.io/v1alpha1\nkind: AgentConfiguration\n";

    private readonly ProblemList problems = new();

    [Theory]
    [InlineData("")]
    [InlineData("host:\n  auto: {}\nsidecar:\n  istio: {}\n  stdout:\n    filename: /dev/stdout\n  stderr:\n    filename: /dev/stderr\n")]
    public void Read_MinimalAndWhatItStandsFor_AreTheSame(string text)
    {
        var read = Read(text)!;

        read.Host.ShouldBe(new AutoHost());
        (read.Sidecar.Revision, read.Sidecar.StdoutFilename, read.Sidecar.StderrFilename).ShouldBe(("default", "/dev/stdout", "/dev/stderr"));
        read.Sidecar.Environment.ShouldBeEmpty();
        (read.HostsFile, read.OnStop).ShouldBe((HostsFile.Manage, OnStop.Leave));
        (read.Timeout, read.InitialInterval, read.MaxInterval).ShouldBe((TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15)));
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Read_PluginOfTheDocumentation_IsRead()
    {
        var read = Read("""
            host:
              custom:
                credential:
                - plugin:
                    name: sample-jwt-credential
                    path: /usr/local/bin/onboarding-agent-sample-jwt-credential-plugin
                    env:
                    - name: SAMPLE_JWT_ISSUER
                      value: "https://sample-jwt-issuer.example"
                    - name: SAMPLE_JWT_ATTRIBUTES
                      value: "instance_role=app-ratings,region=us-east"
                    args:
                    - --my-arg=my-value
                - command: {path: /usr/bin/token, args: [print, "1"]}
                hostinfo:
                  plugin: {name: here}
            sidecar:
              istio: {revision: canary, environment: [PROXY_XDS_DEBUG, A1]}
              stdout: {filename: ./relative/out}
              stderr: {filename: /var/log/err}
            settings:
              hostsFile: Leave
              onStop: Keep
              connection:
                timeout: 500ms
                retryPolicy: {exponentialBackoff: {initialInterval: 0.250s, maxInterval: 1m}}

            """)!;

        problems.Items.ShouldBeEmpty();
        var host = read.Host.ShouldBeOfType<CustomHost>();
        var plugin = host.Credentials[0].ShouldBeOfType<CredentialPlugin>().Plugin;
        (plugin.Name, plugin.Path).ShouldBe(("sample-jwt-credential", "/usr/local/bin/onboarding-agent-sample-jwt-credential-plugin"));
        plugin.Env["SAMPLE_JWT_ATTRIBUTES"].ShouldBe("instance_role=app-ratings,region=us-east");
        plugin.Env.Count.ShouldBe(2);
        plugin.Args.ShouldBe(["--my-arg=my-value"]);
        var command = host.Credentials[1].ShouldBeOfType<CredentialCommand>();
        command.Path.ShouldBe("/usr/bin/token");
        command.Args.ShouldBe(["print", "1"]);
        host.HostInfo.ShouldBeOfType<HostInfoPlugin>().Plugin.Path.ShouldBeNull();
        (read.Sidecar.Revision, read.Sidecar.StdoutFilename, read.Sidecar.StderrFilename).ShouldBe(("canary", "./relative/out", "/var/log/err"));
        read.Sidecar.Environment.ShouldBe(["PROXY_XDS_DEBUG", "A1"]);
        (read.HostsFile, read.OnStop).ShouldBe((HostsFile.Leave, OnStop.Keep));
        (read.Timeout, read.InitialInterval, read.MaxInterval).ShouldBe((TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(250), TimeSpan.FromMinutes(1)));
    }

    [Theory]
    [InlineData("host: {aws: {ec2: {}}}\n", typeof(Ec2Host))]
    [InlineData("host: {aws: {ecs: {}}}\n", typeof(EcsHost))]
    [InlineData("host: {}\n", typeof(AutoHost))]
    [InlineData("host:\n", typeof(AutoHost))]
    public void Read_Host_IsOfItsKind(string text, Type kind)
    {
        Read(text)!.Host.ShouldBeOfType(kind);
        problems.Items.ShouldBeEmpty();
    }

    [Fact]
    public void Read_SnakeCase_IsAccepted()
    {
        var read = Read("host: {custom: {credential: [{plugin: {name: p}}], hostinfo: {basic: {network_interfaces: {include: [\"^eth\"], exclude: [docker]}}}}}\nsettings: {hosts_file: Leave, connection: {retry_policy: {exponential_backoff: {max_interval: 20s}}}}\n")!;

        var basic = read.Host.ShouldBeOfType<CustomHost>().HostInfo.ShouldBeOfType<BasicHostInfo>();
        (basic.Include.Single(), basic.Exclude.Single()).ShouldBe(("^eth", "docker"));
        (read.HostsFile, read.MaxInterval).ShouldBe((HostsFile.Leave, TimeSpan.FromSeconds(20)));
        problems.Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("host: {auto: {}, custom: {credential: [{plugin: {name: a}}]}}", "host.custom: only one of auto, aws, custom may be there")]
    [InlineData("host: {aws: {}}", "host.aws: one of ec2, ecs is required")]
    [InlineData("host: {aws: {ec2: {}, ecs: {}}}", "host.aws.ecs: only one of ec2, ecs may be there")]
    [InlineData("host: {aws: {ec3: {}}}", "host.aws.ec3: unknown field; did you mean ec2?")]
    [InlineData("host: {gcp: {}}", "host.gcp: unknown field")]
    [InlineData("host: {custom: {}}", "host.custom.credential: is required")]
    [InlineData("host: {custom: {credential: []}}", "host.custom.credential: must have at least one item")]
    [InlineData("host: {custom: {credential: [~]}}", "host.custom.credential[0]: must be a mapping, not null")]
    [InlineData("host: {custom: {credential: [{}]}}", "host.custom.credential[0]: one of plugin, command is required")]
    [InlineData("host: {custom: {credential: [{plugin: {name: ../../bin/sh}}]}}", "host.custom.credential[0].plugin.name: must be lower-case letters, digits and '-'")]
    [InlineData("host: {custom: {credential: [{plugin: {}}]}}", "host.custom.credential[0].plugin.name: is required")]
    [InlineData("host: {custom: {credential: [{command: {args: [a]}}]}}", "host.custom.credential[0].command.path: is required")]
    [InlineData("host: {custom: {credential: [{plugin: {name: a, env: [{name: A=B}]}}]}}", "host.custom.credential[0].plugin.env[0].name: must not contain '='")]
    [InlineData("host: {custom: {credential: [{plugin: {name: a, env: [{name: A}, {name: A}]}}]}}", "host.custom.credential[0].plugin.env[1].name: A is there twice")]
    [InlineData("host: {custom: {credential: [{plugin: {name: a}}], hostinfo: {basic: {networkInterfaces: {include: ['(']}}}}}", "host.custom.hostinfo.basic.networkInterfaces.include[0]: is no regular expression of RE2's syntax")]
    [InlineData("host: {custom: {credential: [{plugin: {name: a}}], hostinfo: {basic: {networkInterfaces: {exclude: ['(a)\\1']}}}}}", "host.custom.hostinfo.basic.networkInterfaces.exclude[0]: is no regular expression of RE2's syntax")]
    [InlineData("sidecar: {istio: {revision: Rev}}", "sidecar.istio.revision: must be 1–56 lower-case letters, digits and '-', first and last a letter or digit")]
    [InlineData("sidecar: {istio: {environment: [a-b]}}", "sidecar.istio.environment[0]: must be the name of a variable: capital letters, digits and '_'")]
    [InlineData("sidecar: {stdout: {}}", "sidecar.stdout.filename: is required")]
    [InlineData("settings: {onStop: leave}", "settings.onStop: must be one of Leave, Keep")]
    [InlineData("settings: {connection: {timeout: 0s}}", "settings.connection.timeout: must be at least 0.001s")]
    [InlineData("settings: {connection: {retryPolicy: {exponentialBackoff: {initialInterval: 20s}}}}", "settings.connection.retryPolicy.exponentialBackoff.initialInterval: initialInterval must not be longer than maxInterval")]
    public void Read_Wrong_NamesLineAndField(string text, string problem)
    {
        Read(text + "\n").ShouldBeNull();
        string.Join('\n', problems.Items).ShouldContain($"agent.config.yaml:3: {problem}", Case.Sensitive);
    }

    private AgentConfiguration? Read(string text) => AgentConfigurationReader.Read(Head + text, "agent.config.yaml", problems);
}
