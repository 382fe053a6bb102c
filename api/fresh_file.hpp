// A file that is there whole or not at all, also after a power loss.
#pragma once

#include <filesystem>
#include <string_view>

#include "api/descriptor.hpp"
#include "api/told.hpp"

namespace api {

// A new file beside its place: there under its own name once it is kept, whole and synced, over an
// older one; gone otherwise. One thread.
class FreshFile {
 public:
  explicit FreshFile(std::filesystem::path place);
  FreshFile(const FreshFile&) = delete;
  FreshFile& operator=(const FreshFile&) = delete;
  ~FreshFile();

  [[nodiscard]] Told<> take(std::string_view bytes);
  // The last call.
  [[nodiscard]] Told<> keep();

 private:
  std::filesystem::path place_, draft_;
  Descriptor out_;
  bool kept_ = false;
};

}  // namespace api
