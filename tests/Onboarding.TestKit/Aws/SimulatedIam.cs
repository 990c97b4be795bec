using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Onboarding.TestKit.Aws;

/// <summary>
/// AWS Identity and Access Management: gives out temporary credentials and knows whose they are. As at AWS, the instance identity role has a name
/// with a colon, which no role that somebody makes can have, and the session name of every other role is what its caller says.
/// </summary>
public sealed partial class SimulatedIam(TimeProvider? time = null)
{
    private const string InstanceIdentityRole = "aws:ec2-instance";
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(6);
    private readonly ConcurrentDictionary<string, IssuedCredentials> issued = new(StringComparer.Ordinal);
    private readonly TimeProvider time = time ?? TimeProvider.System;

    /// <summary>Credentials of the role that AWS gives every instance (<c>aws:ec2-instance</c>).</summary>
    public TemporaryCredentials InstanceIdentity(string account, string instanceId, string partition = "aws") =>
        Issue(partition, new CallerIdentity(
            account,
            $"arn:{partition}:sts::{account}:assumed-role/{InstanceIdentityRole}/{instanceId}",
            $"{account}:{InstanceIdentityRole}:{instanceId}"));

    /// <summary>Credentials of an instance profile's role: EC2 names the session after the instance.</summary>
    public TemporaryCredentials InstanceProfile(string account, string role, string instanceId, string partition = "aws") =>
        AssumeRole(account, role, instanceId, partition);

    /// <summary>Credentials of a task's role: ECS names the session after the task.</summary>
    public TemporaryCredentials TaskRole(string account, string role, string taskId, string partition = "aws") =>
        AssumeRole(account, role, taskId, partition);

    /// <summary>Credentials of a role whose trust policy lets the caller, the role itself included, assume it with whatever session name.</summary>
    /// <exception cref="ArgumentException">AWS allows no such name of a role or session.</exception>
    public TemporaryCredentials AssumeRole(string account, string role, string session, string partition = "aws")
    {
        Require(RoleName(), role);
        Require(SessionName(), session);
        return Issue(partition, new CallerIdentity(
            account, $"arn:{partition}:sts::{account}:assumed-role/{role}/{session}", $"{RoleId(account, role)}:{session}"));
    }

    /// <summary>Makes credentials invalid at once, as when AWS revokes a session.</summary>
    public void Revoke(TemporaryCredentials credentials)
    {
        ArgumentNullException.ThrowIfNull(credentials);
        issued.TryRemove(credentials.AccessKeyId, out _);
    }

    internal IssuedCredentials? Find(string accessKeyId) => issued.GetValueOrDefault(accessKeyId);

    /// <summary>The unique id of a role, the same whenever it is asked for.</summary>
    internal static string RoleId(string account, string role) => "AROA" + Letters(SHA256.HashData(Encoding.UTF8.GetBytes($"{account}/{role}")), 17);

    private TemporaryCredentials Issue(string partition, CallerIdentity caller)
    {
        var credentials = new TemporaryCredentials(
            "ASIA" + Letters(RandomNumberGenerator.GetBytes(16), 16),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)),
            Convert.ToBase64String(RandomNumberGenerator.GetBytes(300)),
            time.GetUtcNow() + Lifetime);
        issued[credentials.AccessKeyId] = new IssuedCredentials(credentials, partition, caller);
        return credentials;
    }

    private static void Require(Regex form, string name)
    {
        if (!form.IsMatch(name))
        {
            throw new ArgumentException($"ValidationError: '{name}' must match {form}", nameof(name));
        }
    }

    private static string Letters(ReadOnlySpan<byte> bytes, int count)
    {
        var letters = new StringBuilder(count);
        foreach (var value in bytes[..count])
        {
            letters.Append(Base32[value & 31]);
        }

        return letters.ToString();
    }

    [GeneratedRegex("^[A-Za-z0-9+=,.@_-]{1,64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RoleName();

    [GeneratedRegex("^[A-Za-z0-9+=,.@_-]{2,64}$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SessionName();
}
