using System.Text.Json.Serialization;

namespace Onboarding.Core.Workloads.Commands;

/// <summary>A command to a <see cref="Workload"/>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(OpenSession), "open")]
[JsonDerivedType(typeof(CheckSession), "check")]
[JsonDerivedType(typeof(CheckRegistration), "checkRegistration")]
[JsonDerivedType(typeof(KeepSession), "renew")]
[JsonDerivedType(typeof(KeepLease), "heartbeat")]
[JsonDerivedType(typeof(Register), "register")]
[JsonDerivedType(typeof(Leave), "leave")]
[JsonDerivedType(typeof(EndSession), "end")]
[JsonDerivedType(typeof(RevokeSession), "revoke")]
[JsonDerivedType(typeof(NoteBundle), "noteBundle")]
[JsonDerivedType(typeof(Observe), "observe")]
[JsonDerivedType(typeof(EntryWritten), "written")]
[JsonDerivedType(typeof(WriteAgain), "writeAgain")]
[JsonDerivedType(typeof(RemoveExpired), "removeExpired")]
[JsonDerivedType(typeof(HoldRemoval), "holdRemoval")]
[JsonDerivedType(typeof(GiveWay), "giveWay")]
[JsonDerivedType(typeof(Adopt), "adopt")]
[JsonDerivedType(typeof(Suspend), "suspend")]
[JsonDerivedType(typeof(Describe), "describe")]
internal abstract record WorkloadCommand;
