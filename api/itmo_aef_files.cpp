#include "api/itmo_aef_files.hpp"

#include "api/itmo_files.hpp"

namespace api::itmo {

namespace fs = std::filesystem;

Told<std::vector<fs::path>> write_aef(const replay::Aef& aef, const fs::path& directory,
                                      const std::vector<replay::AefFormat>& formats) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error)
    return tell("cannot make the directory " + directory.string() + ": " + error.message());
  std::vector<fs::path> paths;
  for (const replay::AefFormat format : formats) {
    for (const replay::AefFile& file : replay::files_of(aef, format)) {
      std::string problem;
      const auto bytes = replay::bytes_of(aef, file, problem);
      if (!bytes) return tell(problem);
      paths.push_back(directory / replay::file_name(file));
      if (Told<> done = write_file(paths.back(), *bytes); !done) return tell(done.error());
    }
  }
  return paths;
}

}  // namespace api::itmo
