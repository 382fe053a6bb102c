#include "replay/view_rows.hpp"

namespace replay {

std::string encode_pieces(std::span<const Piece> pieces) {
  std::string bytes;
  RowWriter writer(bytes);
  ledger::Serial end = 0;
  for (const Piece& piece : pieces) {
    writer(static_cast<std::uint64_t>(piece.range.first - end),
           static_cast<std::uint64_t>(piece.range.quantity()), piece.from, piece.came_from,
           piece.standing);
    end = piece.range.end;
  }
  return bytes;
}

std::optional<std::vector<Piece>> decode_pieces(std::string_view bytes) {
  std::vector<Piece> pieces;
  RowReader reader(bytes);
  ledger::Serial end = 0;
  while (!reader.at_end()) {
    Piece& piece = pieces.emplace_back();
    std::uint64_t gap = 0;
    std::uint64_t quantity = 0;
    reader(gap, quantity, piece.from, piece.came_from, piece.standing);
    if (gap > ledger::max_serial || quantity > ledger::max_serial) return std::nullopt;
    piece.range.first = end + static_cast<ledger::Serial>(gap);
    piece.range.end = piece.range.first + static_cast<ledger::Serial>(quantity);
    end = piece.range.end;
    if (!piece.range.valid()) return std::nullopt;
  }
  if (!reader.whole()) return std::nullopt;
  return pieces;
}

}  // namespace replay
