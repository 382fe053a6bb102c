// The shapes of the bodies, one a type of event: codec_registry.cpp, codec_cycle.cpp,
// codec_authorizations.cpp, codec_units.cpp, codec_locks.cpp, codec_reports.cpp and
// codec_documents.cpp.
#pragma once

#include "ledger/codec_decoder.hpp"
#include "ledger/codec_encoder.hpp"
#include "ledger/event.hpp"

namespace ledger::codec {

template <class Io>
void members(Io& io, Of<Io, LedgerOpened>& v);
template <class Io>
void members(Io& io, Of<Io, SpecAdopted>& v);
template <class Io>
void members(Io& io, Of<Io, LogKeyAnnounced>& v);
template <class Io>
void members(Io& io, Of<Io, ParticipantAdmitted>& v);
template <class Io>
void members(Io& io, Of<Io, KeysChanged>& v);
template <class Io>
void members(Io& io, Of<Io, RoleGranted>& v);
template <class Io>
void members(Io& io, Of<Io, RoleEnded>& v);
template <class Io>
void members(Io& io, Of<Io, AccountOpened>& v);
template <class Io>
void members(Io& io, Of<Io, ApproachEstablished>& v);
template <class Io>
void members(Io& io, Of<Io, ApproachRules>& v);
template <class Io>
void members(Io& io, Of<Io, ApproachEnded>& v);
template <class Io>
void members(Io& io, Of<Io, NdcDeclared>& v);
template <class Io>
void members(Io& io, Of<Io, InventoryReported>& v);
template <class Io>
void members(Io& io, Of<Io, ActivityProposed>& v);
template <class Io>
void members(Io& io, Of<Io, DesignSubmitted>& v);
template <class Io>
void members(Io& io, Of<Io, ActivityValidated>& v);
template <class Io>
void members(Io& io, Of<Io, ActivityRegistered>& v);
template <class Io>
void members(Io& io, Of<Io, ActivityClosed>& v);
template <class Io>
void members(Io& io, Of<Io, MonitoringSubmitted>& v);
template <class Io>
void members(Io& io, Of<Io, MonitoringVerified>& v);
template <class Io>
void members(Io& io, Of<Io, ReviewDecided>& v);
template <class Io>
void members(Io& io, Of<Io, AuthorizationGranted>& v);
template <class Io>
void members(Io& io, Of<Io, AuthorizationChanged>& v);
template <class Io>
void members(Io& io, Of<Io, AuthorizationRevoked>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsIssued>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsAssigned>& v);
template <class Io>
void members(Io& io, Of<Io, ProceedsDeducted>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsTransferred>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsLocked>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsUnlocked>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsUsed>& v);
template <class Io>
void members(Io& io, Of<Io, UnitsCancelled>& v);
template <class Io>
void members(Io& io, Of<Io, AdjustmentApplied>& v);
template <class Io>
void members(Io& io, Of<Io, ReversalRecorded>& v);
template <class Io>
void members(Io& io, Of<Io, ReportFiled>& v);
template <class Io>
void members(Io& io, Of<Io, FindingRecorded>& v);
template <class Io>
void members(Io& io, Of<Io, EntryCorrected>& v);
template <class Io>
void members(Io& io, Of<Io, SignatureWithdrawn>& v);
template <class Io>
void members(Io& io, Of<Io, DocumentDisclosed>& v);
template <class Io>
void members(Io& io, Of<Io, AuditAttested>& v);
template <class Io>
void members(Io& io, Of<Io, StateCommitted>& v);

}  // namespace ledger::codec
