// proceeds.deducted: shares of proceeds and OMGE, settled on gross ranges (events.md, decision 7).
#include <algorithm>
#include <map>

#include "ledger/clauses_locks.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/clauses_reports.hpp"
#include "ledger/clauses_units.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/named_units.hpp"

namespace ledger {
namespace {

using Sort = ApproachRules::Deduction::Sort;
using Rounding = ApproachRules::Deduction::Rounding;
using Deduction = RulesVersion::Deduction;

constexpr std::int64_t basis = 10'000;  // basis points in one

// round(rate × base) by the line's rounding. Whole multiples of the basis need no rounding, so only
// the remainder is multiplied and no product overflows.
std::int64_t share_of(const Deduction& line, std::int64_t base) {
  const std::int64_t whole = base / basis * line.rate_bp;
  const std::int64_t rest = base % basis * line.rate_bp;
  switch (line.rounding) {
    case Rounding::ceil: return whole + (rest + basis - 1) / basis;
    case Rounding::half_up: return whole + (rest + basis / 2) / basis;
    case Rounding::floor: break;
  }
  return whole + rest / basis;
}

// The unit lines of a moment in the order in which they take: OMGE first, then as the rules list
// them.
std::vector<const Deduction*> unit_lines(const RulesVersion& rules, Moment moment) {
  std::vector<const Deduction*> lines;
  for (const Deduction& line : rules.deductions) {
    if (line.moment == moment && line.kind != Sort::money) lines.push_back(&line);
  }
  std::stable_partition(lines.begin(), lines.end(),
                        [](const Deduction* line) { return line->kind == Sort::omge; });
  return lines;
}

// Gross units by activity and vintage, ascending by activity id and then vintage.
using Groups = std::map<std::pair<Id, Year>, RangeSet>;

Groups group(const State& state, const std::vector<Row>& rows) {
  Groups groups;
  RangeSet* here = nullptr;
  std::optional<Index> last_lot;
  for (const Row& row : rows) {
    if (last_lot != row.run.standing.lot) {
      last_lot = row.run.standing.lot;
      const Lot& lot = state.lots[*last_lot];
      here = &groups[{state.activities[lot.activity].id, lot.vintage}];
    }
    here->join(row.run.range);
  }
  return groups;
}

// What is due of one line, before the group's quantity bounds it.
std::int64_t due_of(const State& state, const DeductionKey& key, const Deduction& line,
                    std::int64_t gross) {
  DeductionCount count;
  if (const auto it = state.deductions.find(key); it != state.deductions.end()) count = it->second;
  return std::max<std::int64_t>(0, share_of(line, count.base + gross) - count.taken);
}

// Appends what is due of one group: its highest serials, ascending by line (decision 7).
void append_due(const State& state, const std::vector<const Deduction*>& lines,
                const std::pair<Id, Year>& key, const RangeSet& gross, std::vector<DueLine>& due) {
  const Index activity = *state.activities.find(key.first);
  std::int64_t left = gross.quantity();
  std::vector<std::int64_t> amounts;
  std::int64_t total = 0;
  for (const Deduction* line : lines) {
    const DeductionKey counter{activity, key.second, line->name};
    const std::int64_t amount = std::min(left, due_of(state, counter, *line, gross.quantity()));
    amounts.push_back(amount);
    left -= amount;
    total += amount;
  }
  RangeSet tail = gross.split_tail(total).second;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (amounts[i] == 0) continue;
    auto [mine, rest] = tail.split_tail(tail.quantity() - amounts[i]);
    tail = std::move(rest);
    DueLine line;
    line.activity = activity;
    line.kind = lines[i]->kind;
    line.account = lines[i]->account;
    line.taken = {lines[i]->name, key.second, key.first, std::move(mine), amounts[i], {}};
    if (line.account) line.taken.account = state.accounts[*line.account].id;
    due.push_back(std::move(line));
  }
}

// What is due, as ranges that ascend, each with its place in the list.
std::vector<std::pair<Range, std::size_t>> ascending(const std::vector<DueLine>& due) {
  std::vector<std::pair<Range, std::size_t>> out;
  for (std::size_t i = 0; i < due.size(); ++i) {
    for (const Range& range : due[i].taken.ranges.ranges()) out.push_back({range, i});
  }
  std::sort(out.begin(), out.end(),
            [](const auto& a, const auto& b) { return a.first.first < b.first.first; });
  return out;
}

// Cuts the rows where what is due begins and ends: one pass over both.
void cut_rows(const State& state, Facts<ProceedsDeducted>& facts) {
  const auto taken = ascending(facts.due);
  auto next = taken.begin();
  for (const Row& row : facts.rows) {
    const Range& range = row.run.range;
    for (Serial at = range.first; at < range.end;) {
      while (next != taken.end() && next->first.end <= at) ++next;
      const bool inside = next != taken.end() && next->first.first <= at;
      Serial end = range.end;
      if (next != taken.end()) end = std::min(end, inside ? next->first.end : next->first.first);
      SettledPiece piece{{{at, end}, row.run.standing}, std::nullopt, false};
      if (inside) {
        piece.due = next->second;
        // OMGE and moves to the Adaptation Fund are first transfers (4/CMA.6 16, 17).
        piece.first_transfer =
            facts.due[next->second].kind != Sort::retained && !row.run.standing.first_transferred;
      }
      if (piece.first_transfer) {
        const Index lot = row.run.standing.lot;
        note_first_transfer(facts, lot, state.lots[lot].host_authorization, end - at);
      }
      facts.pieces.push_back(piece);
      at = end;
    }
  }
}

}  // namespace

Facts<ProceedsDeducted> resolve(const State& state, const Event&, const ProceedsDeducted& body,
                                const Context&) {
  Facts<ProceedsDeducted> facts;
  find_units(state, body.gross, facts);
  facts.approach = state.approaches.find(body.approach);
  facts.party = state.participants.find(body.party);
  facts.account = state.accounts.find(body.account);
  if (facts.account) {
    facts.causes.add(state.accounts[*facts.account].origin, "account ", body.account);
  }
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach ", body.approach);
  facts.rules_known =
      1 <= body.rules && body.rules <= static_cast<std::int64_t>(approach.rules.size());
  if (!facts.rules_known) return facts;
  const RulesVersion& rules = approach.rules[static_cast<std::size_t>(body.rules - 1)];
  facts.causes.add(rules.origin, "version " + std::to_string(body.rules) + " of the rules");
  const auto lines = unit_lines(rules, body.moment);
  for (const auto& [key, gross] : group(state, facts.rows)) {
    facts.groups.push_back({*state.activities.find(key.first), key.second, gross.quantity()});
    append_due(state, lines, key, gross, facts.due);
  }
  cut_rows(state, facts);
  return facts;
}

namespace {

using C = const Case<ProceedsDeducted>&;

bool approaches_are_open(C c) {
  return all_open(c.state, c.facts.transferring_lots, c.context.time);
}
std::string explain_not_open(C c, const Row*) {
  return explain_ended(c.state, c.facts.transferring_lots, c.context.time);
}

bool cap_is_kept(C c) {
  return within_caps(c.state, c.facts.first_transfers, {});
}
std::string explain_cap(C c, const Row*) {
  return explain_caps(c.state, c.facts.first_transfers, {});
}
bool authorizations_are_active(C c) {
  return all_active(c.state, c.facts.transferring_lots, c.context.time);
}
std::string explain_not_active(C c, const Row*) {
  return explain_inactive(c.state, c.facts.transferring_lots, c.context.time);
}

bool party_settles_that_moment(C c) {
  if (!c.facts.approach || !c.facts.party || !c.facts.rules_known) return false;
  const Approach& approach = c.state.approaches[*c.facts.approach];
  return *c.facts.party == (c.body.moment == Moment::acquisition ? approach.buyer : approach.host);
}
std::string explain_party(C c, const Row*) {
  if (!c.facts.approach) return "Approach " + c.body.approach + " is unknown.";
  const Approach& approach = c.state.approaches[*c.facts.approach];
  if (!c.facts.rules_known) {
    return "Approach " + approach.id + " has rules versions 1 to " +
           std::to_string(approach.rules.size()) + "; version " + std::to_string(c.body.rules) +
           " is named.";
  }
  return "Proceeds at " + std::string(name_of(c.body.moment)) + " under approach " + approach.id +
         " are settled by " +
         c.state.participants[c.body.moment == Moment::acquisition ? approach.buyer : approach.host]
             .id +
         ", not by " + c.body.party + ".";
}

bool account_is_in_section(C c) {
  return c.facts.account && c.state.accounts[*c.facts.account].party == *c.facts.party;
}
std::string explain_account(C c, const Row*) {
  if (!c.facts.account) return "Account " + c.body.account + " is unknown.";
  return "Account " + c.body.account + " is not in the section of " + c.body.party + ".";
}

bool is_under_those_rules(C c, const Row& row) {
  const Lot& lot = c.state.lots[row.run.standing.lot];
  return lot.approach == *c.facts.approach && lot.rules == c.body.rules;
}
std::string explain_other_rules(C c, const Row* row) {
  const Lot& lot = c.state.lots[row->run.standing.lot];
  return "Units " + describe(c.state, *row) + " were issued under approach " +
         c.state.approaches[lot.approach].id + ", rules version " + std::to_string(lot.rules) +
         ". Settle them under that version.";
}

bool is_next_to_settle(C c, const Row& row) {
  const std::uint8_t cleared = row.run.standing.cleared;
  if ((cleared & cleared_bit(c.body.moment)) != 0) return false;
  const std::uint8_t earlier = static_cast<std::uint8_t>(cleared_bit(c.body.moment) - 1);
  return (cleared & earlier) == earlier;
}
std::string explain_settled(C c, const Row* row) {
  if ((row->run.standing.cleared & cleared_bit(c.body.moment)) != 0) {
    return "The share of proceeds at " + std::string(name_of(c.body.moment)) + " is settled for " +
           describe(c.state, *row) + ", or its rules deduct nothing then. Leave these units out.";
  }
  return "An earlier moment's share of proceeds is not settled for " + describe(c.state, *row) +
         ". Settle issuance before transfer, and transfer before acquisition.";
}

bool quantity_is_the_sum(C c) {
  return c.body.quantity == c.facts.named;
}
std::string explain_quantity(C c, const Row*) {
  return "The gross ranges hold " + in_units(c.facts.named) + "; `quantity` says " +
         in_units(c.body.quantity) + ".";
}

bool exactly_what_is_due(C c) {
  return std::equal(c.body.taken.begin(), c.body.taken.end(), c.facts.due.begin(),
                    c.facts.due.end(),
                    [](const auto& taken, const DueLine& due) { return taken == due.taken; });
}
// A refusal is read by a person: it names so many ranges and counts the rest.
constexpr std::size_t ranges_in_words = 8;

std::string words(const ProceedsDeducted::Taken& taken) {
  std::string ranges;
  for (const Range& range : taken.ranges.ranges()) {
    if (&range - taken.ranges.ranges().data() == ranges_in_words) {
      ranges += " and " + std::to_string(taken.ranges.size() - ranges_in_words) + " more ranges";
      break;
    }
    if (!ranges.empty()) ranges += ", ";
    ranges += closed(range);
  }
  return "line " + taken.line + ", activity " + taken.activity + ", vintage " +
         std::to_string(taken.vintage) + ": " + in_units(taken.quantity) + ", serials " + ranges +
         (taken.account ? " to account " + *taken.account : std::string());
}
std::string explain_due(C c, const Row*) {
  const std::size_t both = std::min(c.body.taken.size(), c.facts.due.size());
  for (std::size_t i = 0; i < both; ++i) {
    if (c.body.taken[i] == c.facts.due[i].taken) continue;
    return "Due at place " + std::to_string(i + 1) + ": " + words(c.facts.due[i].taken) +
           ". Stated: " + words(c.body.taken[i]) + ". State exactly what is due.";
  }
  if (both < c.facts.due.size()) return "Also due: " + words(c.facts.due[both].taken) + ".";
  return "Not due: " + words(c.body.taken[both]) + ". Leave it out.";
}

// The first gross units that would be first transferred while a reversal is open, or none.
std::optional<Row> stopped_by_a_reversal(C c) {
  for (const SettledPiece& piece : c.facts.pieces) {
    const Row row{*c.facts.scope, piece.run, piece.first_transfer};
    if (!no_reversal_is_open(c.state, row)) return row;
  }
  return std::nullopt;
}
bool no_reversal_stands_against(C c) {
  return !stopped_by_a_reversal(c);
}
std::string explain_reversal(C c, const Row*) {
  return explain_open_reversal(c.state, *stopped_by_a_reversal(c));
}

constexpr Rule<ProceedsDeducted> rules[] = {
    {&APR_8, approaches_are_open, nullptr, explain_not_open},
    {&RVS_6, no_reversal_stands_against, nullptr, explain_reversal},
    {&AUT_4, cap_is_kept, nullptr, explain_cap},
    {&AUT_5, authorizations_are_active, nullptr, explain_not_active},
    {&PRO_1, party_settles_that_moment, nullptr, explain_party},
    {&PRO_2, account_is_in_section, nullptr, explain_account},
    {&PRO_3, all_are_issued, nullptr, explain_unissued},
    {&PRO_3, nullptr, is_held, explain_held},
    {&PRO_4, nullptr, is_under_those_rules, explain_other_rules},
    {&PRO_5, nullptr, is_next_to_settle, explain_settled},
    {&PRO_6, quantity_is_the_sum, nullptr, explain_quantity},
    {&PRO_7, exactly_what_is_due, nullptr, explain_due},
    {&LCK_1, nullptr, is_unlocked, explain_lock},
};

}  // namespace

template <>
std::span<const Rule<ProceedsDeducted>> rules_of<ProceedsDeducted>() {
  return rules;
}

}  // namespace ledger
