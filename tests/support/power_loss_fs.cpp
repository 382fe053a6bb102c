#include "tests/support/power_loss_fs.hpp"

#include <rocksdb/env.h>
#include <rocksdb/file_system.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <thread>
#include <utility>

#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"

namespace test_support {
namespace {

using rocksdb::IODebugContext;
using rocksdb::IOOptions;
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

Split split(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return {path.substr(0, slash), path.substr(slash + 1)};
}

IOStatus no_such(const std::string& path) {
  return IOStatus::PathNotFound(path, "no such file");
}

}  // namespace

// ---- the disk ----

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

// ---- files, as RocksDB sees them ----

namespace {

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
IOStatus copy_out(const Node& node, std::uint64_t offset, std::size_t n, rocksdb::Slice* result,
                  char* scratch) {
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

}  // namespace

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

// ---- background jobs, one at a time and when the test says ----

class PowerLossFs::Env final : public rocksdb::EnvWrapper {
 public:
  explicit Env(Disk& disk)
      : EnvWrapper(rocksdb::NewCompositeEnv(std::make_shared<FileSystem>(disk))),
        worker_([this] { work(); }) {}

  ~Env() override {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_all();
    worker_.join();
  }

  void Schedule(void (*function)(void*), void* argument, Priority priority, void* tag,
                void (*unscheduled)(void*)) override {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back({function, argument, priority, tag, unscheduled});
    }
    changed_.notify_all();
  }

  int UnSchedule(void* tag, Priority priority) override {
    std::deque<Job> dropped;
    {
      const std::lock_guard lock(mutex_);
      const auto kept = std::stable_partition(jobs_.begin(), jobs_.end(), [&](const Job& job) {
        return job.tag != tag || job.priority != priority;
      });
      dropped.assign(kept, jobs_.end());
      jobs_.erase(kept, jobs_.end());
    }
    for (const Job& job : dropped) {
      if (job.unscheduled != nullptr) job.unscheduled(job.argument);
    }
    return static_cast<int>(dropped.size());
  }

  unsigned int GetThreadPoolQueueLen(Priority) const override { return 0; }

  // RocksDB waits a while after a failed background job; nothing here gets better by waiting.
  void SleepForMicroseconds(int) override { std::this_thread::yield(); }

  // A job that fails asks for itself again, for ever; a healthy disk needs few.
  void settle() {
    for (int jobs = 0; jobs < most_jobs; ++jobs) {
      const std::optional<Job> job = next();
      if (!job) return;
      job->function(job->argument);
    }
  }

  void set_free(bool free) {
    {
      std::unique_lock lock(mutex_);
      free_ = free;
      if (!free) changed_.wait(lock, [this] { return !busy_; });
    }
    changed_.notify_all();
  }

 private:
  struct Job {
    void (*function)(void*);
    void* argument;
    Priority priority;
    void* tag;
    void (*unscheduled)(void*);
  };

  static constexpr int most_jobs = 50;

  std::optional<Job> next() {
    const std::lock_guard lock(mutex_);
    return jobs_.empty() ? std::nullopt : std::optional(take(jobs_.begin()));
  }

  Job take(const std::deque<Job>::iterator& at) {
    const Job job = *at;
    jobs_.erase(at);
    return job;
  }

  // Writing a memtable out has this priority; compaction, which nobody waits for, a lower one.
  std::deque<Job>::iterator urgent() {
    return std::find_if(jobs_.begin(), jobs_.end(),
                        [](const Job& job) { return job.priority == Priority::HIGH; });
  }

  void work() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return stopping_ || (free_ && urgent() != jobs_.end()); });
      if (stopping_) return;
      const Job job = take(urgent());
      busy_ = true;
      lock.unlock();
      job.function(job.argument);
      lock.lock();
      busy_ = false;
      changed_.notify_all();
    }
  }

  std::mutex mutex_;  // guards everything below but the thread
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool free_ = false;
  bool busy_ = false;
  bool stopping_ = false;
  std::thread worker_;
};

// ---- the lock slot's file ----

class PowerLossFs::SlotFile final : public ledger::LockFile {
 public:
  SlotFile(Disk& disk, std::string path) : disk_(disk), path_(std::move(path)) {}

  ledger::Result<std::optional<std::string>> read() override {
    std::optional<std::string> content;
    const IOStatus status = disk_.look([&] {
      const NodePtr node = disk_.find(path_);
      if (node && !node->bytes.empty()) content = node->bytes;
      return IOStatus::OK();
    });
    if (!status.ok()) return ledger::violates(ledger::LOG_18, status.ToString());
    return content;
  }

  ledger::Result<> create(std::string_view content) override {
    const Split place = split(path_);  // clang captures no structured binding
    const std::string& directory = place.directory;
    const std::string& name = place.name;
    const auto node = std::make_shared<Node>();
    IOStatus status = change([&] { return disk_.rename_in(directory, {{name + ".new", node}}); });
    if (status.ok()) status = change([&] { return disk_.append(*node, content); });
    if (status.ok()) status = sync_file(*node);
    if (status.ok()) {
      status = change([&] {
        return disk_.rename_in(directory, {{name + ".new", nullptr}, {name, node}});
      });
    }
    if (status.ok()) {
      status =
          disk_.change(Disk::Kind::sync, [&] { return disk_.sync_names(*disk_.find(directory)); });
    }
    return result_of(status);
  }

  ledger::Result<> overwrite(std::uint64_t offset, std::string_view bytes) override {
    return result_of(change([&] { return disk_.write(*disk_.find(path_), offset, bytes); }));
  }

  ledger::Result<> sync() override { return result_of(sync_file(*node())); }

 private:
  NodePtr node() const {
    const std::lock_guard lock(disk_.mutex);
    return disk_.find(path_);
  }
  template <class Work>
  IOStatus change(Work work) {
    return disk_.change(Disk::Kind::change, work);
  }
  IOStatus sync_file(Node& node) {
    return disk_.change(Disk::Kind::sync, [&] { return disk_.sync(node); });
  }
  static ledger::Result<> result_of(const IOStatus& status) {
    if (!status.ok()) return ledger::violates(ledger::LOG_12, status.ToString());
    return {};
  }

  Disk& disk_;
  const std::string path_;
};

// ---- the test's side ----

PowerLossFs::PowerLossFs() : disk_(std::make_unique<Disk>()), env_(std::make_unique<Env>(*disk_)) {}
PowerLossFs::~PowerLossFs() = default;

rocksdb::Env* PowerLossFs::env() const {
  return env_.get();
}

std::unique_ptr<ledger::LockFile> PowerLossFs::lock_file(const std::string& path) {
  return std::make_unique<SlotFile>(*disk_, path);
}

void PowerLossFs::settle() {
  env_->settle();
}

void PowerLossFs::freely(const std::function<void()>& work) {
  env_->set_free(true);
  work();
  env_->set_free(false);
}

std::uint64_t PowerLossFs::operations() const {
  const std::lock_guard lock(disk_->mutex);
  return disk_->operations;
}

std::uint64_t PowerLossFs::syncs() const {
  const std::lock_guard lock(disk_->mutex);
  return disk_->syncs;
}

void PowerLossFs::cut_at_operation(std::uint64_t nth, Moment moment) {
  const std::lock_guard lock(disk_->mutex);
  disk_->cut = Disk::Cut{disk_->operations + nth, false, moment};
}

void PowerLossFs::cut_at_sync(std::uint64_t nth, Moment moment) {
  const std::lock_guard lock(disk_->mutex);
  disk_->cut = Disk::Cut{disk_->syncs + nth, true, moment};
}

void PowerLossFs::cut_now() {
  const std::lock_guard lock(disk_->mutex);
  disk_->off = true;
}

bool PowerLossFs::is_off() const {
  const std::lock_guard lock(disk_->mutex);
  return disk_->off;
}

void PowerLossFs::restart(Leftover leftover, std::uint64_t seed) {
  const std::lock_guard lock(disk_->mutex);
  disk_->lose(leftover, seed);
}

void PowerLossFs::fail_sync(std::uint64_t nth, Flavour flavour) {
  const std::lock_guard lock(disk_->mutex);
  disk_->fault = {disk_->syncs + nth, flavour};
}

void PowerLossFs::leave_space(std::uint64_t bytes) {
  const std::lock_guard lock(disk_->mutex);
  disk_->space = bytes;
}

void PowerLossFs::forget_faults() {
  const std::lock_guard lock(disk_->mutex);
  disk_->forget_faults();
}

std::vector<std::string> PowerLossFs::names(const std::string& directory) const {
  const std::lock_guard lock(disk_->mutex);
  std::vector<std::string> names;
  if (const NodePtr node = disk_->find(directory)) {
    for (const auto& entry : node->entries) names.push_back(entry.first);
  }
  return names;
}

std::string PowerLossFs::bytes(const std::string& path) const {
  const std::lock_guard lock(disk_->mutex);
  const NodePtr node = disk_->find(path);
  ENSURE(node && !node->is_directory, "the file that a test looks at is there");
  return node->bytes;
}

void PowerLossFs::put(const std::string& path, std::string bytes) {
  const std::lock_guard lock(disk_->mutex);
  const NodePtr directory = disk_->find(split(path).directory);
  ENSURE(directory != nullptr, "a file is put into a directory that is there");
  NodePtr& node = directory->entries[split(path).name];
  if (!node) node = std::make_shared<Node>();
  node->bytes = node->durable = std::move(bytes);
  node->dirty_from = clean;
  node->dirty_to = 0;
  directory->durable_entries[split(path).name] = node;
}

void PowerLossFs::remove(const std::string& path) {
  const std::lock_guard lock(disk_->mutex);
  const NodePtr directory = disk_->find(split(path).directory);
  ENSURE(directory != nullptr, "a file is removed from a directory that is there");
  directory->entries.erase(split(path).name);
  directory->durable_entries.erase(split(path).name);
}

}  // namespace test_support
