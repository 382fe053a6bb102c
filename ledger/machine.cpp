#include "ledger/machine.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "ledger/facts_authorizations.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/identity.hpp"

namespace ledger {
namespace {

Result<> check_link(const Machine& machine, const Entry& entry) {
  if (entry.seq != machine.size()) {
    return violates(LOG_1, "Entry " + std::to_string(entry.seq) + " stands where entry " +
                               std::to_string(machine.size()) + " belongs.");
  }
  if (entry.prev != machine.head()) {
    return violates(LOG_2, "Entry " + std::to_string(entry.seq) +
                               " does not repeat the leaf hash of the entry before it: one of the "
                               "two was altered.");
  }
  if (entry.time < machine.time()) {
    return violates(LOG_3, "The time " + format_timestamp(entry.time) +
                               " is before the last entry's, " + format_timestamp(machine.time()) +
                               ". Time in a ledger never runs backwards.");
  }
  if (entry.line.size() > max_entry_bytes) {
    return violates(LOG_4, "The entry would have " + std::to_string(entry.line.size()) +
                               " bytes. Name fewer ranges in one event.");
  }
  return {};
}

Context context_of(const Entry& entry) {
  return {entry.seq, entry.time, entry.event.signatures(), entry.event.hash()};
}

// Judges one body by its own rules and hands the case to `then`.
template <class Then>
Result<> judge(const State& state, const Entry& entry, Then then) {
  const Event& event = entry.event.event();
  const Context context = context_of(entry);
  return std::visit(
      [&](const auto& body) -> Result<> {
        const auto facts = resolve(state, event, body, context);
        if (Result<> ok = check_causes(event, facts.causes); !ok) return ok;
        using E = std::decay_t<decltype(body)>;
        const Case<E> c{state, event, body, facts, context};
        if (Result<> ok = check<E>(c); !ok) return ok;
        then(c);
        return {};
      },
      event.body);
}

}  // namespace

Entry Machine::make_entry(AuthenticEvent event, Timestamp time) const {
  const Timestamp at = std::max(time, time_);
  std::string line = encode_line(event.bytes(), event.signatures(), head_, size(), at);
  const crypto::Hash leaf = crypto::leaf_hash(line);
  return {size(), head_, at, std::move(event), std::move(line), leaf};
}

Result<> Machine::would_admit(const Entry& entry) const {
  if (Result<> ok = check_link(*this, entry); !ok) return ok;
  if (Result<> ok = check_identity(state_, entry.event, context_of(entry)); !ok) return ok;
  return judge(state_, entry, [](const auto&) {});
}

Result<Effects> Machine::step(const Entry& entry) {
  if (Result<> ok = check_link(*this, entry); !ok) return tl::unexpected(std::move(ok).error());
  Result<> identity = check_identity(state_, entry.event, context_of(entry));
  if (!identity) return tl::unexpected(std::move(identity).error());
  Effects effects;
  effects.seq = entry.seq;
  effects.time = entry.time;
  effects.type = type_of(entry.event.event().body);
  Result<> judged = judge(state_, entry, [&](const auto& c) { evolve(state_, c, effects); });
  if (!judged) return tl::unexpected(std::move(judged).error());
  if (!effects.units.empty() && is_journaled(effects.type)) state_.journal.append(effects);
  const bool fresh = state_.events.insert(entry.event.event().id, entry.seq);
  ENSURE(fresh, "ID-2 held, so the id is new");
  frontier_.append(entry.leaf);
  head_ = entry.leaf;
  time_ = entry.time;
  return effects;
}

}  // namespace ledger
