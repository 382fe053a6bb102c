#include "ledger/identity.hpp"

#include <algorithm>
#include <set>

#include "crypto/text.hpp"
#include "ledger/clauses_identity.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/roles.hpp"

namespace ledger {
namespace {

std::string short_key(const crypto::PublicKey& key) {
  return crypto::to_hex(key.view()).substr(0, 16) + "…";
}

std::uint32_t threshold_of(const Participant& participant, KeyClass key_class) {
  switch (key_class) {
    case KeyClass::units: return participant.thresholds.units;
    case KeyClass::keys: return participant.thresholds.keys;
    case KeyClass::ordinary: break;
  }
  return participant.thresholds.ordinary;
}

// The signers of one event, sorted out: whose they are and what they prove.
class Signers {
 public:
  Signers(const State& state, const Event& event, const Context& context, const Needs& needs)
      : state_(state), event_(event), context_(context), needs_(needs) {}

  Result<> are_enrolled() const {
    for (const auto& signer : context_.signers) {
      if (is_proof(signer.key) || state_.keys.contains(signer.key)) continue;
      return violates(ID_5, "Key " + short_key(signer.key) +
                                " is not enrolled in this ledger. Sign with an enrolled key, or "
                                "enrol this one first (participant.keys_changed).");
    }
    return {};
  }

  Result<> are_active() const {
    for (const auto& signer : context_.signers) {
      const auto it = state_.keys.find(signer.key);
      if (it == state_.keys.end()) continue;
      if (Result<> active = is_active(signer.key, it->second); !active) return active;
    }
    return {};
  }

  Result<> fill_every_role() const {
    if (!needs_.resolved) return {};
    std::string missing;
    for (const Need& need : needs_.roles) {
      const std::size_t filled = filled_by(need);
      if (filled >= need.at_least) continue;
      if (!missing.empty()) missing += "; ";
      missing += need.what;
      if (need.at_least > 1) {
        missing += " (" + std::to_string(filled) + " of " + std::to_string(need.at_least) + ")";
      }
      missing += shortage(need);
    }
    if (missing.empty()) return {};
    return violates(ID_7, "Missing: " + missing +
                              ". Ask each to sign the same bytes, then send the event again.");
  }

  Result<> prove_every_new_key() const {
    for (const crypto::PublicKey& key : needs_.proofs) {
      if (has_signed(key)) continue;
      return violates(ID_8, "The event enrols key " + short_key(key) +
                                " but that key has not signed it. Sign with the new key too, to "
                                "show that its owner holds it.");
    }
    return {};
  }

  Result<> have_no_surplus() const {
    if (!needs_.resolved) return {};
    for (const auto& signer : context_.signers) {
      const auto it = state_.keys.find(signer.key);
      if (it == state_.keys.end() || is_proof(signer.key)) continue;
      if (fills_a_role(it->second.participant)) continue;
      return violates(ID_9, "Key " + short_key(signer.key) + " of " +
                                state_.participants[it->second.participant].id +
                                " signed, but no role that this event needs is filled by it. "
                                "Send the event without that signature.");
    }
    return {};
  }

  Result<> expire_where_several_sign() const {
    if (event_.expires || distinct_participants() <= 1) return {};
    return violates(ID_10,
                    "More than one participant signs, and the event has no `expires`. Write one: a "
                    "fully signed paper must not be an option for ever.");
  }

 private:
  bool is_proof(const crypto::PublicKey& key) const {
    return std::find(needs_.proofs.begin(), needs_.proofs.end(), key) != needs_.proofs.end();
  }

  bool has_signed(const crypto::PublicKey& key) const {
    return std::any_of(context_.signers.begin(), context_.signers.end(),
                       [&](const auto& signer) { return signer.key == key; });
  }

  bool wants_recovery_of(Index participant) const {
    return std::any_of(needs_.roles.begin(), needs_.roles.end(), [&](const Need& need) {
      return need.by_recovery && need.who.front() == participant;
    });
  }

  // By any of its keys: further keys of a needed participant are no surplus.
  bool fills_a_role(Index participant) const {
    return std::any_of(needs_.roles.begin(), needs_.roles.end(), [&](const Need& need) {
      return std::find(need.who.begin(), need.who.end(), participant) != need.who.end();
    });
  }

  Result<> is_active(const crypto::PublicKey& key, const KeyRecord& record) const {
    const std::string& owner = state_.participants[record.participant].id;
    if (record.retired_at) {
      return violates(ID_6, "Signed with key " + short_key(key) + " of " + owner +
                                ", retired at entry " + std::to_string(*record.retired_at) +
                                "; ask " + owner + " to sign again with an active key.");
    }
    if (context_.time < record.active_from) {
      return violates(ID_6, "Signed with key " + short_key(key) + " of " + owner +
                                ", which acts from " + format_timestamp(record.active_from) +
                                "; the entry's time is " + format_timestamp(context_.time) +
                                ". Wait until then.");
    }
    if (record.recovery && !wants_recovery_of(record.participant)) {
      return violates(ID_6, "Key " + short_key(key) + " of " + owner +
                                " is a recovery key; it only signs participant.keys_changed by "
                                "the recovery route.");
    }
    return {};
  }

  std::size_t keys_signing_for(Index participant, bool recovery) const {
    return static_cast<std::size_t>(
        std::count_if(context_.signers.begin(), context_.signers.end(), [&](const auto& signer) {
          const auto it = state_.keys.find(signer.key);
          return it != state_.keys.end() && it->second.participant == participant &&
                 it->second.recovery == recovery;
        }));
  }

  std::size_t keys_needed_of(Index participant, bool recovery) const {
    const Participant& row = state_.participants[participant];
    if (recovery) return row.recovery ? row.recovery->threshold : 1;
    return threshold_of(row, key_class_of(event_.body));
  }

  std::size_t filled_by(const Need& need) const {
    return static_cast<std::size_t>(
        std::count_if(need.who.begin(), need.who.end(), [&](Index participant) {
          return keys_signing_for(participant, need.by_recovery) >=
                 keys_needed_of(participant, need.by_recovery);
        }));
  }

  // Says who signed with too few keys, where that is what is missing.
  std::string shortage(const Need& need) const {
    for (const Index participant : need.who) {
      const std::size_t have = keys_signing_for(participant, need.by_recovery);
      if (have == 0) continue;
      return " (" + state_.participants[participant].id + " signed with " + std::to_string(have) +
             " of " + std::to_string(keys_needed_of(participant, need.by_recovery)) +
             " needed keys)";
    }
    return "";
  }

  // Newcomers of one event count as one participant; the opening has an operator and Parties.
  std::size_t distinct_participants() const {
    std::set<Index> known;
    bool newcomer = false;
    for (const auto& signer : context_.signers) {
      const auto it = state_.keys.find(signer.key);
      if (it != state_.keys.end()) {
        known.insert(it->second.participant);
      } else {
        newcomer = true;
      }
    }
    if (std::holds_alternative<LedgerOpened>(event_.body)) return 2;
    const bool own_keys = std::holds_alternative<KeysChanged>(event_.body);
    return known.size() + (newcomer && !own_keys ? 1 : 0);
  }

  const State& state_;
  const Event& event_;
  const Context& context_;
  const Needs& needs_;
};

Result<> is_not_withdrawn(const State& state, const Context& context, const Needs& needs) {
  const auto it = state.withdrawals.find(context.event);
  if (it == state.withdrawals.end()) return {};
  for (const Withdrawal& withdrawal : it->second) {
    for (const Need& need : needs.roles) {
      if (std::find(need.who.begin(), need.who.end(), withdrawal.participant) == need.who.end()) {
        continue;
      }
      return violates(ID_4, state.participants[withdrawal.participant].id +
                                " took its signature on this event back at entry " +
                                std::to_string(withdrawal.seq) +
                                ". Write a new event with a new id and have it signed afresh.");
    }
  }
  return {};
}

// Before the opening there are no Parties and no keys, so nothing that ID asks has an answer.
Result<> is_opened(const State& state, const Event& event) {
  if (!state.origin.empty() || std::holds_alternative<LedgerOpened>(event.body)) return {};
  return violates(LED_1, "This ledger is not opened yet, and the event is " +
                             std::string(type_of(event.body)) + ". Send ledger.opened first.");
}

Result<> is_ours_new_and_timely(const State& state, const Event& event, const Context& context) {
  if (context.seq != 0 && event.ledger != state.origin) {
    return violates(ID_1, "The event is for ledger \"" + event.ledger + "\"; this is \"" +
                              state.origin + "\". Write it anew for this ledger.");
  }
  if (const auto used = state.events.find(event.id)) {
    return violates(ID_2, "Id \"" + event.id + "\" was used by entry " + std::to_string(*used) +
                              ". Give the event an id of its own.");
  }
  if (event.expires && context.time > *event.expires) {
    return violates(ID_3, "The event expired at " + format_timestamp(*event.expires) +
                              "; the entry's time is " + format_timestamp(context.time) +
                              ". Write it anew with a later `expires` and have it signed again.");
  }
  return {};
}

}  // namespace

Result<> check_identity(const State& state, const Event& event, const Context& context) {
  if (Result<> ok = is_opened(state, event); !ok) return ok;
  if (Result<> ok = is_ours_new_and_timely(state, event, context); !ok) return ok;
  const Needs needs = needs_of(state, event, context);
  if (Result<> ok = is_not_withdrawn(state, context, needs); !ok) return ok;
  const Signers signers(state, event, context, needs);
  if (Result<> ok = signers.are_enrolled(); !ok) return ok;
  if (Result<> ok = signers.are_active(); !ok) return ok;
  if (Result<> ok = signers.fill_every_role(); !ok) return ok;
  if (Result<> ok = signers.prove_every_new_key(); !ok) return ok;
  if (Result<> ok = signers.have_no_surplus(); !ok) return ok;
  if (Result<> ok = signers.expire_where_several_sign(); !ok) return ok;
  if (event.date > date_of(context.time)) {
    return violates(ID_11, "The event is dated " + format_date(event.date) +
                               ", after the entry's date " + format_date(date_of(context.time)) +
                               ". Date it today or earlier.");
  }
  return {};
}

Result<> check_causes(const Event& event, const Causes& causes) {
  if (!causes.latest() || event.date >= causes.latest()->date) return {};
  return violates(
      ID_12, "The event is dated " + format_date(event.date) + ", but " + causes.what() +
                 ", which it names, dates from " + format_date(causes.latest()->date) + " (entry " +
                 std::to_string(causes.latest()->seq) + "). Date it on that day or later.");
}

}  // namespace ledger
