#include "tests/support/power_loss_fs.hpp"

#include <rocksdb/env.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"
#include "tests/support/power_loss_files.hpp"

namespace test_support {

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
