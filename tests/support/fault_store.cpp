#include "tests/support/fault_store.hpp"

#include "ledger/clauses_log.hpp"

namespace test_support {

using namespace ledger;

FaultStore::FaultStore(Store& disk) : disk_(disk), size_(disk.size()) {
  if (size_ == 0) empty_checkpoint_ = disk.newest_checkpoint().value();
}

void FaultStore::fail_append(std::uint64_t nth, Flavour flavour) {
  countdown_ = nth;
  flavour_ = flavour;
}

Result<Epoch> FaultStore::open_epoch() {
  if (failed_) return violates(LOG_12, "an earlier write failed");
  return disk_.open_epoch();
}

Result<> FaultStore::append(Epoch epoch, Seq first, const StoreBatch& batch) {
  if (failed_) return violates(LOG_12, "an earlier write failed");
  const bool fails = countdown_ > 0 && --countdown_ == 0;
  if (fails && flavour_ == Flavour::persisted) {
    if (auto admitted = disk_.append(epoch, first, batch); !admitted) return admitted;
  }
  if (fails) {
    failed_ = true;
    return violates(LOG_12, "the disk reports an error");
  }
  if (auto appended = disk_.append(epoch, first, batch); !appended) return appended;
  if (batch.lines.empty() && size_ == 0) empty_checkpoint_ = std::string(batch.checkpoint);
  size_ += batch.lines.size();
  return {};
}

Result<> FaultStore::read(Seq from, Seq to, const LineVisitor& visit) const {
  return disk_.read(from, to, visit);
}

Result<std::optional<std::string>> FaultStore::line(Seq seq) const {
  if (seq >= size_) return std::nullopt;
  return disk_.line(seq);
}

Result<std::optional<std::string>> FaultStore::tile(unsigned level, std::uint64_t index) const {
  return disk_.tile(level, index);
}

Result<std::optional<std::string>> FaultStore::checkpoint_covering(Seq seq) const {
  if (seq >= size_) return std::nullopt;
  return disk_.checkpoint_covering(seq);
}

Result<std::optional<std::string>> FaultStore::newest_checkpoint() const {
  if (size_ == 0) return empty_checkpoint_;
  return disk_.checkpoint_covering(size_ - 1);
}

}  // namespace test_support
