#include "ledger/event.hpp"

namespace ledger {
namespace {

constexpr std::array<std::string_view, std::variant_size_v<Body>> types = {
    "ledger.opened",
    "spec.adopted",
    "log.key_announced",
    "participant.admitted",
    "participant.keys_changed",
    "role.granted",
    "role.ended",
    "account.opened",
    "approach.established",
    "approach.rules_adopted",
    "approach.ended",
    "ndc.declared",
    "inventory.reported",
    "activity.proposed",
    "activity.design_submitted",
    "activity.validated",
    "activity.registered",
    "activity.closed",
    "monitoring.submitted",
    "monitoring.verified",
    "review.decided",
    "authorization.granted",
    "authorization.changed",
    "authorization.revoked",
    "units.issued",
    "units.assigned",
    "proceeds.deducted",
    "units.transferred",
    "units.locked",
    "units.unlocked",
    "units.used",
    "units.cancelled",
    "reversal.recorded",
    "entry.corrected",
    "adjustment.applied",
    "report.filed",
    "finding.recorded",
    "signature.withdrawn",
    "document.disclosed",
    "audit.attested",
    "state.committed",
};

}  // namespace

const std::array<std::string_view, std::variant_size_v<Body>>& event_types() {
  return types;
}

std::string_view type_of(const Body& body) {
  return types[body.index()];
}

}  // namespace ledger
