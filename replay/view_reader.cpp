#include "replay/view_reader.hpp"

#include <algorithm>
#include <tuple>

#include "ledger/ensure.hpp"
#include "replay/view_answers.hpp"
#include "replay/view_answers_cycle.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;

bool same(const ledger::ApproachRules::ExtraSigner& a,
          const ledger::ApproachRules::ExtraSigner& b) {
  return std::tie(a.event, a.party, a.role) == std::tie(b.event, b.party, b.role);
}

std::optional<Index> find_party(RowLookup& lookup, std::string_view id) {
  const auto index = lookup.find(Register::participant, id);
  if (!index) return std::nullopt;
  const auto row = lookup.row<ledger::Participant>(Register::participant, *index);
  const bool is_party = row && row->kind == ledger::Participant::Sort::party;
  return is_party ? index : std::nullopt;
}

RulesAnswer rules_answer(RowLookup& lookup, const ledger::RulesVersion& row) {
  RulesAnswer answer;
  answer.host_definition = row.host_definition;
  answer.both_authorize = row.both_authorize;
  answer.host_first = row.host_first;
  answer.objection_days = row.objection_days;
  for (const auto& signer : row.extra_signers) {
    answer.extra_signers.push_back(
        {signer.event, lookup.id_of(Register::participant, signer.party), signer.role});
  }
  for (const auto& line : row.deductions) {
    RulesAnswer::Deduction deduction{line.name,    line.moment,   line.by, line.kind,
                                     line.rate_bp, line.rounding, {}};
    if (line.account) deduction.account = lookup.id_of(Register::account, *line.account);
    answer.deductions.push_back(std::move(deduction));
  }
  answer.notice_days = row.notice_days;
  answer.cycle = row.cycle;
  answer.entry = row.origin.seq;
  return answer;
}

std::optional<ActivityAnswer> activity_answer(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::Activity>(Register::activity, index);
  if (!row) return std::nullopt;
  TallyAnswer tally;
  lookup.each_sum(sum_key(Sum::activity).index(index), [&](KeyParts rest, std::int64_t quantity) {
    add_to(tally, rest.number(1), quantity);
  });
  const Key reversals = sum_key(Sum::reversal).index(index);
  return ActivityAnswer{row->id,
                        lookup.id_of(Register::approach, row->approach),
                        row->terms,
                        tally.issued,
                        tally.held,
                        tally.used,
                        tally.cancelled,
                        lookup.sum(sum_key(Sum::activity).index(index).byte(transferred_standing)),
                        lookup.sum(Key(reversals).byte(0)),
                        lookup.sum(Key(reversals).byte(1))};
}

// Into what a version says; names resolved.
void tell_terms(RowLookup& lookup, const ledger::Terms& row, TermsAnswer& answer) {
  answer.version = row.version;
  answer.cap = row.cap;
  answer.metric = row.metric;
  answer.gwp = row.gwp;
  answer.conversion = row.conversion;
  answer.purposes = row.purposes;
  answer.oimp = row.oimp;
  answer.parties = lookup.ids_of(Register::participant, row.parties);
  for (const auto& entity : row.entities) {
    answer.entities.push_back(
        {lookup.id_of(Register::participant, entity.participant), entity.may});
  }
  answer.vintage_from = row.vintage_from;
  answer.vintage_to = row.vintage_to;
  answer.issue_until = row.issue_until;
  answer.use_until = row.use_until;
  answer.ndc_periods = row.ndc_periods;
  answer.activities = lookup.ids_of(Register::activity, row.activities);
  answer.standards = row.standards;
  answer.change = row.change;
  answer.date = row.stated.date;
  answer.entry = row.stated.seq;
}

// What the revocation released: all that was outstanding, unless changes reach no issued units.
std::int64_t released_by(RowLookup& lookup, const ledger::Authorization& row, const Key& key) {
  using Until = ledger::AuthorizationGranted::ChangeTerms::Until;
  if (!row.revoked || row.change.until != Until::first_transfer) return 0;
  return lookup.sum_at(key, row.revoked->seq + 1);
}

void tell_counts(RowLookup& lookup, Index index, const ledger::Authorization& row,
                 AuthorizationAnswer& answer) {
  const Key counts = sum_key(Sum::authorization).index(index);
  answer.first_transferred = lookup.sum(Key(counts).byte(0));
  answer.acquired = lookup.sum(Key(counts).byte(1));
  // A host's counts first transfers, a buyer's acquisitions; the other count stays 0.
  if (row.cap) answer.remaining = *row.cap - answer.first_transferred - answer.acquired;
  answer.issued = lookup.sum(Key(counts).byte(2));
  const Key resting = sum_key(Sum::resting).index(index);
  TallyAnswer tally;
  lookup.each_sum(resting, [&](KeyParts rest, std::int64_t quantity) {
    add_to(tally, rest.number(1), quantity);
  });
  answer.held = tally.held;
  answer.used = tally.used;
  answer.cancelled = tally.cancelled;
  answer.outstanding = lookup.sum(Key(resting).byte(outstanding));
  answer.released = released_by(lookup, row, Key(resting).byte(outstanding));
}

std::optional<AuthorizationAnswer> authorization_answer(RowLookup& lookup, Index index) {
  const auto row = lookup.authorization(index);
  if (!row) return std::nullopt;
  AuthorizationAnswer answer;
  answer.id = row->id;
  answer.approach = lookup.id_of(Register::approach, row->approach);
  answer.party = lookup.id_of(Register::participant, row->party);
  tell_terms(lookup, *row, answer);
  for (const ledger::Terms& terms : row->earlier) {
    tell_terms(lookup, terms, answer.earlier.emplace_back());
  }
  answer.granted_by = row->origin.seq;
  answer.effective = row->effective;
  if (row->notice) answer.notice = row->notice->origin.seq;
  if (row->revoked) answer.revoked_by = row->revoked->seq;
  tell_counts(lookup, index, *row, answer);
  return answer;
}

// What first transfers and uses a Party's answer shows beside its adjustments.
void add_figures(RowLookup& lookup, Index party, PartyAnswer& answer) {
  lookup.each_sum(sum_key(Sum::section).index(party), [&](KeyParts rest, std::int64_t quantity) {
    const Year vintage = rest.year();
    const std::uint64_t standing = rest.number(1);
    add_to(answer.total, standing, quantity);
    add_to(answer.by_vintage[vintage], standing, quantity);
  });
  lookup.each_sum(sum_key(Sum::transferred).index(party),
                  [&](KeyParts rest, std::int64_t quantity) {
                    const Year calendar_year = rest.year();
                    answer.first_transferred_in[calendar_year][rest.year()] = quantity;
                  });
  lookup.each_sum(sum_key(Sum::reading).index(party), [&](KeyParts rest, std::int64_t quantity) {
    const Year year = rest.year();
    answer.first_transferred_by_authorization[year][rest.year()] = quantity;
  });
  for (const AdjustmentAnswer& year : answer.adjustments) {
    if (year.due_first_transferred != 0) {
      answer.first_transferred[year.year] = year.due_first_transferred;
    }
    if (year.due_used != 0) answer.used_for[year.year] = year.due_used;
  }
}

std::vector<NdcAnswer> ndcs_of(RowLookup& lookup, Index party) {
  std::vector<NdcAnswer> ndcs;
  lookup.each_row(
      Key(Rows::ndc).index(party).take(), [&](std::string_view, std::string_view value) {
        const auto row = lookup.decoded<ledger::Ndc>(value);
        if (!row || row->origin.seq >= lookup.size()) return Scan::stop;
        ndcs.push_back({row->from, row->to, row->type, row->method, row->metric, row->origin.seq});
        return Scan::go_on;
      });
  return ndcs;
}

std::vector<InventoryAnswer> inventories_of(RowLookup& lookup, Index party) {
  std::vector<InventoryAnswer> inventories;
  const std::string prefix = Key(Rows::inventory).index(party).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    const Year year = KeyParts(key.substr(prefix.size())).year();
    const auto row = lookup.decoded<ledger::Inventory>(value);
    if (!row || row->origin.seq >= lookup.size()) return Scan::go_on;
    inventories.push_back({year, row->version, row->value, row->origin.seq});
    return Scan::go_on;
  });
  return inventories;
}

std::vector<Id> all_ids(RowLookup& lookup, Register name) {
  std::vector<Id> ids;
  const Index count = lookup.count(name);
  for (Index index = 0; index < count; ++index) ids.push_back(lookup.id_of(name, index));
  return ids;
}

}  // namespace

bool RulesAnswer::operator==(const RulesAnswer& other) const {
  return std::tie(host_definition, both_authorize, host_first, objection_days, deductions,
                  notice_days, cycle,
                  entry) == std::tie(other.host_definition, other.both_authorize, other.host_first,
                                     other.objection_days, other.deductions, other.notice_days,
                                     other.cycle, other.entry) &&
         std::equal(extra_signers.begin(), extra_signers.end(), other.extra_signers.begin(),
                    other.extra_signers.end(), same);
}

// Time never runs backwards in a log, so the entry is found by halving.
ledger::Result<Seq> size_at(const ledger::TableSnapshot& snapshot, ledger::Timestamp time) {
  RowLookup lookup(snapshot, snapshot.position());
  Seq low = 0;
  Seq high = snapshot.position();
  while (low < high) {
    const Seq middle = low + (high - low) / 2;
    const auto entry = lookup.entry(middle);
    if (!entry) break;
    if (entry->time <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return lookup.answer(low);
}

ViewReader::ViewReader(const ledger::TableSnapshot& snapshot, Seq size)
    : snapshot_(&snapshot), size_(size) {
  ENSURE(size <= snapshot.position(), "views answer for sizes that they have reached");
}

ledger::Result<AsOf> ViewReader::as_of() const {
  RowLookup lookup(*snapshot_, size_);
  return lookup.answer(replay::as_of(lookup));
}

ViewReader::Answer<AccountAnswer> ViewReader::account(
    std::string_view id, std::size_t limit, const std::optional<BlockCursor>& from) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<AccountAnswer> answer;
  if (const auto index = lookup.find(Register::account, id)) {
    auto row = account_row(lookup, *index);
    if (row)
      answer =
          AccountAnswer{replay::as_of(lookup), std::move(*row), locks_on(lookup, *index), {}, {}};
    if (answer) {
      BlockPage page =
          blocks_of(lookup, holding_code(*index, ledger::UnitStatus::held), limit, from);
      answer->blocks = std::move(page.blocks);
      answer->next = std::move(page.next);
    }
  }
  return lookup.answer(std::move(answer));
}

ViewReader::Answer<PartyAnswer> ViewReader::party(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<PartyAnswer> answer;
  if (const auto index = find_party(lookup, id)) {
    answer.emplace();
    answer->as_of = replay::as_of(lookup);
    if (auto row = participant_row(lookup, *index)) answer->participant = std::move(*row);
    answer->adjustments = adjustments_of(lookup, *index);
    add_figures(lookup, *index, *answer);
    answer->accounts = accounts_in(lookup, *index);
    answer->ndcs = ndcs_of(lookup, *index);
    answer->inventories = inventories_of(lookup, *index);
  }
  return lookup.answer(std::move(answer));
}

ViewReader::Answer<ParticipantAnswer> ViewReader::participant(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  const auto index = lookup.find(Register::participant, id);
  return lookup.answer(index ? participant_row(lookup, *index) : std::nullopt);
}

ViewReader::List<Id> ViewReader::participants() const {
  RowLookup lookup(*snapshot_, size_);
  return lookup.answer(all_ids(lookup, Register::participant));
}

ViewReader::List<AccountRow> ViewReader::accounts_of(std::string_view party) const {
  RowLookup lookup(*snapshot_, size_);
  const auto index = find_party(lookup, party);
  return lookup.answer(index ? accounts_in(lookup, *index) : std::vector<AccountRow>());
}

ViewReader::Answer<ApproachAnswer> ViewReader::approach(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  std::optional<ApproachAnswer> answer;
  const auto index = lookup.find(Register::approach, id);
  const auto row = index ? lookup.row<ledger::Approach>(Register::approach, *index) : std::nullopt;
  if (row) {
    answer.emplace();
    answer->as_of = replay::as_of(lookup);
    answer->id = row->id;
    answer->host = lookup.id_of(Register::participant, row->host);
    answer->buyer = lookup.id_of(Register::participant, row->buyer);
    answer->carp = row->carp;
    for (const auto& rules : row->rules) answer->rules.push_back(rules_answer(lookup, rules));
    answer->entry = row->origin.seq;
    if (row->ended) answer->ended = {row->ended->from, row->ended->origin.seq};
    const std::string prefix = Key(Rows::activity_of).index(*index).take();
    lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
      auto activity = activity_answer(lookup, KeyParts(key.substr(prefix.size())).index());
      if (activity) answer->activities.push_back(std::move(*activity));
      return Scan::go_on;
    });
    answer->proposed = proposed_under(lookup, *index);
  }
  return lookup.answer(std::move(answer));
}

ViewReader::Answer<CycleAnswer> ViewReader::activity(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  const auto index = lookup.find(Register::cycle, id);
  return lookup.answer(index ? cycle_answer(lookup, *index) : std::nullopt);
}

ViewReader::List<Id> ViewReader::approaches() const {
  RowLookup lookup(*snapshot_, size_);
  return lookup.answer(all_ids(lookup, Register::approach));
}

ViewReader::Answer<AuthorizationAnswer> ViewReader::authorization(std::string_view id) const {
  RowLookup lookup(*snapshot_, size_);
  const auto index = lookup.find(Register::authorization, id);
  return lookup.answer(index ? authorization_answer(lookup, *index) : std::nullopt);
}

ViewReader::List<AuthorizationAnswer> ViewReader::authorizations() const {
  RowLookup lookup(*snapshot_, size_);
  std::vector<AuthorizationAnswer> answers;
  const Index count = lookup.count(Register::authorization);
  for (Index index = 0; index < count; ++index) {
    if (auto answer = authorization_answer(lookup, index)) answers.push_back(std::move(*answer));
  }
  return lookup.answer(std::move(answers));
}

ViewReader::List<ProceedsAnswer> ViewReader::proceeds(std::string_view approach) const {
  RowLookup lookup(*snapshot_, size_);
  std::vector<ProceedsAnswer> answers;
  const auto index = lookup.find(Register::approach, approach);
  if (!index) return answers;
  lookup.each_sum(sum_key(Sum::proceeds).index(*index), [&](KeyParts rest, std::int64_t quantity) {
    ProceedsAnswer line;
    line.approach = approach;
    line.activity = lookup.id_of(Register::activity, rest.index());
    line.vintage = rest.year();
    line.moment = static_cast<ledger::Moment>(rest.number(1));
    line.line = rest.text();
    const bool is_base = rest.number(1) == 0;  // the sum before that of what was taken
    if (is_base) {
      line.base = quantity;
      answers.push_back(std::move(line));
    } else if (!answers.empty()) {
      answers.back().taken = quantity;
    }
  });
  return lookup.answer(std::move(answers));
}

ViewReader::List<AdjustmentAnswer> ViewReader::adjustments(std::string_view party) const {
  RowLookup lookup(*snapshot_, size_);
  const auto index = find_party(lookup, party);
  return lookup.answer(index ? adjustments_of(lookup, *index) : std::vector<AdjustmentAnswer>());
}

}  // namespace replay
