// The blocks of the views: which units stand alike since which entry, now and before.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/ranges.hpp"
#include "ledger/seq.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_rows.hpp"

namespace replay {

// Folds changes of units into rows. In memory is where each piece ends and since when it stands as
// it does, about 100 bytes a piece; how it stands is in the effects. A value of its fold; one
// thread.
//
// A range that leaves the middle of a piece costs three rows: what is left of the piece on either
// side, and the range in its new standing. That it left is one record among 64 of another row.
class BlockFold {
 public:
  // Adds what the entry did. Entries come in order.
  void take(const ledger::Effects& effects, RowBatch& rows);

 private:
  struct Piece {
    ledger::Serial end = 0;
    ledger::Seq from = 0;
    std::uint32_t came_from = 0;  // as in LivePiece
  };
  using Pieces = std::map<ledger::Serial, Piece>;  // by first serial
  // The new piece that is being made: neighbours that change alike become one.
  struct Open {
    ledger::Index scope = 0;
    ledger::Serial first = 0;
    LivePiece piece;
  };
  void change(const ledger::UnitEffect& unit, ledger::Seq seq, RowBatch& rows);
  void take_out(const ledger::UnitEffect& unit, RowBatch& rows);
  void open(const ledger::UnitEffect& unit, ledger::Seq seq, RowBatch& rows);
  void close(RowBatch& rows);
  void put_live(ledger::Index scope, ledger::Serial first, const LivePiece& piece, RowBatch& rows);
  void put_left(ledger::Seq seq, RowBatch& rows);
  void note_presence(ledger::Index scope, const ledger::Standing& standing, RowBatch& rows);

  std::vector<Pieces> pieces_;                                  // by scope
  std::set<std::pair<ledger::Index, std::uint32_t>> presence_;  // scope, holding_code
  bool is_open_ = false;
  Open open_;
  // What this entry took out, by holding_code and scope; ascending.
  std::map<std::pair<std::uint32_t, ledger::Index>, std::vector<LeftPiece>> left_;
};

}  // namespace replay
