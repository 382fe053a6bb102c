// The words of values in JSON: those that events have (spec/events.md).
#pragma once

#include <string>

#include "ledger/event.hpp"
#include "ledger/state.hpp"
#include "ledger/units.hpp"

namespace api {

[[nodiscard]] std::string word_of(ledger::UnitStatus value);
[[nodiscard]] std::string word_of(ledger::UnitPurpose value);
[[nodiscard]] std::string word_of(ledger::Purpose value);
[[nodiscard]] std::string word_of(ledger::Method value);
[[nodiscard]] std::string word_of(ledger::NdcType value);
[[nodiscard]] std::string word_of(ledger::Organ value);
[[nodiscard]] std::string word_of(ledger::Definition value);
[[nodiscard]] std::string word_of(ledger::Moment value);
[[nodiscard]] std::string word_of(ledger::Mitigation value);
[[nodiscard]] std::string word_of(ledger::Act value);
[[nodiscard]] std::string word_of(ledger::Stage value);
[[nodiscard]] std::string word_of(ledger::CycleStep value);
[[nodiscard]] std::string word_of(ledger::Reviewer value);
[[nodiscard]] std::string word_of(ledger::ActivityValidated::Opinion value);
[[nodiscard]] std::string word_of(ledger::ReviewDecided::Decision value);
[[nodiscard]] std::string word_of(ledger::UnitsLocked::Sort value);
[[nodiscard]] std::string word_of(ledger::AuthorizationGranted::ChangeTerms::Until value);
[[nodiscard]] std::string word_of(ledger::AccountKind value);
[[nodiscard]] std::string word_of(ledger::Participant::Sort value);
[[nodiscard]] std::string word_of(ledger::ApproachRules::Deduction::By value);
[[nodiscard]] std::string word_of(ledger::ApproachRules::Deduction::Sort value);
[[nodiscard]] std::string word_of(ledger::ApproachRules::Deduction::Rounding value);
[[nodiscard]] std::string word_of(ledger::ReportFiled::Sort value);
[[nodiscard]] std::string word_of(ledger::FindingRecorded::Sort value);
[[nodiscard]] std::string word_of(ledger::FindingRecorded::Mark value);
[[nodiscard]] std::string word_of(ledger::FindingRecorded::Status value);
[[nodiscard]] std::string word_of(ledger::Access value);
[[nodiscard]] std::string word_of(ledger::DocumentDisclosed::How value);
[[nodiscard]] std::string word_of(ledger::AuditAttested::Result value);

}  // namespace api
