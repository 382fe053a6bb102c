// The check of AEF tables before they are submitted (6/CMA.4, annex I, 27 (b), 37 to 40): over one
// Party's tables, and across the two Parties of an approach. It reads tables only, whoever made
// them; what each check asks is in spec/aef.md.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "replay/aef.hpp"

namespace replay {

// The results of 4/CMA.6, paragraph 29.
enum class CheckMark : std::uint8_t { consistent, inconsistent, not_available };
[[nodiscard]] std::string_view word_of(CheckMark mark);  // the exact words

struct AefFinding {
  int number = 0;                    // from 1, in order of checks
  std::string check;                 // "C05"; across Parties "X01"
  std::vector<ledger::Id> parties;   // whose tables
  std::string place;                 // "Table 3 Actions, row 2"; across: the block
  std::string sentence;              // what is asked and what was found
  std::vector<ledger::Seq> entries;  // that the rows come from
  bool remark = false;               // no inconsistency: only a reader of the profile objects
};

struct AefCheck {
  CheckMark mark = CheckMark::consistent;
  std::vector<AefFinding> findings;
};

// One check: its id, where it comes from, and what it asks, in a sentence.
struct AefCheckRow {
  std::string_view id;
  std::string_view source;
  std::string_view statement;
};
// Every check there is: C01 …, then X01 ….
[[nodiscard]] const std::vector<AefCheckRow>& aef_checks();

[[nodiscard]] AefCheck check_aef(const Aef& aef);

// Between two Parties for one year. Not available where they share no approach in table 2.
[[nodiscard]] AefCheck check_across(const Aef& one, const Aef& other);

}  // namespace replay
