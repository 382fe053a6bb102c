// A directory behind a web server that knows nothing of ledgers: Python's own.
#pragma once

#include <string>

#include "tests/support/scratch.hpp"

namespace test_support {

// Serves a directory of the scratch folder as files, as long as it lives.
class StaticSite {
 public:
  // A failed assertion where the server does not start.
  StaticSite(const ScratchFolder& folder, const std::string& directory);
  ~StaticSite();
  StaticSite(const StaticSite&) = delete;
  StaticSite& operator=(const StaticSite&) = delete;

  [[nodiscard]] const std::string& url() const { return url_; }
  // How often it was asked for what the basic regular expression fits, and had it.
  [[nodiscard]] int served(const std::string& path) const;

 private:
  const ScratchFolder& folder_;
  std::string name_;  // of its files in the folder
  std::string url_;
};

}  // namespace test_support
