#include "ledger/lock_slot.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

#include "crypto/hash.hpp"
#include "ledger/clauses_log.hpp"
#include "ledger/ensure.hpp"

namespace ledger {

namespace {

constexpr std::string_view magic = "itmo-ledger-slot";
constexpr std::uint64_t format = 1;
constexpr std::size_t note_at = 72;
constexpr std::size_t hash_at = LockSlot::slot_bytes - crypto::Hash::length;

void put_number(std::string& out, std::uint64_t number, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) {
    out.push_back(static_cast<char>(number >> shift & 0xff));
  }
}

std::uint64_t number_at(std::string_view in, std::size_t at, std::size_t bytes) {
  std::uint64_t number = 0;
  for (const char byte : in.substr(at, bytes)) {
    number = number << 8 | static_cast<unsigned char>(byte);
  }
  return number;
}

struct Slot {
  std::uint64_t turn;
  LockRecord record;
};

std::string encode(const Slot& slot) {
  std::string out(magic);
  put_number(out, format, 4);
  put_number(out, slot.record.note.size(), 4);
  put_number(out, slot.turn, 8);
  put_number(out, slot.record.size, 8);
  out += slot.record.root.view();
  out += slot.record.note;
  out.resize(hash_at, '\0');
  out += crypto::sha256(out).view();
  return out;
}

// Nothing unless the slot is whole and lies in the place of its turn.
std::optional<Slot> decode(std::string_view in, std::uint64_t place) {
  if (!in.starts_with(magic) || number_at(in, 16, 4) != format) return std::nullopt;
  if (crypto::sha256(in.substr(0, hash_at)).view() != in.substr(hash_at)) return std::nullopt;
  const std::size_t note_size = number_at(in, 20, 4);
  Slot slot{number_at(in, 24, 8), {}};
  if (note_size > LockSlot::longest_note || slot.turn % 2 != place) return std::nullopt;
  slot.record.size = number_at(in, 32, 8);
  slot.record.root = *crypto::Hash::from(in.substr(40, crypto::Hash::length));
  slot.record.note = in.substr(note_at, note_size);
  return slot;
}

// A whole slot of a format that this program does not know.
bool is_newer(std::string_view in) {
  return in.starts_with(magic) && number_at(in, 16, 4) > format &&
         crypto::sha256(in.substr(0, hash_at)).view() == in.substr(hash_at);
}

std::string system_error() {
  return std::generic_category().message(errno);
}

// Writes all of it, however often the system returns early.
bool write_all(int file, std::string_view bytes, std::uint64_t offset) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
    offset += static_cast<std::uint64_t>(written);
  }
  return true;
}

// Whether the open file is still the one of that name: its first record replaces the file, and a
// lock on the one before would lock nothing.
bool is_at(int file, const std::filesystem::path& path) {
  struct stat opened {};
  struct stat named {};
  return ::fstat(file, &opened) == 0 && ::stat(path.c_str(), &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

class PosixLockFile final : public LockFile {
 public:
  PosixLockFile(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
  ~PosixLockFile() override { ::close(file_); }

  [[nodiscard]] Result<std::optional<std::string>> read() override {
    std::string content;
    std::array<char, 4096> buffer;
    for (;;) {
      const ssize_t got =
          ::pread(file_, buffer.data(), buffer.size(), static_cast<off_t>(content.size()));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return failed(LOG_18, "cannot be read");
      if (got == 0) break;
      content.append(buffer.data(), static_cast<std::size_t>(got));
      if (content.size() > 4 * LockSlot::slot_bytes) break;  // certainly not ours; no need for more
    }
    if (content.empty()) return std::nullopt;
    return content;
  }

  // Under another name first, so that the file is never there half filled.
  [[nodiscard]] Result<> create(std::string_view content) override {
    const std::filesystem::path draft = path_.string() + ".new";
    const int file = ::open(draft.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return failed(LOG_12, "cannot be created");
    if (::flock(file, LOCK_EX | LOCK_NB) != 0 || !write_all(file, content, 0) ||
        ::fsync(file) != 0 || ::rename(draft.c_str(), path_.c_str()) != 0) {
      auto failure = failed(LOG_12, "cannot be created");
      ::close(file);
      return failure;
    }
    ::close(file_);
    file_ = file;
    return sync_directory();
  }

  [[nodiscard]] Result<> overwrite(std::uint64_t offset, std::string_view bytes) override {
    if (!write_all(file_, bytes, offset)) return failed(LOG_12, "cannot be written");
    return {};
  }

  [[nodiscard]] Result<> sync() override {
    if (::fdatasync(file_) != 0) return failed(LOG_12, "cannot be synced");
    return {};
  }

 private:
  [[nodiscard]] Result<> sync_directory() {
    const auto parent = path_.has_parent_path() ? path_.parent_path() : std::filesystem::path(".");
    const int directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = directory >= 0 && ::fsync(directory) == 0;
    auto result = synced ? Result<>{} : failed(LOG_12, "has a directory that cannot be synced");
    if (directory >= 0) ::close(directory);
    return result;
  }

  [[nodiscard]] tl::unexpected<Violation> failed(const Clause& clause, const char* what) const {
    return violates(clause, "the lock slot file " + path_.string() + " " + what + ": " +
                                system_error() + "; the next start reads it again");
  }

  const std::filesystem::path path_;
  int file_;
};

}  // namespace

Result<std::unique_ptr<LockFile>> open_lock_file(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) {
    return violates(LOG_18, "the lock slot file " + path.string() +
                                " cannot be opened: " + system_error() +
                                "; it lies in an existing directory outside the data directory");
  }
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    auto failure =
        violates(LOG_18, "the lock slot file " + path.string() + " is in use by another process (" +
                             system_error() + "): stop that one first");
    ::close(file);
    return failure;
  }
  if (!is_at(file, path)) {
    ::close(file);
    return violates(LOG_18, "the lock slot file " + path.string() +
                                " was replaced while it was opened: another process uses it, stop "
                                "that one first");
  }
  return std::make_unique<PosixLockFile>(path, file);
}

Result<LockSlot> LockSlot::open(std::unique_ptr<LockFile> file) {
  auto content = file->read();
  if (!content) return tl::unexpected(content.error());
  LockSlot lock(std::move(file));
  if (!*content) return lock;
  if ((*content)->size() != 2 * slot_bytes) {
    return violates(LOG_16, "the lock slot file has " + std::to_string((*content)->size()) +
                                " bytes instead of 8,192: it was cut or is another file; bring "
                                "back the file itself, never an older copy");
  }
  std::optional<Slot> newest;
  for (std::uint64_t place = 0; place < 2; ++place) {
    const auto bytes = std::string_view(**content).substr(place * slot_bytes, slot_bytes);
    if (is_newer(bytes)) {
      return violates(LOG_14, "the lock slot file was written by a newer version of this program");
    }
    auto slot = decode(bytes, place);
    if (slot && (!newest || slot->turn > newest->turn)) newest = std::move(slot);
  }
  if (!newest) {
    return violates(
        LOG_16,
        "neither of the two records in the lock slot file is whole, so the newest "
        "acknowledged size is unknown: bring back the file itself, never an older "
        "copy, or audit the log against a published checkpoint before making a new one");
  }
  lock.turn_ = newest->turn;
  lock.record_ = std::move(newest->record);
  return lock;
}

Result<> LockSlot::write(LockRecord record) {
  ENSURE(record.note.size() <= longest_note, "a checkpoint fits into the lock slot");
  ENSURE(!record_ || record.size >= record_->size, "the acknowledged size never decreases");
  if (failed_) {
    return violates(LOG_12,
                    "an earlier write of the lock slot failed; nothing is written after it");
  }
  const std::uint64_t turn = turn_ + 1;
  const std::string slot = encode({turn, record});
  const std::uint64_t offset = turn % 2 * slot_bytes;
  Result<> written;
  if (turn == 1) {
    std::string content(2 * slot_bytes, '\0');
    content.replace(offset, slot_bytes, slot);
    written = file_->create(content);
  } else {
    written = file_->overwrite(offset, slot).and_then([this] { return file_->sync(); });
  }
  failed_ = !written;
  if (failed_) return written;
  turn_ = turn;
  record_ = std::move(record);
  return {};
}

Result<> check_lock(const std::optional<LockRecord>& record, Seq stored) {
  if (!record && stored > 0) {
    return violates(LOG_16, "the data directory holds " + std::to_string(stored) +
                                " entries but the lock slot file is missing or empty: point to "
                                "the file that was used with this data");
  }
  if (record && stored < record->size) {
    return violates(LOG_17, "the data directory holds " + std::to_string(stored) + " entries but " +
                                std::to_string(record->size) +
                                " were acknowledged: it is an old copy or was damaged; bring back "
                                "newer data, for a shorter log must never be continued");
  }
  return {};
}

Result<> check_lock_root(const LockRecord& record, const crypto::Hash& root) {
  if (root == record.root) return {};
  return violates(LOG_17, "the first " + std::to_string(record.size) +
                              " entries of the data directory have another root hash than was "
                              "acknowledged: this is not the same log, do not continue it");
}

}  // namespace ledger
