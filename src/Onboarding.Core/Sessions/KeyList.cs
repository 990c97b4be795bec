using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Onboarding.Core.Sessions;

/// <summary>A <see cref="SigningKeySet"/> as administrators see it: no secrets.</summary>
/// <param name="Keys">The keys, oldest first.</param>
public sealed record KeyList(ImmutableArray<KeyListItem> Keys)
{
    /// <summary>What is shown of a set.</summary>
    public static KeyList Of(SigningKeySet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new([.. set.Keys.Select(key => new KeyListItem(key.Kid, key.CreatedAt, key == set.Active))]);
    }
}

/// <summary>A signing key.</summary>
/// <param name="Kid">Its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Signs">Whether new tokens are signed with it; the others verify.</param>
public sealed record KeyListItem(string Kid, DateTimeOffset CreatedAt, bool Signs);

/// <summary>The JSON of key lists.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeyList))]
internal sealed partial class KeyListJson : JsonSerializerContext;
