#include "replay/view_blocks.hpp"

#include <algorithm>

#include "replay/view_keys.hpp"
#include "replay/view_rows.hpp"

namespace replay {
namespace {

using ledger::Seq;
using ledger::Serial;

constexpr std::size_t pieces_in_a_row = 64;  // of what left; about a kilobyte

std::uint32_t holding_of(const ledger::Standing& standing) {
  return holding_code(standing.account, standing.status);
}

}  // namespace

void BlockFold::take(const ledger::Effects& effects, RowBatch& rows) {
  for (const ledger::UnitEffect& unit : effects.units) change(unit, effects.seq);
  put_left(effects.seq, rows);
  put_presence(rows);
  note_changes(rows.is_silent());
}

void BlockFold::change(const ledger::UnitEffect& unit, Seq seq) {
  Piece piece{unit.range, seq, 0, unit.after};
  if (unit.before) {
    const Place from{holding_of(*unit.before), unit.scope};
    piece.came_from = from.first + 1;
    PieceMap& pieces = places_[from];
    const std::size_t before = pieces.changes();
    pieces.take_out(unit.range, left_[from]);
    waiting_ += pieces.changes() - before;
    touched_.insert(from);
  }
  const Place to{holding_of(unit.after), unit.scope};
  const auto [place, fresh] = places_.try_emplace(to);
  if (fresh) new_places_.insert(to);
  const std::size_t before = place->second.changes();
  place->second.put_in(piece);
  waiting_ += place->second.changes() - before;
  touched_.insert(to);
}

void BlockFold::put_left(Seq seq, RowBatch& rows) {
  for (const auto& [place, pieces] : left_) {
    if (rows.is_silent()) break;
    for (std::size_t from = 0; from < pieces.size(); from += pieces_in_a_row) {
      const std::size_t end = std::min(pieces.size(), from + pieces_in_a_row);
      rows.put(Key(Rows::left)
                   .holding(place.first)
                   .seq(seq)
                   .scope(place.second)
                   .serial(pieces[from].range.first)
                   .take(),
               encode_pieces({pieces.data() + from, end - from}));
    }
  }
  left_.clear();
}

void BlockFold::put_presence(RowBatch& rows) {
  for (const Place& place : new_places_) {
    rows.put(Key(Rows::presence).scope(place.second).holding(place.first).take(), std::string());
  }
  new_places_.clear();
}

// Pages that a silent entry changed are in the table already, and before it nothing waited.
void BlockFold::note_changes(bool silent) {
  if (silent) {
    for (const Place& place : touched_) places_[place].forget_changes();
    waiting_ = 0;
  } else {
    changed_.insert(touched_.begin(), touched_.end());
  }
  touched_.clear();
}

void BlockFold::put_pages(RowBatch& rows) {
  for (const Place& place : changed_) {
    PieceMap& pieces = places_[place];
    std::vector<Serial> changes = pieces.take_changes();
    std::sort(changes.begin(), changes.end());
    changes.erase(std::unique(changes.begin(), changes.end()), changes.end());
    for (const Serial serial : changes) {
      std::string key =
          Key(Rows::live).holding(place.first).scope(place.second).serial(serial).take();
      const auto page = pieces.pages().find(serial);
      if (page == pieces.pages().end()) {
        rows.erase(std::move(key));
      } else {
        rows.put(std::move(key), encode_pieces(page->second.pieces));
      }
    }
  }
  changed_.clear();
  waiting_ = 0;
}

}  // namespace replay
