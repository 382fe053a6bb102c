// What a disk has, what it would have after a power loss, and the faults that a test asked for:
// beneath PowerLossFs, and for its sources alone.
#pragma once

#include <rocksdb/io_status.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ensure.hpp"
#include "tests/support/power_loss_fs.hpp"

namespace test_support::power_loss {

using rocksdb::IOStatus;

constexpr std::size_t sector = 512;
constexpr std::size_t clean = std::numeric_limits<std::size_t>::max();

struct Node;
using NodePtr = std::shared_ptr<Node>;

// One change of a directory, whole or not at all: names and what they then mean (nothing: gone).
using NameChange = std::vector<std::pair<std::string, NodePtr>>;

// A file or a directory, as programs see it and as it would be after a power loss.
struct Node {
  bool is_directory = false;
  std::string bytes, durable;
  std::size_t dirty_from = clean, dirty_to = 0;  // where they may differ
  std::map<std::string, NodePtr> entries, durable_entries;
  std::vector<NameChange> unsynced;  // what leads from the durable entries to the entries
};

struct Split {
  std::string directory, name;
};

inline Split split(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return {path.substr(0, slash), path.substr(slash + 1)};
}

inline IOStatus no_such(const std::string& path) {
  return IOStatus::PathNotFound(path, "no such file");
}

}  // namespace test_support::power_loss

namespace test_support {

using namespace power_loss;

class PowerLossFs::Disk {
 public:
  Disk() {
    root_->is_directory = true;
    auto data = std::make_shared<Node>();
    data->is_directory = true;
    root_->entries["data"] = root_->durable_entries["data"] = data;
  }

  enum class Kind { change, sync };

  // Does one operation under the lock, unless the power is off or fails at it.
  template <class Work>
  IOStatus change(Kind kind, Work work) {
    const std::lock_guard lock(mutex);
    if (off) return IOStatus::IOError("the power is off");
    ++operations;
    if (kind == Kind::sync) ++syncs;
    const bool hit =
        cut && (cut->of_syncs ? kind == Kind::sync && syncs == cut->at : operations == cut->at);
    if (hit) off = true;
    if (hit && cut->moment == Moment::before) return IOStatus::IOError("the power fails");
    return work();
  }

  template <class Work>
  IOStatus look(Work work) const {
    const std::lock_guard lock(mutex);
    if (off) return IOStatus::IOError("the power is off");
    return work();
  }

  [[nodiscard]] NodePtr find(const std::string& path) const {
    NodePtr node = root_;
    std::size_t at = 0;
    while (node && at < path.size()) {
      const std::size_t from = path.find_first_not_of('/', at);
      if (from == std::string::npos) break;
      at = std::min(path.find('/', from), path.size());
      const auto next = node->entries.find(path.substr(from, at - from));
      node = next == node->entries.end() ? nullptr : next->second;
    }
    return node;
  }

  // Changes the names of the directory that holds `path`.
  IOStatus rename_in(const std::string& directory, NameChange change) {
    const NodePtr node = find(directory);
    if (!node || !node->is_directory) return no_such(directory);
    apply(node->entries, change);
    node->unsynced.push_back(std::move(change));
    return IOStatus::OK();
  }

  // As much as there is space for, as a real disk does.
  IOStatus append(Node& node, std::string_view bytes) {
    const std::size_t fits = std::min<std::uint64_t>(bytes.size(), space);
    space -= fits;
    node.dirty_from = std::min(node.dirty_from, node.bytes.size());
    node.bytes += bytes.substr(0, fits);
    node.dirty_to = node.bytes.size();
    return fits == bytes.size() ? IOStatus::OK() : IOStatus::NoSpace("no space left on the disk");
  }

  // Over what is there, and as far behind it as there is space for.
  IOStatus write(Node& node, std::size_t offset, std::string_view bytes) {
    ENSURE(offset <= node.bytes.size(), "a file has no holes");
    const std::size_t over = std::min(bytes.size(), node.bytes.size() - offset);
    node.bytes.replace(offset, over, bytes, 0, over);
    node.dirty_from = std::min(node.dirty_from, offset);
    node.dirty_to = std::max(node.dirty_to, offset + over);
    return over == bytes.size() ? IOStatus::OK() : append(node, bytes.substr(over));
  }

  IOStatus sync(Node& node) {
    const std::optional<Flavour> failed = fault_now();
    if (failed == Flavour::lost) {
      forget_bytes(node);
    } else {
      settle_bytes(node);
    }
    return failed ? IOStatus::IOError("the disk reports an error") : IOStatus::OK();
  }

  IOStatus sync_names(Node& node) {
    const std::optional<Flavour> failed = fault_now();
    if (failed != Flavour::lost) settle_names(node);
    return failed ? IOStatus::IOError("the disk reports an error") : IOStatus::OK();
  }

  // The fault that was asked for at this very sync.
  std::optional<Flavour> fault_now() {
    if (!fault || syncs != fault->first) return std::nullopt;
    return std::exchange(fault, std::nullopt)->second;
  }

  static void settle_bytes(Node& node) {
    if (node.dirty_from == clean) return;
    node.durable.resize(std::min(node.dirty_from, node.durable.size()));
    node.durable.append(node.bytes, node.durable.size());
    node.dirty_from = clean;
    node.dirty_to = 0;
  }

  static void forget_bytes(Node& node) {
    node.bytes = node.durable;
    node.dirty_from = clean;
    node.dirty_to = 0;
  }

  static void settle_names(Node& node) {
    node.durable_entries = node.entries;
    node.unsynced.clear();
  }

  void lose(Leftover leftover, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    lose(*root_, leftover, random);
    off = false;
    locked.clear();
    forget_faults();
  }

  void forget_faults() {
    cut.reset();
    fault.reset();
    space = std::numeric_limits<std::uint64_t>::max();
  }

  struct Cut {
    std::uint64_t at;
    bool of_syncs;
    Moment moment;
  };

  mutable std::mutex mutex;  // guards everything below
  std::uint64_t operations = 0;
  std::uint64_t syncs = 0;
  bool off = false;
  std::optional<Cut> cut;
  std::optional<std::pair<std::uint64_t, Flavour>> fault;  // at which sync
  std::uint64_t space = std::numeric_limits<std::uint64_t>::max();
  std::set<std::string> locked;

 private:
  static void apply(std::map<std::string, NodePtr>& entries, const NameChange& change) {
    for (const auto& [name, node] : change) {
      if (node) entries[name] = node;
      if (!node) entries.erase(name);
    }
  }

  static std::size_t draw(std::mt19937_64& random, std::size_t most) {
    return random() % (most + 1);
  }

  void lose(Node& node, Leftover leftover, std::mt19937_64& random) {
    if (!node.is_directory) return lose_bytes(node, leftover, random);
    node.entries = node.durable_entries;
    const std::size_t kept = leftover == Leftover::nothing ? 0 : draw(random, node.unsynced.size());
    for (std::size_t i = 0; i < kept; ++i) apply(node.entries, node.unsynced[i]);
    settle_names(node);
    for (const auto& [name, child] : node.entries) lose(*child, leftover, random);
  }

  static void lose_bytes(Node& node, Leftover leftover, std::mt19937_64& random) {
    std::string left = node.durable;
    if (leftover != Leftover::nothing && node.dirty_from != clean) {
      const std::size_t dirty = std::max(node.dirty_from, node.dirty_to) - node.dirty_from;
      // What was written last may be little before many zeros.
      const std::size_t end =
          node.dirty_from + draw(random, random() % 2 == 0 ? dirty : std::min(dirty, 8 * sector));
      if (end > left.size()) left.resize(end, '\0');
      for (std::size_t at = node.dirty_from; at < end;) {
        const std::size_t next = std::min(end, (at / sector + 1) * sector);
        const bool arrived = leftover == Leftover::prefix || random() % 2 == 0;
        if (arrived) left.replace(at, next - at, node.bytes, at, next - at);
        at = next;
      }
    }
    node.bytes = node.durable = left;
    node.dirty_from = clean;
    node.dirty_to = 0;
  }

  NodePtr root_ = std::make_shared<Node>();
};

}  // namespace test_support
