// What the ledger admits and reports mention: the rules of severity W (spec/rules.md, "Rules of the
// field"). Carried by the structured summary and by the check before submission.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "replay/books.hpp"
#include "replay/calendar.hpp"

namespace replay {

struct Flag {
  std::string_view rule;             // "R47"
  ledger::Year year = 0;             // of the vintage; of an acquisition the calendar year
  std::string sentence;              // what is so, and what a reader should ask
  std::vector<ledger::Seq> entries;  // that it follows from, ascending
};

// Of a Party, as the books stand: by rule, then year. Empty where the Party is unknown.
[[nodiscard]] std::vector<Flag> flags_of(const Books& books, const ledger::Id& party,
                                         const Calendar& calendar = {});

// "R47, 2026: …", with the entries.
[[nodiscard]] std::string describe(const Flag& flag);

}  // namespace replay
