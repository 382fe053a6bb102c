// What events that bring keys into the ledger are asked alike: KEY-2, KEY-3 and KEY-8 to KEY-11.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

inline constexpr std::size_t max_keys = 16;  // of one participant: an event has 16 signatures
inline constexpr std::uint32_t max_wait_days = 365;
inline constexpr std::int64_t sponsor_wait_days = 30;  // decision 13

// The keys of one participant as an event leaves them.
struct KeysAfter {
  Id owner;
  std::size_t signing = 0;  // waiting ones too
  Thresholds thresholds;
  std::optional<Recovery> recovery;  // where the event declares one
};

// Every key that an event brings into the ledger, in the order of its body; at the opening the log
// key and the service key too.
[[nodiscard]] std::vector<crypto::PublicKey> new_keys(const Case<LedgerOpened>& c);
[[nodiscard]] std::vector<crypto::PublicKey> new_keys(const Case<LogKeyAnnounced>& c);
[[nodiscard]] std::vector<crypto::PublicKey> new_keys(const Case<ParticipantAdmitted>& c);
[[nodiscard]] std::vector<crypto::PublicKey> new_keys(const Case<KeysChanged>& c);

// One for each participant whose keys an event decides.
[[nodiscard]] std::vector<KeysAfter> keys_after(const Case<LedgerOpened>& c);
[[nodiscard]] std::vector<KeysAfter> keys_after(const Case<ParticipantAdmitted>& c);
[[nodiscard]] std::vector<KeysAfter> keys_after(const Case<KeysChanged>& c);

// The facts of an event that names a log key: its key and name are unset where it is none.
template <class E>
[[nodiscard]] Facts<E> facts_of_log_key(const E& body) {
  Facts<E> facts;
  if (const auto log_key = crypto::parse_vkey(body.log_key)) {
    facts.log_key = log_key->key;
    facts.log_name = log_key->name;
  }
  return facts;
}

// What is wrong with a log key, in a sentence for a person.
[[nodiscard]] std::string no_verifier_key(std::string_view vkey);
[[nodiscard]] std::string other_log_name(std::string_view origin, std::string_view name);

// What is wrong, likewise; empty where nothing is.
[[nodiscard]] std::string invalid_key(const std::vector<crypto::PublicKey>& keys);
[[nodiscard]] std::string known_key(const State& state, const std::vector<crypto::PublicKey>& keys);
[[nodiscard]] std::string wrong_number(const KeysAfter& keys);
[[nodiscard]] std::string unmet_threshold(const KeysAfter& keys);
[[nodiscard]] std::string wrong_recovery_set(const KeysAfter& keys);
[[nodiscard]] std::string wrong_wait(const KeysAfter& keys);

template <class E>
inline constexpr Rule<E> keys_are_valid{
    &KEY_2, [](const Case<E>& c) { return invalid_key(new_keys(c)).empty(); }, nullptr,
    [](const Case<E>& c, const Row*) { return invalid_key(new_keys(c)); }};

template <class E>
inline constexpr Rule<E> keys_are_new{
    &KEY_3, [](const Case<E>& c) { return known_key(c.state, new_keys(c)).empty(); }, nullptr,
    [](const Case<E>& c, const Row*) { return known_key(c.state, new_keys(c)); }};

// The first fault that `find` sees among the keysets of an event.
template <class E, std::string (*find)(const KeysAfter&)>
std::string keyset_fault(const Case<E>& c) {
  for (const KeysAfter& keys : keys_after(c)) {
    if (std::string fault = find(keys); !fault.empty()) return fault;
  }
  return {};
}

template <class E, std::string (*find)(const KeysAfter&)>
inline constexpr Rule<E> keyset_rule(const Clause& clause) {
  return {&clause, [](const Case<E>& c) { return keyset_fault<E, find>(c).empty(); }, nullptr,
          [](const Case<E>& c, const Row*) { return keyset_fault<E, find>(c); }};
}

template <class E>
inline constexpr Rule<E> keys_are_some = keyset_rule<E, wrong_number>(KEY_8);
template <class E>
inline constexpr Rule<E> thresholds_can_be_met = keyset_rule<E, unmet_threshold>(KEY_9);
template <class E>
inline constexpr Rule<E> recovery_set_is_usable = keyset_rule<E, wrong_recovery_set>(KEY_10);
template <class E>
inline constexpr Rule<E> recovery_wait_is_bounded = keyset_rule<E, wrong_wait>(KEY_11);

}  // namespace ledger
