// What `resolve` finds for the events of units: issuance to the taking back of a signature.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Which occurrence makes units an ITMO (2/CMA.3 annex 2; 4/CMA.6 12, 15 to 17; decisions 10, 11).
enum class Occurrence : std::uint8_t {
  issuance,
  leaving_host,  // from the host's section into another Party's
  to_fund,       // into an Adaptation Fund account
  oimp_use,
  op_cancellation,
  omge,
  other,  // never a first transfer
};

// Whether `occurrence` is the first transfer of units of that lot that were not first transferred.
// `terms`: what the host's authorization says of them.
[[nodiscard]] bool is_first_transfer(const State& state, const Lot& lot, const Terms& terms,
                                     Occurrence occurrence);

// Quantities added up per authorization, ascending by Index.
class AuthorizationSums {
 public:
  void add(Index authorization, std::int64_t quantity);
  [[nodiscard]] const std::vector<std::pair<Index, std::int64_t>>& sums() const { return sums_; }

 private:
  std::vector<std::pair<Index, std::int64_t>> sums_;
};

// The units that an event names, each range looked up once.
struct UnitFacts : CommonFacts {
  std::optional<Index> scope;
  std::vector<Row> rows;                  // ascending, clipped to the named ranges
  std::int64_t named = 0;                 // units in the named ranges
  std::int64_t found = 0;                 // of them issued
  std::vector<VintageQuantity> vintages;  // of the found ones, ascending
  AuthorizationSums first_transfers;      // by host's authorization
  std::vector<Index> transferring_lots;   // of the units first transferred, or taken abroad to be
                                          // so later; each once in a row
  AuthorizationSums acquisitions;         // by buyer's authorization
  std::optional<Index> account;           // that the units leave
};

template <>
struct Facts<UnitsIssued> : CommonFacts {
  std::optional<Index> activity, approach, host_authorization, buyer_authorization, account, scope;
  bool buyer_unknown = false;              // named, but not known
  std::optional<Index> cycle, monitoring;  // of the activity, and the report named
  Serial next = 1;                         // first serial that the registry has not issued
  bool first_transfer = false;             // the definition makes issuance the first transfer
  std::int64_t lots_sum = 0;
};

template <>
struct Facts<UnitsAssigned> : UnitFacts {
  std::optional<Index> host_authorization, buyer_authorization;
};

// One deduction that is due, in the form in which the event lists it, with its account resolved.
struct DueLine {
  ProceedsDeducted::Taken taken;
  Index activity = 0;
  ApproachRules::Deduction::Sort kind = ApproachRules::Deduction::Sort::retained;
  std::optional<Index> account;
};

// Gross units of one activity and vintage, with the base that each line's counter moves by.
struct ProceedsGroup {
  Index activity = 0;
  Year vintage = 0;
  std::int64_t gross = 0;
};

// Gross units of one standing, all of them due for one line or all of them cleared.
struct SettledPiece {
  Run run;                         // as it stands before
  std::optional<std::size_t> due;  // its place in `due`; nothing: cleared only
  bool first_transfer = false;
};

template <>
struct Facts<ProceedsDeducted> : UnitFacts {
  std::optional<Index> approach, party;
  bool rules_known = false;
  std::vector<ProceedsGroup> groups;
  std::vector<DueLine> due;          // in canonical order
  std::vector<SettledPiece> pieces;  // the rows, cut where what is due begins and ends
};

template <>
struct Facts<UnitsTransferred> : UnitFacts {
  std::optional<Index> to, host_authorization, buyer_authorization;
  bool international = false;  // into another Party's section
  std::int64_t acquired = 0;   // units that come to a Party by it: is_acquisition
};

template <>
struct Facts<UnitsUsed> : UnitFacts {
  std::optional<Index> user;
};

template <>
struct Facts<UnitsCancelled> : UnitFacts {};

template <>
struct Facts<AdjustmentApplied> : CommonFacts {
  std::optional<Index> party;
  std::optional<Ndc> ndc;  // the declared period that contains the year
  PartyYear year;          // as it stands
  // Over the years that the amount counts: that year, under averaging all from the period's first.
  std::int64_t net = 0;    // first transferred minus used
  std::int64_t years = 1;  // how many
  Origin changed;          // the last movement that changed one of them
};

template <>
struct Facts<SignatureWithdrawn> : CommonFacts {
  std::vector<Index> signers;  // distinct participants
  std::optional<Seq> id_used_at;
  std::optional<Seq> withdrawn_before;  // by that same participant
};

[[nodiscard]] Facts<UnitsIssued> resolve(const State&, const Event&, const UnitsIssued&,
                                         const Context&);
[[nodiscard]] Facts<UnitsAssigned> resolve(const State&, const Event&, const UnitsAssigned&,
                                           const Context&);
[[nodiscard]] Facts<ProceedsDeducted> resolve(const State&, const Event&, const ProceedsDeducted&,
                                              const Context&);
[[nodiscard]] Facts<UnitsTransferred> resolve(const State&, const Event&, const UnitsTransferred&,
                                              const Context&);
[[nodiscard]] Facts<UnitsUsed> resolve(const State&, const Event&, const UnitsUsed&,
                                       const Context&);
[[nodiscard]] Facts<UnitsCancelled> resolve(const State&, const Event&, const UnitsCancelled&,
                                            const Context&);
[[nodiscard]] Facts<AdjustmentApplied> resolve(const State&, const Event&, const AdjustmentApplied&,
                                               const Context&);
[[nodiscard]] Facts<SignatureWithdrawn> resolve(const State&, const Event&,
                                                const SignatureWithdrawn&, const Context&);

void evolve(State&, const Case<UnitsIssued>&, Effects&);
void evolve(State&, const Case<UnitsAssigned>&, Effects&);
void evolve(State&, const Case<ProceedsDeducted>&, Effects&);
void evolve(State&, const Case<UnitsTransferred>&, Effects&);
void evolve(State&, const Case<UnitsUsed>&, Effects&);
void evolve(State&, const Case<UnitsCancelled>&, Effects&);
void evolve(State&, const Case<AdjustmentApplied>&, Effects&);
void evolve(State&, const Case<SignatureWithdrawn>&, Effects&);

}  // namespace ledger
