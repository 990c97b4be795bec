namespace Onboarding.Yaml.Fields;

/// <summary>How the fields of a mapping, and of those below it, are read.</summary>
[Flags]
public enum FieldRules
{
    /// <summary>Fields that nobody asks for are ignored.</summary>
    Lenient = 0,

    /// <summary>Fields that nobody asks for are problems.</summary>
    Strict = 1,

    /// <summary>As protobuf JSON: <c>snake_case</c> names are accepted beside <c>camelCase</c>, and whole numbers in quotes.</summary>
    ProtobufJson = 2,
}
