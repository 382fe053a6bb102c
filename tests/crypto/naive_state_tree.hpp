// The state tree as its definition says, by recursion over all leaves at every question: the model
// that the code which keeps branches is compared with.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/state_proof.hpp"

namespace naive {

class StateTree {
 public:
  void set(const std::string& key, const std::string& value) { values_[key] = value; }
  bool erase(const std::string& key) { return values_.erase(key) != 0; }
  const std::map<std::string, std::string>& values() const { return values_; }

  crypto::Hash root() const {
    const auto leaves = sorted();
    return root(leaves, 0);
  }
  crypto::StateProof prove(const std::string& key) const {
    crypto::StateProof proof;
    const crypto::Hash path = crypto::sha256(key);
    const auto all = sorted();
    Leaves leaves = all;
    for (unsigned depth = 0; leaves.size() > 1; ++depth) {
      const auto [left, right] = parted(leaves, depth);
      proof.siblings.push_back(root(bit(path, depth) ? left : right, depth + 1));
      leaves = bit(path, depth) ? right : left;
    }
    if (leaves.empty()) return proof;
    proof.end =
        leaves[0].path == path ? crypto::StateProof::End::own : crypto::StateProof::End::other;
    if (leaves[0].path != path) proof.other = leaves[0];
    return proof;
  }

 private:
  using Leaves = std::span<const crypto::StateLeaf>;

  // In the words of the definition: bit i of a path, of 256 that are written one after the other.
  static bool bit(const crypto::Hash& path, unsigned i) {
    return (path.bytes[i / 8] & (1u << (7 - i % 8))) != 0;
  }
  static std::pair<Leaves, Leaves> parted(Leaves leaves, unsigned depth) {
    const auto right =
        std::find_if(leaves.begin(), leaves.end(),
                     [&](const crypto::StateLeaf& leaf) { return bit(leaf.path, depth); });
    const auto left = static_cast<std::size_t>(right - leaves.begin());
    return {leaves.first(left), leaves.subspan(left)};
  }
  static crypto::Hash root(Leaves leaves, unsigned depth) {
    if (leaves.empty()) return {};
    if (leaves.size() == 1) {
      std::string bytes(1, '\0');
      bytes.append(leaves[0].path.view()).append(leaves[0].value_hash.view());
      return crypto::sha256(bytes);
    }
    const auto [left, right] = parted(leaves, depth);
    std::string bytes(1, '\x01');
    bytes.append(root(left, depth + 1).view()).append(root(right, depth + 1).view());
    return crypto::sha256(bytes);
  }
  std::vector<crypto::StateLeaf> sorted() const {
    std::vector<crypto::StateLeaf> leaves;
    for (const auto& [key, value] : values_) {
      leaves.push_back({crypto::sha256(key), crypto::sha256(value)});
    }
    std::sort(leaves.begin(), leaves.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return leaves;
  }

  std::map<std::string, std::string> values_;
};

// Keys whose paths share many turns, two and two: of 20,000 those that lie nearest to each other.
inline std::vector<std::string> near_keys(std::size_t pairs) {
  std::vector<std::pair<crypto::Hash, std::string>> all;
  for (int i = 0; i < 20'000; ++i) {
    const std::string key = "near-" + std::to_string(i);
    all.emplace_back(crypto::sha256(key), key);
  }
  std::sort(all.begin(), all.end());
  const auto distance = [&](std::size_t i) {
    std::array<std::uint8_t, 32> apart{};
    for (std::size_t at = 0; at < 32; ++at) {
      apart[at] = all[i].first.bytes[at] ^ all[i + 1].first.bytes[at];
    }
    return apart;
  };
  std::vector<std::pair<std::array<std::uint8_t, 32>, std::size_t>> nearest;
  for (std::size_t i = 0; i + 1 < all.size(); ++i) nearest.emplace_back(distance(i), i);
  std::sort(nearest.begin(), nearest.end());
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < pairs; ++i) {
    keys.push_back(all[nearest[i].second].second);
    keys.push_back(all[nearest[i].second + 1].second);
  }
  return keys;
}

}  // namespace naive
