using System.Net;

namespace Onboarding.Agent.Metadata;

/// <summary>What a metadata service answered.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Text">The body. It may be a secret.</param>
internal readonly record struct MetadataReply(HttpStatusCode Status, string Text);
