#include "replay/view_blocks.hpp"

#include <algorithm>
#include <iterator>

#include "ledger/ensure.hpp"
#include "replay/view_keys.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Serial;
using ledger::Standing;

constexpr std::size_t pieces_in_a_row = 64;  // of what left; about a kilobyte

std::uint32_t holding_of(const Standing& standing) {
  return holding_code(standing.account, standing.status);
}

Key live_key(const Standing& standing, Index scope, Serial first) {
  return std::move(Key(Rows::live).holding(holding_of(standing)).scope(scope).serial(first));
}

}  // namespace

void BlockFold::take(const ledger::Effects& effects, RowBatch& rows) {
  for (const ledger::UnitEffect& unit : effects.units) change(unit, effects.seq, rows);
  close(rows);
  put_left(effects.seq, rows);
}

void BlockFold::change(const ledger::UnitEffect& unit, ledger::Seq seq, RowBatch& rows) {
  if (unit.scope >= pieces_.size()) pieces_.resize(unit.scope + 1);
  if (unit.before) take_out(unit, rows);
  open(unit, seq, rows);
}

// Cuts the range out of the pieces that it overlaps; they all stand as `before` says, but perhaps
// since different entries.
void BlockFold::take_out(const ledger::UnitEffect& unit, RowBatch& rows) {
  Pieces& pieces = pieces_[unit.scope];
  const Standing& before = *unit.before;
  auto at = pieces.upper_bound(unit.range.first);
  ENSURE(at != pieces.begin(), "units that change were issued");
  --at;
  auto& left = left_[{holding_of(before), unit.scope}];
  while (at != pieces.end() && at->first < unit.range.end) {
    const Serial first = at->first;
    const Piece piece = at->second;
    ENSURE(piece.end > unit.range.first, "units lie without gaps");
    left.push_back({{std::max(first, unit.range.first), std::min(piece.end, unit.range.end)},
                    piece.from,
                    piece.came_from,
                    before});
    if (first < unit.range.first) {
      at->second.end = unit.range.first;
      put_live(unit.scope, first, {unit.range.first, piece.from, piece.came_from, before}, rows);
      ++at;
    } else {
      if (!rows.is_silent()) rows.erase(live_key(before, unit.scope, first).take());
      at = pieces.erase(at);
    }
    if (piece.end > unit.range.end) {
      at = std::next(pieces.emplace_hint(at, unit.range.end, piece));
      put_live(unit.scope, unit.range.end, {piece.end, piece.from, piece.came_from, before}, rows);
    }
  }
}

void BlockFold::open(const ledger::UnitEffect& unit, ledger::Seq seq, RowBatch& rows) {
  const std::uint32_t came_from = unit.before ? holding_of(*unit.before) + 1 : 0;
  const bool goes_on = is_open_ && open_.scope == unit.scope &&
                       open_.piece.end == unit.range.first && open_.piece.came_from == came_from &&
                       open_.piece.standing == unit.after;
  if (goes_on) {
    open_.piece.end = unit.range.end;
    return;
  }
  close(rows);
  is_open_ = true;
  open_ = {unit.scope, unit.range.first, {unit.range.end, seq, came_from, unit.after}};
}

void BlockFold::close(RowBatch& rows) {
  if (!is_open_) return;
  is_open_ = false;
  const LivePiece& piece = open_.piece;
  pieces_[open_.scope].insert_or_assign(open_.first, Piece{piece.end, piece.from, piece.came_from});
  note_presence(open_.scope, piece.standing, rows);
  put_live(open_.scope, open_.first, piece, rows);
}

void BlockFold::put_live(Index scope, Serial first, const LivePiece& piece, RowBatch& rows) {
  if (rows.is_silent()) return;
  rows.put(live_key(piece.standing, scope, first).take(), encode_row(piece));
}

void BlockFold::put_left(ledger::Seq seq, RowBatch& rows) {
  for (const auto& [place, pieces] : left_) {
    if (rows.is_silent()) break;
    const auto& [holding, scope] = place;
    for (std::size_t from = 0; from < pieces.size(); from += pieces_in_a_row) {
      std::string value;
      RowWriter writer(value);
      const std::size_t end = std::min(pieces.size(), from + pieces_in_a_row);
      for (std::size_t i = from; i < end; ++i) writer(pieces[i]);
      rows.put(Key(Rows::left)
                   .holding(holding)
                   .seq(seq)
                   .scope(scope)
                   .serial(pieces[from].range.first)
                   .take(),
               std::move(value));
    }
  }
  left_.clear();
}

void BlockFold::note_presence(Index scope, const Standing& standing, RowBatch& rows) {
  const std::uint32_t holding = holding_of(standing);
  if (!presence_.insert({scope, holding}).second) return;
  rows.put(Key(Rows::presence).scope(scope).holding(holding).take(), std::string());
}

}  // namespace replay
