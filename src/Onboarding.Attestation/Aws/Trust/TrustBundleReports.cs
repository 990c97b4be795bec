namespace Onboarding.Attestation.Aws.Trust;

/// <summary>Says each thing about the trust bundle once, until another bundle is in use.</summary>
internal sealed class TrustBundleReports(AwsTelemetry telemetry)
{
    private const int Regions = 64;

    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    /// <summary>Another bundle is in use.</summary>
    public void Forget()
    {
        lock (said)
        {
            said.Clear();
        }
    }

    /// <summary>What is wrong with the files; said whenever they have changed.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="isTaken">Whether what is good of them is in use all the same.</param>
    public void Problems(IEnumerable<string> problems, bool isTaken)
    {
        foreach (var problem in problems)
        {
            if (isTaken)
            {
                telemetry.FileNotUsed(problem);
            }
            else
            {
                telemetry.BundleKept(problem);
            }
        }
    }

    /// <summary>Certificates that have expired or soon will.</summary>
    public void Expiry(IEnumerable<RegionCertificate> certificates, DateTimeOffset now)
    {
        foreach (var certificate in certificates)
        {
            if (certificate.NotAfter <= now)
            {
                if (IsNew($"expired {certificate.Region}"))
                {
                    telemetry.CertificateExpired(certificate.Region, certificate.NotAfter);
                }
            }
            else if (certificate.NotAfter - now <= AwsLimits.ExpiryWarning && IsNew($"expires {certificate.Region}"))
            {
                telemetry.CertificateExpires(certificate.Region, certificate.NotAfter);
            }
        }
    }

    /// <summary>A region that nobody vouches for. Strangers choose its name, so not many are said.</summary>
    public void Unknown(string region)
    {
        if (IsNew($"unknown {region}", Regions))
        {
            telemetry.RegionUnknown(region);
        }
    }

    private bool IsNew(string what, int limit = int.MaxValue)
    {
        lock (said)
        {
            return said.Count < limit && said.Add(what);
        }
    }
}
