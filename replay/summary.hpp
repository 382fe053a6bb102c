// The structured summary of a Party's NDC period (5/CMA.3, table 4; 18/CMA.1, annex, 77 (d)), from
// the books of a log at one entry. Rows and series: spec/reports.md.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/fraction.hpp"
#include "replay/aef.hpp"
#include "replay/books.hpp"
#include "replay/flags.hpp"

namespace replay {

// What counts in one year of the period. First transfers count in the year of their vintage, uses
// in the year that they were declared for (2/CMA.3, annex, 8).
struct SummaryYear {
  ledger::Year year = 0;
  std::int64_t first_transferred = 0;       // 23 (c): but those of the next two
  std::int64_t oimp_first_transferred = 0;  // 23 (d), read as first transferred for other purposes
  std::int64_t oimp_authorized = 0;  // 23 (d), read as authorized: these, and what may become so
  std::int64_t used = 0;             // 23 (e)
  std::int64_t net = 0;              // 23 (f): (c) + (d) - (e)
  std::int64_t cumulative = 0;       // 23 (h)
  ledger::Fraction average;          // 7 (a) (ii): cumulative over elapsed years
  // 23 (a), or (i) of another metric than greenhouse gases: as the Party reported it, newest
  // version.
  std::optional<std::int64_t> inventory;
  // 23 (k): emissions + adjustment; an indicator of another metric - adjustment (2/CMA.3, annex,
  // 9).
  std::optional<ledger::Fraction> balance;
  ledger::Fraction adjustment;  // 23 (g): net, or the average where that is the method
  // The newest version that the Party recorded (adjustment.applied).
  struct Recorded {
    std::int64_t version = 0;
    ledger::Fraction amount;
    ledger::Seq entry = 0;
    bool as_due = false;  // it says what the log gives now
    bool operator==(const Recorded&) const = default;
  };
  std::optional<Recorded> recorded;
  // The newest annex of a biennial report on the year that shows the ledger with that version.
  std::optional<ledger::Id> reported;
  bool operator==(const SummaryYear&) const = default;
};

// The second series: the first transfers of the period's vintages by the calendar year in which
// they happened.
struct SummaryByEvent {
  std::int64_t first_transferred = 0;
  std::int64_t oimp_first_transferred = 0;
  bool operator==(const SummaryByEvent&) const = default;
};

struct Summary {
  ledger::Id party;
  Provenance provenance;
  ledger::Seq entry = 0;
  ledger::Timestamp time;
  ledger::Ndc ndc;
  std::vector<SummaryYear> years;  // of the period, up to the year of the entry
  std::map<ledger::Year, SummaryByEvent> by_event;
  std::vector<std::string> oimp_entities;  // authorized, where other purposes are
  std::vector<Flag> flags;                 // of the years of the period
  std::optional<ledger::Date> final_from;  // of the period's adjustments, where that is set
};

// Of the period that contains the year. Nothing where the Party is unknown or declared none.
[[nodiscard]] std::optional<Summary> make_summary(const Books& books, const ledger::Id& party,
                                                  ledger::Year year, const Provenance& provenance,
                                                  const Calendar& calendar = {});

[[nodiscard]] std::string describe(const Summary& summary);
[[nodiscard]] std::string to_csv(const Summary& summary);

}  // namespace replay
