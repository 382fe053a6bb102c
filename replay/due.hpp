// What a Party has to do and by when, as far as the books of a log at one entry say it
// (spec/reports.md).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ledger/time.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"
#include "replay/calendar.hpp"

namespace replay {

struct DueItem {
  std::optional<ledger::Date> date;  // the last day; none: open already
  std::string id;                    // the same for the same matter at every entry
  std::string what;                  // a sentence
  std::vector<ledger::Seq> entries;  // that it follows from
};

struct DueList {
  ledger::Id party;
  Provenance provenance;
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  std::vector<DueItem> items;  // what is open first, then by day
};

// Up to and including the day `until`, from the day of the entry. Nothing where the Party is
// unknown.
[[nodiscard]] std::optional<DueList> make_due_list(const Books& books, const ledger::Id& party,
                                                   ledger::Date until, const Provenance& provenance,
                                                   const Calendar& calendar = {});

[[nodiscard]] std::string describe(const DueList& list);
// RFC 5545; what is open already stands on the day of the entry.
[[nodiscard]] std::string to_icalendar(const DueList& list);

}  // namespace replay
