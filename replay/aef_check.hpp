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

// Between two Parties for one year. Not available where their tables name no approach in common and
// neither says that units went to the other or came from it.
[[nodiscard]] AefCheck check_across(const Aef& one, const Aef& other);

struct PartnerCheck {
  ledger::Id partner;
  AefCheck check;
};
// Against the other Party of every approach of the Party, and every Party with which the check is
// available; by id.
[[nodiscard]] std::vector<PartnerCheck> check_partners(const Books& books, const Aef& own);

}  // namespace replay
