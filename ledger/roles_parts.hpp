// What the rows of roles.cpp are made of: naming the participants that fill a role, and the extra
// signers that rules in the log ask for.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/journal.hpp"
#include "ledger/roles.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Adds those that are not there yet.
void append_all(std::vector<Index>& out, const std::vector<Index>& more);

// Collects the needs of one event; a name that is unknown leaves them unresolved. Refers to what
// it is made of, and lives no longer.
class RoleParts {
 public:
  RoleParts(const State& state, const Event& event, const Context& context)
      : state_(state), event_(event), context_(context) {}

 protected:
  void unresolved() { needs_.resolved = false; }
  void need(std::string what, std::vector<Index> who);
  void prove(const std::vector<crypto::PublicKey>& keys);
  // By its id, or unresolved.
  std::optional<Index> participant(std::string_view id);
  void signer(std::string_view what, const Id& id);
  // A Party by one of its organs, anybody else itself.
  void whoever_is(Index index);

  void organ(std::string_view party, Organ organ_needed);
  void organ(Index party, Organ organ_needed);
  // Under a movement a Party is its secretariat or its authority (decision 2).
  void either_organ(Index party, std::optional<Index> approach);
  [[nodiscard]] std::vector<Index> organs_of(Index party, std::optional<Index> approach) const;
  // The lots of those units of a registry that were issued.
  [[nodiscard]] std::set<Index> lots_of(Index scope, std::span<const Range> ranges) const;
  // Those whom the change terms ask of the authorizations that units of the lots stand under.
  void consents_of(const std::set<Index>& lots);
  void quorum_of_parties(std::optional<Index> except);
  // Whether it cancelled for administrative reasons. What it moved otherwise may have been
  // cancelled since.
  [[nodiscard]] bool is_administrative(const Movement& movement) const;
  // The organ of a Party that signs such a movement in its section.
  void party_under(const Movement& movement, Index party);

  // From here on the event is under that approach. Rules in the log may add signers, never remove
  // one (decision 2).
  void under(std::optional<Index> approach) { under(approach, type_of(event_.body)); }
  // The same, with the signers that are added to events of that type.
  void under(std::optional<Index> approach, std::string_view type);

  const State& state_;
  const Event& event_;
  const Context& context_;
  std::optional<Index> approach_;
  Needs needs_;
};

}  // namespace ledger
