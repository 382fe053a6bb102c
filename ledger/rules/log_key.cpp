// log.key_announced: LED-3, LED-4 and KEY-2.
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/enrolment.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Announcement = Case<LogKeyAnnounced>;

bool key_is_new(const Announcement& c) {
  return c.facts.log_key && known_key(c.state, new_keys(c)).empty();
}

std::string explain_new(const Announcement& c, const Row*) {
  return c.facts.log_key ? known_key(c.state, new_keys(c)) : no_verifier_key(c.body.log_key);
}

bool origin_is_log_name(const Announcement& c) {
  return c.facts.log_name == c.state.origin;
}

std::string explain_origin(const Announcement& c, const Row*) {
  return other_log_name(c.state.origin, c.facts.log_name);
}

constexpr Rule<LogKeyAnnounced> table[] = {
    {&LED_3, key_is_new, nullptr, explain_new},
    {&LED_4, origin_is_log_name, nullptr, explain_origin},
    keys_are_valid<LogKeyAnnounced>,
};

}  // namespace

Facts<LogKeyAnnounced> resolve(const State&, const Event&, const LogKeyAnnounced& body,
                               const Context&) {
  return facts_of_log_key(body);
}

template <>
std::span<const Rule<LogKeyAnnounced>> rules_of<LogKeyAnnounced>() {
  return table;
}

}  // namespace ledger
