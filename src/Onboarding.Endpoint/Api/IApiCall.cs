namespace Onboarding.Endpoint.Api;

/// <summary>One call of the API.</summary>
internal interface IApiCall
{
    /// <summary>What the OpenAPI document says of it.</summary>
    CallDescription Description { get; }

    /// <summary>Answers it.</summary>
    Task InvokeAsync(ApiContext call);
}
