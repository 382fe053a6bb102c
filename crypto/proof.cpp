#include "crypto/proof.hpp"

#include <utility>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"

namespace crypto {
namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1\n";
constexpr std::string_view extra_word = "extra ";
constexpr std::string_view index_word = "index ";
constexpr std::size_t most_hashes = 63;
constexpr std::uint64_t index_limit = std::uint64_t{1} << 63;

bool is_power_of_two(std::uint64_t n) {
  return n != 0 && (n & (n - 1)) == 0;
}

// The way from a node to the root, in the words of RFC 9162: fn is the node, sn the last node of
// the same level.
struct Way {
  std::uint64_t fn;
  std::uint64_t sn;

  bool at_root() const { return sn == 0; }
  // Whether the next hash of the proof stands to the left.
  bool is_right() const { return (fn & 1) != 0 || fn == sn; }
  void up() {
    fn >>= 1;
    sn >>= 1;
  }
  // A last node without a sibling is its own parent: up until it is a right child.
  void skip_lone_levels() {
    while ((fn & 1) == 0 && fn != 0) up();
  }
};

// Cuts the first line off, without its newline; nothing where there is none.
std::optional<std::string_view> take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// The value of a line that starts with the word; nothing where the line is another one.
std::optional<std::string_view> value_after(std::string_view word, std::string_view line) {
  if (!line.starts_with(word)) return std::nullopt;
  return line.substr(word.size());
}

std::optional<Hash> hash_from(std::string_view base64) {
  const auto bytes = from_base64(base64);
  return bytes ? Hash::from(*bytes) : std::nullopt;
}

// Reads the hashes up to the empty line; false where a line is not a hash or they are too many.
bool take_hashes(std::string_view& text, std::vector<Hash>& hashes) {
  for (;;) {
    const auto line = take_line(text);
    if (!line) return false;
    if (line->empty()) return true;
    const auto hash = hash_from(*line);
    if (!hash || hashes.size() == most_hashes) return false;
    hashes.push_back(*hash);
  }
}

}  // namespace

bool verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                      std::span<const Hash> proof, const Hash& root) {
  if (index >= size) return false;
  Way way{index, size - 1};
  Hash hash = leaf;
  for (const Hash& sibling : proof) {
    if (way.at_root()) return false;
    if (way.is_right()) {
      hash = node_hash(sibling, hash);
      way.skip_lone_levels();
    } else {
      hash = node_hash(hash, sibling);
    }
    way.up();
  }
  return way.at_root() && hash == root;
}

bool verify_consistency(std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                        const Hash& root, std::span<const Hash> proof) {
  if (old_size > size) return false;
  if (size == 0 && root != empty_root()) return false;
  if (old_size == 0 && old_root != empty_root()) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (old_size == 0) return proof.empty();

  Way way{old_size - 1, size - 1};
  while ((way.fn & 1) != 0) way.up();
  Hash start = old_root;  // the whole old tree, unless the proof says where its last peak is
  if (!is_power_of_two(old_size)) {
    if (proof.empty()) return false;
    start = proof.front();
    proof = proof.subspan(1);
  }
  Hash old_hash = start, hash = start;
  for (const Hash& sibling : proof) {
    if (way.at_root()) return false;
    if (way.is_right()) {
      old_hash = node_hash(sibling, old_hash);
      hash = node_hash(sibling, hash);
      way.skip_lone_levels();
    } else {
      hash = node_hash(hash, sibling);
    }
    way.up();
  }
  return way.at_root() && old_hash == old_root && hash == root;
}

std::string format_tlog_proof(const TlogProof& proof) {
  std::string out(first_line);
  if (proof.extra) out.append(extra_word).append(to_base64(*proof.extra)).append("\n");
  out.append(index_word).append(std::to_string(proof.index)).append("\n");
  for (const Hash& hash : proof.hashes) out.append(to_base64(hash.view())).append("\n");
  return out.append("\n").append(proof.checkpoint);
}

std::optional<TlogProof> parse_tlog_proof(std::string_view text) {
  if (!text.starts_with(first_line)) return std::nullopt;
  text.remove_prefix(first_line.size());
  TlogProof proof;
  auto line = take_line(text);
  if (!line) return std::nullopt;
  if (const auto extra = value_after(extra_word, *line)) {
    proof.extra = from_base64(*extra);
    line = take_line(text);
    if (!proof.extra || !line) return std::nullopt;
  }
  const auto digits = value_after(index_word, *line);
  const auto index = digits ? from_decimal(*digits) : std::nullopt;
  if (!index || *index >= index_limit || !take_hashes(text, proof.hashes)) return std::nullopt;
  if (text.empty()) return std::nullopt;
  proof.index = *index;
  proof.checkpoint = text;
  return proof;
}

}  // namespace crypto
