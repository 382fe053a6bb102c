#include "api/document_store.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <functional>
#include <optional>
#include <utility>

#include "api/descriptor.hpp"
#include "api/fresh_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"

namespace api {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t piece_bytes = 65'536;

// Opens a regular file; a link in its place is not followed.
int open_regular(const fs::path& file) {
  const int number = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat status {};
  if (number >= 0 && (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode))) {
    ::close(number);
    errno = EINVAL;
    return -1;
  }
  return number;
}

Told<std::string> read_piece(const Descriptor& in, std::uint64_t offset, const fs::path& file) {
  std::string piece(piece_bytes, '\0');
  ssize_t got = -1;
  do {
    got = ::pread(in.number(), piece.data(), piece.size(), static_cast<off_t>(offset));
  } while (got < 0 && errno == EINTR);
  if (got < 0) return system_says(file, "read");
  piece.resize(static_cast<std::size_t>(got));
  return piece;
}

// Hashes a file and hands each of its pieces to `take`.
Told<replay::PublicFile> go_through(const fs::path& file,
                                    const std::function<Told<>(std::string_view)>& take) {
  const Descriptor in(open_regular(file));
  if (!in.is_open()) return system_says(file, "read");
  crypto::Sha256 hash;
  std::uint64_t size = 0;
  while (true) {
    const Told<std::string> piece = read_piece(in, size, file);
    if (!piece) return tell(piece.error());
    if (piece->empty()) break;
    hash.update(*piece);
    if (Told<> taken = take(*piece); !taken) return tell(taken.error());
    size += piece->size();
  }
  return replay::PublicFile{hash.finish(), static_cast<std::int64_t>(size)};
}

std::string words_of(const replay::PublicFile& file) {
  return std::to_string(file.size) + " bytes with SHA-256 " + crypto::to_hex(file.sha256.view());
}

Told<> differs(const std::string& what, const replay::PublicFile& found,
               const replay::PublicFile& wanted) {
  return tell(what + " has " + words_of(found) + "; the log names " + words_of(wanted) +
              ". It is another file.");
}

}  // namespace

Told<replay::PublicFile> hash_file(const fs::path& file) {
  return go_through(file, [](std::string_view) { return Told<>(); });
}

fs::path DocumentStore::path_of(const crypto::Hash& sha256) const {
  return directory_ / crypto::to_hex(sha256.view());
}

bool DocumentStore::has(const replay::PublicFile& file) const {
  if (!is_kept()) return false;
  struct stat status {};
  return ::lstat(path_of(file.sha256).c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         status.st_size == file.size;
}

Told<> DocumentStore::put(const fs::path& from, const replay::PublicFile& file) const {
  std::error_code ignored;
  fs::create_directories(directory_, ignored);
  FreshFile draft(path_of(file.sha256));
  const auto found = go_through(from, [&](std::string_view piece) { return draft.take(piece); });
  if (!found) return tell(found.error());
  if (*found != file) return differs(from.string(), *found, file);
  return draft.keep();
}

Told<> DocumentStore::put_bytes(std::string_view bytes, const replay::PublicFile& file) const {
  const replay::PublicFile found{crypto::sha256(bytes), static_cast<std::int64_t>(bytes.size())};
  if (found != file) return differs("What came", found, file);
  std::error_code ignored;
  fs::create_directories(directory_, ignored);
  FreshFile draft(path_of(file.sha256));
  if (Told<> taken = draft.take(bytes); !taken) return taken;
  return draft.keep();
}

std::string DocumentStore::piece(const crypto::Hash& sha256, std::uint64_t offset) const {
  const fs::path file = path_of(sha256);
  const Descriptor in(open_regular(file));
  return in.is_open() ? read_piece(in, offset, file).value_or(std::string()) : std::string();
}

}  // namespace api
