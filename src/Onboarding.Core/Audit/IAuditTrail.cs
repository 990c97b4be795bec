namespace Onboarding.Core.Audit;

/// <summary>The audit stream: one JSON line for each record, never sampled.</summary>
public interface IAuditTrail
{
    /// <summary>Writes one record. It does not throw; what could not be written is counted and logged.</summary>
    void Write(AuditRecord record);
}
