#include "ledger/rocks_wal.hpp"

#include <rocksdb/env.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace ledger {
namespace {

using rocksdb::Slice;
using rocksdb::Status;

constexpr std::size_t filled_at_once = 256 << 10;
// Records end at least a header into a block, and so do the zeros behind them: no file ends in less
// than a header, which would count as torn. While they are shorter than RocksDB's buffer of 1 MiB,
// it appends whole ones.
static_assert(filled_at_once % (32 << 10) == 0, "zeros end as far into a block as they begin");
// For longer ones the zeros cost as much as they save: every byte is written twice.
constexpr std::size_t longest_to_fill_for = 64 << 10;

class FilledLog final : public rocksdb::WritableFile {
 public:
  explicit FilledLog(std::unique_ptr<rocksdb::RandomRWFile> file) : file_(std::move(file)) {}

  Status Append(const Slice& data) override {
    Status written = file_->Write(size_, data);
    if (!written.ok()) return written;
    size_ += data.size();
    if (size_ > filled_ && data.size() <= longest_to_fill_for) fill();
    return written;
  }
  Status Append(const Slice& data, const rocksdb::DataVerificationInfo&) override {
    return Append(data);
  }
  Status Flush() override { return file_->Flush(); }
  Status Sync() override { return file_->Sync(); }
  Status Fsync() override { return file_->Fsync(); }
  Status Close() override { return file_->Close(); }
  std::uint64_t GetFileSize() override { return size_; }
  bool IsSyncThreadSafe() const override { return true; }

 private:
  // Zeros save time and nothing else. What does not take them, for want of space or by a quota,
  // may still take entries; what takes nothing says so at the next sync or entry.
  void fill() {
    static const std::string zeros(filled_at_once, '\0');
    static_cast<void>(file_->Write(size_, zeros));
    filled_ = size_ + zeros.size();
  }

  const std::unique_ptr<rocksdb::RandomRWFile> file_;
  std::uint64_t size_ = 0;    // of what was appended
  std::uint64_t filled_ = 0;  // up to there zeros were written, or tried to be
};

class FilledLogs final : public rocksdb::EnvWrapper {
 public:
  using EnvWrapper::EnvWrapper;

  Status NewWritableFile(const std::string& name, std::unique_ptr<rocksdb::WritableFile>* result,
                         const rocksdb::EnvOptions& options) override {
    Status status = EnvWrapper::NewWritableFile(name, result, options);
    if (!status.ok() || !std::string_view(name).ends_with(".log")) return status;
    status = (*result)->Close();  // it is made, and empty
    std::unique_ptr<rocksdb::RandomRWFile> file;
    if (status.ok()) status = NewRandomRWFile(name, &file, options);
    if (status.ok()) {
      *result = std::make_unique<FilledLog>(std::move(file));
    } else {
      result->reset();
    }
    return status;
  }

  // Who does not know how much there is does not wait for more: RocksDB would go on by itself once
  // a full disk has space again, and a failed write is final here.
  Status GetFreeSpace(const std::string&, std::uint64_t*) override {
    return Status::NotSupported("free space is not asked for");
  }
};

}  // namespace

std::unique_ptr<rocksdb::Env> fill_write_ahead_logs(rocksdb::Env& env) {
  return std::make_unique<FilledLogs>(&env);
}

}  // namespace ledger
