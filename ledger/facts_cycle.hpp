// What `resolve` finds for the events of an activity's cycle: idea to review.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/event.hpp"
#include "ledger/facts.hpp"
#include "ledger/rule.hpp"
#include "ledger/state.hpp"

namespace ledger {

// Of events that name an activity: its cycle, where it was proposed.
struct CycleFacts : CommonFacts {
  std::optional<Index> cycle;
};

template <>
struct Facts<ActivityProposed> : CycleFacts {
  std::optional<Index> approach, developer;
  std::optional<Index> activity;  // that an authorization lists under that id
};

template <>
struct Facts<DesignSubmitted> : CycleFacts {};

template <>
struct Facts<ActivityValidated> : CycleFacts {
  std::optional<Index> verifier;
};

template <>
struct Facts<ActivityRegistered> : CycleFacts {
  std::optional<Index> activity, host_authorization, buyer_authorization;
};

template <>
struct Facts<ActivityClosed> : CycleFacts {};

template <>
struct Facts<MonitoringSubmitted> : CycleFacts {
  std::optional<Index> overlap;  // a report that holds some of the days
};

template <>
struct Facts<MonitoringVerified> : CycleFacts {
  std::optional<Index> monitoring, verifier;
  std::optional<Index> overlap;  // a report that holds some of the days, which this one released
};

template <>
struct Facts<ReviewDecided> : CycleFacts {
  std::optional<Index> monitoring, party;
  std::int64_t newest = 0;           // version of what is reviewed; 0: nothing to review
  Reviewed reviewed;                 // its newest version
  std::optional<ReviewAsked> asked;  // of the Party, by the rules in force
};

[[nodiscard]] Facts<ActivityProposed> resolve(const State&, const Event&, const ActivityProposed&,
                                              const Context&);
[[nodiscard]] Facts<DesignSubmitted> resolve(const State&, const Event&, const DesignSubmitted&,
                                             const Context&);
[[nodiscard]] Facts<ActivityValidated> resolve(const State&, const Event&, const ActivityValidated&,
                                               const Context&);
[[nodiscard]] Facts<ActivityRegistered> resolve(const State&, const Event&,
                                                const ActivityRegistered&, const Context&);
[[nodiscard]] Facts<ActivityClosed> resolve(const State&, const Event&, const ActivityClosed&,
                                            const Context&);
[[nodiscard]] Facts<MonitoringSubmitted> resolve(const State&, const Event&,
                                                 const MonitoringSubmitted&, const Context&);
[[nodiscard]] Facts<MonitoringVerified> resolve(const State&, const Event&,
                                                const MonitoringVerified&, const Context&);
[[nodiscard]] Facts<ReviewDecided> resolve(const State&, const Event&, const ReviewDecided&,
                                           const Context&);

void evolve(State&, const Case<ActivityProposed>&, Effects&);
void evolve(State&, const Case<DesignSubmitted>&, Effects&);
void evolve(State&, const Case<ActivityValidated>&, Effects&);
void evolve(State&, const Case<ActivityRegistered>&, Effects&);
void evolve(State&, const Case<ActivityClosed>&, Effects&);
void evolve(State&, const Case<MonitoringSubmitted>&, Effects&);
void evolve(State&, const Case<MonitoringVerified>&, Effects&);
void evolve(State&, const Case<ReviewDecided>&, Effects&);

// The rule tables, in rules/.
template <>
std::span<const Rule<ActivityProposed>> rules_of<ActivityProposed>();
template <>
std::span<const Rule<DesignSubmitted>> rules_of<DesignSubmitted>();
template <>
std::span<const Rule<ActivityValidated>> rules_of<ActivityValidated>();
template <>
std::span<const Rule<ActivityRegistered>> rules_of<ActivityRegistered>();
template <>
std::span<const Rule<ActivityClosed>> rules_of<ActivityClosed>();
template <>
std::span<const Rule<MonitoringSubmitted>> rules_of<MonitoringSubmitted>();
template <>
std::span<const Rule<MonitoringVerified>> rules_of<MonitoringVerified>();
template <>
std::span<const Rule<ReviewDecided>> rules_of<ReviewDecided>();

}  // namespace ledger
