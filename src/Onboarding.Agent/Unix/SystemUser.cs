using System.Globalization;

namespace Onboarding.Agent.Unix;

/// <summary>A user of the machine, as <c>/etc/passwd</c> has it.</summary>
/// <param name="Name">Login name.</param>
/// <param name="User">User id.</param>
/// <param name="Group">Id of its primary group.</param>
internal sealed record SystemUser(string Name, uint User, uint Group)
{
    /// <summary>Whether this process may change to other users.</summary>
    public static bool AgentIsRoot => LibC.EffectiveUser() == 0;

    /// <summary>Looks a user up; null: there is none.</summary>
    public static SystemUser? Find(string name, string passwordFile = "/etc/passwd")
    {
        if (!File.Exists(passwordFile))
        {
            return null;
        }

        foreach (var line in File.ReadLines(passwordFile))
        {
            if (line.Split(':') is [var login, _, var user, var group, ..]
                && login == name
                && uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out var userId)
                && uint.TryParse(group, NumberStyles.None, CultureInfo.InvariantCulture, out var groupId))
            {
                return new SystemUser(login, userId, groupId);
            }
        }

        return null;
    }
}
