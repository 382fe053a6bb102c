#include "replay/view_rows.hpp"

#include <array>

namespace replay {
namespace {

constexpr std::size_t longest_number = 10;  // bytes of 64 bits, seven in each
constexpr std::size_t numbers_a_piece = 11;

// As RowWriter would, but without asking for room at every byte: pages are what is written most.
char* put(char* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<char>(value | 0x80);
  *at++ = static_cast<char>(value);
  return at;
}

}  // namespace

std::string encode_pieces(std::span<const Piece> pieces) {
  std::string bytes;
  bytes.reserve(pieces.size() * 24);
  std::array<char, longest_number * numbers_a_piece> buffer;
  ledger::Serial end = 0;
  for (const Piece& piece : pieces) {
    const ledger::Standing& standing = piece.standing;
    char* at = buffer.data();
    for (const std::uint64_t number : std::array<std::uint64_t, numbers_a_piece>{
             static_cast<std::uint64_t>(piece.range.first - end),
             static_cast<std::uint64_t>(piece.range.quantity()), piece.from, piece.came_from,
             standing.lot, standing.account, standing.acquirer_authorization,
             static_cast<std::uint64_t>(standing.status),
             static_cast<std::uint64_t>(standing.purpose),
             static_cast<std::uint64_t>(standing.first_transferred), standing.cleared}) {
      at = put(at, number);
    }
    bytes.append(buffer.data(), at);
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
    ledger::Standing& standing = piece.standing;
    std::uint64_t gap = 0;
    std::uint64_t quantity = 0;
    reader(gap, quantity, piece.from, piece.came_from, standing.lot, standing.account,
           standing.acquirer_authorization, standing.status, standing.purpose,
           standing.first_transferred, standing.cleared);
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
