#include "tests/support/static_site.hpp"

#include <gtest/gtest.h>

namespace test_support {

StaticSite::StaticSite(const ScratchFolder& folder, const std::string& directory)
    : folder_(folder), name_("site-of-" + directory) {
  const auto started = folder.run(
      "python3 -u -m http.server 0 --bind 127.0.0.1 --directory '" + directory + "' >" + name_ +
      ".log 2>&1 & echo $! >" + name_ +
      ".pid; for i in $(seq 300); do port=$(sed -n "
      "'s/^Serving HTTP on .* port \\([0-9]*\\) .*/\\1/p' " +
      name_ + ".log 2>/dev/null); [ \"$port\" ] && break; sleep 0.1; done; printf %s \"$port\"");
  url_ = "http://127.0.0.1:" + started.output;
  EXPECT_FALSE(started.output.empty()) << folder.read(name_ + ".log");
}

StaticSite::~StaticSite() {
  (void)folder_.run("kill $(cat " + name_ + ".pid)");
}

int StaticSite::served(const std::string& path) const {
  const auto counted =
      folder_.run("grep -c '\"GET " + path + " HTTP/1.1\" 200' " + name_ + ".log || true");
  return std::stoi(counted.output);
}

}  // namespace test_support
