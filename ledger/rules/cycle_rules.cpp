#include "ledger/rules/cycle_rules.hpp"

#include <algorithm>

#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Adoption = Case<ApproachRules>;

constexpr std::int64_t max_order = 64;
constexpr std::int64_t max_days = 3'650;

// Without this step nothing of the stage is ever reviewed.
CycleStep step_of(Stage stage) {
  switch (stage) {
    case Stage::validation: return CycleStep::registration;
    case Stage::verification: return CycleStep::verification;
    case Stage::idea: break;
  }
  return CycleStep::idea;
}

bool fits(const CycleRules& cycle, const ReviewAsked& asked) {
  const auto same = [&](const ReviewAsked& other) {
    return other.stage == asked.stage && other.by == asked.by;
  };
  return contains(cycle.steps, step_of(asked.stage)) && 1 <= asked.order &&
         asked.order <= max_order &&
         (!asked.days || (0 <= *asked.days && *asked.days <= max_days)) &&
         std::count_if(cycle.reviews.begin(), cycle.reviews.end(), same) == 1;
}

const ReviewAsked* wrong_review(const Adoption& c) {
  if (!c.body.cycle) return nullptr;
  const auto& list = c.body.cycle->reviews;
  const auto it = std::find_if(list.begin(), list.end(), [&](const ReviewAsked& asked) {
    return !fits(*c.body.cycle, asked);
  });
  return it == list.end() ? nullptr : &*it;
}

}  // namespace

bool reviews_fit(const Adoption& c) {
  return wrong_review(c) == nullptr;
}

std::string explain_reviews(const Adoption& c, const Row*) {
  const ReviewAsked& wrong = *wrong_review(c);
  const std::string which = std::string("The ") +
                            (wrong.by == Reviewer::host ? "host's" : "buyer's") +
                            " review of the " + std::string(name_of(wrong.stage));
  if (!contains(c.body.cycle->steps, step_of(wrong.stage))) {
    return which +
           " is asked for, and the step that leads to it is not. Add that step, or leave "
           "the review out.";
  }
  if (wrong.order < 1 || max_order < wrong.order) {
    return which + " has the order " + std::to_string(wrong.order) + ". Choose 1 to " +
           std::to_string(max_order) + ".";
  }
  if (wrong.days && (*wrong.days < 0 || max_days < *wrong.days)) {
    return which + " has a clock of " + std::to_string(*wrong.days) + " days. Choose 0 to " +
           std::to_string(max_days) + ", or none: then it is never deemed approved.";
  }
  return which + " is asked for twice. Ask for it once.";
}

bool steps_build_on_steps(const Adoption& c) {
  return !c.body.cycle || !contains(c.body.cycle->steps, CycleStep::verification) ||
         contains(c.body.cycle->steps, CycleStep::registration);
}

std::string explain_steps(const Adoption&, const Row*) {
  return "The rules ask for verification and not for registration, but only registered activities "
         "are monitored and verified. Ask for registration too.";
}

}  // namespace ledger
