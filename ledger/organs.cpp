// Who holds an organ, and what is fixed of types of events: their class of keys, and whether the
// rules of an approach may add signers to them.
#include <algorithm>

#include "ledger/roles.hpp"

namespace ledger {
namespace {

constexpr std::string_view organ_names[] = {"authority", "secretariat", "inventory", "verifier",
                                            "developer"};

// Event types that `NeedsOf` judges under an approach.
constexpr std::string_view under_rules[] = {"activity.closed",        "activity.design_submitted",
                                            "activity.proposed",      "activity.registered",
                                            "activity.validated",     "approach.ended",
                                            "approach.rules_adopted", "authorization.changed",
                                            "authorization.granted",  "authorization.revoked",
                                            "monitoring.submitted",   "monitoring.verified",
                                            "proceeds.deducted",      "reversal.recorded",
                                            "review.decided",         "units.assigned",
                                            "units.cancelled",        "units.issued",
                                            "units.transferred",      "units.used"};

}  // namespace

bool acts_as_the_party(Organ role) {
  return role == Organ::authority || role == Organ::secretariat || role == Organ::inventory;
}

bool is_under_rules(std::string_view type) {
  return std::find(std::begin(under_rules), std::end(under_rules), type) != std::end(under_rules);
}

std::string types_under_rules() {
  std::string out;
  for (const std::string_view type : under_rules) {
    if (!out.empty()) out += ", ";
    out += type;
  }
  return out;
}

std::string_view name_of(Organ organ) {
  return organ_names[static_cast<std::size_t>(organ)];
}

KeyClass key_class_of(const Body& body) {
  const std::string_view type = type_of(body);
  const auto starts = [type](std::string_view prefix) { return type.starts_with(prefix); };
  if (starts("participant.") || starts("role.") || starts("spec.") || starts("log.")) {
    return KeyClass::keys;
  }
  if (starts("authorization.") || starts("units.") || starts("proceeds.") ||
      starts("adjustment.") || starts("entry.")) {
    return KeyClass::units;
  }
  return KeyClass::ordinary;
}

bool in_effect(const Grant& grant, Timestamp time) {
  return !grant.ended_at && grant.from <= time && (!grant.until || time < *grant.until);
}

std::vector<Index> holders_of(const State& state, Index party, Organ organ, Timestamp time,
                              std::optional<Index> approach) {
  std::vector<Index> holders;
  for (const Grant& grant : state.grants.rows()) {
    if (grant.role != organ || !in_effect(grant, time)) continue;
    if (std::find(grant.parties.begin(), grant.parties.end(), party) == grant.parties.end()) {
      continue;
    }
    const auto& scope = grant.approaches;
    const bool covered = scope.empty() || (approach && std::find(scope.begin(), scope.end(),
                                                                 *approach) != scope.end());
    const bool known =
        std::find(holders.begin(), holders.end(), grant.participant) != holders.end();
    if (covered && !known) holders.push_back(grant.participant);
  }
  if (holders.empty()) holders.push_back(party);
  return holders;
}

}  // namespace ledger
