// Which event ids the ledger has taken, and at which entry.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ledger {

// Event ids with the seq of their entry, kept by digest: an open-addressing table that nobody can
// iterate, so that no order of it can reach a result.
//
// A value; equality compares contents, never the order of insertion. One thread writes.
//
// An id is known by the first 128 bits of its SHA-256. Two ids that share them are one to this
// table. Making such a pair takes about 2^64 hashes, and all it gains its maker is that the second
// of two events is refused as a reused id: nothing is admitted by a collision. By chance there is a
// pair among 10^9 ids with a probability of 10^-21.
//
// Memory: 21 bytes a slot (digest 16, seq 5) and a load of 0.68 to 0.85, so 25 to 31 bytes an id.
// Growing by a quarter copies the table: for that moment old and new are both there, at most 56
// bytes an id.
class IdSet {
 public:
  // Takes the id; false, and nothing changed, where it was taken before. Amortised O(1).
  // Precondition: seq < 2^40 - 1 (eleven years of 3,000 entries a second).
  [[nodiscard]] bool insert(std::string_view id, std::uint64_t seq);
  // The entry that took the id.
  [[nodiscard]] std::optional<std::uint64_t> find(std::string_view id) const;
  [[nodiscard]] std::size_t size() const { return size_; }
  // Bytes of the table itself.
  [[nodiscard]] std::size_t bytes() const;
  bool operator==(const IdSet& other) const;

 private:
  using Digest = std::array<std::uint64_t, 2>;
  using Mark = std::array<std::uint8_t, 5>;  // seq + 1, lowest byte first; all 0: the slot is free

  [[nodiscard]] static Digest digest_of(std::string_view id);
  [[nodiscard]] static Mark mark_of(std::uint64_t seq);
  [[nodiscard]] static std::uint64_t seq_of(const Mark& mark);
  [[nodiscard]] std::size_t slot_of(const Digest& digest) const;
  void grow();

  std::vector<Digest> digests_;
  std::vector<Mark> marks_;
  std::size_t size_ = 0;
};

}  // namespace ledger
