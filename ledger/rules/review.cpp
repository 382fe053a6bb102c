// review.decided: what host and buyer say to an idea, a validation, a verification, in the order
// and time of the rules (events.md 2).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Deciding = Case<ReviewDecided>;
using Decision = ReviewDecided::Decision;

// Precondition of what follows the first rule: REV-1 holds.
const ActivityCycle& cycle_of(const Deciding& c) {
  return c.state.cycles[*c.facts.cycle];
}

const Approach& approach_of(const Deciding& c) {
  return c.state.approaches[cycle_of(c).approach];
}

std::string the_stage(const Deciding& c) {
  return "the " + std::string(name_of(c.body.stage));
}

bool is_known(const Deciding& c) {
  if (!c.facts.cycle) return false;
  const bool of_report = c.body.stage == Stage::verification;
  if (!of_report) return !c.body.monitoring;
  return c.facts.monitoring && c.state.monitorings[*c.facts.monitoring].cycle == *c.facts.cycle;
}

std::string explain_unknown(const Deciding& c, const Row*) {
  if (!c.facts.cycle) return not_proposed(c.body.activity);
  if (c.body.stage != Stage::verification) {
    return "A review of " + the_stage(c) + " names monitoring report " +
           quoted(*c.body.monitoring) + ". Leave it out, or review the verification.";
  }
  if (!c.body.monitoring) {
    return "A review of a verification names no monitoring report. Name it in `monitoring`.";
  }
  return "Activity " + c.body.activity + " has no monitoring report " + quoted(*c.body.monitoring) +
         ". Correct the id.";
}

bool review_is_asked(const Deciding& c) {
  return c.facts.asked.has_value();
}

std::string explain_not_asked(const Deciding& c, const Row*) {
  return "The rules of approach " + approach_of(c).id + " ask for no review of " + the_stage(c) +
         " by " + quoted(c.body.party) +
         ". Leave the event out, or adopt rules that ask for it (cycle.reviews).";
}

bool is_newest(const Deciding& c) {
  return c.facts.newest != 0 && c.facts.newest == c.body.version;
}

std::string explain_version(const Deciding& c, const Row*) {
  if (c.facts.newest == 0) {
    return "Of activity " + c.body.activity + " there is nothing to review as " + the_stage(c) +
           " yet: no positive validation of its newest design, or nothing verified. Wait for it.";
  }
  return "Version " + std::to_string(c.facts.newest) + " of " + the_stage(c) +
         " is under review; the event decides on version " + std::to_string(c.body.version) +
         ". Decide on the newest.";
}

const ReviewAsked* open_before(const Deciding& c) {
  return open_review(approach_of(c), c.body.stage, c.facts.reviewed, c.facts.asked->order);
}

bool is_in_order(const Deciding& c) {
  return open_before(c) == nullptr;
}

std::string explain_order(const Deciding& c, const Row*) {
  return "By the rules another review comes before that of " + c.body.party + ": " +
         explain_open(c.state, approach_of(c), *open_before(c), c.facts.reviewed);
}

const Review* decided_before(const Deciding& c) {
  return review_by(c.facts.reviewed, *c.facts.party);
}

bool may_decide(const Deciding& c) {
  const Review* before = decided_before(c);
  return before == nullptr || before->decision == Decision::objection;
}

std::string explain_decided(const Deciding& c, const Row*) {
  const Review& before = *decided_before(c);
  return c.body.party + " decided " + quoted(name_of(before.decision)) + " on version " +
         std::to_string(c.body.version) + " at entry " + std::to_string(before.origin.seq) +
         ". A decision stays; a new version can be decided on anew.";
}

// Whether the Party spoke against this version or one before it.
bool is_opposed(const Deciding& c) {
  return decided_before(c) != nullptr || contains(c.facts.reviewed.opposed, *c.facts.party);
}

std::optional<Timestamp> deemed_from(const Deciding& c) {
  return deemed_from(approach_of(c), *c.facts.asked, c.facts.reviewed);
}

bool clock_has_run(const Deciding& c) {
  if (c.body.decision != Decision::deemed) return true;
  const auto from = deemed_from(c);
  return from && *from <= c.context.time;
}

std::string explain_clock(const Deciding& c, const Row*) {
  const auto from = deemed_from(c);
  if (!from) {
    return c.body.party + "'s review of " + the_stage(c) +
           (is_opposed(c) ? " was against this version or one before it, which no clock removes."
                          : " has no clock in the rules.") +
           " Ask " + c.body.party + " to decide.";
  }
  return c.body.party + " may decide on it until " + format_timestamp(*from) +
         "; the entry's time is " + format_timestamp(c.context.time) + ". Wait until then.";
}

bool certifies(const Deciding& c) {
  return c.body.stage == Stage::verification && c.body.decision == Decision::approved;
}

// The first vintage that is certified beyond what is verified, or nothing.
std::optional<Year> beyond_verified(const Deciding& c) {
  const auto& verified = c.state.monitorings[*c.facts.monitoring].verified;
  const auto it = std::find_if(
      c.body.quantities.begin(), c.body.quantities.end(),
      [&](const VintageQuantity& v) { return quantity_of(verified, v.vintage) < v.quantity; });
  if (it == c.body.quantities.end()) return std::nullopt;
  return it->vintage;
}

bool quantities_fit(const Deciding& c) {
  if (!certifies(c)) return c.body.quantities.empty();
  return !c.body.quantities.empty() && !beyond_verified(c);
}

std::string explain_quantities(const Deciding& c, const Row*) {
  if (!certifies(c)) {
    return "The event certifies quantities, which only the approval of a verification does. Leave "
           "them out.";
  }
  if (c.body.quantities.empty()) {
    return "The approval certifies nothing. State the quantity of each vintage, or return the "
           "verification.";
  }
  const Year vintage = *beyond_verified(c);
  const std::int64_t verified =
      quantity_of(c.state.monitorings[*c.facts.monitoring].verified, vintage);
  return "Of vintage " + std::to_string(vintage) + " " + in_units(verified) + " are verified; " +
         in_units(quantity_of(c.body.quantities, vintage)) +
         " would be certified. Certify what is verified at most.";
}

constexpr Rule<ReviewDecided> table[] = {
    {&REV_1, is_known, nullptr, explain_unknown},
    {&REV_2, review_is_asked, nullptr, explain_not_asked},
    {&REV_3, is_newest, nullptr, explain_version},
    {&REV_4, is_in_order, nullptr, explain_order},
    {&REV_5, may_decide, nullptr, explain_decided},
    {&REV_6, clock_has_run, nullptr, explain_clock},
    {&REV_7, quantities_fit, nullptr, explain_quantities},
};

std::optional<ReviewAsked> asked_of(const Approach& approach, Stage stage, Index party) {
  for (const ReviewAsked& asked : cycle_rules(approach).reviews) {
    if (asked.stage == stage && reviewer_of(approach, asked.by) == party) return asked;
  }
  return std::nullopt;
}

// What the stage's newest version is, and its reviews so far.
void find_reviewed(const ActivityCycle& cycle, const Monitoring* report, Stage stage,
                   Facts<ReviewDecided>& facts) {
  if (stage == Stage::idea) {
    facts.newest = cycle.idea_version;
    facts.reviewed = cycle.idea;
  } else if (stage == Stage::verification) {
    if (report == nullptr || report->verified.empty()) return;
    facts.newest = report->version;
    facts.reviewed = report->verification;
  } else if (const Design* design = newest_design(cycle)) {
    if (design->opinion != ActivityValidated::Opinion::positive) return;
    facts.newest = design->version;
    facts.reviewed = design->validation;
  }
}

}  // namespace

Facts<ReviewDecided> resolve(const State& state, const Event&, const ReviewDecided& body,
                             const Context&) {
  Facts<ReviewDecided> facts;
  facts.party = find_participant(state, body.party, facts.causes);
  facts.cycle = find_cycle(state, body.activity, facts.causes);
  if (body.monitoring) facts.monitoring = state.monitorings.find(*body.monitoring);
  const Monitoring* report = facts.monitoring ? &state.monitorings[*facts.monitoring] : nullptr;
  if (report != nullptr) {
    facts.causes.add(report->origin, "monitoring report ", report->id);
  }
  if (!facts.cycle) return facts;
  const ActivityCycle& cycle = state.cycles[*facts.cycle];
  find_reviewed(cycle, report, body.stage, facts);
  if (facts.party) {
    facts.asked = asked_of(state.approaches[cycle.approach], body.stage, *facts.party);
  }
  return facts;
}

template <>
std::span<const Rule<ReviewDecided>> rules_of<ReviewDecided>() {
  return table;
}

}  // namespace ledger
