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

// Small numbers for the parts of a standing that are bits.
std::uint64_t end_of(const ledger::Standing& standing) {
  return static_cast<std::uint64_t>(standing.status) | static_cast<std::uint64_t>(standing.purpose)
                                                           << 2;
}
void set_end(ledger::Standing& standing, std::uint64_t end) {
  standing.status = static_cast<ledger::UnitStatus>(end & 3);
  standing.purpose = static_cast<ledger::UnitPurpose>(end >> 2 & 15);
}
std::uint64_t marks_of(const ledger::Standing& standing) {
  return std::uint64_t{standing.first_transferred} | std::uint64_t{standing.reserved} << 1 |
         std::uint64_t{standing.frozen} << 2 | std::uint64_t{standing.cleared} << 3;
}
void set_marks(ledger::Standing& standing, std::uint64_t marks) {
  standing.first_transferred = (marks & 1) != 0;
  standing.reserved = (marks >> 1 & 1) != 0;
  standing.frozen = marks >> 2 & 1;
  standing.cleared = marks >> 3 & 7;
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
             standing.lot, standing.account, standing.acquirer_authorization, end_of(standing),
             marks_of(standing), standing.host_version, standing.acquirer_version}) {
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
    std::uint64_t end_code = 0;
    std::uint64_t marks = 0;
    std::uint32_t host_version = 0;
    std::uint32_t acquirer_version = 0;
    reader(gap, quantity, piece.from, piece.came_from, standing.lot, standing.account,
           standing.acquirer_authorization, end_code, marks, host_version, acquirer_version);
    set_end(standing, end_code);
    set_marks(standing, marks);
    standing.host_version = host_version & ledger::most_versions;
    standing.acquirer_version = acquirer_version & ledger::most_versions;
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
