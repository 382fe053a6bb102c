#include "crypto/state_hash.hpp"

#include <array>
#include <cstring>

#include "crypto/hash.hpp"

namespace crypto {

StateLeaf state_leaf(std::string_view key, std::string_view value) {
  return {state_path(key), sha256(value)};
}

Hash state_path(std::string_view key) {
  return sha256(key);
}

Hash state_leaf_hash(const StateLeaf& leaf) {
  std::array<char, 2 * Hash::length> both;
  std::memcpy(both.data(), leaf.path.bytes.data(), Hash::length);
  std::memcpy(both.data() + Hash::length, leaf.value_hash.bytes.data(), Hash::length);
  return leaf_hash({both.data(), both.size()});
}

}  // namespace crypto
