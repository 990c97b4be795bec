using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>Refusals of malformed requests.</summary>
internal static class InvalidField
{
    /// <summary>A field is not as it must be.</summary>
    public static Refusal At(string path, string problem)
    {
        var text = $"{path}: {problem}";
        return new Refusal(ProblemCodes.InvalidRequest, text, text);
    }
}
