// finding.recorded: what a check, a review or a Party found, by an official document; and what a
// finding stops (R40).
#include <algorithm>

#include "ledger/clauses_reports.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {

using Sort = FindingRecorded::Sort;
using How = FindingRecorded::How;

Facts<FindingRecorded> resolve(const State& state, const Event&, const FindingRecorded& body,
                               const Context&) {
  Facts<FindingRecorded> facts;
  for (const Id& party : body.parties) facts.parties.push_back(state.participants.find(party));
  if (body.report) facts.report = state.reports.find(*body.report);
  if (facts.report) facts.causes.add(state.reports[*facts.report].origin, "report ", *body.report);
  if (body.finding) facts.finding = state.findings.find(*body.finding);
  if (facts.finding) {
    facts.causes.add(state.findings[*facts.finding].origin, "finding ", *body.finding);
  }
  if (body.units) find_units(state, *body.units, facts);
  if (!body.excess) return facts;
  facts.activity = state.activities.find(body.excess->activity);
  for (const Lot& lot : state.lots) {
    if (lot.issued_as) continue;  // the same units again
    if (lot.activity != facts.activity || lot.vintage != body.excess->vintage) continue;
    facts.issued += lot.last - lot.first + 1;
    facts.causes.add(lot.origin, "the issuance of what is too much");
  }
  return facts;
}

namespace {

using C = const Case<FindingRecorded>&;

bool is_of_a_report(C c) {
  return c.body.kind == Sort::consistency || c.body.kind == Sort::review;
}
bool opens(C c) {
  return c.body.how == How::opens;
}
bool says_where(C c) {
  return c.body.balance || c.body.units || c.body.excess;
}

bool members_fit_the_kind(C c) {
  if (is_of_a_report(c)) {
    return c.body.report && !c.body.finding && !c.body.how && !says_where(c);
  }
  if (!c.body.finding || !c.body.how) return false;
  return opens(c) ? c.body.balance.has_value() : !says_where(c);
}
std::string explain_members(C c, const Row*) {
  if (is_of_a_report(c)) {
    return "A consistency check and a review name the `report` that they are of, and none of "
           "`balance`, `excess`, `finding`, `how` and `units`.";
  }
  return "An inconsistency and a grievance name a `finding` and say in `how` whether they open or "
         "resolve it. Where they open it, `balance` says whether it affects the balance; where "
         "they resolve it, leave out `balance`, `excess` and `units`.";
}

bool parties_are_known(C c) {
  return !c.facts.parties.empty() &&
         std::all_of(c.facts.parties.begin(), c.facts.parties.end(),
                     [&](const auto& party) { return is_party(c.state, party); });
}
std::string explain_parties(C c, const Row*) {
  for (std::size_t i = 0; i < c.facts.parties.size(); ++i) {
    if (!is_party(c.state, c.facts.parties[i])) {
      return not_a_party(c.state, c.body.parties[i]) + " Findings concern Parties.";
    }
  }
  return "The finding concerns no Party. List those that it concerns; one of them signs.";
}

bool report_fits(C c) {
  if (!c.body.report) return true;
  if (!c.facts.report) return false;
  const Report& report = c.state.reports[*c.facts.report];
  const bool is_aef = report.kind == ReportFiled::Sort::aef;
  return contains(c.facts.parties, std::optional<Index>(report.party)) &&
         (c.body.kind != Sort::consistency || is_aef) && (c.body.kind != Sort::review || !is_aef);
}
std::string explain_report(C c, const Row*) {
  if (!c.facts.report) {
    return "Report " + quoted(*c.body.report) + " was not filed in this ledger. File it first.";
  }
  const Report& report = c.state.reports[*c.facts.report];
  if (!contains(c.facts.parties, std::optional<Index>(report.party))) {
    return "Report " + report.id + " is one of " + c.state.participants[report.party].id +
           ", which is not among the Parties concerned. Name it there, or another report.";
  }
  return "Report " + report.id +
         " is of a kind that is not judged so: an AEF is checked for consistency, any other report "
         "is reviewed.";
}

bool id_is_new(C c) {
  return !opens(c) || !c.facts.finding;
}
std::string explain_id(C c, const Row*) {
  return taken("Finding", *c.body.finding, c.state.findings[*c.facts.finding].origin.seq);
}

bool same_parties(C c, const Finding& finding) {
  return finding.parties.size() == c.facts.parties.size() &&
         std::all_of(c.facts.parties.begin(), c.facts.parties.end(),
                     [&](const auto& party) { return contains(finding.parties, *party); });
}
bool resolves_what_is_open(C c) {
  if (c.body.how != How::resolves) return true;
  if (!c.facts.finding) return false;
  const Finding& finding = c.state.findings[*c.facts.finding];
  return !finding.resolved_at && finding.kind == c.body.kind && same_parties(c, finding);
}
std::string explain_resolved(C c, const Row*) {
  if (!c.facts.finding) {
    return "Finding " + quoted(*c.body.finding) + " was never opened. Correct its id.";
  }
  const Finding& finding = c.state.findings[*c.facts.finding];
  if (finding.resolved_at) {
    return "Finding " + finding.id + " was resolved by entry " +
           std::to_string(*finding.resolved_at) + "; nothing more is needed.";
  }
  return "Finding " + finding.id + ", opened by entry " + std::to_string(finding.origin.seq) +
         ", is of another kind or concerns other Parties. Repeat its `kind` and `parties`.";
}

bool units_are_issued(C c) {
  if (!c.body.units) return !c.body.quantity;
  return c.facts.found == c.facts.named && c.body.quantity == c.facts.named;
}
std::string explain_units(C c, const Row*) {
  if (!c.body.units) return "`quantity` repeats how many `units` there are, and none are named.";
  if (c.facts.found != c.facts.named) return explain_not_issued(c.state, c.facts, *c.body.units);
  return "The ranges hold " + in_units(c.facts.named) + ". Repeat exactly that in `quantity`.";
}

bool excess_was_issued(C c) {
  return !c.body.excess || (c.facts.activity && c.body.excess->quantity <= c.facts.issued);
}
std::string explain_excess(C c, const Row*) {
  const auto& excess = *c.body.excess;
  if (!c.facts.activity) return "Activity " + quoted(excess.activity) + " is unknown. Correct it.";
  return "Of activity " + excess.activity + " and vintage " + std::to_string(excess.vintage) + ' ' +
         in_units(c.facts.issued) + " were issued; " + in_units(excess.quantity) +
         " cannot be too many. State at most what was issued.";
}

constexpr Rule<FindingRecorded> rules[] = {
    {&FND_1, members_fit_the_kind, nullptr, explain_members},
    {&FND_2, parties_are_known, nullptr, explain_parties},
    {&FND_3, report_fits, nullptr, explain_report},
    {&FND_4, id_is_new, nullptr, explain_id},
    {&FND_5, resolves_what_is_open, nullptr, explain_resolved},
    {&FND_6, units_are_issued, nullptr, explain_units},
    {&FND_7, excess_was_issued, nullptr, explain_excess},
};

}  // namespace

template <>
std::span<const Rule<FindingRecorded>> rules_of<FindingRecorded>() {
  return rules;
}

// ---- what a finding stops ----

const Finding* open_finding_over(const State& state, const Row& row) {
  for (const Index index : state.open_findings) {
    const Finding& finding = state.findings[index];
    if (!finding.balance || finding.scope != row.scope) continue;
    const RangeSet shared = RangeSet::intersect(finding.ranges, RangeSet(row.run.range));
    if (!shared.empty()) return &finding;
  }
  return nullptr;
}

}  // namespace ledger
