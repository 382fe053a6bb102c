// report.filed: what a Party submitted to the secretariat, by its hash (2.7 of the sequence of
// reports; R39). A report that was filed is never changed.
#include <algorithm>
#include <charconv>

#include "ledger/clauses_reports.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Sort = ReportFiled::Sort;

// The calendar years that it is about; 0 and 0 for initial reports.
std::pair<Year, Year> years_of(const ReportFiled& body) {
  if (body.year) return {*body.year, *body.year};
  return body.period.value_or(std::pair<Year, Year>{0, 0});
}

bool is_initial(Sort kind) {
  return kind == Sort::initial || kind == Sort::updated_initial;
}

}  // namespace

Facts<ReportFiled> resolve(const State& state, const Event&, const ReportFiled& body,
                           const Context&) {
  Facts<ReportFiled> facts;
  facts.party = state.participants.find(body.party);
  for (const Id& id : body.approaches) {
    facts.approaches.push_back(state.approaches.find(id));
    if (const auto& index = facts.approaches.back()) {
      facts.causes.add(state.approaches[*index].origin, "approach ", id);
    }
  }
  if (!facts.party) return facts;
  const auto [from, to] = years_of(body);
  for (Index i = 0; i < state.reports.size(); ++i) {
    const Report& row = state.reports[i];
    if (row.party != *facts.party || row.kind != body.kind || row.from != from || row.to != to) {
      continue;
    }
    facts.newest = i;
    facts.causes.add(row.origin, "version " + row.version + " of it");
  }
  return facts;
}

namespace {

using C = const Case<ReportFiled>&;

bool id_is_new(C c) {
  return !c.state.reports.find(c.body.id);
}
std::string explain_id(C c, const Row*) {
  return taken("Report", c.body.id, c.state.reports.lookup(c.body.id)->origin.seq);
}

bool party_is_known(C c) {
  return is_party(c.state, c.facts.party);
}
std::string explain_party(C c, const Row*) {
  return not_a_party(c.state, c.body.party) + " Reports are filed by Parties.";
}

bool years_are_over(C c) {
  const auto [from, to] = years_of(c.body);
  return from <= to && to < year_of(date_of(c.context.time));
}
std::string explain_years(C c, const Row*) {
  const auto [from, to] = years_of(c.body);
  return "The report is about " + std::to_string(from) + " to " + std::to_string(to) +
         "; the entry's year is " + std::to_string(year_of(date_of(c.context.time))) +
         ". State years in order, the last of them over.";
}

// The two numbers of a version that the schema let pass.
std::pair<int, int> numbers_of(const std::string& version) {
  std::pair<int, int> numbers{0, 0};
  const char* const end = version.data() + version.size();
  const auto first = std::from_chars(version.data(), end, numbers.first);
  if (first.ptr != end) std::from_chars(first.ptr + 1, end, numbers.second);
  return numbers;
}

bool version_is_higher(C c) {
  if (!c.facts.newest) return c.body.version == "1.0";
  return numbers_of(c.state.reports[*c.facts.newest].version) < numbers_of(c.body.version);
}
std::string explain_version(C c, const Row*) {
  if (!c.facts.newest) {
    return "No version of this report was filed before, and the event states " + c.body.version +
           ". The first is 1.0.";
  }
  const Report& newest = c.state.reports[*c.facts.newest];
  return "Version " + newest.version + " was filed by entry " + std::to_string(newest.origin.seq) +
         ", and the event states " + c.body.version + ". State a higher one; what was filed stays.";
}

bool as_of_is_earlier(C c) {
  return c.body.as_of < c.context.seq &&
         (!c.facts.newest || c.state.reports[*c.facts.newest].as_of <= c.body.as_of);
}
std::string explain_as_of(C c, const Row*) {
  const Seq least = c.facts.newest ? c.state.reports[*c.facts.newest].as_of : 0;
  return "`as_of` is entry " + std::to_string(c.body.as_of) + "; it must be from entry " +
         std::to_string(least) + " to entry " + std::to_string(c.context.seq - 1) + ".";
}

// The first approach listed that is none of the Party's; nothing where all are.
std::optional<Id> foreign_approach(C c) {
  for (std::size_t i = 0; i < c.body.approaches.size(); ++i) {
    const auto& index = c.facts.approaches[i];
    if (!index) return c.body.approaches[i];
    const Approach& row = c.state.approaches[*index];
    if (row.host != *c.facts.party && row.buyer != *c.facts.party) return row.id;
  }
  return std::nullopt;
}
bool approaches_are_its_own(C c) {
  return !c.body.approaches.empty() && !foreign_approach(c);
}
std::string explain_approaches(C c, const Row*) {
  if (c.body.approaches.empty()) {
    return "The report names no approach. List those of " + c.body.party + " that it is about.";
  }
  return "Approach " + quoted(*foreign_approach(c)) + " is none of " + c.body.party +
         ". List only approaches in which it takes part.";
}

// The first approach that is left out though the Party had authorized under it.
std::optional<Index> approach_left_out(C c) {
  for (const Authorization& row : c.state.authorizations.rows()) {
    if (row.party != *c.facts.party || row.origin.seq > c.body.as_of) continue;
    if (!contains(c.facts.approaches, std::optional<Index>(row.approach))) return row.approach;
  }
  return std::nullopt;
}
bool covers_every_approach(C c) {
  return is_initial(c.body.kind) || !approach_left_out(c);
}
std::string explain_left_out(C c, const Row*) {
  return c.body.party + " had authorized under approach " +
         c.state.approaches[*approach_left_out(c)].id + " at entry " +
         std::to_string(c.body.as_of) + ", and the report leaves it out. List it.";
}

bool follows_an_initial_report(C c) {
  if (c.body.kind != Sort::updated_initial) return true;
  const auto& rows = c.state.reports.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const Report& row) {
    return row.party == *c.facts.party && row.kind == Sort::initial;
  });
}
std::string explain_no_initial(C c, const Row*) {
  return c.body.party + " has filed no initial report that this one could update. File that first.";
}

bool has_initial_report(C c, Index approach) {
  const auto& rows = c.state.reports.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const Report& row) {
    return row.party == *c.facts.party && is_initial(row.kind) &&
           contains(row.approaches, approach);
  });
}
const std::optional<Index>* approach_not_begun(C c) {
  for (const auto& approach : c.facts.approaches) {
    if (!has_initial_report(c, *approach)) return &approach;
  }
  return nullptr;
}
bool initial_reports_came_before(C c) {
  return c.body.kind != Sort::aef || approach_not_begun(c) == nullptr;
}
std::string explain_not_begun(C c, const Row*) {
  return c.body.party + " has filed neither an initial nor an updated initial report on approach " +
         c.state.approaches[**approach_not_begun(c)].id + ". File that before the AEF.";
}

bool report_is_public(C c) {
  return c.body.document.access != Access::confidential;
}
std::string explain_not_public(C, const Row*) {
  return "The report is confidential as a whole. File one with a public version, in full or "
         "redacted.";
}

constexpr Rule<ReportFiled> rules[] = {
    {&RPT_1, id_is_new, nullptr, explain_id},
    {&RPT_2, party_is_known, nullptr, explain_party},
    {&RPT_3, years_are_over, nullptr, explain_years},
    {&RPT_4, version_is_higher, nullptr, explain_version},
    {&RPT_5, as_of_is_earlier, nullptr, explain_as_of},
    {&RPT_6, approaches_are_its_own, nullptr, explain_approaches},
    {&RPT_7, covers_every_approach, nullptr, explain_left_out},
    {&RPT_8, follows_an_initial_report, nullptr, explain_no_initial},
    {&RPT_9, initial_reports_came_before, nullptr, explain_not_begun},
    {&RPT_10, report_is_public, nullptr, explain_not_public},
};

}  // namespace

template <>
std::span<const Rule<ReportFiled>> rules_of<ReportFiled>() {
  return rules;
}

}  // namespace ledger
