// The disk of PowerLossFs as RocksDB sees it; for its sources alone.
#pragma once

#include <rocksdb/file_system.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ensure.hpp"
#include "tests/support/power_loss_disk.hpp"

namespace test_support::power_loss {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;

template <class Disk>
class Appended final : public rocksdb::FSWritableFile {
 public:
  Appended(Disk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
  using FSWritableFile::Append;
  IOStatus Append(const rocksdb::Slice& data, const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::change,
                        [&] { return disk_.append(*node_, data.ToStringView()); });
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo&, IODebugContext* context) override {
    return Append(data, options, context);
  }
  IOStatus Truncate(std::uint64_t size, const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::change, [&] {
      node_->bytes.resize(size);
      node_->dirty_from = std::min<std::size_t>(node_->dirty_from, size);
      node_->dirty_to = std::min<std::size_t>(node_->dirty_to, size);
      return IOStatus::OK();
    });
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::sync, [&] { return disk_.sync(*node_); });
  }
  bool IsSyncThreadSafe() const override { return true; }
  std::uint64_t GetFileSize(const IOOptions&, IODebugContext*) override {
    const std::lock_guard lock(disk_.mutex);
    return node_->bytes.size();
  }

 private:
  Disk& disk_;
  const NodePtr node_;
};

// Copies up to `n` bytes from `offset` on.
inline IOStatus copy_out(const Node& node, std::uint64_t offset, std::size_t n,
                         rocksdb::Slice* result, char* scratch) {
  const std::size_t from = std::min<std::size_t>(offset, node.bytes.size());
  const std::size_t length = node.bytes.copy(scratch, n, from);
  *result = rocksdb::Slice(scratch, length);
  return IOStatus::OK();
}

template <class Disk>
class WriteAnywhere final : public rocksdb::FSRandomRWFile {
 public:
  WriteAnywhere(Disk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
  IOStatus Write(std::uint64_t offset, const rocksdb::Slice& data, const IOOptions&,
                 IODebugContext*) override {
    return disk_.change(Disk::Kind::change,
                        [&] { return disk_.write(*node_, offset, data.ToStringView()); });
  }
  IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions&, rocksdb::Slice* result,
                char* scratch, IODebugContext*) const override {
    return disk_.look([&] { return copy_out(*node_, offset, n, result, scratch); });
  }
  IOStatus Flush(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }
  IOStatus Sync(const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::sync, [&] { return disk_.sync(*node_); });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* context) override {
    return Sync(options, context);
  }
  IOStatus Close(const IOOptions&, IODebugContext*) override { return IOStatus::OK(); }

 private:
  Disk& disk_;
  const NodePtr node_;
};

template <class Disk>
class ReadAnywhere final : public rocksdb::FSRandomAccessFile {
 public:
  ReadAnywhere(Disk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
  IOStatus Read(std::uint64_t offset, std::size_t n, const IOOptions&, rocksdb::Slice* result,
                char* scratch, IODebugContext*) const override {
    return disk_.look([&] { return copy_out(*node_, offset, n, result, scratch); });
  }

 private:
  Disk& disk_;
  const NodePtr node_;
};

template <class Disk>
class ReadInOrder final : public rocksdb::FSSequentialFile {
 public:
  ReadInOrder(Disk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
  IOStatus Read(std::size_t n, const IOOptions&, rocksdb::Slice* result, char* scratch,
                IODebugContext*) override {
    return disk_.look([&] {
      IOStatus status = copy_out(*node_, at_, n, result, scratch);
      at_ += result->size();
      return status;
    });
  }
  IOStatus Skip(std::uint64_t n) override {
    at_ += n;
    return IOStatus::OK();
  }

 private:
  Disk& disk_;
  const NodePtr node_;
  std::uint64_t at_ = 0;
};

template <class Disk>
class OpenDirectory final : public rocksdb::FSDirectory {
 public:
  OpenDirectory(Disk& disk, NodePtr node) : disk_(disk), node_(std::move(node)) {}
  IOStatus Fsync(const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::sync, [&] { return disk_.sync_names(*node_); });
  }

 private:
  Disk& disk_;
  const NodePtr node_;
};

struct HeldLock final : rocksdb::FileLock {
  explicit HeldLock(std::string held) : path(std::move(held)) {}
  std::string path;
};

}  // namespace test_support::power_loss

namespace test_support {

class PowerLossFs::FileSystem final : public rocksdb::FileSystem {
 public:
  explicit FileSystem(Disk& disk) : disk_(disk) {}
  const char* Name() const override { return "PowerLossFs"; }

  IOStatus NewSequentialFile(const std::string& path, const rocksdb::FileOptions&,
                             std::unique_ptr<rocksdb::FSSequentialFile>* result,
                             IODebugContext*) override {
    return open<ReadInOrder<Disk>>(path, result);
  }
  IOStatus NewRandomAccessFile(const std::string& path, const rocksdb::FileOptions&,
                               std::unique_ptr<rocksdb::FSRandomAccessFile>* result,
                               IODebugContext*) override {
    return open<ReadAnywhere<Disk>>(path, result);
  }
  IOStatus NewRandomRWFile(const std::string& path, const rocksdb::FileOptions&,
                           std::unique_ptr<rocksdb::FSRandomRWFile>* result,
                           IODebugContext*) override {
    return open<WriteAnywhere<Disk>>(path, result);
  }
  IOStatus NewDirectory(const std::string& path, const IOOptions&,
                        std::unique_ptr<rocksdb::FSDirectory>* result, IODebugContext*) override {
    return open<OpenDirectory<Disk>>(path, result);
  }
  IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions&,
                           std::unique_ptr<rocksdb::FSWritableFile>* result,
                           IODebugContext*) override {
    return disk_.change(Disk::Kind::change, [&] {
      auto node = std::make_shared<Node>();
      result->reset(new Appended<Disk>(disk_, node));
      return disk_.rename_in(split(path).directory, {{split(path).name, node}});
    });
  }

  IOStatus FileExists(const std::string& path, const IOOptions&, IODebugContext*) override {
    return with(path, [](const Node&) {});
  }
  IOStatus GetChildren(const std::string& path, const IOOptions&, std::vector<std::string>* result,
                       IODebugContext*) override {
    result->clear();
    return with(path, [&](const Node& node) {
      for (const auto& entry : node.entries) result->push_back(entry.first);
    });
  }
  IOStatus GetFileSize(const std::string& path, const IOOptions&, std::uint64_t* size,
                       IODebugContext*) override {
    return with(path, [&](const Node& node) { *size = node.bytes.size(); });
  }
  IOStatus GetFileModificationTime(const std::string& path, const IOOptions&, std::uint64_t* time,
                                   IODebugContext*) override {
    return with(path, [&](const Node&) { *time = 0; });
  }
  IOStatus IsDirectory(const std::string& path, const IOOptions&, bool* is_directory,
                       IODebugContext*) override {
    return with(path, [&](const Node& node) { *is_directory = node.is_directory; });
  }

  IOStatus DeleteFile(const std::string& path, const IOOptions&, IODebugContext*) override {
    return remove(path);
  }
  IOStatus DeleteDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return remove(path);
  }
  IOStatus CreateDir(const std::string& path, const IOOptions&, IODebugContext*) override {
    return disk_.change(Disk::Kind::change, [&] {
      auto node = std::make_shared<Node>();
      node->is_directory = true;
      return disk_.rename_in(split(path).directory, {{split(path).name, node}});
    });
  }
  IOStatus CreateDirIfMissing(const std::string& path, const IOOptions& options,
                              IODebugContext* context) override {
    if (FileExists(path, options, context).ok()) return IOStatus::OK();
    return CreateDir(path, options, context);
  }
  IOStatus RenameFile(const std::string& from, const std::string& to, const IOOptions&,
                      IODebugContext*) override {
    return disk_.change(Disk::Kind::change, [&] {
      const NodePtr node = disk_.find(from);
      if (!node) return no_such(from);
      ENSURE(split(from).directory == split(to).directory, "RocksDB renames inside a directory");
      return disk_.rename_in(split(to).directory,
                             {{split(from).name, nullptr}, {split(to).name, node}});
    });
  }

  IOStatus LockFile(const std::string& path, const IOOptions&, rocksdb::FileLock** lock,
                    IODebugContext*) override {
    return disk_.look([&] {
      if (!disk_.locked.insert(path).second) return IOStatus::IOError(path, "is locked");
      *lock = new HeldLock(path);
      return IOStatus::OK();
    });
  }
  IOStatus UnlockFile(rocksdb::FileLock* lock, const IOOptions&, IODebugContext*) override {
    const std::unique_ptr<HeldLock> held(static_cast<HeldLock*>(lock));
    const std::lock_guard guard(disk_.mutex);
    disk_.locked.erase(held->path);
    return IOStatus::OK();
  }

  IOStatus GetTestDirectory(const IOOptions&, std::string* path, IODebugContext*) override {
    *path = "/data";
    return IOStatus::OK();
  }
  IOStatus GetFreeSpace(const std::string&, const IOOptions&, std::uint64_t* bytes,
                        IODebugContext*) override {
    return disk_.look([&] {
      *bytes = disk_.space;
      return IOStatus::OK();
    });
  }
  IOStatus GetAbsolutePath(const std::string& path, const IOOptions&, std::string* result,
                           IODebugContext*) override {
    *result = path;
    return IOStatus::OK();
  }

 private:
  template <class File, class Result>
  IOStatus open(const std::string& path, Result* result) {
    return disk_.look([&] {
      NodePtr node = disk_.find(path);
      if (!node) return no_such(path);
      result->reset(new File(disk_, std::move(node)));
      return IOStatus::OK();
    });
  }

  template <class Look>
  IOStatus with(const std::string& path, Look look) {
    return disk_.look([&] {
      const NodePtr node = disk_.find(path);
      if (!node) return IOStatus::NotFound(path);
      look(*node);
      return IOStatus::OK();
    });
  }

  IOStatus remove(const std::string& path) {
    return disk_.change(Disk::Kind::change, [&] {
      if (!disk_.find(path)) return no_such(path);
      return disk_.rename_in(split(path).directory, {{split(path).name, nullptr}});
    });
  }

  Disk& disk_;
};

}  // namespace test_support
