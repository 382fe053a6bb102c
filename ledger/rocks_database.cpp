#include "ledger/rocks_database.hpp"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "ledger/clauses_log.hpp"
#include "ledger/rocks_wal.hpp"

namespace ledger {
namespace {

constexpr std::string_view format_key = "format";
constexpr std::size_t key_beginning = 6;              // bytes: what kind of row, and of which thing
constexpr std::string_view current_file = "CURRENT";  // without it there is no database

// RocksDB's own log of its work is not kept: what fails is returned with its reason.
class NoLog final : public rocksdb::Logger {
 public:
  using Logger::Logv;
  void Logv(const char*, va_list) override {}
};

constexpr std::string_view what_to_look_at =
    "Look whether another process has the directory, and whether permissions, space and the disk "
    "are "
    "right.";

rocksdb::Env* env_of(const RocksOptions& options) {
  return options.env != nullptr ? options.env : rocksdb::Env::Default();
}

rocksdb::DBOptions database_options(const RocksOptions& options) {
  rocksdb::DBOptions out;
  out.env = env_of(options);
  out.info_log.reset(new NoLog);
  out.paranoid_checks = true;
  // A failed write is never retried behind our back; nor where space was missing (rocks_wal.hpp).
  out.max_bgerror_resume_count = 0;
  // A log of any length leaves most file descriptors to connections.
  out.max_open_files = 256;
  // There is one writer, and the batch is its own group.
  out.allow_concurrent_memtable_write = false;
  out.enable_write_thread_adaptive_yield = false;
  // No thread wakes up by the clock, and opening reads no more than it must.
  out.stats_dump_period_sec = 0;
  out.stats_persist_period_sec = 0;
  out.skip_stats_update_on_db_open = true;
  // Bytes that a power loss tore were never acknowledged where the caller says how many were;
  // where nobody says, what does not match its checksum counts as damage.
  out.wal_recovery_mode = options.acknowledged ? rocksdb::WALRecoveryMode::kPointInTimeRecovery
                                               : rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  return out;
}

rocksdb::Options options_of(const RocksOptions& options) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes);
  table.block_size = 32 << 10;
  rocksdb::ColumnFamilyOptions rows;
  rows.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // What is written often is not compressed: it soon is written again, a level deeper.
  rows.compression_per_level = {rocksdb::kNoCompression, rocksdb::kNoCompression,
                                rocksdb::kLZ4Compression};
  rows.write_buffer_size = options.memtable_bytes;
  // Keys that begin alike come in about their order, so the place of the one before is where to
  // look for the next one's: inserting costs half of what a search from the top does.
  rows.memtable_insert_with_hint_prefix_extractor.reset(
      rocksdb::NewCappedPrefixTransform(key_beginning));
  return {database_options(options), rows};
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// Whether entries may lie in the file: a log or table file, "000012.sst".
bool holds_data(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || !is_number(name.substr(0, dot))) return false;
  const std::string_view ending = name.substr(dot);
  return ending == ".log" || ending == ".sst" || ending == ".blob";
}

// Whether RocksDB names its files so.
bool is_database_file(std::string_view name) {
  if (name == current_file || name == "LOCK" || name == "IDENTITY" || name == "LOG") return true;
  if (name.starts_with("LOG.old.") || name.starts_with("MANIFEST-")) return true;
  return name.starts_with("OPTIONS-") || name.ends_with(".dbtmp") || holds_data(name);
}

}  // namespace

// What every step of an opening needs.
struct RocksDatabase::Opening {
  std::string directory;
  const RocksKind& kind;
  const RocksOptions& options;
  const Examine& examine;

  [[nodiscard]] tl::unexpected<Violation> failed(const rocksdb::Status& status) const {
    return rocks_failure(status, LOG_18, "The data directory " + directory + " cannot be opened");
  }
};

namespace {

// The names in the directory; none when it does not exist.
rocksdb::Status list(rocksdb::Env& env, const std::string& directory,
                     std::vector<std::string>& names) {
  rocksdb::Status status = env.GetChildren(directory, &names);
  if (status.IsNotFound() || status.IsPathNotFound()) return rocksdb::Status::OK();
  std::erase_if(names, [](const std::string& name) { return name == "." || name == ".."; });
  return status;
}

tl::unexpected<Violation> not_ours(const std::string& directory, const std::string& why) {
  return violates(LOG_13, "The data directory " + directory + " " + why +
                              ". Name an empty directory, or one that this program made for the "
                              "same purpose.");
}

Result<> check_names(const std::string& directory, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    if (!is_database_file(name)) {
      return not_ours(directory, "contains " + name + ", which this program does not write");
    }
  }
  const bool has_database = std::find(names.begin(), names.end(), current_file) != names.end();
  if (!has_database && std::any_of(names.begin(), names.end(), holds_data)) {
    return violates(LOG_15, "The data directory " + directory +
                                " has data files but no file CURRENT, without which nobody can say "
                                "which of them count. Restore the directory as a whole.");
  }
  return {};
}

// A directory is durable only once its own parent is synced.
rocksdb::Status make_directory(rocksdb::Env& env, const std::filesystem::path& directory) {
  rocksdb::Status status = env.CreateDirIfMissing(directory.string());
  if (!status.ok()) return status;
  const auto parent = directory.has_parent_path() ? directory.parent_path().string() : ".";
  std::unique_ptr<rocksdb::Directory> opened;
  status = env.NewDirectory(parent, &opened);
  return status.ok() ? opened->Fsync() : status;
}

std::string format_row(const RocksKind& kind) {
  return std::string(kind.name) + " " + std::to_string(kind.format);
}

Result<> check_format(const std::string& directory, const RocksKind& kind, const std::string& row) {
  const std::string_view text = row;
  if (!text.starts_with(kind.name) || text.substr(kind.name.size(), 1) != " ") {
    return not_ours(directory, "holds \"" + row + "\" and not \"" + std::string(kind.name) + "\"");
  }
  const std::string_view number = text.substr(kind.name.size() + 1);
  std::uint64_t format = 0;
  const auto parsed = std::from_chars(number.data(), number.data() + number.size(), format);
  if (parsed.ec != std::errc() || parsed.ptr != number.data() + number.size() || format == 0) {
    return violates(LOG_15, "The data directory " + directory + " has the unreadable format \"" +
                                row + "\". Restore it from a copy.");
  }
  if (format > kind.format) {
    return violates(LOG_14, "The data directory " + directory + " has format " +
                                std::string(number) + "; this program reads formats up to " +
                                std::to_string(kind.format) + ". Start the newer program.");
  }
  return {};
}

}  // namespace

std::string key_of(std::uint64_t number) {
  std::string key(8, '\0');
  for (std::size_t at = key.size(); at-- > 0; number >>= 8) {
    key[at] = static_cast<char>(number & 0xff);
  }
  return key;
}

std::optional<std::uint64_t> number_of(std::string_view key) {
  if (key.size() != 8) return std::nullopt;
  std::uint64_t number = 0;
  for (const char byte : key) number = number << 8 | static_cast<unsigned char>(byte);
  return number;
}

tl::unexpected<Violation> rocks_failure(const rocksdb::Status& status, const Clause& otherwise,
                                        std::string doing) {
  const std::string said = std::move(doing) + ": " + status.ToString() + ". ";
  if (status.IsCorruption() || status.IsPathNotFound() || status.IsNotFound()) {
    return violates(LOG_15, said +
                                "Stored bytes were altered or are missing: keep the directory as "
                                "it is and restore the data from a mirror or a backup.");
  }
  if (&otherwise == &LOG_12) {
    return violates(LOG_12, said +
                                "Nothing more is written; what was acknowledged is safe. Give the "
                                "disk space or mend it, then start again.");
  }
  return violates(otherwise, said + std::string(what_to_look_at));
}

RocksDatabase::RocksDatabase(std::unique_ptr<rocksdb::DB> db, std::unique_ptr<rocksdb::Env> env)
    : env_(std::move(env)), db_(std::move(db)) {}

RocksDatabase::RocksDatabase(RocksDatabase&&) noexcept = default;

// Failures have nobody to go to here, and cost only time: the write-ahead log has everything.
RocksDatabase::~RocksDatabase() {
  if (!db_) return;
  if (env_) static_cast<void>(flush());
  db_->Close().PermitUncheckedError();
}

Result<std::optional<std::string>> RocksDatabase::get(std::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_->Get(rocksdb::ReadOptions(), rocksdb::Slice(key), &value);
  if (status.IsNotFound()) return std::nullopt;
  if (!status.ok()) return rocks_failure(status, LOG_18, "Reading stored data failed");
  return value;
}

Result<std::optional<std::string>> RocksDatabase::last_key(std::string_view from,
                                                           std::string_view to) const {
  const rocksdb::Slice lower(from);
  const rocksdb::Slice upper(to);
  rocksdb::ReadOptions options;
  options.iterate_lower_bound = &lower;
  options.iterate_upper_bound = &upper;
  const std::unique_ptr<rocksdb::Iterator> rows(db_->NewIterator(options));
  rows->SeekToLast();
  if (rows->Valid()) return rows->key().ToString();
  if (!rows->status().ok()) {
    return rocks_failure(rows->status(), LOG_18, "Reading stored data failed");
  }
  return std::nullopt;
}

Result<> RocksDatabase::flush() const {
  const rocksdb::Status status = db_->Flush(rocksdb::FlushOptions());
  if (!status.ok()) return rocks_failure(status, LOG_12, "Writing memory to the disk failed");
  return {};
}

// Opens what is there for reading only, which changes no file, and judges it.
Result<> RocksDatabase::look(const Opening& opening) {
  rocksdb::Options options = options_of(opening.options);
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  std::vector<std::string> families;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, opening.directory, &families);
  if (!status.ok()) return opening.failed(status);
  if (families.size() > 1) return not_ours(opening.directory, "has a family " + families.back());
  rocksdb::DB* db = nullptr;
  status = rocksdb::DB::OpenForReadOnly(options, opening.directory, &db);
  if (!status.ok()) return opening.failed(status);
  const RocksDatabase found(std::unique_ptr<rocksdb::DB>(db), nullptr);

  auto format = found.get(format_key);
  if (!format) return tl::unexpected(std::move(format).error());
  if (*format) {
    if (Result<> ok = check_format(opening.directory, opening.kind, **format); !ok) return ok;
    return opening.examine(&found);
  }
  // An interrupted first opening leaves no row at all.
  const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator(rocksdb::ReadOptions()));
  rows->SeekToFirst();
  if (!rows->status().ok()) return opening.failed(rows->status());
  if (rows->Valid()) return not_ours(opening.directory, "has rows but does not say of what");
  return opening.examine(nullptr);
}

Result<RocksDatabase> RocksDatabase::open(const std::filesystem::path& directory,
                                          const RocksKind& kind, const RocksOptions& options,
                                          const Examine& examine) {
  const Opening opening{directory.string(), kind, options, examine};
  rocksdb::Env& env = *env_of(options);
  std::vector<std::string> names;
  rocksdb::Status status = list(env, opening.directory, names);
  if (!status.ok()) return opening.failed(status);
  if (Result<> ok = check_names(opening.directory, names); !ok) {
    return tl::unexpected(std::move(ok).error());
  }
  const bool is_new = std::find(names.begin(), names.end(), current_file) == names.end();
  if (is_new) {
    if (Result<> ok = examine(nullptr); !ok) return tl::unexpected(std::move(ok).error());
    status = make_directory(env, directory);
    if (!status.ok()) {
      return violates(LOG_18, "The data directory " + opening.directory + " cannot be made: " +
                                  status.ToString() + ". Its parent must exist and be writable.");
    }
    return open_found(opening, is_new);
  }
  rocksdb::FileLock* lock = nullptr;
  status = env.LockFile(opening.directory + "/LOCK", &lock);
  if (!status.ok()) return opening.failed(status);
  Result<> ok = look(opening);
  status = env.UnlockFile(lock);
  if (!ok) return tl::unexpected(std::move(ok).error());
  if (!status.ok()) return opening.failed(status);
  return open_found(opening, is_new);
}

// Opens for writing what was judged, and says in a new directory whose it is.
Result<RocksDatabase> RocksDatabase::open_found(const Opening& opening, bool is_new) {
  rocksdb::Options options = options_of(opening.options);
  options.create_if_missing = is_new;
  std::unique_ptr<rocksdb::Env> env = fill_write_ahead_logs(*options.env);
  options.env = env.get();
  rocksdb::DB* db = nullptr;
  rocksdb::Status status = rocksdb::DB::Open(options, opening.directory, &db);
  if (!status.ok()) return opening.failed(status);
  RocksDatabase opened(std::unique_ptr<rocksdb::DB>(db), std::move(env));

  auto format = opened.get(format_key);
  if (!format) return tl::unexpected(std::move(format).error());
  if (*format) return opened;
  rocksdb::WriteOptions durably;
  durably.sync = true;
  status = db->Put(durably, rocksdb::Slice(format_key), format_row(opening.kind));
  if (!status.ok()) return opening.failed(status);
  return opened;
}

}  // namespace ledger
