// A stream of spec/vectors/streams played through a server: its submissions by POST, its figures
// by GET, its reports from the log as anybody downloads it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/effects.hpp"
#include "tests/api/served.hpp"

namespace api_test {

// spec/vectors/streams/NAME.json.
[[nodiscard]] Json stream_named(const std::string& name);

class Played {
 public:
  // Plays the whole stream; every difference fails the test.
  explicit Played(const Json& stream);

  [[nodiscard]] Served& served() { return served_; }
  // What every entry did, from the log as anybody downloads and audits it.
  [[nodiscard]] std::vector<ledger::Effects> downloaded();
  // Every report of the stream by the name of its file, with its bytes.
  [[nodiscard]] const std::map<std::string, std::string>& reports() const { return reports_; }

 private:
  void submit(const Json& step);
  void compare(const std::string& about, const Json& stands);

  // What the routes say, by the members of `stands`.
  [[nodiscard]] Json accounts();
  [[nodiscard]] Json parties();
  [[nodiscard]] Json authorizations();
  [[nodiscard]] Json activities();  // sums over vintages
  [[nodiscard]] Json reversals();
  [[nodiscard]] Json findings();
  [[nodiscard]] Json differing_reports();

  Served served_;
  std::vector<std::string> parties_, authorizations_, approaches_;
  std::map<std::string, std::string> reports_;
};

// The bytes of the report of that name, made from what the entries up to the one in it did.
[[nodiscard]] std::string report_from(const std::vector<ledger::Effects>& log,
                                      const std::string& name);

}  // namespace api_test
