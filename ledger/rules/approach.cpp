// approach.established and approach.ended: two Parties, one of them the host (events.md 2).
#include <algorithm>

#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Establishing = Case<ApproachEstablished>;

bool id_is_new(const Establishing& c) {
  return !c.state.approaches.find(c.body.id);
}

std::string explain_id_is_new(const Establishing& c, const Row*) {
  return taken("Approach", c.body.id, c.state.approaches.lookup(c.body.id)->origin.seq);
}

bool both_are_parties(const Establishing& c) {
  return is_party(c.state, c.facts.host) && is_party(c.state, c.facts.buyer);
}

std::string explain_both_are_parties(const Establishing& c, const Row*) {
  const bool host_is_wrong = !is_party(c.state, c.facts.host);
  return not_a_party(c.state, host_is_wrong ? c.body.host : c.body.buyer) +
         " Name a Party as the " + (host_is_wrong ? "host." : "buyer.");
}

bool the_two_differ(const Establishing& c) {
  return c.body.host != c.body.buyer;
}

std::string explain_the_two_differ(const Establishing& c, const Row*) {
  return c.body.host + " is named as host and as buyer. Name two Parties.";
}

constexpr Rule<ApproachEstablished> table[] = {
    {&APR_1, id_is_new, nullptr, explain_id_is_new},
    {&APR_2, both_are_parties, nullptr, explain_both_are_parties},
    {&APR_3, the_two_differ, nullptr, explain_the_two_differ},
};

// ---- approach.ended ----

using Ending = Case<ApproachEnded>;

const Approach& approach_of(const Ending& c) {
  return c.state.approaches[*c.facts.approach];
}

bool approach_is_established(const Ending& c) {
  return c.facts.approach.has_value();
}

std::string explain_approach(const Ending& c, const Row*) {
  return unknown_approach(c.body.approach);
}

bool is_of(const Ending& c, const Id& party) {
  const Approach& row = approach_of(c);
  return party == c.state.participants[row.host].id || party == c.state.participants[row.buyer].id;
}

// The first one named that has no part in the approach or stands twice; null where there is none.
const Id* wrong_party(const Ending& c) {
  const auto& ids = c.body.parties;
  const auto it = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return !is_of(c, id) || std::count(ids.begin(), ids.end(), id) > 1;
  });
  return it == ids.end() ? nullptr : &*it;
}

bool enders_are_its_parties(const Ending& c) {
  return !c.body.parties.empty() && wrong_party(c) == nullptr;
}

std::string explain_enders(const Ending& c, const Row*) {
  const Approach& row = approach_of(c);
  const std::string name = " Name " + c.state.participants[row.host].id + ", " +
                           c.state.participants[row.buyer].id + " or both, each once.";
  if (c.body.parties.empty()) return "The event names nobody who ends the approach." + name;
  return quoted(*wrong_party(c)) + " is no Party of approach " + row.id + " or stands twice." +
         name;
}

bool ends_earlier(const Ending& c) {
  const auto& ended = approach_of(c).ended;
  return !ended || c.body.from < ended->from;
}

std::string explain_ended_before(const Ending& c, const Row*) {
  const Approach& row = approach_of(c);
  return "Approach " + row.id + " ends at " + format_timestamp(row.ended->from) + " by entry " +
         std::to_string(row.ended->origin.seq) + "; the event says " +
         format_timestamp(c.body.from) +
         ". Only an earlier end replaces it: state one, or leave the event out.";
}

// The earliest moment at which it may end; nothing where one Party alone may not end it.
std::optional<Timestamp> earliest_end(const Ending& c) {
  if (c.body.parties.size() > 1) return c.context.time;
  const auto& rules = approach_of(c).rules;
  if (rules.empty() || !rules.back().notice_days) return std::nullopt;
  return plus_days(c.context.time, *rules.back().notice_days);
}

// The longest notice that rules may state is half of it (RUL-14).
constexpr std::int64_t most_days_ahead = 7'300;

bool notice_is_met(const Ending& c) {
  const auto earliest = earliest_end(c);
  return earliest && *earliest <= c.body.from &&
         c.body.from <= plus_days(c.context.time, most_days_ahead);
}

std::string explain_notice(const Ending& c, const Row*) {
  const auto earliest = earliest_end(c);
  if (!earliest) {
    return "The rules of approach " + c.body.approach + " state no notice by which " +
           c.body.parties.front() +
           " alone could end it. Let both Parties sign, or adopt rules that state one "
           "(clocks.notice_days).";
  }
  if (*earliest <= c.body.from) {
    return "Approach " + c.body.approach + " would end at " + format_timestamp(c.body.from) +
           ", more than " + std::to_string(most_days_ahead) + " days from now. State " +
           format_timestamp(plus_days(c.context.time, most_days_ahead)) + " or an earlier moment.";
  }
  return "Approach " + c.body.approach + " would end at " + format_timestamp(c.body.from) +
         "; the entry's time is " + format_timestamp(c.context.time) +
         (c.body.parties.size() > 1 ? "" : ", and the rules state a notice") +
         ". The earliest is " + format_timestamp(*earliest) + ". State that moment or a later one.";
}

constexpr Rule<ApproachEnded> ending_table[] = {
    {&APR_4, approach_is_established, nullptr, explain_approach},
    {&APR_5, enders_are_its_parties, nullptr, explain_enders},
    {&APR_6, ends_earlier, nullptr, explain_ended_before},
    {&APR_7, notice_is_met, nullptr, explain_notice},
};

}  // namespace

Facts<ApproachEnded> resolve(const State& state, const Event&, const ApproachEnded& body,
                             const Context&) {
  Facts<ApproachEnded> facts;
  facts.approach = state.approaches.find(body.approach);
  if (!facts.approach) return facts;
  const Approach& row = state.approaches[*facts.approach];
  facts.causes.add(row.origin, "approach ", row.id);
  if (!row.rules.empty()) {
    facts.causes.add(row.rules.back().origin, "the rules of approach ", row.id);
  }
  return facts;
}

Facts<ApproachEstablished> resolve(const State& state, const Event&,
                                   const ApproachEstablished& body, const Context&) {
  Facts<ApproachEstablished> facts;
  facts.host = state.participants.find(body.host);
  facts.buyer = state.participants.find(body.buyer);
  for (const auto& party : {facts.host, facts.buyer}) {
    if (!party) continue;
    const Participant& row = state.participants[*party];
    facts.causes.add(row.origin, "Party ", row.id);
  }
  return facts;
}

template <>
std::span<const Rule<ApproachEstablished>> rules_of<ApproachEstablished>() {
  return table;
}

template <>
std::span<const Rule<ApproachEnded>> rules_of<ApproachEnded>() {
  return ending_table;
}

}  // namespace ledger
