#include "api/view_words.hpp"

#include <array>
#include <cstddef>

#include "ledger/movement.hpp"

namespace api {
namespace {

template <class E, std::size_t N>
std::string word(E value, const std::array<const char*, N>& words) {
  return words.at(static_cast<std::size_t>(value));
}

}  // namespace

std::string word_of(ledger::UnitStatus value) {
  return std::string(ledger::name_of(value));
}

std::string word_of(ledger::UnitPurpose value) {
  return std::string(ledger::name_of(value));
}

std::string word_of(ledger::Purpose value) {
  return word(value, std::array{"NDC", "IMP", "OP"});
}

std::string word_of(ledger::Method value) {
  return word(value, std::array{"trajectory", "averaging"});
}

std::string word_of(ledger::NdcType value) {
  return word(value, std::array{"single_year", "multi_year"});
}

std::string word_of(ledger::Organ value) {
  return word(value, std::array{"authority", "secretariat", "inventory", "verifier", "developer"});
}

std::string word_of(ledger::Definition value) {
  return word(value, std::array{"authorization", "issuance", "use_or_cancellation"});
}

std::string word_of(ledger::Moment value) {
  return word(value, std::array{"issuance", "transfer", "acquisition"});
}

std::string word_of(ledger::Mitigation value) {
  return word(value, std::array{"Emission reductions", "Removals"});
}

std::string word_of(ledger::Act value) {
  return word(value, std::array{"transfer", "acquire", "use"});
}

std::string word_of(ledger::AccountKind value) {
  return std::string(ledger::name_of(value));
}

std::string word_of(ledger::AuthorizationGranted::ChangeTerms::Until value) {
  return word(value, std::array{"issuance", "first_transfer", "never"});
}

std::string word_of(ledger::UnitsLocked::Sort value) {
  return word(value, std::array{"reservation", "freeze"});
}

std::string word_of(ledger::Participant::Sort value) {
  return word(value, std::array{"party", "entity", "operator"});
}

std::string word_of(ledger::ApproachRules::Deduction::By value) {
  return word(value, std::array{"host", "acquirer"});
}

std::string word_of(ledger::ApproachRules::Deduction::Sort value) {
  return word(value, std::array{"retained", "fund", "omge", "money"});
}

std::string word_of(ledger::ApproachRules::Deduction::Rounding value) {
  return word(value, std::array{"floor", "ceil", "half_up"});
}

std::string word_of(ledger::Stage value) {
  return word(value, std::array{"idea", "validation", "verification"});
}

std::string word_of(ledger::CycleStep value) {
  return word(value, std::array{"idea", "registration", "verification"});
}

std::string word_of(ledger::Reviewer value) {
  return word(value, std::array{"host", "buyer"});
}

std::string word_of(ledger::ActivityValidated::Opinion value) {
  return word(value, std::array{"positive", "conditional", "negative"});
}

std::string word_of(ledger::ReviewDecided::Decision value) {
  return word(value, std::array{"approved", "returned", "rejected", "objection", "deemed"});
}

std::string word_of(ledger::ReportFiled::Sort value) {
  return word(value, std::array{"initial", "updated_initial", "aef", "btr_annex"});
}

std::string word_of(ledger::FindingRecorded::Sort value) {
  return word(value, std::array{"consistency", "review", "inconsistency", "grievance"});
}

std::string word_of(ledger::FindingRecorded::Mark value) {
  return word(value, std::array{"Checked, no inconsistencies identified",
                                "Checked, inconsistencies identified",
                                "Null, information for check not available"});
}

std::string word_of(ledger::FindingRecorded::Status value) {
  return word(
      value,
      std::array{"Review pending", "Review finalized and no inconsistencies identified",
                 "Review finalized and inconsistencies identified",
                 "Review finalized and significant inconsistencies identified",
                 "Review finalized and persistent inconsistencies identified",
                 "Review finalized and significant inconsistencies and persistent inconsistencies "
                 "identified",
                 "Review finalized and consistencies identified that are both significant and "
                 "persistent"});
}

std::string word_of(ledger::Access value) {
  return word(value, std::array{"public", "redacted", "confidential"});
}

std::string word_of(ledger::DocumentDisclosed::How value) {
  return word(value, std::array{"opened", "public", "redacted", "destroyed"});
}

std::string word_of(ledger::AuditAttested::Result value) {
  return word(value, std::array{"consistent", "inconsistent"});
}

}  // namespace api
