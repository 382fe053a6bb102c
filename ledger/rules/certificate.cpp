#include "ledger/rules/certificate.hpp"

#include <map>

#include "ledger/days.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Issuing = Case<UnitsIssued>;

const Approach* approach_of(const Issuing& c) {
  return c.facts.approach ? &c.state.approaches[*c.facts.approach] : nullptr;
}

const ActivityCycle* cycle_of(const Issuing& c) {
  return c.facts.cycle ? &c.state.cycles[*c.facts.cycle] : nullptr;
}

const Monitoring* report_of(const Issuing& c) {
  return c.facts.monitoring ? &c.state.monitorings[*c.facts.monitoring] : nullptr;
}

std::map<Year, std::int64_t> issued_by(const UnitsIssued& body) {
  std::map<Year, std::int64_t> sums;
  for (const auto& lot : body.lots) sums[lot.vintage] += lot.last - lot.first + 1;
  return sums;
}

// The first vintage of which too much would be issued, or nothing.
std::optional<Year> beyond_verified(const Issuing& c) {
  const Monitoring& report = *report_of(c);
  for (const auto& [vintage, quantity] : issued_by(c.body)) {
    const std::int64_t left = certified(report, vintage) - quantity_of(report.issued, vintage);
    if (left < quantity) return vintage;
  }
  return std::nullopt;
}

}  // namespace

bool activity_is_not_closed(const Issuing& c) {
  return !cycle_of(c) || !cycle_of(c)->closed_at;
}

std::string explain_activity_closed(const Issuing& c, const Row*) {
  return is_closed(*cycle_of(c));
}

bool activity_is_registered(const Issuing& c) {
  if (!approach_of(c) || !asks(*approach_of(c), CycleStep::registration)) return true;
  return cycle_of(c) && cycle_of(c)->registered != 0;
}

std::string explain_not_registered(const Issuing& c, const Row*) {
  return "The rules of approach " + approach_of(c)->id + " ask for registration, and activity " +
         c.body.activity + " is not registered. Register it first (activity.registered).";
}

bool no_reversal_stands_against(const Issuing& c) {
  return !c.facts.first_transfer || !c.facts.activity ||
         open_reversal(c.state, *c.facts.activity) == 0;
}
std::string explain_reversal(const Issuing& c, const Row*) {
  return "Of activity " + c.body.activity + ' ' +
         in_units(open_reversal(c.state, *c.facts.activity)) +
         " are reversed and not made good, and issuance is the first transfer of its units. "
         "Cancel as many units of the activity for the reversal first.";
}

bool report_is_named(const Issuing& c) {
  if (!c.body.monitoring) {
    return !approach_of(c) || !asks(*approach_of(c), CycleStep::verification);
  }
  const Monitoring* report = report_of(c);
  return report && c.facts.cycle == report->cycle && report->period_from == c.body.period_from &&
         report->period_to == c.body.period_to;
}

std::string explain_report(const Issuing& c, const Row*) {
  if (!c.body.monitoring) {
    return "The rules of approach " + approach_of(c)->id +
           " ask for verification, and the issuance names no monitoring report. Name the one whose "
           "outcomes are issued in `monitoring`.";
  }
  const Monitoring* report = report_of(c);
  if (report == nullptr || c.facts.cycle != report->cycle) {
    return "Activity " + c.body.activity + " has no monitoring report " +
           quoted(*c.body.monitoring) + ". Correct the id.";
  }
  return "Monitoring report " + report->id + " is of " +
         period(report->period_from, report->period_to) + "; the issuance says " +
         period(c.body.period_from, c.body.period_to) + ". Repeat the report's period.";
}

bool report_is_approved(const Issuing& c) {
  const Monitoring* report = report_of(c);
  if (report == nullptr) return true;
  return !report->verified.empty() && !is_sent_back(report->verification) &&
         !open_review(*approach_of(c), Stage::verification, report->verification);
}

std::string explain_report_not_approved(const Issuing& c, const Row*) {
  const Monitoring& report = *report_of(c);
  if (report.verified.empty()) {
    return "Nothing is verified of monitoring report " + report.id +
           ". Have a verifier verify it first (monitoring.verified).";
  }
  const Approach& approach = *approach_of(c);
  const std::string which =
      "Version " + std::to_string(report.version) + " of the verification of report " + report.id;
  const auto* open = open_review(approach, Stage::verification, report.verification);
  return which + " is not approved: " +
         (open ? explain_open(c.state, approach, *open, report.verification) : explain_sent_back());
}

bool verified_is_kept(const Issuing& c) {
  return !report_of(c) || !beyond_verified(c);
}

std::string explain_beyond_verified(const Issuing& c, const Row*) {
  const Monitoring& report = *report_of(c);
  const Year vintage = *beyond_verified(c);
  const std::int64_t total = certified(report, vintage);
  const std::int64_t issued = quantity_of(report.issued, vintage);
  const std::int64_t asked = issued_by(c.body).at(vintage);
  const std::int64_t left = total - issued;
  return "Of vintage " + std::to_string(vintage) + " report " + report.id + " has " +
         in_units(total) + " verified and approved; " + in_units(issued) + " are issued; these " +
         in_units(asked) + " would be " + in_units(asked - left) + " too many. " +
         (left > 0 ? "Issue at most " + in_units(left) + "." : "Nothing is left to issue of it.");
}

namespace {

Days days_of(const Issuing& c) {
  return {c.body.period_from, c.body.period_to};
}

// Of an issuance without a report.
std::optional<Index> report_of_the_days(const Issuing& c) {
  if (c.body.monitoring || !c.facts.cycle) return std::nullopt;
  return issued_report(c.state, *c.facts.cycle, days_of(c));
}

}  // namespace

bool days_are_issued_one_way(const Issuing& c) {
  if (!c.body.monitoring) return !report_of_the_days(c);
  return !c.facts.activity || !issued_without_report(c.state, *c.facts.activity, days_of(c));
}

std::string explain_days(const Issuing& c, const Row*) {
  const std::string days = period(c.body.period_from, c.body.period_to);
  if (const auto known = report_of_the_days(c)) {
    return "Units were issued of monitoring report " + c.state.monitorings[*known].id +
           ", whose days are in part those of " + days +
           ", and this issuance names no report. Name it in `monitoring`, or issue for other days.";
  }
  return "Units of activity " + c.body.activity +
         " were issued without a report for some days of " + days +
         ", so that its tonnes would be issued twice. Report and issue other days.";
}

bool holder_judged_nothing(const Issuing& c) {
  if (!cycle_of(c) || !c.facts.account) return true;
  const Index holder = c.state.accounts[*c.facts.account].holder;
  return !validated(*cycle_of(c), holder) &&
         !c.state.verifications.contains({*c.facts.cycle, holder});
}

std::string explain_judge(const Issuing& c, const Row*) {
  const Id& holder = c.state.participants[c.state.accounts[*c.facts.account].holder].id;
  return holder + " validated or verified activity " + c.body.activity +
         " and would receive units of it. Issue to an account of another holder.";
}

}  // namespace ledger
