#include "ledger/rules/cycle.hpp"

#include <algorithm>

#include "ledger/roles.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {

using Decision = ReviewDecided::Decision;

std::optional<Index> find_cycle(const State& state, const Id& activity, Causes& causes) {
  const auto index = state.cycles.find(activity);
  if (!index) return std::nullopt;
  const ActivityCycle& cycle = state.cycles[*index];
  causes.add(cycle.origin, "activity ", activity);
  if (const Design* design = newest_design(cycle)) {
    causes.add(design->origin, "the design of activity ", activity);
  }
  return index;
}

std::optional<Index> find_participant(const State& state, const Id& id, Causes& causes) {
  const auto index = state.participants.find(id);
  if (index) causes.add(state.participants[*index].origin, "participant ", id);
  return index;
}

std::optional<Index> find_authorization(const State& state, const Id& id, Causes& causes) {
  const auto index = state.authorizations.find(id);
  if (index) causes.add(state.authorizations[*index].stated, "authorization ", id);
  return index;
}

// ---- rules in force ----

const CycleRules& cycle_rules(const Approach& approach) {
  static const CycleRules none;
  return approach.rules.empty() ? none : approach.rules.back().cycle;
}

bool asks(const Approach& approach, CycleStep step) {
  return contains(cycle_rules(approach).steps, step);
}

// ---- reviews ----

bool is_positive(Decision decision) {
  return decision == Decision::approved || decision == Decision::deemed;
}

Index reviewer_of(const Approach& approach, Reviewer reviewer) {
  return reviewer == Reviewer::host ? approach.host : approach.buyer;
}

bool is_sent_back(const Reviewed& reviewed) {
  return std::any_of(reviewed.reviews.begin(), reviewed.reviews.end(), [](const Review& review) {
    return review.decision == Decision::returned || review.decision == Decision::rejected;
  });
}

const Review* review_by(const Reviewed& reviewed, Index party) {
  const auto it = std::find_if(reviewed.reviews.begin(), reviewed.reviews.end(),
                               [&](const Review& review) { return review.party == party; });
  return it == reviewed.reviews.end() ? nullptr : &*it;
}

const ReviewAsked* open_review(const Approach& approach, Stage stage, const Reviewed& reviewed,
                               std::optional<std::int64_t> before_order) {
  for (const ReviewAsked& asked : cycle_rules(approach).reviews) {
    if (asked.stage != stage || (before_order && *before_order <= asked.order)) continue;
    const Review* review = review_by(reviewed, reviewer_of(approach, asked.by));
    if (review == nullptr || !is_positive(review->decision)) return &asked;
  }
  return nullptr;
}

Timestamp clock_start(const Approach& approach, const ReviewAsked& asked,
                      const Reviewed& reviewed) {
  Timestamp start = std::max(reviewed.since, approach.rules.back().adopted);
  for (const ReviewAsked& other : cycle_rules(approach).reviews) {
    if (other.stage != asked.stage || asked.order <= other.order) continue;
    const Review* review = review_by(reviewed, reviewer_of(approach, other.by));
    if (review != nullptr) start = std::max(start, review->time);
  }
  return start;
}

std::optional<Timestamp> deemed_from(const Approach& approach, const ReviewAsked& asked,
                                     const Reviewed& reviewed) {
  const Index party = reviewer_of(approach, asked.by);
  const bool opposed = review_by(reviewed, party) != nullptr || contains(reviewed.opposed, party);
  if (!asked.days || opposed) return std::nullopt;
  return plus_days(clock_start(approach, asked, reviewed), *asked.days);
}

std::string explain_open(const State& state, const Approach& approach, const ReviewAsked& open,
                         const Reviewed& reviewed) {
  const Index party = reviewer_of(approach, open.by);
  const std::string& who = state.participants[party].id;
  const Review* review = review_by(reviewed, party);
  if (review == nullptr) {
    return who + ", whose review of the " + std::string(name_of(open.stage)) +
           " the rules ask for, has not decided on it. Ask " + who + " to decide (review.decided).";
  }
  const std::string what = who + "'s review of the " + std::string(name_of(open.stage)) + " says " +
                           quoted(name_of(review->decision)) + " since entry " +
                           std::to_string(review->origin.seq);
  if (review->decision == Decision::objection) {
    return what + ". Settle the objection, and let " + who + " decide again.";
  }
  return what + ". A new version is needed, and a decision on that.";
}

std::string explain_sent_back() {
  return "a Party whose review the rules asked for then sent it back. A new version is needed.";
}

bool idea_is_approved(const State& state, const ActivityCycle& cycle) {
  return !is_sent_back(cycle.idea) &&
         open_review(state.approaches[cycle.approach], Stage::idea, cycle.idea) == nullptr;
}

bool idea_is_rejected(const ActivityCycle& cycle) {
  return std::any_of(cycle.idea.reviews.begin(), cycle.idea.reviews.end(),
                     [](const Review& review) { return review.decision == Decision::rejected; });
}

// ---- accreditation ----

namespace {

bool is_under(const Grant& grant, Index approach) {
  return grant.approaches.empty() || contains(grant.approaches, approach);
}

}  // namespace

bool is_accredited(const State& state, Index approach, Index participant, Timestamp time) {
  const Approach& row = state.approaches[approach];
  return std::any_of(
      state.grants.rows().begin(), state.grants.rows().end(), [&](const Grant& grant) {
        return grant.role == Organ::verifier && grant.participant == participant &&
               in_effect(grant, time) && is_under(grant, approach) &&
               contains(grant.parties, row.host) && contains(grant.parties, row.buyer);
      });
}

bool is_developer(const State& state, Index approach, Index participant, Timestamp time) {
  return std::any_of(state.grants.rows().begin(), state.grants.rows().end(),
                     [&](const Grant& grant) {
                       return grant.role == Organ::developer && grant.participant == participant &&
                              in_effect(grant, time) && is_under(grant, approach) &&
                              contains(grant.parties, state.approaches[approach].host);
                     });
}

std::string dependence(const State& state, const ActivityCycle& cycle, Index participant,
                       Timestamp time) {
  const Participant& who = state.participants[participant];
  if (participant == cycle.developer) {
    return who.id + " is the developer of activity " + cycle.id;
  }
  if (who.kind == Participant::Sort::party) return who.id + " is a Party";
  const Approach& approach = state.approaches[cycle.approach];
  for (const Grant& grant : state.grants.rows()) {
    if (grant.participant != participant || !acts_as_the_party(grant.role) ||
        !in_effect(grant, time)) {
      continue;
    }
    for (const Index party : {approach.host, approach.buyer}) {
      if (!contains(grant.parties, party)) continue;
      return who.id + " is the " + std::string(name_of(grant.role)) + " of " +
             state.participants[party].id + " by grant " + grant.id;
    }
  }
  const auto activity = state.activities.find(cycle.id);
  if (activity && state.first_holders.contains({*activity, participant})) {
    return who.id + " received units of activity " + cycle.id + " at issuance";
  }
  return {};
}

bool validated(const ActivityCycle& cycle, Index participant) {
  return std::any_of(cycle.designs.begin(), cycle.designs.end(),
                     [&](const Design& design) { return design.validator == participant; });
}

// ---- designs ----

const Design* newest_design(const ActivityCycle& cycle) {
  return cycle.designs.empty() ? nullptr : &cycle.designs.back();
}

const Design* registered_design(const ActivityCycle& cycle) {
  if (cycle.registered == 0) return nullptr;
  return &cycle.designs[static_cast<std::size_t>(cycle.registered - 1)];
}

// ---- quantities ----

std::int64_t quantity_of(const std::vector<VintageQuantity>& list, Year vintage) {
  const auto it = std::find_if(list.begin(), list.end(),
                               [&](const VintageQuantity& v) { return v.vintage == vintage; });
  return it == list.end() ? 0 : it->quantity;
}

std::optional<Year> vintage_outside(const std::vector<VintageQuantity>& list, Date from, Date to) {
  const auto it = std::find_if(list.begin(), list.end(), [&](const VintageQuantity& v) {
    return v.vintage < year_of(from) || year_of(to) < v.vintage;
  });
  if (it == list.end()) return std::nullopt;
  return it->vintage;
}

std::int64_t certified(const Monitoring& monitoring, Year vintage) {
  std::int64_t least = quantity_of(monitoring.verified, vintage);
  for (const Review& review : monitoring.verification.reviews) {
    if (review.decision != Decision::approved) continue;
    least = std::min(least, quantity_of(review.quantities, vintage));
  }
  return least;
}

// ---- words ----

std::string_view name_of(Stage stage) {
  constexpr std::string_view names[] = {"idea", "validation", "verification"};
  return names[static_cast<std::size_t>(stage)];
}

std::string_view name_of(Decision decision) {
  constexpr std::string_view names[] = {"approved", "returned", "rejected", "objection", "deemed"};
  return names[static_cast<std::size_t>(decision)];
}

std::string not_proposed(const Id& activity) {
  return "Activity " + quoted(activity) +
         " was not proposed in this ledger. Propose it first (activity.proposed), or correct the "
         "id.";
}

std::string explain_idea_not_approved(const State& state, const ActivityCycle& cycle) {
  const std::string what =
      "The rules ask for an idea that is approved first, and of activity " + cycle.id + " ";
  if (idea_is_rejected(cycle)) return what + "it was rejected. Propose another activity.";
  const Approach& approach = state.approaches[cycle.approach];
  const ReviewAsked* open = open_review(approach, Stage::idea, cycle.idea);
  return what + "it is not: " +
         (open != nullptr ? explain_open(state, approach, *open, cycle.idea) : explain_sent_back());
}

std::string no_developer(const State& state, Index approach, const Id& developer) {
  const Approach& row = state.approaches[approach];
  const Id& host = state.participants[row.host].id;
  return quoted(developer) + " holds no developer's role of " + host + " for approach " + row.id +
         " at this time. Let " + host + " appoint it first (role.granted).";
}

std::string not_accredited(const State& state, const Approach& approach, const Id& verifier) {
  return quoted(verifier) + " is not appointed as a verifier for approach " + approach.id + " by " +
         state.participants[approach.host].id + " and " + state.participants[approach.buyer].id +
         " at this time. Let both appoint it first (role.granted), or name one whom they did.";
}

std::string not_independent(const std::string& dependence) {
  return dependence + ", and whoever judges an activity has no part in it. Name another verifier.";
}

std::string is_closed(const ActivityCycle& cycle) {
  return "Activity " + cycle.id + " is closed since entry " + std::to_string(*cycle.closed_at) +
         ". Units that were issued stay as they are; for anything new propose another activity.";
}

const Document* withheld(const std::vector<Document>& documents) {
  const auto it = std::find_if(documents.begin(), documents.end(), [](const Document& document) {
    return document.access == Access::confidential;
  });
  return it == documents.end() ? nullptr : &*it;
}

std::string explain_withheld(const Document& document) {
  return "A document of kind " + quoted(document.kind) +
         " is confidential as a whole. Make it public, or redacted with the hash of the redacted "
         "version.";
}

std::string period(Date from, Date to) {
  return format_date(from) + " to " + format_date(to);
}

}  // namespace ledger
