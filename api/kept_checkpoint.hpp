// The checkpoint that an auditor keeps from one audit to the next: a file with the signed note.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "api/told.hpp"

namespace api {

// The note in the file; nothing where there is no file yet. Fails where it cannot be read or is
// longer than a note can be.
[[nodiscard]] Told<std::optional<std::string>> read_kept(const std::filesystem::path& file);

// Puts a note into the file: the whole of it or, whatever happens meanwhile, what was there before.
// When this returns, it is on the disk.
[[nodiscard]] Told<> keep(const std::filesystem::path& file, std::string_view note);

}  // namespace api
