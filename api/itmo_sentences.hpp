// What an event says, in plain sentences, from its bytes alone: who, what, how many, from where to
// where, until when. Everything that the bytes say is said, and nothing else.
#pragma once

#include <string>
#include <vector>

#include "api/itmo_wording.hpp"
#include "ledger/event.hpp"

namespace api::itmo {

// The event's frame (ledger, id, dates) and its body, one sentence or detail a line.
[[nodiscard]] std::vector<std::string> sentences_of(const ledger::Event& event);

// The first sentence of its body alone: "Transfer of 11,733 units of mitigation outcomes …".
[[nodiscard]] std::string headline_of(const ledger::Body& body);

// ---- one for each event type; the first line is the headline ----

void say(Lines& lines, const ledger::LedgerOpened& body);
void say(Lines& lines, const ledger::SpecAdopted& body);
void say(Lines& lines, const ledger::LogKeyAnnounced& body);
void say(Lines& lines, const ledger::ParticipantAdmitted& body);
void say(Lines& lines, const ledger::KeysChanged& body);
void say(Lines& lines, const ledger::RoleGranted& body);
void say(Lines& lines, const ledger::RoleEnded& body);
void say(Lines& lines, const ledger::AccountOpened& body);
void say(Lines& lines, const ledger::ApproachEstablished& body);
void say(Lines& lines, const ledger::ApproachRules& body);
void say(Lines& lines, const ledger::ApproachEnded& body);
void say(Lines& lines, const ledger::NdcDeclared& body);
void say(Lines& lines, const ledger::InventoryReported& body);
void say(Lines& lines, const ledger::ActivityProposed& body);
void say(Lines& lines, const ledger::DesignSubmitted& body);
void say(Lines& lines, const ledger::ActivityValidated& body);
void say(Lines& lines, const ledger::ActivityRegistered& body);
void say(Lines& lines, const ledger::ActivityClosed& body);
void say(Lines& lines, const ledger::MonitoringSubmitted& body);
void say(Lines& lines, const ledger::MonitoringVerified& body);
void say(Lines& lines, const ledger::ReviewDecided& body);
void say(Lines& lines, const ledger::AuthorizationGranted& body);
void say(Lines& lines, const ledger::AuthorizationChanged& body);
void say(Lines& lines, const ledger::AuthorizationRevoked& body);
void say(Lines& lines, const ledger::UnitsIssued& body);
void say(Lines& lines, const ledger::UnitsAssigned& body);
void say(Lines& lines, const ledger::ProceedsDeducted& body);
void say(Lines& lines, const ledger::UnitsTransferred& body);
void say(Lines& lines, const ledger::UnitsLocked& body);
void say(Lines& lines, const ledger::UnitsUnlocked& body);
void say(Lines& lines, const ledger::UnitsUsed& body);
void say(Lines& lines, const ledger::UnitsCancelled& body);
void say(Lines& lines, const ledger::AdjustmentApplied& body);
void say(Lines& lines, const ledger::ReversalRecorded& body);
void say(Lines& lines, const ledger::ReportFiled& body);
void say(Lines& lines, const ledger::FindingRecorded& body);
void say(Lines& lines, const ledger::EntryCorrected& body);
void say(Lines& lines, const ledger::SignatureWithdrawn& body);
void say(Lines& lines, const ledger::DocumentDisclosed& body);
void say(Lines& lines, const ledger::AuditAttested& body);
void say(Lines& lines, const ledger::StateCommitted& body);

// What rules ask of activities.
void say_cycle(Lines& lines, const ledger::CycleRules& rules);

}  // namespace api::itmo
