namespace Onboarding.Yaml.Nodes;

/// <summary>A document of a text.</summary>
/// <param name="File">The text's name, for messages.</param>
/// <param name="Root">Its content.</param>
public sealed record YamlDocument(string File, YamlNode Root);
