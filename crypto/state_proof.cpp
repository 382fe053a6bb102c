#include "crypto/state_proof.hpp"

#include <algorithm>

#include "crypto/hash.hpp"
#include "crypto/require.hpp"

namespace crypto {
namespace {

using End = StateProof::End;

// Another leaf that shares all turns, or something beside a subtree without a leaf, needs one more
// turn to part from it.
std::size_t most_siblings(End end) {
  return end == End::own ? state_depth : state_depth - 1;
}

bool is_well_formed(const StateProof& proof) {
  if (proof.siblings.size() > most_siblings(proof.end)) return false;
  // A subtree with one leaf is that leaf, and one without is nothing: so no last turn leaves
  // nothing beside it.
  return proof.siblings.empty() || proof.siblings.back() != empty_subtree;
}

// The root that follows when `hash` is what the way of that path ends at.
Hash climb(Hash hash, const Hash& path, const std::vector<Hash>& siblings) {
  for (std::size_t i = siblings.size(); i-- > 0;) {
    const bool right = turns_right(path, static_cast<unsigned>(i));
    hash = right ? node_hash(siblings[i], hash) : node_hash(hash, siblings[i]);
  }
  return hash;
}

bool share_turns(const Hash& a, const Hash& b, std::size_t count) {
  for (unsigned i = 0; i < count; ++i) {
    if (turns_right(a, i) != turns_right(b, i)) return false;
  }
  return true;
}

// Cuts `count` bytes off; precondition: they are there.
std::string_view take(std::string_view& bytes, std::size_t count) {
  const std::string_view taken = bytes.substr(0, count);
  bytes.remove_prefix(count);
  return taken;
}

std::size_t number_of(char byte) {
  return static_cast<unsigned char>(byte);
}

// Bit `index` of the map of siblings, the first sibling's the most significant of the first byte.
bool is_set(std::string_view map, std::size_t index) {
  return (number_of(map[index / 8]) >> (7 - index % 8) & 1) != 0;
}

// Reads the siblings that the map names; false where bytes are missing, or a sibling that is
// nothing is not left out.
bool take_siblings(std::string_view& bytes, std::string_view map, std::vector<Hash>& siblings) {
  for (std::size_t i = 0; i < siblings.size(); ++i) {
    if (!is_set(map, i)) continue;
    if (bytes.size() < Hash::length) return false;
    siblings[i] = *Hash::from(take(bytes, Hash::length));
    if (siblings[i] == empty_subtree) return false;
  }
  return true;
}

bool has_bits_behind(std::string_view map, std::size_t depth) {
  for (std::size_t i = depth; i < 8 * map.size(); ++i) {
    if (is_set(map, i)) return true;
  }
  return false;
}

}  // namespace

std::string encode_state_proof(const StateProof& proof) {
  const std::size_t depth = proof.siblings.size();
  require(depth <= state_depth, "a path has 256 turns");
  std::string out;
  out += static_cast<char>(proof.end);
  out += static_cast<char>(depth >> 8);
  out += static_cast<char>(depth & 0xff);
  const std::size_t map = out.size();
  out.append((depth + 7) / 8, '\0');
  for (std::size_t i = 0; i < depth; ++i) {
    if (proof.siblings[i] == empty_subtree) continue;
    char& byte = out[map + i / 8];
    byte = static_cast<char>(number_of(byte) | 0x80u >> i % 8);
    out += proof.siblings[i].view();
  }
  if (proof.end == End::other)
    out.append(proof.other.path.view()).append(proof.other.value_hash.view());
  return out;
}

std::optional<StateProof> decode_state_proof(std::string_view bytes) {
  if (bytes.size() < 3 || bytes.size() > most_state_proof_bytes) return std::nullopt;
  const std::string_view head = take(bytes, 3);
  if (number_of(head[0]) > static_cast<std::size_t>(End::other)) return std::nullopt;
  StateProof proof;
  proof.end = static_cast<End>(head[0]);
  const std::size_t depth = number_of(head[1]) << 8 | number_of(head[2]);
  if (depth > most_siblings(proof.end) || bytes.size() < (depth + 7) / 8) return std::nullopt;
  const std::string_view map = take(bytes, (depth + 7) / 8);
  proof.siblings.resize(depth);
  if (has_bits_behind(map, depth) || !take_siblings(bytes, map, proof.siblings))
    return std::nullopt;
  if (proof.end == End::other) {
    if (bytes.size() != 2 * Hash::length) return std::nullopt;
    proof.other.path = *Hash::from(take(bytes, Hash::length));
    proof.other.value_hash = *Hash::from(take(bytes, Hash::length));
  }
  if (!bytes.empty() || !is_well_formed(proof)) return std::nullopt;
  return proof;
}

bool verify_present(const Hash& root, std::string_view key, std::string_view value,
                    const StateProof& proof) {
  if (proof.end != End::own || !is_well_formed(proof)) return false;
  const StateLeaf leaf = state_leaf(key, value);
  return climb(state_leaf_hash(leaf), leaf.path, proof.siblings) == root;
}

bool verify_absent(const Hash& root, std::string_view key, const StateProof& proof) {
  if (proof.end == End::own || !is_well_formed(proof)) return false;
  const Hash path = state_path(key);
  if (proof.end == End::nothing) return climb(empty_subtree, path, proof.siblings) == root;
  const StateLeaf& other = proof.other;
  if (other.path == path || !share_turns(other.path, path, proof.siblings.size())) return false;
  return climb(state_leaf_hash(other), path, proof.siblings) == root;
}

}  // namespace crypto
