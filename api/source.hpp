// Where a log is read from, as a person names it: an address, a directory or a bundle file.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "api/told.hpp"
#include "replay/bundle.hpp"

namespace api {

// A log that can be read. Without a bundle it is a file that is no bundle file, and `fault` is the
// sentence that says so: that file is not valid, which is something else than not to be there.
struct Source {
  std::unique_ptr<replay::BundleReader> bundle;
  std::string fault;
};

// Whether it is read over the network: it begins with a scheme, as http://127.0.0.1:8080.
[[nodiscard]] bool is_address(std::string_view source);

// Opens nothing on the network yet. Fails where nothing is there, or nothing that can be read.
[[nodiscard]] Told<Source> open_source(const std::string& source);

}  // namespace api
