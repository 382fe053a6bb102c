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

// What is wrong with the type, subtype and columns 20 to 25 of a row of table 3 together, or
// nothing.
[[nodiscard]] std::optional<std::string> fault_of_type(const RowReader& action);

}  // namespace replay::aef
