// A Table in memory, with versions of rows for as long as a snapshot needs them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/table.hpp"

namespace ledger {

// Holds everything as long as the object lives; the contract is Table's. A snapshot is a number:
// rows keep the versions that a living snapshot can still see, so taking one costs nothing.
class MemoryTable final : public Table {
 public:
  [[nodiscard]] Result<> apply(const TableBatch& batch, Seq position) override;
  [[nodiscard]] Seq position() const override;
  [[nodiscard]] std::unique_ptr<TableSnapshot> snapshot() const override;
  [[nodiscard]] Result<> clear() override;
  [[nodiscard]] Result<> flush() override { return {}; }

 private:
  class Snapshot;
  using Generation = std::uint64_t;  // counts applies
  struct Version {
    Generation since;
    std::optional<std::string> value;  // nothing: erased
  };
  using Versions = std::vector<Version>;  // ascending

  void change(const std::string& key, std::optional<std::string> value);
  void drop_unseen(Versions& versions) const;
  void sweep();

  mutable std::shared_mutex mutex_;  // guards every field below
  std::map<std::string, Versions, std::less<>> rows_;
  std::set<std::string> crowded_;                // keys with old or erased versions
  mutable std::multiset<Generation> snapshots_;  // living ones
  Generation generation_ = 0;
  std::optional<Generation> swept_for_;  // the oldest snapshot at the last sweep
  Seq position_ = 0;
};

}  // namespace ledger
