#include "replay/view_pages.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "ledger/ensure.hpp"

namespace replay {
namespace {

using ledger::Range;
using ledger::Serial;

// The first piece that ends behind the serial.
std::vector<Piece>::iterator first_behind(std::vector<Piece>& pieces, Serial serial) {
  return std::partition_point(pieces.begin(), pieces.end(),
                              [&](const Piece& piece) { return piece.range.end <= serial; });
}

}  // namespace

void PieceMap::note(Pages::iterator page) {
  if (page->second.changed) return;
  page->second.changed = true;
  changes_.push_back(page->first);
}

void PieceMap::take_out(Range range, std::vector<Piece>& out) {
  auto page = pages_.upper_bound(range.first);
  ENSURE(page != pages_.begin(), "units that change are where they were put");
  --page;
  Serial at = range.first;
  while (at < range.end) {
    ENSURE(page != pages_.end(), "units that change are where they were put");
    const auto next = std::next(page);
    const Serial end = next == pages_.end() ? range.end : std::min(range.end, next->first);
    cut(page, {at, end}, out);
    at = end;
    page = next;
  }
}

// Takes units out of one page: what is left of the pieces at either end stays.
void PieceMap::cut(Pages::iterator page, Range range, std::vector<Piece>& out) {
  std::vector<Piece>& pieces = page->second.pieces;
  const auto first = first_behind(pieces, range.first);
  std::array<Piece, 2> left;
  std::size_t kept = 0;
  auto last = first;
  for (; last != pieces.end() && last->range.first < range.end; ++last) {
    Piece inside = *last;
    if (last->range.first < range.first) {
      left[kept] = *last;
      left[kept++].range.end = range.first;
      inside.range.first = range.first;
    }
    if (last->range.end > range.end) {
      left[kept] = *last;
      left[kept++].range.first = range.end;
      inside.range.end = range.end;
    }
    out.push_back(inside);
  }
  ENSURE(first != last, "units that change are where they were put");
  note(page);
  const auto room = std::min<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(kept), last - first);
  const auto behind = std::copy(left.begin(), left.begin() + room, first);
  if (behind != last) {
    pieces.erase(behind, last);
  } else {
    pieces.insert(behind, left.begin() + room, left.begin() + static_cast<std::ptrdiff_t>(kept));
  }
  if (pieces.empty()) {
    pages_.erase(page);
  } else if (pieces.size() > most_pieces) {
    split(page);
  }
}

void PieceMap::put_in(Piece piece) {
  auto next = pages_.upper_bound(piece.range.first);
  auto page = next == pages_.begin() ? pages_.emplace_hint(next, 0, Page()) : std::prev(next);
  // The next page begins where it was once split: a piece that goes on there is cut.
  std::optional<Piece> rest;
  if (next != pages_.end() && next->first < piece.range.end) {
    rest = piece;
    rest->range.first = next->first;
    piece.range.end = next->first;
  }
  std::vector<Piece>& pieces = page->second.pieces;
  const auto at = first_behind(pieces, piece.range.first);
  note(page);
  if (at != pieces.begin() && std::prev(at)->range.end == piece.range.first &&
      std::prev(at)->is_like(piece)) {
    std::prev(at)->range.end = piece.range.end;
  } else {
    pieces.insert(at, piece);
    if (pieces.size() > most_pieces) split(page);
  }
  if (rest) put_in(*rest);
}

void PieceMap::split(Pages::iterator page) {
  std::vector<Piece>& pieces = page->second.pieces;
  const auto middle = pieces.begin() + static_cast<std::ptrdiff_t>(pieces.size() / 2);
  const auto half = pages_.emplace_hint(std::next(page), middle->range.first, Page());
  half->second.pieces.assign(middle, pieces.end());
  pieces = std::vector<Piece>(pieces.begin(), middle);  // without the room of a whole page
  note(half);
}

std::vector<Serial> PieceMap::take_changes() {
  std::vector<Serial> changes = std::move(changes_);
  changes_.clear();
  for (const Serial serial : changes) {
    const auto page = pages_.find(serial);
    if (page != pages_.end()) page->second.changed = false;
  }
  return changes;
}

void PieceMap::forget_changes() {
  static_cast<void>(take_changes());
}

}  // namespace replay
