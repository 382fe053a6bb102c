#include "api/descriptor.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace api {

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

tl::unexpected<std::string> system_says(const std::filesystem::path& file, const char* action) {
  return tell(std::string("Cannot ") + action + " " + file.string() + ": " + std::strerror(errno) +
              ".");
}

}  // namespace api
