#include "ledger/id_set.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"

namespace ledger {
namespace {

constexpr std::size_t smallest = 64;  // slots
constexpr std::uint64_t seq_limit = (std::uint64_t{1} << 40) - 1;

// The load stays at or below 0.85: an absent id is then known after 23 slots on average.
constexpr std::size_t most_ids(std::size_t slots) {
  return slots / 20 * 17 + slots % 20 * 17 / 20;
}

}  // namespace

IdSet::Digest IdSet::digest_of(std::string_view id) {
  const crypto::Hash hash = crypto::sha256(id);
  Digest out;
  std::memcpy(out.data(), hash.bytes.data(), sizeof out);
  return out;
}

IdSet::Mark IdSet::mark_of(std::uint64_t seq) {
  Mark mark;
  for (std::size_t i = 0; i < mark.size(); ++i) {
    mark[i] = static_cast<std::uint8_t>((seq + 1) >> (8 * i));
  }
  return mark;
}

std::uint64_t IdSet::seq_of(const Mark& mark) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < mark.size(); ++i) out |= std::uint64_t{mark[i]} << (8 * i);
  return out - 1;
}

// The slot that holds the digest, or the free one where it belongs. Precondition: a slot is free.
// Slots ascend with digests, so that growing reads and writes from front to back; 2^32 slots, far
// more than memory holds, is where the product would no longer fit.
std::size_t IdSet::slot_of(const Digest& digest) const {
  std::size_t slot = ((digest[0] >> 32) * digests_.size()) >> 32;
  // Word by word, and marks only where the digest is zero, as a free slot's is: comparing arrays
  // calls the library each time.
  while (digests_[slot][0] != digest[0] || digests_[slot][1] != digest[1]) {
    if (digests_[slot][0] == 0 && marks_[slot] == Mark{}) break;
    if (++slot == digests_.size()) slot = 0;
  }
  return slot;
}

void IdSet::grow() {
  const std::size_t slots = std::max(smallest, digests_.size() + digests_.size() / 4);
  const std::vector<Digest> digests = std::exchange(digests_, std::vector<Digest>(slots));
  const std::vector<Mark> marks = std::exchange(marks_, std::vector<Mark>(slots));
  for (std::size_t i = 0; i < digests.size(); ++i) {
    if (marks[i] == Mark{}) continue;
    const std::size_t slot = slot_of(digests[i]);
    digests_[slot] = digests[i];
    marks_[slot] = marks[i];
  }
}

bool IdSet::insert(std::string_view id, std::uint64_t seq) {
  ENSURE(seq < seq_limit, "a seq fits 40 bits");
  if (size_ >= most_ids(digests_.size())) grow();
  const Digest digest = digest_of(id);
  const std::size_t slot = slot_of(digest);
  if (marks_[slot] != Mark{}) return false;
  digests_[slot] = digest;
  marks_[slot] = mark_of(seq);
  ++size_;
  return true;
}

std::optional<std::uint64_t> IdSet::find(std::string_view id) const {
  if (size_ == 0) return std::nullopt;
  const Mark& mark = marks_[slot_of(digest_of(id))];
  if (mark == Mark{}) return std::nullopt;
  return seq_of(mark);
}

std::size_t IdSet::bytes() const {
  return digests_.capacity() * sizeof(Digest) + marks_.capacity() * sizeof(Mark);
}

bool IdSet::operator==(const IdSet& other) const {
  if (size_ != other.size_) return false;
  for (std::size_t i = 0; i < digests_.size(); ++i) {
    if (marks_[i] == Mark{}) continue;
    if (other.marks_[other.slot_of(digests_[i])] != marks_[i]) return false;
  }
  return true;
}

}  // namespace ledger
