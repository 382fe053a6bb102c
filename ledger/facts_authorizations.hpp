// What `resolve` finds for the events of authorizations: their grant, change and revocation.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

template <>
struct Facts<AuthorizationGranted> : CommonFacts {
  std::optional<Index> approach, party;
  bool of_host = false;
  bool host_has_authorized = false;              // under this approach
  std::vector<std::optional<Index>> parties;     // one a Party listed; unset: unknown
  std::vector<std::optional<Index>> entities;    // one an entity listed
  std::vector<std::optional<Index>> activities;  // one an activity listed; unset: new
};

template <>
struct Facts<AuthorizationChanged> : CommonFacts {
  std::optional<Index> authorization;
  Facts<AuthorizationGranted> terms;  // of the next version
  crypto::Hash content;               // of what is to come, whatever its stage
};

template <>
struct Facts<AuthorizationRevoked> : CommonFacts {
  std::optional<Index> authorization;
  crypto::Hash content;
};

[[nodiscard]] Facts<AuthorizationGranted> resolve(const State&, const Event&,
                                                  const AuthorizationGranted&, const Context&);
[[nodiscard]] Facts<AuthorizationChanged> resolve(const State&, const Event&,
                                                  const AuthorizationChanged&, const Context&);
[[nodiscard]] Facts<AuthorizationRevoked> resolve(const State&, const Event&,
                                                  const AuthorizationRevoked&, const Context&);

void evolve(State&, const Case<AuthorizationGranted>&, Effects&);
void evolve(State&, const Case<AuthorizationChanged>&, Effects&);
void evolve(State&, const Case<AuthorizationRevoked>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<AuthorizationGranted>> rules_of<AuthorizationGranted>();
template <>
std::span<const Rule<AuthorizationChanged>> rules_of<AuthorizationChanged>();
template <>
std::span<const Rule<AuthorizationRevoked>> rules_of<AuthorizationRevoked>();

}  // namespace ledger
