// A Store in memory: for tests and for checking a log without a disk.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <utility>

#include "ledger/store.hpp"

namespace ledger {

// Holds everything as long as the object lives; the contract is Store's.
class MemoryStore final : public Store {
 public:
  [[nodiscard]] Result<Epoch> open_epoch() override;
  [[nodiscard]] Result<> append(Epoch epoch, Seq first, const StoreBatch& batch) override;
  [[nodiscard]] Seq size() const override;
  [[nodiscard]] Result<> read(Seq from, Seq to, const LineVisitor& visit) const override;
  [[nodiscard]] Result<std::optional<std::string>> line(Seq seq) const override;
  [[nodiscard]] Result<std::optional<std::string>> tile(unsigned level,
                                                        std::uint64_t index) const override;
  [[nodiscard]] Result<std::optional<std::string>> checkpoint_covering(Seq seq) const override;
  [[nodiscard]] Result<std::optional<std::string>> newest_checkpoint() const override;

 private:
  mutable std::shared_mutex mutex_;  // guards every field below
  Epoch epoch_ = 0;
  std::deque<std::string> lines_;
  std::map<std::pair<unsigned, std::uint64_t>, std::string> tiles_;
  std::map<Seq, std::string> checkpoints_;  // by size
};

}  // namespace ledger
