// A file descriptor of the system, and how its failures are put into words.
#pragma once

#include <filesystem>
#include <string>

#include "api/told.hpp"

namespace api {

// Owns the number that ::open gave, -1 where it failed, and closes it at the end.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor();
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool is_open() const { return number_ >= 0; }

 private:
  int number_;
};

// "Cannot read FILE: No such file or directory.", from errno, which the failed call just set.
[[nodiscard]] tl::unexpected<std::string> system_says(const std::filesystem::path& file,
                                                      const char* action);

}  // namespace api
