using Microsoft.AspNetCore.Http;

namespace Onboarding.Endpoint.Operators;

/// <summary>A page of the operators' port; an edition may register more of them. They are read, never written to.</summary>
/// <param name="Path">Its exact path.</param>
/// <param name="Render">Answers a <c>GET</c>.</param>
public sealed record OperatorsPage(string Path, RequestDelegate Render);
