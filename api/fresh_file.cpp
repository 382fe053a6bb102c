#include "api/fresh_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace api {

namespace fs = std::filesystem;

FreshFile::FreshFile(fs::path place)
    : place_(std::move(place)),
      draft_(place_.string() + ".new-" + std::to_string(::getpid())),
      out_(::open(draft_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644)) {}

FreshFile::~FreshFile() {
  if (out_.is_open() && !kept_) ::unlink(draft_.c_str());
}

Told<> FreshFile::take(std::string_view bytes) {
  if (!out_.is_open()) return system_says(draft_, "write");
  while (!bytes.empty()) {
    const ssize_t put = ::write(out_.number(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) return system_says(draft_, "write");
    bytes.remove_prefix(static_cast<std::size_t>(put));
  }
  return {};
}

// The new name is durable only when its directory is.
Told<> FreshFile::keep() {
  if (!out_.is_open() || ::fsync(out_.number()) != 0) return system_says(draft_, "write");
  std::error_code error;
  fs::rename(draft_, place_, error);
  if (error) return tell("Cannot write " + place_.string() + ": " + error.message() + ".");
  kept_ = true;
  const fs::path folder = place_.has_parent_path() ? place_.parent_path() : fs::path(".");
  const Descriptor names(::open(folder.c_str(), O_RDONLY | O_CLOEXEC));
  if (!names.is_open() || ::fsync(names.number()) != 0) return system_says(folder, "write");
  return {};
}

}  // namespace api
