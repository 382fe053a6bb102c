// Answers about reports and findings.
#include "replay/answers_reports.hpp"
#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;

std::vector<StatusAnswer> statuses_of(RowLookup& lookup, Index report) {
  std::vector<StatusAnswer> statuses;
  const std::string prefix = Key(Rows::status).index(report).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    const Seq seq = KeyParts(key.substr(prefix.size())).number(8);
    const auto row = lookup.decoded<ledger::StatusEffect>(value);
    if (!row || seq >= lookup.size()) return Scan::stop;
    statuses.push_back({row->mark, row->status, seq});
    return Scan::go_on;
  });
  return statuses;
}

std::vector<Seq> differences_of(RowLookup& lookup, Index report) {
  std::vector<Seq> seqs;
  const std::string prefix = Key(Rows::differs).index(report).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    const Seq seq = KeyParts(key.substr(prefix.size())).number(8);
    if (seq >= lookup.size()) return Scan::stop;
    seqs.push_back(seq);
    return Scan::go_on;
  });
  return seqs;
}

std::optional<ReportAnswer> report_answer(RowLookup& lookup, Index index) {
  const auto told = lookup.row<ledger::ReportEffect>(Register::report, index);
  if (!told) return std::nullopt;  // filed behind the size
  const ledger::Report& row = told->row;
  ReportAnswer answer;
  answer.id = row.id;
  answer.kind = row.kind;
  if (row.from != 0) answer.years = std::pair{row.from, row.to};
  answer.version = row.version;
  answer.approaches = lookup.ids_of(Register::approach, row.approaches);
  answer.shows = row.as_of;
  answer.sha256 = told->sha256;
  answer.date = row.origin.date;
  answer.entry = row.origin.seq;
  answer.statuses = statuses_of(lookup, index);
  answer.differs_by = differences_of(lookup, index);
  return answer;
}

std::optional<FindingAnswer> finding_answer(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::Finding>(Register::finding, index);
  if (!row) return std::nullopt;  // opened behind the size
  FindingAnswer answer;
  answer.id = row->id;
  answer.kind = row->kind;
  answer.parties = lookup.ids_of(Register::participant, row->parties);
  answer.balance = row->balance;
  if (row->scope) answer.registry = lookup.id_of(Register::scope, *row->scope);
  answer.ranges = row->ranges;
  if (row->excess) {
    answer.excess = {lookup.id_of(Register::activity, row->excess->activity), row->excess->vintage,
                     row->excess->open};
  }
  answer.date = row->origin.date;
  answer.entry = row->origin.seq;
  answer.resolved_by = row->resolved_at;
  return answer;
}

// The rows that a list has for the Party, as far as they were there.
template <class T>
std::vector<T> listed(RowLookup& lookup, Rows list, Index party,
                      std::optional<T> (*answer)(RowLookup&, Index)) {
  std::vector<T> rows;
  const std::string prefix = Key(list).index(party).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    auto row = answer(lookup, KeyParts(key.substr(prefix.size())).index());
    if (row) rows.push_back(std::move(*row));
    return Scan::go_on;
  });
  return rows;
}

}  // namespace

ViewReader::Answer<PartyReports> ViewReader::reports(std::string_view party) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<PartyReports> answer;
  const auto index = lookup.find(Register::participant, party);
  const auto row =
      index ? lookup.row<ledger::Participant>(Register::participant, *index) : std::nullopt;
  if (row && row->kind == ledger::Participant::Sort::party) {
    answer.emplace();
    answer->as_of = replay::as_of(lookup);
    answer->party = row->id;
    answer->reports = listed(lookup, Rows::filed, *index, report_answer);
    answer->findings = listed(lookup, Rows::found, *index, finding_answer);
  }
  return lookup.answer(std::move(answer));
}

}  // namespace replay
