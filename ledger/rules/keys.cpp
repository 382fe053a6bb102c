// participant.keys_changed: KEY.
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/enrolment.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Change = Case<KeysChanged>;
using Route = KeysChanged::Route;

const Participant& owner(const Change& c) {
  return c.state.participants[*c.facts.participant];
}

bool participant_is_known(const Change& c) {
  return c.facts.participant.has_value();
}

std::string explain_participant(const Change& c, const Row*) {
  return quoted(c.body.participant) +
         " is not a participant of this ledger. Correct the id, or admit it first "
         "(participant.admitted).";
}

bool route_is_open(const Change& c) {
  switch (c.body.route) {
    case Route::recovery: return !c.facts.recovery.empty();
    case Route::sponsor: return c.facts.recovery.empty();
    case Route::threshold: break;
  }
  return true;
}

std::string explain_route(const Change& c, const Row*) {
  if (c.body.route == Route::recovery) {
    return owner(c).id + " declared no recovery keys. Take the sponsor route.";
  }
  return owner(c).id + " declared " + counted(c.facts.recovery.size(), "recovery key") +
         ". Take the recovery route: nobody else changes its keys.";
}

bool route_stays_within_signing_keys(const Change& c) {
  return c.body.route == Route::threshold || (!c.body.recovery && !c.body.thresholds);
}

// Otherwise whoever steals a recovery set could make itself unremovable.
std::string explain_route_stays(const Change& c, const Row*) {
  return std::string("The event would also change ") +
         (c.body.recovery ? "the recovery keys" : "the thresholds") + " of " + owner(c).id +
         ". Leave that out now; once the new keys act, change it by the threshold route.";
}

// The first key of `remove` that KEY-6 refuses.
std::optional<crypto::PublicKey> wrongly_removed(const Change& c) {
  if (const auto twice = first_repeated(c.body.remove)) return twice;
  const auto it = std::find_if(c.body.remove.begin(), c.body.remove.end(),
                               [&](const auto& key) { return !contains(c.facts.signing, key); });
  if (it == c.body.remove.end()) return std::nullopt;
  return *it;
}

bool removed_keys_are_its_own(const Change& c) {
  return !wrongly_removed(c);
}

std::string explain_removed(const Change& c, const Row*) {
  const crypto::PublicKey key = *wrongly_removed(c);
  const std::string name = "Key " + short_form(key);
  if (contains(c.facts.signing, key)) return name + " is to be removed twice. Name it once.";
  const auto it = c.state.keys.find(key);
  if (it == c.state.keys.end()) return name + " is not enrolled in this ledger. Leave it out.";
  const KeyRecord& record = it->second;
  if (record.participant != *c.facts.participant) {
    return name + " is a key of " + c.state.participants[record.participant].id + ", not of " +
           owner(c).id + ". Leave it out.";
  }
  if (record.retired_at) {
    return name + " was removed at entry " + std::to_string(*record.retired_at) + ". Leave it out.";
  }
  return name + " is a recovery key. Replace the whole recovery set instead.";
}

bool something_changes(const Change& c) {
  const bool thresholds = c.body.thresholds && *c.body.thresholds != owner(c).thresholds;
  return !c.body.add.empty() || !c.body.remove.empty() || c.body.recovery || thresholds;
}

std::string explain_something_changes(const Change& c, const Row*) {
  return "Keys, recovery keys and thresholds of " + owner(c).id +
         " would stay as they are. Name what is to change.";
}

constexpr Rule<KeysChanged> table[] = {
    {&KEY_1, participant_is_known, nullptr, explain_participant},
    keys_are_valid<KeysChanged>,
    keys_are_new<KeysChanged>,
    {&KEY_4, route_is_open, nullptr, explain_route},
    {&KEY_5, route_stays_within_signing_keys, nullptr, explain_route_stays},
    {&KEY_6, removed_keys_are_its_own, nullptr, explain_removed},
    {&KEY_7, something_changes, nullptr, explain_something_changes},
    keys_are_some<KeysChanged>,
    thresholds_can_be_met<KeysChanged>,
    recovery_set_is_usable<KeysChanged>,
    recovery_wait_is_bounded<KeysChanged>,
};

// When keys that this change adds begin to act (decision 13).
Timestamp begin_of_new_keys(const Participant& owner, Route route, Timestamp time) {
  switch (route) {
    case Route::recovery: return plus_days(time, owner.recovery ? owner.recovery->wait_days : 0);
    case Route::sponsor: return plus_days(time, sponsor_wait_days);
    case Route::threshold: break;
  }
  return time;
}

}  // namespace

Facts<KeysChanged> resolve(const State& state, const Event&, const KeysChanged& body,
                           const Context& context) {
  Facts<KeysChanged> facts;
  facts.participant = state.participants.find(body.participant);
  if (!facts.participant) return facts;
  const Participant& owner = state.participants[*facts.participant];
  facts.causes.add(owner.origin, "participant ", owner.id);
  for (const auto& [key, record] : state.keys) {
    if (record.participant != *facts.participant || record.retired_at) continue;
    (record.recovery ? facts.recovery : facts.signing).push_back(key);
  }
  const auto stays = [&](const auto& key) { return !contains(body.remove, key); };
  const auto kept = std::count_if(facts.signing.begin(), facts.signing.end(), stays);
  facts.signing_after = static_cast<std::size_t>(kept) + body.add.size();
  facts.active_from = begin_of_new_keys(owner, body.route, context.time);
  return facts;
}

template <>
std::span<const Rule<KeysChanged>> rules_of<KeysChanged>() {
  return table;
}

}  // namespace ledger
