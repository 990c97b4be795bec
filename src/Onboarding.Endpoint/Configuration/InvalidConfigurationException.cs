using System.Collections.Immutable;
using Onboarding.Yaml.Fields;

namespace Onboarding.Endpoint.Configuration;

/// <summary>The configuration file cannot be used; the message has a line for each problem, with file, line and field.</summary>
public sealed class InvalidConfigurationException : Exception
{
    /// <summary>Without a reason.</summary>
    public InvalidConfigurationException()
    {
    }

    /// <summary>With a reason.</summary>
    public InvalidConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what caused it.</summary>
    public InvalidConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Because of problems.</summary>
    public InvalidConfigurationException(ImmutableArray<FieldProblem> problems)
        : base(string.Join('\n', problems))
    {
    }
}
