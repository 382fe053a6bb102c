#include "api/kept_checkpoint.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <fstream>
#include <system_error>

#include "api/descriptor.hpp"
#include "crypto/checkpoint.hpp"

namespace api {

namespace fs = std::filesystem;

Told<std::optional<std::string>> read_kept(const fs::path& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file, error);
  if (status.type() == fs::file_type::not_found) return std::nullopt;
  if (status.type() != fs::file_type::regular) return tell(file.string() + " is not a file");
  std::ifstream in(file, std::ios::binary);
  std::string note(crypto::longest_note + 1, '\0');
  in.read(note.data(), static_cast<std::streamsize>(note.size()));
  if (!in.is_open() || in.bad()) return tell(file.string() + " cannot be read");
  note.resize(static_cast<std::size_t>(in.gcount()));
  if (note.size() > crypto::longest_note) return tell(file.string() + " is longer than a note");
  return note;
}

Told<> keep(const fs::path& file, std::string_view note) {
  const fs::path fresh = file.string() + ".new";
  {
    const Descriptor out(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644));
    if (!out.is_open()) return system_says(fresh, "write");
    for (std::string_view rest = note; !rest.empty();) {
      const ssize_t put = ::write(out.number(), rest.data(), rest.size());
      if (put < 0 && errno == EINTR) continue;
      if (put < 0) return system_says(fresh, "write");
      rest.remove_prefix(static_cast<std::size_t>(put));
    }
    if (::fsync(out.number()) != 0) return system_says(fresh, "write");
  }
  if (std::rename(fresh.c_str(), file.c_str()) != 0) return system_says(file, "write");
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const Descriptor names(::open(folder.c_str(), O_RDONLY | O_CLOEXEC));
  if (!names.is_open() || ::fsync(names.number()) != 0) return system_says(folder, "write");
  return {};
}

}  // namespace api
