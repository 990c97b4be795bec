using System.CommandLine;
using System.Text.Json.Nodes;
using Onboarding.Attestation.Aws.Documents;
using Onboarding.Attestation.Aws.Trust;
using Onboarding.Cli.Output;
using Onboarding.Core;

namespace Onboarding.Cli.Attest;

/// <summary><c>onboardctl attest aws</c>: verifies an instance identity document against a trust bundle.</summary>
internal static class AttestAwsCommand
{
    private const string ArmorMark = "-----";

    public static Command Create(CliConsole console, TimeProvider time)
    {
        var document = new Option<string>("--document")
        {
            Description = "File with the document's rsa2048 signature, as the instance metadata service gives it; with or without PKCS7 header and footer.",
            HelpName = "FILE",
            Required = true,
        };
        var bundle = new Option<string>("--trust-bundle") { Description = "Directory of <region>.pem.", HelpName = "DIR", Required = true };
        var output = OutputOption.Create();
        var command = new Command("aws", "Verify an EC2 instance identity document; exit 1 when it is not genuine.") { document, bundle, output };
        command.OnRun(console, async (parsed, cancellationToken) =>
        {
            var text = await File.ReadAllTextAsync(parsed.GetRequiredValue(document), cancellationToken);
            var verified = IdentityDocumentVerifier.Verify(WithoutArmor(text), Read(parsed.GetRequiredValue(bundle), console), time.GetUtcNow());
            await WriteAsync(console, parsed.GetValue(output), verified);
            return verified.IsGranted ? ExitCodes.Ok : ExitCodes.NotMet;
        });
        return command;
    }

    private static TrustBundle Read(string directory, CliConsole console)
    {
        var reading = TrustBundleReader.Read(directory);
        foreach (var problem in reading.Problems)
        {
            console.Error.WriteLine(problem);
        }

        return reading.Bundle.IsEmpty ? throw new CliException($"{directory} holds no certificate that can be used") : reading.Bundle;
    }

    private static string WithoutArmor(string text) => string.Concat(text
        .Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Where(line => !line.StartsWith(ArmorMark, StringComparison.Ordinal)));

    private static async Task WriteAsync(CliConsole console, OutputFormat format, Outcome<InstanceDocument> verified)
    {
        if (StructuredOutput.TryWrite(console, format, ToJson(verified)))
        {
            return;
        }

        if (verified.Value is not { } document)
        {
            await console.Error.WriteLineAsync($"not genuine: {verified.Refusal!.Reason}");
            return;
        }

        var facts = new PlainTable();
        facts.AddCells("Instance:", document.InstanceId);
        facts.AddCells("Account:", document.Account);
        facts.AddCells("Partition:", document.Region.Partition);
        facts.AddCells("Region:", document.Region.Name);
        facts.AddCells("Zone:", document.Zone);
        facts.AddCells("Private address:", document.PrivateIp?.ToString());
        facts.WriteTo(console.Output);
    }

    private static JsonObject ToJson(Outcome<InstanceDocument> verified) => verified.Value is not { } document
        ? new JsonObject { ["genuine"] = false, ["reason"] = verified.Refusal!.Reason }
        : new JsonObject
        {
            ["genuine"] = true,
            ["identity"] = new JsonObject
            {
                ["aws"] = new JsonObject
                {
                    ["partition"] = document.Region.Partition,
                    ["account"] = document.Account,
                    ["region"] = document.Region.Name,
                    ["zone"] = document.Zone,
                    ["ec2"] = new JsonObject { ["instanceId"] = document.InstanceId },
                },
            },
            ["privateIp"] = document.PrivateIp?.ToString(),
        };
}
