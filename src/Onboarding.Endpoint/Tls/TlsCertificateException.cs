namespace Onboarding.Endpoint.Tls;

/// <summary>The TLS directory holds no usable certificate; the message says why and what to do.</summary>
public sealed class TlsCertificateException : Exception
{
    /// <summary>Without a reason.</summary>
    public TlsCertificateException()
    {
    }

    /// <summary>With a reason.</summary>
    public TlsCertificateException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and what caused it.</summary>
    public TlsCertificateException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
