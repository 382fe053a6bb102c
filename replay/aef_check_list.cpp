#include "replay/aef_check_list.hpp"

#include <algorithm>
#include <utility>

#include "replay/aef_words.hpp"

namespace replay {

std::string_view word_of(CheckMark mark) {
  switch (mark) {
    case CheckMark::consistent: return "Checked, no inconsistencies identified";
    case CheckMark::inconsistent: return "Checked, inconsistencies identified";
    case CheckMark::not_available: break;
  }
  return "Null, information for check not available";
}

const std::vector<AefCheckRow>& aef_checks() {
  static const std::vector<AefCheckRow> all = {
      {"C01", "4/CMA.6 29 (b)", "No mandatory field is empty."},
      {"C02", "the sources of the profiles", "Every cell has the form that the profile takes."},
      {"C03", "R1", "Each action and holding names an authorization of table 2."},
      {"C04", "R8", "A using or cancelling entity is in table 5."},
      {"C05", "R17, R18", "Identifiers, block and quantity of a row agree."},
      {"C06", "R16", "Blocks of holdings do not overlap."},
      {"C07", "R27", "What was used or cancelled in the year is not held at its end."},
      {"C08", "R48", "Rows of the same units have the same attributes."},
      {"C09", "common nomenclatures",
       "Type, subtype, purposes and metric agree with their columns."},
      {"C10", "4/CMA.6 annex II", "Fields of the platform are untouched."},
      {"C11", "R12", "First transfers do not exceed the authorized quantity."},
      {"C12", "R28", "Year of use and vintage lie in the same NDC implementation period."},
      {"C13", "2/CMA.3 annex 20", "Every action is of the reported year."},
      {"C14", "2/CMA.3 annex 20", "The reported year was over."},
      {"C15", "R3; 2/CMA.3 annex 20", "No row is there twice."},
      {"X01", "R38; 6/CMA.4 annex I 39", "What one Party transferred is what the other acquired."},
      {"X02", "R48", "Both Parties give the same units the same attributes."},
      {"X03", "R25", "No unit is held by both Parties at the end of the year."},
  };
  return all;
}

namespace aef {

void FindingList::add(std::string_view check, std::vector<ledger::Id> parties, std::string place,
                      std::string sentence, std::vector<ledger::Seq> entries, bool remark) {
  findings_.push_back({static_cast<int>(findings_.size()) + 1, std::string(check),
                       std::move(parties), std::move(place), std::move(sentence),
                       std::move(entries), remark});
}

AefCheck FindingList::result() const {
  const bool consistent = std::all_of(findings_.begin(), findings_.end(),
                                      [](const AefFinding& finding) { return finding.remark; });
  return {consistent ? CheckMark::consistent : CheckMark::inconsistent, findings_};
}

std::span<const std::string_view> mandatory_columns(AefTable table) {
  static constexpr std::string_view submission[] = {"ParticipatingParty",   "SubmissionVersion",
                                                    "ReportedYear",         "DateOfSubmission",
                                                    "FirstYearOfNDCPeriod", "LastYearOfNDCPeriod"};
  static constexpr std::string_view authorizations[] = {"AuthorizationID",
                                                        "DateOfAuthorization",
                                                        "CooperativeApproachID",
                                                        "AuthorizationVersion",
                                                        "Metric",
                                                        "Sectors",
                                                        "PurposeForAuthorization"};
  static constexpr std::string_view actions[] = {"ActionDateTime",
                                                 "ActionType",
                                                 "CooperativeApproachID",
                                                 "AuthorizationID",
                                                 "FirstTransferringPartyID",
                                                 "PartyITMORegistryID",
                                                 "FirstID",
                                                 "LastID",
                                                 "Metric",
                                                 "MitigationType",
                                                 "Vintage"};
  static constexpr std::string_view entities[] = {"DateOfAuthorization", "AuthorizedEntityName",
                                                  "AuthorizedEntityCountryOfIncorporation",
                                                  "AuthorizedEntityID", "CooperativeApproachID"};
  switch (table) {
    case AefTable::submission: return submission;
    case AefTable::authorizations: return authorizations;
    case AefTable::actions: return actions;
    case AefTable::holdings: return std::span(actions).subspan(2);
    case AefTable::entities: break;
  }
  return entities;
}

std::string header_of(AefTable table, std::string_view column) {
  for (const AefColumn& each : sheet_of(table).columns) {
    if (each.name == column) return std::string(each.header);
  }
  return std::string(column);
}

}  // namespace aef
}  // namespace replay
