using System.Collections.Concurrent;
using Onboarding.Core.Audit;

namespace Onboarding.Endpoint.Tests.Fakes;

internal sealed class FakeAuditTrail : IAuditTrail
{
    public ConcurrentQueue<AuditRecord> Records { get; } = new();

    public void Write(AuditRecord record) => Records.Enqueue(record);
}
