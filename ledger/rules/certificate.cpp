#include "ledger/rules/certificate.hpp"

#include <map>

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
  return !report->verified.empty() &&
         !open_review(*approach_of(c), Stage::verification, report->verification);
}

std::string explain_report_not_approved(const Issuing& c, const Row*) {
  const Monitoring& report = *report_of(c);
  if (report.verified.empty()) {
    return "Nothing is verified of monitoring report " + report.id +
           ". Have a verifier verify it first (monitoring.verified).";
  }
  const Approach& approach = *approach_of(c);
  return "Version " + std::to_string(report.version) + " of the verification of report " +
         report.id + " is not approved: " +
         explain_open(c.state, approach,
                      *open_review(approach, Stage::verification, report.verification),
                      report.verification);
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
         tonnes(total) + " verified and approved; " + tonnes(issued) + " are issued; these " +
         tonnes(asked) + " would be " + tonnes(asked - left) + " too many. " +
         (left > 0 ? "Issue at most " + tonnes(left) + "." : "Nothing is left to issue of it.");
}

}  // namespace ledger
