// Answers about activities' cycles.
#include "replay/view_answers_cycle.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;

std::vector<ReviewAnswer> reviews_of(RowLookup& lookup, const ledger::Reviewed& reviewed) {
  std::vector<ReviewAnswer> answers;
  for (const ledger::Review& row : reviewed.reviews) {
    answers.push_back({lookup.id_of(Register::participant, row.party), row.decision, row.time,
                       row.quantities, row.origin.seq});
  }
  return answers;
}

DesignAnswer design_answer(RowLookup& lookup, const ledger::Design& row) {
  DesignAnswer answer;
  answer.version = row.version;
  answer.components = row.components;
  answer.crediting_from = row.crediting_from;
  answer.crediting_to = row.crediting_to;
  answer.type = row.type;
  answer.mitigation = row.mitigation;
  answer.opinion = row.opinion;
  if (row.validator) answer.validator = lookup.id_of(Register::participant, *row.validator);
  answer.reviews = reviews_of(lookup, row.validation);
  return answer;
}

std::vector<DesignAnswer> designs_of(RowLookup& lookup, Index cycle) {
  std::vector<DesignAnswer> designs;
  const std::string prefix = version_key(Register::cycle, cycle).take();
  lookup.each_newest(prefix, lookup.size(), [&](std::string_view, std::string_view value) {
    const auto row = lookup.decoded<ledger::Design>(value);
    if (row) designs.push_back(design_answer(lookup, *row));
  });
  return designs;
}

MonitoringAnswer report_answer(RowLookup& lookup, const ledger::Monitoring& row) {
  MonitoringAnswer answer;
  answer.id = row.id;
  answer.component = row.component;
  answer.period_from = row.period_from;
  answer.period_to = row.period_to;
  answer.claims = row.claims;
  answer.version = row.version;
  answer.verified = row.verified;
  answer.reviews = reviews_of(lookup, row.verification);
  answer.issued = row.issued;
  answer.entry = row.origin.seq;
  return answer;
}

std::vector<MonitoringAnswer> reports_of(RowLookup& lookup, Index cycle) {
  std::vector<MonitoringAnswer> reports;
  const std::string prefix = Key(Rows::report_of).index(cycle).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    const Index index = KeyParts(key.substr(prefix.size())).index();
    const auto row = lookup.row<ledger::Monitoring>(Register::monitoring, index);
    if (row) reports.push_back(report_answer(lookup, *row));  // else submitted behind the size
    return Scan::go_on;
  });
  return reports;
}

}  // namespace

std::optional<CycleAnswer> cycle_answer(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::CycleHead>(Register::cycle, index);
  if (!row) return std::nullopt;
  CycleAnswer answer;
  answer.as_of = as_of(lookup);
  answer.id = row->id;
  answer.approach = lookup.id_of(Register::approach, row->approach);
  answer.developer = lookup.id_of(Register::participant, row->developer);
  answer.sector = row->sector;
  answer.idea_version = row->idea_version;
  answer.idea_reviews = reviews_of(lookup, row->idea);
  answer.designs = designs_of(lookup, index);
  answer.registered = row->registered;
  answer.closed_by = row->closed_at;
  answer.reports = reports_of(lookup, index);
  return answer;
}

std::vector<Id> proposed_under(RowLookup& lookup, Index approach) {
  std::vector<Id> ids;
  const std::string prefix = Key(Rows::cycle_of).index(approach).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    const Index index = KeyParts(key.substr(prefix.size())).index();
    const auto row = lookup.row<ledger::CycleHead>(Register::cycle, index);
    if (row) ids.push_back(row->id);
    return Scan::go_on;
  });
  return ids;
}

}  // namespace replay
