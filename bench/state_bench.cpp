// state_tree: changes of a state tree, a thousand before each root.
#include <cstddef>
#include <cstdint>
#include <random>
#include <string>

#include "bench/figure.hpp"
#include "crypto/hash.hpp"
#include "crypto/state_tree.hpp"
#include "ledger/ensure.hpp"

namespace bench {
namespace {

using crypto::Hash;

constexpr std::uint64_t leaves = 1'000'000;
constexpr std::size_t changes_a_root = 1'000;
constexpr std::size_t roots_a_round = 200;
constexpr std::size_t hashes_a_round = 1'000'000;

// Keys and values of the length that a ledger's have.
std::string key_of(std::uint64_t number) {
  std::string key = "run/XHA99/0000000000000000";
  for (std::size_t at = key.size(); number > 0; number /= 10) {
    key[--at] = static_cast<char>('0' + number % 10);
  }
  return key;
}

std::string value_of(std::uint64_t number) {
  std::string value(96, 'v');
  for (std::size_t at = 0; at < 8; ++at) value[at] = static_cast<char>(number >> 8 * at);
  return value;
}

// A tree that keeps its size: of four changes two give a key another value, one takes a key out and
// one brings a new one.
class Changing {
 public:
  Changing() {
    for (std::uint64_t i = 0; i < leaves; ++i) tree_.set(key_of(i), value_of(i));
    root_ = tree_.root();
  }

  void change(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint64_t some = first_ + random_() % leaves;
      switch (i % 4) {
        case 0: ENSURE(tree_.erase(key_of(first_)), "the oldest key is there"); break;
        case 1: tree_.set(key_of(first_++ + leaves), value_of(some)); break;
        default: tree_.set(key_of(some), value_of(random_())); break;
      }
    }
    const Hash before = root_;
    root_ = tree_.root();
    ENSURE(root_ != before && tree_.size() == leaves, "a tree that changed has another root");
  }

 private:
  crypto::StateTree tree_;
  Hash root_;
  std::uint64_t first_ = 0;  // the keys are those of the numbers from here on
  std::mt19937_64 random_{1};
};

double changes_a_second() {
  static Changing changing;
  const double time = seconds([&] {
    for (std::size_t i = 0; i < roots_a_round; ++i) changing.change(changes_a_root);
  });
  return static_cast<double>(roots_a_round * changes_a_root) / time;
}

double hashes_a_second() {
  std::string message(64, 'm');
  const double time = seconds([&] {
    for (std::size_t i = 0; i < hashes_a_round; ++i) {
      const Hash hash = crypto::sha256(message);
      message.replace(0, hash.view().size(), hash.view());
    }
  });
  ENSURE(message != std::string(64, 'm'), "every message was hashed");
  return static_cast<double>(hashes_a_round) / time;
}

}  // namespace

void add_state_figures() {
  add({.name = "state_tree",
       .unit = "changes/s",
       .base = "SHA-256 of 64-byte messages/s",
       .measure = changes_a_second,
       .measure_base = hashes_a_second});
}

}  // namespace bench
