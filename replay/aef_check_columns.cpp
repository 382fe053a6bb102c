// C09: columns of a row that must agree.
#include <algorithm>
#include <initializer_list>

#include "replay/aef_check_list.hpp"
#include "replay/aef_words.hpp"

namespace replay::aef {
namespace {

using Fault = std::optional<std::string>;

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// Which subtypes go with a type; none where the type has no subtypes.
std::span<const std::string_view> subtypes_of(std::string_view type) {
  static constexpr std::string_view first_transfer[] = {"First transfer to another Party",
                                                        "Authorization",
                                                        "Issuance",
                                                        "Use or cancellation",
                                                        "Mandatory cancellation to deliver OMGE",
                                                        "Voluntary cancellation to deliver OMGE",
                                                        "Other cancellations",
                                                        "Not yet defined"};
  static constexpr std::string_view transfer[] = {
      "Mandatory transfer to the Adaptation Fund (A6.4 ERs)",
      "Voluntary transfer to the Adaptation Fund (A6.4 ERs)", "Not yet defined"};
  if (type == "First transfer") return first_transfer;
  if (type == "Transfer") return transfer;
  if (type == "Cancellation" || type == "Voluntary Cancellation") {
    return std::span(first_transfer).subspan(4);
  }
  return {};
}

// The column must be filled, or must not be.
Fault fault_of(const RowReader& row, AefTable table, std::string_view column, bool filled,
               const std::string& because) {
  if (row.is_blank(column) != filled) return std::nullopt;
  return "\"" + header_of(table, column) + "\" is " + (filled ? "empty" : "filled") + "; " +
         because + ".";
}

Fault fault_of_subtype(const RowReader& row, const std::string& type) {
  const auto subtypes = subtypes_of(type);
  const std::string subtype = row.text("ActionSubtype");
  if (row.is_blank("ActionSubtype")) {
    if (type == "First transfer") return "A first transfer has a subtype.";
    return std::nullopt;
  }
  if (std::find(subtypes.begin(), subtypes.end(), subtype) != subtypes.end()) return std::nullopt;
  return "\"" + subtype + "\" is no subtype of " + type + ".";
}

// Columns that the type leaves empty.
Fault fault_of_surplus(const RowReader& row, const std::string& type) {
  const bool ends = type != "Transfer" && type != "Acquisition";
  for (const auto& [column, applies] :
       {std::pair{"TransferringPartyID", type == "Acquisition"},
        {"AcquiringPartyID", type == "First transfer" || type == "Transfer"},
        {"PurposeITMOUsedForOIMP", ends},
        {"Using/cancellingPartyID", ends},
        {"Using/cancellingEntityID", ends},
        {"YearITMOUsedTowardsNDC", type == "Use"}}) {
    if (!applies && !row.is_blank(column)) {
      return "\"" + header_of(AefTable::actions, column) + "\" does not apply to " + type + ".";
    }
  }
  return std::nullopt;
}

// Who the units went to, where a first transfer says so, and what for.
Fault fault_of_first_transfer(const RowReader& row, const std::string& party) {
  const std::string subtype = row.text("ActionSubtype");
  if (row.text("FirstTransferringPartyID") != party) {
    return "Only " + row.text("FirstTransferringPartyID") + " can first transfer its outcomes.";
  }
  const bool to_party = subtype == "First transfer to another Party";
  if (to_party && row.is_blank("AcquiringPartyID")) {
    return "A first transfer to another Party names none.";
  }
  if (!to_party && !row.is_blank("AcquiringPartyID")) {
    return "A first transfer by " + subtype + " has no acquiring Party.";
  }
  const bool ended = !is_one_of(
      subtype, {"First transfer to another Party", "Authorization", "Issuance", "Not yet defined"});
  return fault_of(row, AefTable::actions, "PurposeITMOUsedForOIMP", ended,
                  "the subtype is " + subtype);
}

Fault fault_of_use(const RowReader& row) {
  const bool for_ndc = !row.is_blank("YearITMOUsedTowardsNDC");
  if (for_ndc != row.is_blank("PurposeITMOUsedForOIMP")) {
    return "A use is either towards an NDC, for a year, or for another purpose.";
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> fault_of_action(const RowReader& row, const AefRequest& request) {
  const std::string type = row.text("ActionType");
  const bool voluntary = request.profile == AefProfile::nomenclature_2026;
  if (!is_one_of(type, {"First transfer", "Transfer", "Acquisition", "Use", "Cancellation"}) &&
      !(voluntary && type == "Voluntary Cancellation")) {
    return "Action type \"" + type + "\" is unknown.";
  }
  if (Fault fault = fault_of_subtype(row, type)) return fault;
  if (Fault fault = fault_of_surplus(row, type)) return fault;
  for (const std::string_view column : {"TransferringPartyID", "AcquiringPartyID"}) {
    if (row.text(column) != request.party) continue;
    return "\"" + header_of(AefTable::actions, column) + "\" names the reporting Party itself.";
  }
  if (type == "First transfer") return fault_of_first_transfer(row, request.party);
  if (type == "Use") return fault_of_use(row);
  return std::nullopt;
}

std::optional<std::string> fault_of_metric(const RowReader& row) {
  const bool ghg = row.text("Metric") == "GHG";
  const std::string because = "the metric is " + row.text("Metric");
  if (Fault fault = fault_of(row, AefTable::actions, "QuantityCO2", true, because)) return fault;
  for (const auto& [column, of_ghg] :
       {std::pair{"GWPValues", true}, {"QuantityNon-GHG", false}, {"Non-GHGMetric", false}}) {
    if (Fault fault = fault_of(row, AefTable::actions, column, ghg == of_ghg, because)) {
      return fault;
    }
  }
  return std::nullopt;
}

std::optional<std::string> fault_of_authorization(const RowReader& row) {
  constexpr AefTable table = AefTable::authorizations;
  const bool ghg = row.text("Metric") == "GHG";
  const std::string metric = "the metric is " + row.text("Metric");
  if (Fault fault = fault_of(row, table, "GWPValues", ghg, metric)) return fault;
  if (Fault fault = fault_of(row, table, "Non-GHGMetric", !ghg, metric)) return fault;
  const bool oimp = row.text("PurposeForAuthorization") != "NDC";
  const std::string purposes = "the purposes are " + row.text("PurposeForAuthorization");
  if (Fault fault = fault_of(row, table, "OIMPAuthorized", oimp, purposes)) return fault;
  return fault_of(row, table, "FirstTransferDefnForOIMP", oimp, purposes);
}

}  // namespace replay::aef
