// The options of commands that ask what official texts leave open of the end of an NDC period.
#pragma once

#include <string>
#include <vector>

#include "api/told.hpp"
#include "replay/calendar.hpp"

namespace CLI {
class App;
}

namespace api::itmo {

// `--biennial-report 2030=2032` and `--final-from 2030=2033-06-01`, as often as there are periods.
class CalendarOptions {
 public:
  void add_to(CLI::App& command);
  // Reads what was given; fails with a sentence where one is not of that form.
  [[nodiscard]] Told<> read();
  [[nodiscard]] const replay::Calendar& calendar() const { return calendar_; }

 private:
  std::vector<std::string> reports_, finals_;
  replay::Calendar calendar_;
};

}  // namespace api::itmo
