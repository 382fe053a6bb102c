// The newest size and root that were ever acknowledged, kept outside the data directory, so that a
// restored backup cannot fork the log. Bytes: spec/log.md.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/bytes.hpp"
#include "ledger/clause.hpp"
#include "ledger/seq.hpp"

namespace ledger {

// What the lock slot remembers: an acknowledged state of the log.
struct LockRecord {
  Seq size = 0;
  crypto::Hash root;
  std::string note;  // the signed checkpoint; at most 3,992 bytes
  bool operator==(const LockRecord&) const = default;
};

// The file under a lock slot; a second implementation forgets what a power loss would.
// One thread at a time. Every method fails with LOG-12 or LOG-18 and says what the system said.
class LockFile {
 public:
  LockFile() = default;
  LockFile(const LockFile&) = delete;
  LockFile& operator=(const LockFile&) = delete;
  virtual ~LockFile() = default;

  // The whole content; nothing when there is no file or an empty one.
  [[nodiscard]] virtual Result<std::optional<std::string>> read() = 0;
  // Makes the file, durably: after a power loss there is all of it or none. Precondition: none yet.
  [[nodiscard]] virtual Result<> create(std::string_view content) = 0;
  // Overwrites bytes inside the file; durable only after sync.
  [[nodiscard]] virtual Result<> overwrite(std::uint64_t offset, std::string_view bytes) = 0;
  [[nodiscard]] virtual Result<> sync() = 0;
};

// The file at `path`, made empty if there is none; the directory must exist. This object alone has
// the file while it lives: LOG-18 for every other one, in any process.
[[nodiscard]] Result<std::unique_ptr<LockFile>> open_lock_file(const std::filesystem::path& path);

// Two slots of 4 KiB, written in turn, so that one whole record always remains.
// One thread at a time (the committer's). A value; moves.
class LockSlot {
 public:
  static constexpr std::size_t slot_bytes = 4096;
  static constexpr std::size_t longest_note = slot_bytes - 72 - 32;

  // Opens the slot. In a new file `record()` is nothing and the first write fills it: only right
  // when the store has no entry either (see check_lock). LOG-16 when no slot is whole.
  [[nodiscard]] static Result<LockSlot> open(std::unique_ptr<LockFile> file);

  // The newest record that was whole at opening or written since.
  [[nodiscard]] const std::optional<LockRecord>& record() const { return record_; }

  // Records an acknowledged state durably. Fails with LOG-12; then every later write does too.
  // Preconditions: size not below the last one; note not longer than longest_note.
  [[nodiscard]] Result<> write(LockRecord record);

 private:
  explicit LockSlot(std::unique_ptr<LockFile> file) : file_(std::move(file)) {}
  std::unique_ptr<LockFile> file_;
  std::optional<LockRecord> record_;
  std::uint64_t turn_ = 0;  // of the newest whole slot; its place is turn_ % 2
  bool failed_ = false;
};

// Whether a store of `stored` entries may be served under this record, as far as sizes tell. LOG-16
// when there is no record though the store has entries; LOG-17 when the store is behind it. The
// caller also compares the root of the store's first record.size entries: check_lock_root.
[[nodiscard]] Result<> check_lock(const std::optional<LockRecord>& record, Seq stored);

// LOG-17 unless `root`, of the store's first record.size entries, is the recorded one.
[[nodiscard]] Result<> check_lock_root(const LockRecord& record, const crypto::Hash& root);

}  // namespace ledger
