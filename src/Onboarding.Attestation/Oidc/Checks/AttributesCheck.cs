using System.Collections.Immutable;
using System.Text.Json;

namespace Onboarding.Attestation.Oidc.Checks;

/// <summary>Attributes are strings with a name; what is none does not exist. Neither may have control characters.</summary>
internal sealed class AttributesCheck : IJwtCheck
{
    private static readonly ImmutableSortedDictionary<string, string> None = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public string Name => "attributes";

    public string? FindFault(JwtPresentation token)
    {
        if (token.Issuer!.AttributesPath is not { } path
            || !path.TryFind(token.Claims, out var attributes)
            || attributes.ValueKind != JsonValueKind.Object)
        {
            token.Attributes = None;
            return null;
        }

        var read = None.ToBuilder();
        foreach (var attribute in attributes.EnumerateObject())
        {
            if (!JsonText.TryGet(attribute.Value, out var value) || attribute.Name.Length == 0)
            {
                continue;
            }

            if (JsonText.HasControl(attribute.Name) || JsonText.HasControl(value))
            {
                return "a name or value has control characters";
            }

            read.Add(attribute.Name, value);
        }

        token.Attributes = read.ToImmutable();
        return null;
    }
}
