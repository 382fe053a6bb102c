// What the checks of AEF tables share: the list of findings, and what each column and type asks.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "replay/aef_check.hpp"
#include "replay/aef_reader.hpp"

namespace replay::aef {

// Numbers findings as they are added.
class FindingList {
 public:
  void add(std::string_view check, std::vector<ledger::Id> parties, std::string place,
           std::string sentence, std::vector<ledger::Seq> entries, bool remark = false);
  [[nodiscard]] AefCheck result() const;

 private:
  std::vector<AefFinding> findings_;
};

// Technical names of the columns that must not be empty.
[[nodiscard]] std::span<const std::string_view> mandatory_columns(AefTable table);
[[nodiscard]] std::string header_of(AefTable table, std::string_view column);

// What is wrong with the columns of a row together, or nothing (C09): of table 2 with purposes and
// metric; of table 3 with type, subtype and columns 20 to 25; of tables 3 and 4 with the metric.
[[nodiscard]] std::optional<std::string> fault_of_authorization(const RowReader& row);
[[nodiscard]] std::optional<std::string> fault_of_action(const RowReader& row,
                                                         const AefRequest& request);
[[nodiscard]] std::optional<std::string> fault_of_metric(const RowReader& row);

// Adds a finding for every row that is there once more than it can be (C15).
void check_repeats(const Aef& aef, FindingList& list);

}  // namespace replay::aef
