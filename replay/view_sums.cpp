#include "replay/view_sums.hpp"

#include <algorithm>

#include "ledger/ensure.hpp"

namespace replay {
namespace {

using ledger::UnitStatus;

// Rows of a register come in the order of their indexes; some are told again.
template <class T>
void note(std::vector<T>& rows, ledger::Index index, T row) {
  ENSURE(index <= rows.size(), "rows of a register come in order");
  if (index == rows.size()) {
    rows.push_back(std::move(row));
  } else {
    rows[index] = std::move(row);
  }
}

// The first bytes of a key as a number that orders as they do; most keys differ in it.
std::uint64_t beginning_of(const std::string& key) {
  std::uint64_t beginning = 0;
  for (std::size_t i = 0; i < sizeof beginning; ++i) {
    beginning = beginning << 8 | (i < key.size() ? static_cast<unsigned char>(key[i]) : 0U);
  }
  return beginning;
}

std::uint8_t standing_of(UnitStatus status) {
  return static_cast<std::uint8_t>(status);
}

}  // namespace

std::vector<SumChange> SumFold::take(const ledger::Effects& effects, RowBatch& rows) {
  note_registers(effects);
  add_moves(effects);
  add_figures(effects);
  std::vector<SumChange> changes = take_added();
  for (const auto& [key, change] : changes) {
    const auto value = values_.try_emplace(key).first;
    value->second.now += change;
    if (!value->second.waits) waiting_.push_back(value);
    value->second.waits = true;
  }
  const ledger::Seq size = effects.seq + 1;
  if (size % entries_between_sums == 0) put_values(size, rows);
  return changes;
}

// What the entry added, once a sum, in the order of keys.
std::vector<SumChange> SumFold::take_added() {
  std::vector<std::pair<std::uint64_t, SumChange*>> sorted;
  sorted.reserve(added_.size());
  for (SumChange& each : added_) sorted.emplace_back(beginning_of(each.first), &each);
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : a.second->first < b.second->first;
  });
  std::vector<SumChange> changes;
  changes.reserve(added_.size());
  for (const auto& [beginning, added] : sorted) {
    SumChange& each = *added;
    if (!changes.empty() && changes.back().first == each.first) {
      changes.back().second += each.second;
    } else {
      changes.push_back(std::move(each));
    }
  }
  added_.clear();
  // Nothing is left of units that went out and came in again.
  std::erase_if(changes, [](const SumChange& each) { return each.second == 0; });
  return changes;
}

void SumFold::put_values(ledger::Seq size, RowBatch& rows) {
  for (const auto& value : waiting_) {
    value->second.waits = false;
    if (rows.is_silent()) continue;
    rows.put(Key(Rows::sum).raw(value->first).seq(size).take(), encode_row(value->second.now));
  }
  waiting_.clear();
}

void SumFold::note_registers(const ledger::Effects& effects) {
  for (const ledger::RowEffect& effect : effects.rows) {
    if (const auto* account = std::get_if<ledger::AccountEffect>(&effect)) {
      note(sections_, account->index, account->row.party);
    } else if (const auto* lot = std::get_if<ledger::LotEffect>(&effect)) {
      note(lots_, lot->index, facts_of(lot->row));
    } else if (const auto* authorization = std::get_if<ledger::AuthorizationEffect>(&effect)) {
      note_authorization(*authorization);
    } else if (const auto* approach = std::get_if<ledger::ApproachEffect>(&effect)) {
      std::vector<std::optional<ledger::Definition>> definitions;
      for (const auto& rules : approach->row.rules) definitions.push_back(rules.host_definition);
      note(definitions_, approach->index, std::move(definitions));
    }
  }
}

void SumFold::note_authorization(const ledger::AuthorizationEffect& effect) {
  AuthorizationFacts facts{ledger::year_of(effect.row.origin.date), {}};
  if (effect.index < authorizations_.size()) facts = authorizations_[effect.index];
  facts.oimp.resize(static_cast<std::size_t>(effect.row.version));
  facts.oimp.back() = has_oimp(effect.row);
  note(authorizations_, effect.index, std::move(facts));
}

SumFold::LotFacts SumFold::facts_of(const ledger::Lot& lot) const {
  LotFacts facts{lot.activity, lot.host, lot.host_authorization, lot.vintage, {}};
  if (lot.released) {
    facts.host_authorization.reset();
    return facts;
  }
  const AuthorizationFacts& authorization = authorizations_.at(lot.host_authorization);
  const auto& definitions = definitions_.at(lot.approach);
  // Of units that were assigned since: the newest rules, which keep the definition from then on.
  const auto rules =
      lot.issued_as ? definitions.size() - 1 : static_cast<std::size_t>(lot.rules - 1);
  const bool defined =
      rules < definitions.size() && definitions[rules] == ledger::Definition::authorization;
  if (defined && authorization.oimp.at(static_cast<std::size_t>(lot.host_version - 1))) {
    facts.authorized_in = authorization.granted_in;
  }
  return facts;
}

// An entry may touch thousands of ranges of many lots, but they move in few ways.
void SumFold::add_moves(const ledger::Effects& effects) {
  if (effects.units.empty()) return;
  std::map<Move, std::int64_t> moves;
  auto last = moves.end();
  for (const ledger::UnitEffect& unit : effects.units) {
    Move move;
    move.lot = lots_[unit.after.lot];
    move.existed = unit.before.has_value();
    if (unit.before) {
      move.lot_before = lots_[unit.before->lot];
      move.transferred_before = unit.before->first_transferred;
      move.account_before = unit.before->account;
      move.status_before = unit.before->status;
    }
    move.account_after = unit.after.account;
    move.status_after = unit.after.status;
    move.transferred_after = unit.after.first_transferred;
    if (last == moves.end() || last->first != move) last = moves.try_emplace(move, 0).first;
    last->second += unit.range.quantity();
  }
  // What is undone leaves the year in which it counted.
  const ledger::Timestamp counted = effects.undoes ? effects.undoes->time : effects.time;
  const ledger::Year calendar_year = ledger::year_of(ledger::date_of(counted));
  for (const auto& [move, quantity] : moves) add_move(move, quantity, calendar_year);
}

void SumFold::add_move(const Move& move, std::int64_t quantity, ledger::Year calendar_year) {
  const LotFacts& lot = move.lot;
  if (move.existed) {
    add_standing(move.lot_before, move.account_before, move.status_before, move.transferred_before,
                 -quantity);
  } else {
    add(sum_key(Sum::section).index(lot.host).year(lot.vintage).byte(issued_standing), quantity);
    add(sum_key(Sum::activity).index(lot.activity).byte(issued_standing), quantity);
  }
  add_standing(lot, move.account_after, move.status_after, move.transferred_after, quantity);
  if (move.transferred_before == move.transferred_after) return;
  // Only a void takes a first transfer back.
  const std::int64_t change = move.transferred_after ? quantity : -quantity;
  add(sum_key(Sum::transferred).index(lot.host).year(calendar_year).year(lot.vintage), change);
  add(sum_key(Sum::activity).index(lot.activity).byte(transferred_standing), change);
  // Issuance and assignment count by the authorization that the units came under, or came from
  // where they are undone.
  const LotFacts& marked = move.transferred_after ? lot : move.lot_before;
  const bool comes_under_it = !move.existed || lot != move.lot_before;
  const ledger::Year reading =
      comes_under_it ? marked.authorized_in.value_or(calendar_year) : calendar_year;
  add(sum_key(Sum::reading).index(lot.host).year(reading).year(lot.vintage), change);
}

void SumFold::add_standing(const LotFacts& lot, ledger::Index account, UnitStatus status,
                           bool transferred, std::int64_t change) {
  const std::uint8_t standing = standing_of(status);
  if (status == UnitStatus::held) {
    add(sum_key(Sum::account).index(account).year(lot.vintage), change);
  }
  add(sum_key(Sum::section).index(sections_[account]).year(lot.vintage).byte(standing), change);
  add(sum_key(Sum::activity).index(lot.activity).byte(standing), change);
  if (!lot.host_authorization) return;
  const Key resting = sum_key(Sum::resting).index(*lot.host_authorization);
  add(Key(resting).byte(standing), change);
  if (status == UnitStatus::held && !transferred) add(Key(resting).byte(outstanding), change);
}

void SumFold::add_figures(const ledger::Effects& effects) {
  for (const ledger::YearEffect& year : effects.years) {
    const Key key = sum_key(Sum::due).index(year.party).year(year.year);
    add(Key(key).byte(0), year.first_transferred);
    add(Key(key).byte(1), year.used);
  }
  for (const ledger::CapEffect& cap : effects.caps) {
    const Key key = sum_key(Sum::authorization).index(cap.authorization);
    add(Key(key).byte(0), cap.first_transferred);
    add(Key(key).byte(1), cap.acquired);
    add(Key(key).byte(2), cap.issued);
  }
  for (const ledger::ReversalEffect& reversal : effects.reversals) {
    const Key key = sum_key(Sum::reversal).index(reversal.activity);
    add(Key(key).byte(0), reversal.recorded);
    add(Key(key).byte(1), reversal.settled);
  }
  for (const ledger::ProceedsEffect& taken : effects.proceeds) {
    const Key key = sum_key(Sum::proceeds)
                        .index(taken.approach)
                        .index(taken.activity)
                        .year(taken.vintage)
                        .byte(static_cast<std::uint8_t>(taken.moment))
                        .text(taken.line);
    add(Key(key).byte(0), taken.base);
    add(Key(key).byte(1), taken.taken);
  }
}

void SumFold::add(Key key, std::int64_t change) {
  added_.emplace_back(key.take(), change);
}

}  // namespace replay
