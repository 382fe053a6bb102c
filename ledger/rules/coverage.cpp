#include "ledger/rules/coverage.hpp"

#include <algorithm>

#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Granting = Case<AuthorizationGranted>;
using Activities = std::vector<AuthorizationGranted::Activity>;

const Id& host_of(const Granting& c) {
  return c.state.participants[c.state.approaches[*c.facts.approach].host].id;
}

const Id* wrong_party(const Granting& c) {
  for (std::size_t i = 0; i < c.body.parties.size(); ++i) {
    const Id& id = c.body.parties[i];
    const bool twice = std::count(c.body.parties.begin(), c.body.parties.end(), id) > 1;
    if (twice || !is_party(c.state, c.facts.parties[i])) return &id;
  }
  return nullptr;
}

bool is_entity(const State& state, std::optional<Index> participant) {
  return participant && state.participants[*participant].kind == Participant::Sort::entity;
}

// The place of the first entity that AUT-20 refuses.
std::optional<std::size_t> wrong_entity(const Granting& c) {
  const auto& list = c.body.entities;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto same = [&](const auto& other) { return other.id == list[i].id; };
    if (!is_entity(c.state, c.facts.entities[i]) || list[i].may.empty() ||
        std::count_if(list.begin(), list.end(), same) > 1) {
      return i;
    }
  }
  return std::nullopt;
}

const AuthorizationGranted::Activity* twice_listed(const Activities& list) {
  const auto it = std::find_if(list.begin(), list.end(), [&](const auto& activity) {
    return std::count_if(list.begin(), list.end(),
                         [&](const auto& other) { return other.id == activity.id; }) > 1;
  });
  return it == list.end() ? nullptr : &*it;
}

const AuthorizationGranted::Activity* with_wrong_crediting(const Activities& list) {
  const auto it = std::find_if(list.begin(), list.end(), [](const auto& activity) {
    return activity.crediting_to < activity.crediting_from;
  });
  return it == list.end() ? nullptr : &*it;
}

// The place of the first activity that was listed before and is not that one any more.
std::optional<std::size_t> altered_activity(const Granting& c) {
  for (std::size_t i = 0; i < c.body.activities.size(); ++i) {
    if (!c.facts.activities[i]) continue;
    const Activity& known = c.state.activities[*c.facts.activities[i]];
    if (known.approach != *c.facts.approach || known.terms != c.body.activities[i]) return i;
  }
  return std::nullopt;
}

}  // namespace

bool using_parties_are_parties(const Granting& c) {
  return wrong_party(c) == nullptr;
}

std::string explain_using_parties(const Granting& c, const Row*) {
  const Id& wrong = *wrong_party(c);
  if (is_party(c.state, c.state.participants.find(wrong))) {
    return "Party " + quoted(wrong) + " stands twice. Name it once.";
  }
  return not_a_party(c.state, wrong) + " Name Parties in `parties`, others in `entities`.";
}

bool entities_can_act(const Granting& c) {
  return !wrong_entity(c);
}

std::string explain_entities(const Granting& c, const Row*) {
  const std::size_t i = *wrong_entity(c);
  const auto& wrong = c.body.entities[i];
  if (!c.facts.entities[i]) return no_participant(c.state, wrong.id);
  if (!is_entity(c.state, c.facts.entities[i])) {
    return quoted(wrong.id) + " is no entity. Name Parties in `parties`.";
  }
  if (wrong.may.empty()) {
    return "Entity " + quoted(wrong.id) +
           " may do nothing. State transfer, acquire or use, or leave it out.";
  }
  return "Entity " + quoted(wrong.id) + " stands twice. Name it once, with all that it may do.";
}

bool activities_are_listed(const Granting& c) {
  return (!c.facts.of_host || !c.body.activities.empty()) && !twice_listed(c.body.activities);
}

std::string explain_activities(const Granting& c, const Row*) {
  if (const auto* twice = twice_listed(c.body.activities)) {
    return "Activity " + quoted(twice->id) + " is listed twice. List it once.";
  }
  return "A host's authorization says whose mitigation outcomes it covers, and this one lists no "
         "activity. List them.";
}

bool crediting_is_in_order(const Granting& c) {
  return !with_wrong_crediting(c.body.activities);
}

std::string explain_crediting(const Granting& c, const Row*) {
  const auto& wrong = *with_wrong_crediting(c.body.activities);
  return "The crediting period of activity " + wrong.id + " would begin on " +
         format_date(wrong.crediting_from) + " and end on " + format_date(wrong.crediting_to) +
         ". Exchange the two days.";
}

bool known_activities_stay(const Granting& c) {
  return !altered_activity(c);
}

std::string explain_known_activities(const Granting& c, const Row*) {
  const Activity& known = c.state.activities[*c.facts.activities[*altered_activity(c)]];
  const std::string which =
      "Activity " + known.id + " was first listed at entry " + std::to_string(known.origin.seq);
  if (known.approach != *c.facts.approach) {
    return which + " under approach " + c.state.approaches[known.approach].id +
           ". Give an activity of this approach another id.";
  }
  return which + " with another crediting period, sector, type or mitigation type: " +
         format_date(known.terms.crediting_from) + " to " + format_date(known.terms.crediting_to) +
         ", " + known.terms.sector + ", " + known.terms.type + ". Repeat these terms.";
}

bool buyer_follows_the_host(const Granting& c) {
  const auto& found = c.facts.activities;
  return c.facts.of_host ||
         std::all_of(found.begin(), found.end(), [](const auto& row) { return row.has_value(); });
}

std::string explain_buyer_follows(const Granting& c, const Row*) {
  const auto& found = c.facts.activities;
  const auto unknown = std::find(found.begin(), found.end(), std::nullopt);
  return "Activity " + c.body.activities[static_cast<std::size_t>(unknown - found.begin())].id +
         " is listed by no authorization of " + host_of(c) +
         ". Leave it out, or let the host authorize it first.";
}

// ---- the cycle of the activities ----

namespace {

// The first activity listed that was proposed elsewhere or in another sector; null where none was.
const ActivityCycle* proposed_otherwise(const Granting& c) {
  for (const auto& listed : c.body.activities) {
    const ActivityCycle* cycle = c.state.cycles.lookup(listed.id);
    if (cycle && (c.facts.approach != cycle->approach || cycle->sector != listed.sector)) {
      return cycle;
    }
  }
  return nullptr;
}

// The id of the first activity listed without an approved idea; null where each has one.
const Id* without_idea(const Granting& c) {
  for (const auto& listed : c.body.activities) {
    const ActivityCycle* cycle = c.state.cycles.lookup(listed.id);
    if (!cycle || !idea_is_approved(c.state, *cycle)) return &listed.id;
  }
  return nullptr;
}

}  // namespace

bool activities_were_proposed_so(const Granting& c) {
  return proposed_otherwise(c) == nullptr;
}

std::string explain_proposed_otherwise(const Granting& c, const Row*) {
  const ActivityCycle& cycle = *proposed_otherwise(c);
  return "Activity " + cycle.id + " was proposed under approach " +
         c.state.approaches[cycle.approach].id + " in the sector " + quoted(cycle.sector) +
         ". Authorize it there and so, or list another.";
}

bool ideas_came_first(const Granting& c) {
  if (!c.facts.approach || !asks(c.state.approaches[*c.facts.approach], CycleStep::idea)) {
    return true;
  }
  return without_idea(c) == nullptr;
}

std::string explain_ideas(const Granting& c, const Row*) {
  const Id& id = *without_idea(c);
  const ActivityCycle* cycle = c.state.cycles.lookup(id);
  return cycle ? explain_idea_not_approved(c.state, *cycle) : not_proposed(id);
}

}  // namespace ledger
