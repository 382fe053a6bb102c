// The blocks of the views: which units stand alike since which entry, now and before.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/seq.hpp"
#include "replay/row_batch.hpp"
#include "replay/view_pages.hpp"

namespace replay {

// Folds changes of units into rows: how units stand now, in pages by account, status and registry;
// and what each entry took out of there. A value of its fold; one thread.
//
// A range that leaves the middle of a piece changes the page that it leaves and the one that it
// comes to; that it left is one record among 64 of another row. In memory are the pages, about 80
// bytes a piece.
class BlockFold {
 public:
  // Adds what the entry did. Entries come in order. Pages wait for put_pages().
  void take(const ledger::Effects& effects, RowBatch& rows);

  // Writes every page that changed since the last call, once.
  void put_pages(RowBatch& rows);
  // How many pages wait, at most.
  [[nodiscard]] std::size_t waiting() const { return waiting_; }

 private:
  // Where units stand: holding_code and scope.
  using Place = std::pair<std::uint32_t, ledger::Index>;

  void change(const ledger::UnitEffect& unit, ledger::Seq seq);
  void put_left(ledger::Seq seq, RowBatch& rows);
  void put_presence(RowBatch& rows);
  void note_changes(bool silent);

  std::map<Place, PieceMap> places_;
  std::set<Place> changed_;  // places with pages that wait
  std::size_t waiting_ = 0;
  std::set<Place> new_places_;                // that this entry is the first to use
  std::set<Place> touched_;                   // by this entry
  std::map<Place, std::vector<Piece>> left_;  // what this entry took out; ascending
};

}  // namespace replay
