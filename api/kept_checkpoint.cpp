#include "api/kept_checkpoint.hpp"

#include <fstream>
#include <system_error>

#include "api/fresh_file.hpp"
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
  FreshFile fresh(file);
  if (Told<> taken = fresh.take(note); !taken) return taken;
  return fresh.keep();
}

}  // namespace api
