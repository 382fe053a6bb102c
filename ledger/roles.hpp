// Who must sign: one row an event type (events.md 2), read from the state at the event's position.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Which of a participant's thresholds applies (decision 2).
enum class KeyClass : std::uint8_t { ordinary, units, keys };
[[nodiscard]] KeyClass key_class_of(const Body& body);

// One role to fill: `at_least` distinct participants of `who`, each with enough active keys.
struct Need {
  std::string what;        // for people: "XBA's secretariat or authority"
  std::vector<Index> who;  // participants that may fill it
  std::size_t at_least = 1;
  bool by_recovery = false;  // filled by recovery keys of the one participant in `who`
};

struct Needs {
  std::vector<Need> roles;
  std::vector<crypto::PublicKey> proofs;  // keys that the event enrols: each signs it
  // False when a name that decides a role is unknown; then the event's own rules refuse it.
  bool resolved = true;
};

// The roles that `event` needs. Total; never refuses.
[[nodiscard]] Needs needs_of(const State& state, const Event& event, const Context& context);

// Who holds an organ of a Party at that time: the participants of the grants in effect (for that
// approach, or for all), or the Party itself when there is none (decision 2).
[[nodiscard]] std::vector<Index> holders_of(const State& state, Index party, Organ organ,
                                            Timestamp time,
                                            std::optional<Index> approach = std::nullopt);

// Whether a grant is in effect at that time: begun, not past its end, neither ended nor suspended.
[[nodiscard]] bool in_effect(const Grant& grant, Timestamp time);

// Whether the role acts as the Party itself: authority, secretariat and inventory do; verifiers and
// developers work for several Parties.
[[nodiscard]] bool acts_as_the_party(Organ role);

// Whether events of that type name an approach, whose rules may ask for further signers.
[[nodiscard]] bool is_under_rules(std::string_view type);
[[nodiscard]] std::string types_under_rules();  // all of them, for people

[[nodiscard]] std::string_view name_of(Organ organ);

}  // namespace ledger
