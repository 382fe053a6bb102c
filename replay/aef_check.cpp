// The checks over one Party's tables.
#include "replay/aef_check.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "replay/aef_check_list.hpp"
#include "replay/aef_forms.hpp"
#include "replay/aef_reader.hpp"
#include "replay/aef_words.hpp"
#include "replay/answers.hpp"

namespace replay {
namespace {

using namespace aef;  // NOLINT: the reader's words

bool is_consumed(const RowReader& action) {
  const std::string type = action.text("ActionType");
  return type == "Use" || type == "Cancellation" || type == "Voluntary Cancellation";
}

class Checker {
 public:
  explicit Checker(const Aef& aef)
      : aef_(aef),
        authorizations_(read_rows(aef, AefTable::authorizations)),
        actions_(read_rows(aef, AefTable::actions)),
        holdings_(read_rows(aef, AefTable::holdings)),
        entities_(read_rows(aef, AefTable::entities)) {}

  [[nodiscard]] AefCheck run() {
    check_mandatory();
    check_forms();
    check_authorizations_exist();
    check_entities_exist();
    check_blocks();
    check_holdings_disjoint();
    check_consumed_is_not_held();
    check_attributes_agree();
    check_types();
    check_platform_fields();
    check_caps();
    check_ndc_period();
    check_year();
    check_repeats(aef_, list_);
    return list_.result();
  }

 private:
  void find(std::string_view check, const RowReader& row, std::string sentence) {
    list_.add(check, {aef_.request.party}, row.place(), std::move(sentence), row.row().entries);
  }

  void remark(std::string_view check, const RowReader& row, std::string sentence) {
    list_.add(check, {aef_.request.party}, row.place(), std::move(sentence), row.row().entries,
              true);
  }

  // C01
  void check_mandatory() {
    for (const AefTable table : all_aef_tables) {
      for (const RowReader& row : read_rows(aef_, table)) {
        for (const std::string_view column : mandatory_columns(table)) {
          if (!row.is_blank(column)) continue;
          find("C01", row, "\"" + header_of(table, column) + "\" is empty.");
        }
      }
    }
  }

  // C02
  void check_forms() {
    for (const AefTable table : all_aef_tables) {
      for (const RowReader& row : read_rows(aef_, table)) {
        for (const AefColumn& column : sheet_of(table).columns) check_form(table, row, column);
      }
    }
  }
  void check_form(AefTable table, const RowReader& row, const AefColumn& column) {
    const std::string header = "\"" + std::string(column.header) + "\" ";
    const std::string profile = "profile " + std::string(name_of(aef_.request.profile));
    const std::string text = row.text(column.name);
    if (row.is_blank(column.name)) {
      if (table != AefTable::authorizations || !insists_on(column.name, aef_.request.profile))
        return;
      remark("C02", row, header + "is empty, which " + profile + " does not take.");
      return;
    }
    const std::string sentence = header + "reads \"" + text + "\", which " + profile;
    switch (form_of(table, column.name, text, aef_.request.profile)) {
      case Form::fits: break;
      case Form::disputed: remark("C02", row, sentence + " may not take."); break;
      case Form::wrong: find("C02", row, sentence + " does not take."); break;
    }
  }

  // C03
  void check_authorizations_exist() {
    std::set<std::string> known;
    for (const RowReader& row : authorizations_) known.insert(row.text("AuthorizationID"));
    for (const auto* rows : {&actions_, &holdings_}) {
      for (const RowReader& row : *rows) {
        const std::string id = row.text("AuthorizationID");
        if (row.is_blank("AuthorizationID") || known.contains(id)) continue;
        find("C03", row, "Authorization " + id + " is not in table 2.");
      }
    }
  }

  // C04
  void check_entities_exist() {
    std::set<std::string> known;
    for (const RowReader& row : entities_) known.insert(row.text("AuthorizedEntityID"));
    for (const RowReader& row : actions_) {
      const std::string id = row.text("Using/cancellingEntityID");
      if (row.is_blank("Using/cancellingEntityID") || known.contains(id)) continue;
      find("C04", row, "Entity " + id + " is not in table 5.");
    }
  }

  // C05
  void check_blocks() {
    for (const auto* rows : {&actions_, &holdings_}) {
      for (const RowReader& row : *rows) {
        const auto range = row.range();
        if (!range) {
          find("C05", row, "First ID and Last ID do not name a block.");
        } else if (row.quantity() != range->quantity()) {
          find("C05", row,
               "The block has " + std::to_string(range->quantity()) +
                   " units; the quantity says otherwise.");
        } else if (!parts_agree(row)) {
          find("C05", row, "The parts of the identifiers are not those of the row's fields.");
        }
      }
    }
  }
  [[nodiscard]] bool parts_agree(const RowReader& row) const {
    if (aef_.request.profile == AefProfile::nomenclature_2026) return true;  // serials alone
    return std::all_of(std::begin(ends), std::end(ends), [&](std::string_view end) {
      const auto unit = parse_unit_name(row.text(end));
      return unit &&
             BlockKey{unit->approach, unit->party, unit->registry, unit->vintage} == row.key();
    });
  }
  static constexpr std::string_view ends[] = {"FirstID", "LastID"};

  // C06
  void check_holdings_disjoint() {
    for (std::size_t i = 0; i < holdings_.size(); ++i) {
      for (std::size_t j = i + 1; j < holdings_.size(); ++j) {
        if (!overlap(holdings_[i], holdings_[j])) continue;
        find("C06", holdings_[j], "Its block overlaps that of row " + std::to_string(i + 1) + ".");
      }
    }
  }

  // C07
  void check_consumed_is_not_held() {
    for (const RowReader& action : actions_) {
      if (!is_consumed(action)) continue;
      for (const RowReader& holding : holdings_) {
        if (!overlap(action, holding)) continue;
        find("C07", action,
             "Units of it are held at the end of the year: " + holding.place() + ".");
      }
    }
  }

  // C08
  void check_attributes_agree() {
    for (const RowReader& action : actions_) {
      for (const RowReader& holding : holdings_) {
        if (!overlap(action, holding)) continue;
        for (const std::string_view column : {"Metric", "MitigationType"}) {
          if (action.text(column) == holding.text(column)) continue;
          find("C08", action,
               "\"" + header_of(AefTable::actions, column) + "\" is not that of " +
                   holding.place() + ", which has the same units.");
        }
      }
    }
  }

  // C09
  void check_types() {
    for (const RowReader& row : authorizations_) {
      if (const auto fault = fault_of_authorization(row)) find("C09", row, *fault);
    }
    for (const RowReader& row : actions_) {
      const auto fault = fault_of_action(row, aef_.request);
      if (fault) find("C09", row, *fault);
    }
    for (const auto* rows : {&actions_, &holdings_}) {
      for (const RowReader& row : *rows) {
        if (const auto fault = fault_of_metric(row)) find("C09", row, *fault);
      }
    }
  }

  // C10
  void check_platform_fields() {
    const auto expect = [&](const RowReader& row, std::string_view column, std::string_view text) {
      if (row.text(column) != text) find("C10", row, "A field of the platform was changed.");
    };
    for (const RowReader& row : read_rows(aef_, AefTable::submission)) {
      expect(row, "ReviewStatusOfInitialReport", by_carp);
      expect(row, "ResultOfConsistencyCheck", by_carp);
      expect(row, "ReferenceToTerReport", link_by_carp);
    }
    for (const RowReader& row : authorizations_) {
      expect(row, "AuthorizationDocumentation", link_by_carp);
    }
    for (const RowReader& row : actions_) expect(row, "ResultOfConsistencyCheck", by_carp);
  }

  // C11: the reported year alone must not exceed the newest version's quantity.
  void check_caps() {
    std::map<std::string, std::int64_t> sums;
    for (const RowReader& row : actions_) {
      if (row.text("ActionType") != "First transfer") continue;
      sums[row.text("AuthorizationID")] += row.quantity().value_or(0);
    }
    std::map<std::string, const RowReader*> newest;
    for (const RowReader& row : authorizations_) newest[row.text("AuthorizationID")] = &row;
    for (const auto& [id, row] : newest) {
      const auto cap = row->number("AuthorizedQuantity");
      const auto sum = sums.find(id);
      if (!cap || sum == sums.end() || sum->second <= *cap) continue;
      find("C11", *row,
           "It allows " + std::to_string(*cap) +
               "; first transferred in the year: " + std::to_string(sum->second) + ".");
    }
  }

  // C12
  void check_ndc_period() {
    const std::vector<RowReader> submissions = read_rows(aef_, AefTable::submission);
    for (const RowReader& row : actions_) {
      const auto year = row.number("YearITMOUsedTowardsNDC");
      if (!year || submissions.empty()) continue;
      const auto first = submissions.front().number("FirstYearOfNDCPeriod");
      const auto last = submissions.front().number("LastYearOfNDCPeriod");
      const auto inside = [&](std::int64_t y) {
        return first && last && *first <= y && y <= *last;
      };
      // A use in a later period than that of the report is judged by the ledger alone.
      if (!first || !last || inside(*year) == inside(row.key().vintage)) continue;
      find("C12", row,
           "Used for " + std::to_string(*year) + ", vintage " + std::to_string(row.key().vintage) +
               ": not the same NDC implementation period.");
    }
  }

  // C13, C14
  void check_year() {
    const std::string year = std::to_string(aef_.request.year);
    for (const RowReader& row : actions_) {
      const std::string date = row.text("ActionDateTime");
      if (aef_.request.profile == AefProfile::carp_checker ? date.ends_with("/" + year)
                                                           : date.starts_with(year + "-")) {
        continue;
      }
      find("C13", row, "Its date is " + date + "; the reported year is " + year + ".");
    }
    if (end_of(aef_.request.year) <= aef_.time) return;
    list_.add("C14", {aef_.request.party}, std::string(sheet_of(AefTable::holdings).name),
              "The report is as of entry " + std::to_string(aef_.entry) + " of " +
                  ledger::format_timestamp(aef_.time) + ", when the year was not over.",
              {aef_.entry});
  }

  const Aef& aef_;
  std::vector<RowReader> authorizations_, actions_, holdings_, entities_;
  FindingList list_;
};

}  // namespace

AefCheck check_aef(const Aef& aef) {
  return Checker(aef).run();
}

}  // namespace replay
