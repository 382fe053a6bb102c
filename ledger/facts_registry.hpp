// What `resolve` finds for the events that come before authorizations: opening to NDCs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

template <>
struct Facts<LedgerOpened> : CommonFacts {
  std::optional<crypto::PublicKey> log_key;  // unset: the vkey is not one of an Ed25519 key
  std::string log_name;                      // of the log key
};

template <>
struct Facts<SpecAdopted> : CommonFacts {};

template <>
struct Facts<LogKeyAnnounced> : CommonFacts {
  std::optional<crypto::PublicKey> log_key;  // unset: the vkey is not one of an Ed25519 key
  std::string log_name;                      // of that key
};

template <>
struct Facts<ParticipantAdmitted> : CommonFacts {
  std::optional<Index> sponsor;      // a participant of any kind
  std::optional<Index> same_person;  // of the same country and number
};

template <>
struct Facts<KeysChanged> : CommonFacts {
  std::optional<Index> participant;
  std::vector<crypto::PublicKey> signing;   // its signing keys, waiting ones too, before the change
  std::vector<crypto::PublicKey> recovery;  // its recovery keys before the change
  std::size_t signing_after = 0;
  Timestamp active_from;  // of added keys (decision 13)
};

template <>
struct Facts<RoleGranted> : CommonFacts {
  std::optional<Index> participant;
  std::vector<Index> parties;        // in the order of the body; unknown ones are left out
  std::vector<Index> approaches;     // the same
  std::optional<Index> rival_grant;  // makes the participant another Party's organ at that time
};

template <>
struct Facts<RoleEnded> : CommonFacts {
  std::optional<Index> grant;
};

template <>
struct Facts<AccountOpened> : CommonFacts {
  std::optional<Index> holder, party;
};

template <>
struct Facts<ApproachEstablished> : CommonFacts {
  std::optional<Index> host, buyer;
};

template <>
struct Facts<ApproachRules> : CommonFacts {
  std::optional<Index> approach;
  std::optional<Index> carp_owner;             // another approach that has that identifier
  std::optional<Definition> host_definition;   // that the body states
  std::optional<Index> oimp_authorization;     // of the host, under this approach
  std::vector<std::optional<Index>> accounts;  // one a deduction line; unset: none or unknown
};

template <>
struct Facts<ApproachEnded> : CommonFacts {
  std::optional<Index> approach;
};

template <>
struct Facts<NdcDeclared> : CommonFacts {
  std::optional<Index> party;
  std::optional<Ndc> overlap;  // of the same Party
};

template <>
struct Facts<InventoryReported> : CommonFacts {
  std::optional<Index> party;
  std::optional<Ndc> ndc;    // whose period has the year
  std::int64_t version = 0;  // newest of that year, 0 none
};

[[nodiscard]] Facts<LedgerOpened> resolve(const State&, const Event&, const LedgerOpened&,
                                          const Context&);
[[nodiscard]] Facts<SpecAdopted> resolve(const State&, const Event&, const SpecAdopted&,
                                         const Context&);
[[nodiscard]] Facts<LogKeyAnnounced> resolve(const State&, const Event&, const LogKeyAnnounced&,
                                             const Context&);
[[nodiscard]] Facts<ParticipantAdmitted> resolve(const State&, const Event&,
                                                 const ParticipantAdmitted&, const Context&);
[[nodiscard]] Facts<KeysChanged> resolve(const State&, const Event&, const KeysChanged&,
                                         const Context&);
[[nodiscard]] Facts<RoleGranted> resolve(const State&, const Event&, const RoleGranted&,
                                         const Context&);
[[nodiscard]] Facts<RoleEnded> resolve(const State&, const Event&, const RoleEnded&,
                                       const Context&);
[[nodiscard]] Facts<AccountOpened> resolve(const State&, const Event&, const AccountOpened&,
                                           const Context&);
[[nodiscard]] Facts<ApproachEstablished> resolve(const State&, const Event&,
                                                 const ApproachEstablished&, const Context&);
[[nodiscard]] Facts<ApproachRules> resolve(const State&, const Event&, const ApproachRules&,
                                           const Context&);
[[nodiscard]] Facts<ApproachEnded> resolve(const State&, const Event&, const ApproachEnded&,
                                           const Context&);
[[nodiscard]] Facts<NdcDeclared> resolve(const State&, const Event&, const NdcDeclared&,
                                         const Context&);
[[nodiscard]] Facts<InventoryReported> resolve(const State&, const Event&, const InventoryReported&,
                                               const Context&);

// Whether the event was refused for nothing but this: it asks for a spec number that whoever judged
// it does not know. Such an entry of a log, and all behind it, cannot be judged; that is no fault
// of the log.
[[nodiscard]] bool asks_for_newer_rules(const Violation& violation, const Event& event);

void evolve(State&, const Case<LedgerOpened>&, Effects&);
void evolve(State&, const Case<SpecAdopted>&, Effects&);
void evolve(State&, const Case<LogKeyAnnounced>&, Effects&);
void evolve(State&, const Case<ParticipantAdmitted>&, Effects&);
void evolve(State&, const Case<KeysChanged>&, Effects&);
void evolve(State&, const Case<RoleGranted>&, Effects&);
void evolve(State&, const Case<RoleEnded>&, Effects&);
void evolve(State&, const Case<AccountOpened>&, Effects&);
void evolve(State&, const Case<ApproachEstablished>&, Effects&);
void evolve(State&, const Case<ApproachRules>&, Effects&);
void evolve(State&, const Case<ApproachEnded>&, Effects&);
void evolve(State&, const Case<NdcDeclared>&, Effects&);
void evolve(State&, const Case<InventoryReported>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<LedgerOpened>> rules_of<LedgerOpened>();
template <>
std::span<const Rule<SpecAdopted>> rules_of<SpecAdopted>();
template <>
std::span<const Rule<LogKeyAnnounced>> rules_of<LogKeyAnnounced>();
template <>
std::span<const Rule<ParticipantAdmitted>> rules_of<ParticipantAdmitted>();
template <>
std::span<const Rule<KeysChanged>> rules_of<KeysChanged>();
template <>
std::span<const Rule<RoleGranted>> rules_of<RoleGranted>();
template <>
std::span<const Rule<RoleEnded>> rules_of<RoleEnded>();
template <>
std::span<const Rule<AccountOpened>> rules_of<AccountOpened>();
template <>
std::span<const Rule<ApproachEstablished>> rules_of<ApproachEstablished>();
template <>
std::span<const Rule<ApproachRules>> rules_of<ApproachRules>();
template <>
std::span<const Rule<ApproachEnded>> rules_of<ApproachEnded>();
template <>
std::span<const Rule<NdcDeclared>> rules_of<NdcDeclared>();
template <>
std::span<const Rule<InventoryReported>> rules_of<InventoryReported>();

}  // namespace ledger
