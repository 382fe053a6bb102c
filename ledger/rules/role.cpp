// role.granted and role.ended: who acts as an organ of a Party (events.md, decision 2).
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/roles.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Grants = Case<RoleGranted>;
using Ending = Case<RoleEnded>;

// ---- role.granted ----

bool id_is_new(const Grants& c) {
  return !c.state.grants.find(c.body.id);
}

std::string explain_id_is_new(const Grants& c, const Row*) {
  return taken("Grant", c.body.id, c.state.grants.lookup(c.body.id)->origin.seq);
}

bool participant_may_act(const Grants& c) {
  return may_act(c.state, c.facts.participant);
}

std::string explain_participant(const Grants& c, const Row*) {
  return no_participant(c.state, c.body.participant);
}

// The first grantor that is no Party, or stands twice; null where there is none.
const Id* wrong_grantor(const Grants& c) {
  const auto& ids = c.body.parties;
  const auto it = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return !is_party(c.state, c.state.participants.find(id)) ||
           std::count(ids.begin(), ids.end(), id) > 1;
  });
  return it == ids.end() ? nullptr : &*it;
}

bool grantors_are_parties(const Grants& c) {
  return !c.body.parties.empty() && wrong_grantor(c) == nullptr;
}

std::string explain_grantors(const Grants& c, const Row*) {
  const Id* wrong = wrong_grantor(c);
  if (wrong == nullptr) return "The event names no grantor. Name the Party whose role it is.";
  if (is_party(c.state, c.state.participants.find(*wrong))) {
    return "Grantor " + quoted(*wrong) + " stands twice. Name it once.";
  }
  return not_a_party(c.state, *wrong) + " Name a Party as the grantor.";
}

// The first approach of the scope that is unknown, or stands twice; null where there is none.
const Id* wrong_approach(const Grants& c) {
  const auto& ids = c.body.approaches;
  const auto it = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return !c.state.approaches.find(id) || std::count(ids.begin(), ids.end(), id) > 1;
  });
  return it == ids.end() ? nullptr : &*it;
}

bool scope_is_established(const Grants& c) {
  return wrong_approach(c) == nullptr;
}

std::string explain_scope(const Grants& c, const Row*) {
  const Id& wrong = *wrong_approach(c);
  if (c.state.approaches.find(wrong)) {
    return "Approach " + quoted(wrong) + " stands twice in the scope. Name it once.";
  }
  return unknown_approach(wrong);
}

bool grantors_fit_the_role(const Grants& c) {
  if (c.body.role == Organ::verifier) {
    return c.facts.parties.size() == 2 && !c.facts.approaches.empty();
  }
  return c.facts.parties.size() == 1;
}

std::string explain_grantors_fit(const Grants& c, const Row*) {
  if (c.body.role != Organ::verifier) {
    return counted(c.facts.parties.size(), "Party", "Parties") + " would appoint " +
           c.body.participant + " as " + std::string(name_of(c.body.role)) +
           ". That role is one Party's own: send one event for each Party.";
  }
  if (c.facts.approaches.empty()) {
    return "A verifier works under an approach, and the scope names none. Name the approaches.";
  }
  return counted(c.facts.parties.size(), "Party", "Parties") +
         " would appoint a verifier. Name both Parties of the approach, and have both sign.";
}

bool is_of(const Approach& approach, Index party) {
  return approach.host == party || approach.buyer == party;
}

// A grantor and an approach of the scope that is not its own; nothing where all fit.
std::optional<std::pair<Index, Index>> stranger_to_scope(const Grants& c) {
  for (const Index approach : c.facts.approaches) {
    for (const Index party : c.facts.parties) {
      if (!is_of(c.state.approaches[approach], party)) return std::pair{party, approach};
    }
  }
  return std::nullopt;
}

bool grantors_are_of_the_scope(const Grants& c) {
  return !stranger_to_scope(c);
}

std::string explain_grantors_of_scope(const Grants& c, const Row*) {
  const auto [party, approach] = *stranger_to_scope(c);
  return c.state.participants[party].id + " is not a Party of approach " +
         c.state.approaches[approach].id +
         ". Leave that approach out of the scope, or let its Parties grant the role.";
}

bool is_another_party(const Grants& c) {
  return acts_as_the_party(c.body.role) && is_party(c.state, c.facts.participant) &&
         !contains(c.facts.parties, *c.facts.participant);
}

bool organ_is_of_one_party(const Grants& c) {
  return !is_another_party(c) && !c.facts.rival_grant;
}

std::string explain_organ(const Grants& c, const Row*) {
  if (is_another_party(c)) {
    return c.body.participant +
           " is a Party of its own, so two Parties would be one. Appoint an entity, or the "
           "granting Party itself.";
  }
  const Grant& rival = c.state.grants[*c.facts.rival_grant];
  return c.body.participant + " is " + c.state.participants[rival.parties.front()].id + "'s " +
         std::string(name_of(rival.role)) + " by grant " + rival.id +
         " at that time, and would sign for two Parties. Appoint another, or end that grant first.";
}

bool ends_after_it_begins(const Grants& c) {
  return !c.body.until || (c.body.from < *c.body.until && c.context.time < *c.body.until);
}

std::string explain_period(const Grants& c, const Row*) {
  return "The role would begin at " + format_timestamp(c.body.from) + " and end at " +
         format_timestamp(*c.body.until) + "; the entry's time is " +
         format_timestamp(c.context.time) + ". State a later end, or none.";
}

constexpr Rule<RoleGranted> grant_table[] = {
    {&ROL_1, id_is_new, nullptr, explain_id_is_new},
    {&ROL_2, participant_may_act, nullptr, explain_participant},
    {&ROL_3, grantors_are_parties, nullptr, explain_grantors},
    {&ROL_4, scope_is_established, nullptr, explain_scope},
    {&ROL_5, grantors_fit_the_role, nullptr, explain_grantors_fit},
    {&ROL_6, grantors_are_of_the_scope, nullptr, explain_grantors_of_scope},
    {&ROL_7, organ_is_of_one_party, nullptr, explain_organ},
    {&ROL_8, ends_after_it_begins, nullptr, explain_period},
};

// Whether both are in effect at some moment.
bool overlap(const Grant& grant, const RoleGranted& body) {
  return !grant.ended_at && (!grant.until || body.from < *grant.until) &&
         (!body.until || grant.from < *body.until);
}

// A grant that makes the participant an organ of a Party other than the grantors, at that time.
std::optional<Index> rival_of(const State& state, const Facts<RoleGranted>& facts,
                              const RoleGranted& body) {
  if (!facts.participant || !acts_as_the_party(body.role)) return std::nullopt;
  for (Index i = 0; i < state.grants.size(); ++i) {
    const Grant& grant = state.grants[i];
    if (grant.participant != *facts.participant || !acts_as_the_party(grant.role)) continue;
    if (overlap(grant, body) && grant.parties != facts.parties) return i;
  }
  return std::nullopt;
}

// ---- role.ended ----

bool grant_is_known(const Ending& c) {
  return c.facts.grant.has_value();
}

std::string explain_grant(const Ending& c, const Row*) {
  return "Grant " + quoted(c.body.grant) + " is not one of this ledger. Correct the id.";
}

bool may_still_end(const Ending& c) {
  const Grant& grant = c.state.grants[*c.facts.grant];
  return !grant.ended_at || (grant.suspended && c.body.how == RoleEnded::How::ended);
}

std::string explain_ended(const Ending& c, const Row*) {
  const Grant& grant = c.state.grants[*c.facts.grant];
  return "Grant " + grant.id + (grant.suspended ? " is suspended" : " ended") + " since entry " +
         std::to_string(*grant.ended_at) +
         (grant.suspended ? ". It can only be ended now, or granted anew under another id."
                          : ". Nothing more is needed.");
}

constexpr Rule<RoleEnded> ending_table[] = {
    {&ROL_9, grant_is_known, nullptr, explain_grant},
    {&ROL_10, may_still_end, nullptr, explain_ended},
};

}  // namespace

Facts<RoleGranted> resolve(const State& state, const Event&, const RoleGranted& body,
                           const Context&) {
  Facts<RoleGranted> facts;
  facts.participant = state.participants.find(body.participant);
  if (facts.participant) {
    facts.causes.add(state.participants[*facts.participant].origin,
                     "participant " + body.participant);
  }
  for (const Id& id : body.parties) {
    if (const auto party = state.participants.find(id)) {
      facts.parties.push_back(*party);
      facts.causes.add(state.participants[*party].origin, "Party ", id);
    }
  }
  for (const Id& id : body.approaches) {
    if (const auto approach = state.approaches.find(id)) {
      facts.approaches.push_back(*approach);
      facts.causes.add(state.approaches[*approach].origin, "approach ", id);
    }
  }
  facts.rival_grant = rival_of(state, facts, body);
  return facts;
}

Facts<RoleEnded> resolve(const State& state, const Event&, const RoleEnded& body, const Context&) {
  Facts<RoleEnded> facts;
  facts.grant = state.grants.find(body.grant);
  if (facts.grant) facts.causes.add(state.grants[*facts.grant].origin, "grant ", body.grant);
  return facts;
}

template <>
std::span<const Rule<RoleGranted>> rules_of<RoleGranted>() {
  return grant_table;
}

template <>
std::span<const Rule<RoleEnded>> rules_of<RoleEnded>() {
  return ending_table;
}

}  // namespace ledger
