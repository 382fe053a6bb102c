// A store whose appends fail on purpose, in both flavours: the batch is on the disk, or it is not.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "ledger/store.hpp"
#include "tests/support/power_loss_fs.hpp"

namespace test_support {

// Stands between a writer and `disk`, which outlives it. A restart is another FaultStore over the
// same disk: it then sees what the failed append left there.
class FaultStore final : public ledger::Store {
 public:
  explicit FaultStore(ledger::Store& disk);

  // The nth append from now (1 is the next) fails so.
  void fail_append(std::uint64_t nth, Flavour flavour);

  [[nodiscard]] ledger::Result<ledger::Epoch> open_epoch() override;
  [[nodiscard]] ledger::Result<> append(ledger::Epoch epoch, ledger::Seq first,
                                        const ledger::StoreBatch& batch) override;
  [[nodiscard]] ledger::Seq size() const override { return size_; }
  [[nodiscard]] ledger::Result<> read(ledger::Seq from, ledger::Seq to,
                                      const ledger::LineVisitor& visit) const override;
  [[nodiscard]] ledger::Result<std::optional<std::string>> line(ledger::Seq seq) const override;
  [[nodiscard]] ledger::Result<std::optional<std::string>> tile(unsigned level,
                                                                std::uint64_t index) const override;
  [[nodiscard]] ledger::Result<std::optional<std::string>> checkpoint_covering(
      ledger::Seq seq) const override;
  [[nodiscard]] ledger::Result<std::optional<std::string>> newest_checkpoint() const override;

 private:
  ledger::Store& disk_;
  std::atomic<ledger::Seq> size_;
  std::optional<std::string> empty_checkpoint_;  // the one of size 0, as it was seen
  std::uint64_t countdown_ = 0;                  // appends until the failing one; 0: none
  Flavour flavour_ = Flavour::lost;
  bool failed_ = false;
};

}  // namespace test_support
