#include "ledger/rules/enrolment.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

void append(std::vector<crypto::PublicKey>& out, const std::vector<crypto::PublicKey>& more) {
  out.insert(out.end(), more.begin(), more.end());
}

bool is_log_key(const State& state, const crypto::PublicKey& key) {
  return std::any_of(state.log_keys.begin(), state.log_keys.end(), [&](const std::string& vkey) {
    const auto log_key = crypto::parse_vkey(vkey);
    return log_key && log_key->key == key;
  });
}

// What `key` already is in this ledger; empty: unknown.
std::string place_of(const State& state, const crypto::PublicKey& key) {
  if (key == state.service_key) return "the ledger's service key";
  if (is_log_key(state, key)) return "a log key of this ledger";
  const auto it = state.keys.find(key);
  if (it == state.keys.end()) return {};
  std::string place = it->second.recovery ? "a recovery key of " : "a key of ";
  place += state.participants[it->second.participant].id;
  if (it->second.retired_at) {
    place += ", retired at entry " + std::to_string(*it->second.retired_at);
  }
  return place;
}

}  // namespace

std::vector<crypto::PublicKey> new_keys(const Case<LedgerOpened>& c) {
  std::vector<crypto::PublicKey> keys;
  if (c.facts.log_key) keys.push_back(*c.facts.log_key);
  keys.push_back(c.body.service_key);
  append(keys, c.body.operator_.keys);
  for (const auto& party : c.body.parties) append(keys, party.keys);
  return keys;
}

std::vector<crypto::PublicKey> new_keys(const Case<LogKeyAnnounced>& c) {
  if (!c.facts.log_key) return {};
  return {*c.facts.log_key};
}

std::vector<crypto::PublicKey> new_keys(const Case<ParticipantAdmitted>& c) {
  std::vector<crypto::PublicKey> keys = c.body.keyset.keys;
  if (c.body.keyset.recovery) append(keys, c.body.keyset.recovery->keys);
  return keys;
}

std::vector<crypto::PublicKey> new_keys(const Case<KeysChanged>& c) {
  std::vector<crypto::PublicKey> keys = c.body.add;
  if (c.body.recovery) append(keys, c.body.recovery->keys);
  return keys;
}

std::vector<KeysAfter> keys_after(const Case<LedgerOpened>& c) {
  const auto& founder = c.body.operator_;
  std::vector<KeysAfter> all{
      {Id(operator_id), founder.keys.size(), founder.thresholds, std::nullopt}};
  for (const auto& party : c.body.parties) {
    all.push_back({party.id, party.keys.size(), party.thresholds, std::nullopt});
  }
  return all;
}

std::vector<KeysAfter> keys_after(const Case<ParticipantAdmitted>& c) {
  const Keyset& keyset = c.body.keyset;
  return {{c.body.id, keyset.keys.size(), keyset.thresholds, keyset.recovery}};
}

// Precondition: KEY-1 holds.
std::vector<KeysAfter> keys_after(const Case<KeysChanged>& c) {
  const Participant& owner = c.state.participants[*c.facts.participant];
  return {{owner.id, c.facts.signing_after, c.body.thresholds.value_or(owner.thresholds),
           c.body.recovery}};
}

std::string no_verifier_key(std::string_view vkey) {
  return "The log key " + quoted(vkey) +
         " is not the verifier key of an Ed25519 key (name+hash+base64). `itmo key FILE.pub.pem "
         "--origin NAME` prints it.";
}

std::string other_log_name(std::string_view origin, std::string_view name) {
  return "The event is for ledger " + quoted(origin) + " and its log key is named " + quoted(name) +
         ". Give it the ledger's name: `itmo key FILE.pub.pem --origin NAME`.";
}

std::string invalid_key(const std::vector<crypto::PublicKey>& keys) {
  for (const crypto::PublicKey& key : keys) {
    if (crypto::is_valid_public_key(key)) continue;
    return "Key " + short_form(key) +
           " is not a canonical Ed25519 public key of prime order, so verifiers would not agree on "
           "its signatures. Make a new key pair (openssl genpkey -algorithm ed25519).";
  }
  return {};
}

std::string known_key(const State& state, const std::vector<crypto::PublicKey>& keys) {
  if (const auto twice = first_repeated(keys)) {
    return "Key " + short_form(*twice) + " stands twice in this event. Enrol it once.";
  }
  for (const crypto::PublicKey& key : keys) {
    const std::string place = place_of(state, key);
    if (place.empty()) continue;
    return "Key " + short_form(key) + " is " + place +
           ". Take a key that was never in this ledger.";
  }
  return {};
}

std::string wrong_number(const KeysAfter& keys) {
  if (keys.signing >= 1 && keys.signing <= max_keys) return {};
  return keys.owner + " would have " + counted(keys.signing, "signing key") +
         "; it needs at least 1 and at most " + std::to_string(max_keys) +
         ", the signatures that an event may carry. " +
         (keys.signing == 0 ? "Keep or enrol one." : "Enrol fewer.");
}

std::string unmet_threshold(const KeysAfter& keys) {
  const std::array<std::pair<std::string_view, std::uint32_t>, 3> asked{
      {{"ordinary", keys.thresholds.ordinary},
       {"units", keys.thresholds.units},
       {"keys", keys.thresholds.keys}}};
  for (const auto& [key_class, threshold] : asked) {
    if (threshold >= 1 && threshold <= keys.signing) continue;
    return keys.owner + " would have " + counted(keys.signing, "signing key") +
           " and a threshold of " + std::to_string(threshold) + " for " + std::string(key_class) +
           " events. Choose a threshold from 1 to " + std::to_string(keys.signing) +
           (threshold == 0 ? "." : ", or enrol more keys.");
  }
  return {};
}

std::string wrong_recovery_set(const KeysAfter& keys) {
  if (!keys.recovery) return {};
  const std::size_t size = keys.recovery->keys.size();
  const std::uint32_t threshold = keys.recovery->threshold;
  if (size < 1 || size > max_keys) {
    return keys.owner + " declares " + counted(size, "recovery key") + ". Declare 1 to " +
           std::to_string(max_keys) + ", or no recovery set at all.";
  }
  if (threshold >= 1 && threshold <= size) return {};
  return keys.owner + " declares " + counted(size, "recovery key") +
         " and a recovery threshold of " + std::to_string(threshold) + ". Choose one from 1 to " +
         std::to_string(size) + ".";
}

std::string wrong_wait(const KeysAfter& keys) {
  if (!keys.recovery) return {};
  const std::uint32_t days = keys.recovery->wait_days;
  if (days >= 1 && days <= max_wait_days) return {};
  return keys.owner + " declares a recovery wait of " + std::to_string(days) +
         " days. Choose 1 to " + std::to_string(max_wait_days) +
         ": in that time the rightful owner can still object.";
}

}  // namespace ledger
