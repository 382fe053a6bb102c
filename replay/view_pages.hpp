// The pieces of units in one place, in pages: what one row of the table holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "ledger/ranges.hpp"
#include "ledger/seq.hpp"
#include "ledger/units.hpp"

namespace replay {

// Units that one entry made stand as they do. `came_from` is the holding_code (view_keys.hpp) of
// what they left by it, plus 1; 0: they were issued.
struct Piece {
  ledger::Range range;
  ledger::Seq from = 0;
  std::uint32_t came_from = 0;
  ledger::Standing standing;

  // Whether units of both stand alike since the same entry.
  [[nodiscard]] bool is_like(const Piece& other) const {
    return from == other.from && came_from == other.came_from && standing == other.standing;
  }
};

// The pieces of one account, status and registry: disjoint, ascending, at most 32 a page. A page is
// named by the serial from which on it holds pieces; no piece lies in two. Splitting a piece
// changes one page, and so one row, and many changes of a page are written as one. A value; one
// thread.
class PieceMap {
 public:
  static constexpr std::size_t most_pieces = 32;

  struct Page {
    std::vector<Piece> pieces;  // not empty
    bool changed = false;       // since forget_changes(); for whoever writes rows
  };
  using Pages = std::map<ledger::Serial, Page>;

  // Takes the units out and appends to `out` the pieces that they lay in, clipped, ascending.
  // Precondition: all of them are here.
  void take_out(ledger::Range range, std::vector<Piece>& out);
  // Puts a piece in. Precondition: none of its units is here.
  void put_in(Piece piece);

  [[nodiscard]] const Pages& pages() const { return pages_; }
  // The pages that were changed, made or removed since the last call, in no order; a page may come
  // twice. What is not in pages() was removed.
  [[nodiscard]] std::vector<ledger::Serial> take_changes();
  void forget_changes();
  // How many take_changes() would return.
  [[nodiscard]] std::size_t changes() const { return changes_.size(); }

 private:
  void cut(Pages::iterator page, ledger::Range range, std::vector<Piece>& out);
  void note(Pages::iterator page);
  void split(Pages::iterator page);

  Pages pages_;
  std::vector<ledger::Serial> changes_;
};

}  // namespace replay
