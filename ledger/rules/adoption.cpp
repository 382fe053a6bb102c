// spec.adopted: LED-8 and LED-9.
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"

namespace ledger {
namespace {

using Adoption = Case<SpecAdopted>;

bool number_is_higher(const Adoption& c) {
  return c.body.number > c.state.spec;
}

std::string explain_higher(const Adoption& c, const Row*) {
  return "This ledger is judged by spec number " + std::to_string(c.state.spec) +
         "; the event would adopt number " + std::to_string(c.body.number) +
         ". A number is only ever raised. Adopt a higher one, or leave the event out.";
}

bool number_is_known(const Adoption& c) {
  return c.body.number <= c.context.newest_spec;
}

std::string explain_known(const Adoption& c, const Row*) {
  return "The event would adopt spec number " + std::to_string(c.body.number) +
         "; the newest that this program knows is " + std::to_string(c.context.newest_spec) +
         ", so that it could not judge what follows. Have the ledger run by a program that knows "
         "number " +
         std::to_string(c.body.number) + ", then send the event again.";
}

constexpr Rule<SpecAdopted> table[] = {
    {&LED_8, number_is_higher, nullptr, explain_higher},
    {&LED_9, number_is_known, nullptr, explain_known},
};

}  // namespace

Facts<SpecAdopted> resolve(const State&, const Event&, const SpecAdopted&, const Context&) {
  return {};
}

bool asks_for_newer_rules(const Violation& violation, const Event& event) {
  if (violation.clause == &LED_9) return true;
  const auto* opening = std::get_if<LedgerOpened>(&event.body);
  return violation.clause == &LED_2 && opening != nullptr && opening->spec >= first_spec;
}

template <>
std::span<const Rule<SpecAdopted>> rules_of<SpecAdopted>() {
  return table;
}

}  // namespace ledger
