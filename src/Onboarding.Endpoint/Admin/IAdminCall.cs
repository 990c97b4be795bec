namespace Onboarding.Endpoint.Admin;

/// <summary>One call of the administrators' socket.</summary>
internal interface IAdminCall
{
    /// <summary>Its HTTP method.</summary>
    string Method { get; }

    /// <summary>Its path; a segment of <c>*</c> stands for any one name.</summary>
    string Path { get; }

    /// <summary>Answers it.</summary>
    Task InvokeAsync(AdminContext call);
}
