using Onboarding.Core;
using Onboarding.Protocol;

namespace Onboarding.Endpoint.Api.Validation;

/// <summary>Refusals of malformed requests.</summary>
internal static class InvalidField
{
    /// <summary>A field is not as it must be.</summary>
    public static Refusal At(string path, string problem) => Because($"{path}: {problem}");

    /// <summary>A field, and what is wrong with it.</summary>
    public static Refusal Because(string text)
    {
        var printable = PrintableText.Of(text);
        return new Refusal(ProblemCodes.InvalidRequest, printable, printable);
    }
}
