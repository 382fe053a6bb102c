// Everything that the views can be asked, at one size: two of these are equal or the views differ.
#pragma once

#include <vector>

#include "replay/view_reader.hpp"

namespace replay_test {

struct AllAnswers {
  replay::LedgerAnswer totals;
  std::vector<replay::ParticipantAnswer> participants;
  std::vector<replay::PartyAnswer> parties;
  std::vector<replay::PartyReports> reports;
  std::vector<replay::AccountAnswer> accounts;
  std::vector<replay::ApproachAnswer> approaches;
  std::vector<replay::CycleAnswer> activities;
  std::vector<replay::AuthorizationAnswer> authorizations;
  std::vector<replay::DocumentAnswer> documents;
  std::vector<replay::ProceedsAnswer> proceeds;
  std::vector<replay::UnitAnswer> units;  // the ends and the middle of each block of an account
  bool operator==(const AllAnswers&) const = default;
};

// A failed assertion where something cannot be read.
[[nodiscard]] AllAnswers ask_everything(const ledger::TableSnapshot& snapshot, ledger::Seq size);

// Every row of the table as "key value" bytes, and its position.
struct Rows {
  std::vector<std::pair<std::string, std::string>> rows;
  ledger::Seq position = 0;
  bool operator==(const Rows&) const = default;
};
[[nodiscard]] Rows all_rows(const ledger::Table& table);

}  // namespace replay_test
