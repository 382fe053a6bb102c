#include "ledger/machine.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/codec.hpp"
#include "ledger/judgement.hpp"

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

}  // namespace

Entry Machine::make_entry(AuthenticEvent event, Timestamp time) const {
  const Timestamp at = std::max(time, time_);
  std::string line = encode_line(event.bytes(), event.signatures(), head_, size(), at);
  const crypto::Hash leaf = crypto::leaf_hash(line);
  return {size(), head_, at, std::move(event), std::move(line), leaf};
}

Context Machine::context_for(const Entry& entry) const {
  Context context = context_of(entry, frontier_, newest_spec_);
  context.committed = &committed_;
  return context;
}

Result<> Machine::would_admit(const Entry& entry) const {
  if (Result<> ok = check_link(*this, entry); !ok) return ok;
  return judge(state_, entry.event.event(), context_for(entry));
}

Result<Effects> Machine::step(const Entry& entry) {
  if (Result<> ok = check_link(*this, entry); !ok) return tl::unexpected(std::move(ok).error());
  Result<Effects> effects = evolve_if_admitted(state_, entry.event.event(), context_for(entry));
  if (!effects) return effects;
  committed_.take(*effects, entry.leaf);
  keep_day_end(state_, frontier_, time_, entry.time);
  frontier_.append(entry.leaf);
  head_ = entry.leaf;
  time_ = entry.time;
  return effects;
}

}  // namespace ledger
