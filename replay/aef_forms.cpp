#include "replay/aef_forms.hpp"

#include <algorithm>
#include <initializer_list>

#include "replay/aef_words.hpp"
#include "replay/answers.hpp"

namespace replay::aef {
namespace {

bool is_digit(char c) {
  return '0' <= c && c <= '9';
}
bool is_capital(char c) {
  return 'A' <= c && c <= 'Z';
}
bool is_letter(char c) {
  return is_capital(c) || ('a' <= c && c <= 'z');
}

bool all(std::string_view text, bool (*fits)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

// Letters, digits, spaces, and those of `more`.
bool all_plain(std::string_view text, std::string_view more) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || c == ' ' || more.find(c) != std::string_view::npos;
  });
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// ---- identifiers ----

bool is_code(std::string_view text) {
  return text.size() == 3 && all(text, is_capital);
}
bool is_approach(std::string_view text) {
  return text.size() == 6 && text.starts_with("CA") && all(text.substr(2), is_digit);
}
bool is_registry(std::string_view text) {
  return text.size() == 5 && is_code(text.substr(0, 3)) && all(text.substr(3), is_digit);
}

// "XBA, XHA": every part of the list fits.
template <class Fits>
bool is_list(std::string_view text, Fits fits) {
  while (true) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!fits(part)) return false;
    if (comma == text.size()) return true;
    text.remove_prefix(comma + 1);
  }
}

// A Party's name as the checker takes it.
bool is_plain_name(std::string_view text) {
  return is_capital(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || c == ' ' || c == '(' || c == ')' || c == '\'';
         });
}

// ---- numbers and days ----

// From 1, without a leading zero.
bool is_count(std::string_view text) {
  return all(text, is_digit) && text.front() != '0';
}
bool is_year(std::string_view text) {
  return text.size() == 4 && is_count(text);
}
// "20/11/2028", a day that there is.
bool is_day(std::string_view text) {
  if (text.size() != 10 || text[2] != '/' || text[5] != '/') return false;
  const std::string iso = std::string(text.substr(6)) + "-" + std::string(text.substr(3, 2)) + "-" +
                          std::string(text.substr(0, 2));
  return ledger::parse_date(iso).has_value();
}
bool is_month(std::string_view text) {
  return text.size() == 7 && is_day("01/" + std::string(text));
}

// "2026 to 2030", "09/02/2027 to 31/12/2031".
bool is_span(std::string_view text) {
  constexpr std::string_view between = " to ";
  const std::size_t at = text.find(between);
  if (at == std::string_view::npos) return false;
  const auto is_end = [](std::string_view end) {
    return is_year(end) || is_month(end) || is_day(end);
  };
  return is_end(text.substr(0, at)) && is_end(text.substr(at + between.size()));
}

// "Occurred: from … to …", "Use: from … to …", or both.
bool is_checker_timeframe(std::string_view text) {
  constexpr std::string_view occurred = "Occurred: from ", use = "Use: from ", joint = ". ";
  if (text.starts_with(use)) return is_span(text.substr(use.size()));
  if (!text.starts_with(occurred)) return false;
  const std::size_t end = std::min(text.find(joint), text.size());
  if (!is_span(text.substr(occurred.size(), end - occurred.size()))) return false;
  if (end == text.size()) return true;
  const std::string_view rest = text.substr(end + joint.size());
  return rest.starts_with(use) && is_span(rest.substr(use.size()));
}

bool is_timeframe(std::string_view text, bool checker) {
  if (checker) return is_checker_timeframe(text);
  return text.size() == 11 && is_year(text.substr(0, 4)) && text.substr(4, 3) == " - " &&
         is_year(text.substr(7));
}

// ---- columns ----

// Words of a list that only grows: whatever is not in it may be right.
bool is_listed_programme(std::string_view text) {
  return is_one_of(text, {"VCS", "GS", "CAR", "ACR", "ART", "GCC", "Cercarbono", "Isometric",
                          "ISFL", "FCPF", "T-VER", "JCM"});
}

Form disputed_unless(bool fits) {
  return fits ? Form::fits : Form::disputed;
}
Form wrong_unless(bool fits) {
  return fits ? Form::fits : Form::wrong;
}

bool is_number_column(std::string_view column) {
  return is_one_of(column, {"AuthorizationVersion", "QuantityCO2", "QuantityNon-GHG",
                            "UnderlyingUnitFirstUnitID", "UnderlyingUnitLastUnitID"});
}
bool is_year_column(std::string_view column) {
  return is_one_of(column, {"ReportedYear", "FirstYearOfNDCPeriod", "LastYearOfNDCPeriod",
                            "Vintage", "YearITMOUsedTowardsNDC"});
}
bool is_party_column(std::string_view column) {
  return is_one_of(column, {"FirstTransferringPartyID", "TransferringPartyID", "AcquiringPartyID",
                            "Using/cancellingPartyID"});
}

Form form_of_word(AefTable table, std::string_view column, std::string_view text, bool checker) {
  if (column == "PurposeForAuthorization") {
    return wrong_unless(
        is_one_of(text, {"NDC", "OIMP", "IMP", "OP", "NDC and OIMP", "NDC and IMP", "NDC and OP"}));
  }
  if (column == "Metric") {
    const bool capital = table == AefTable::authorizations && !checker;
    return wrong_unless(text == "GHG" || text == (capital ? "Non-GHG" : "non-GHG"));
  }
  if (column == "MitigationType") {
    return wrong_unless(is_one_of(text, {"Emission reductions", "Removals"}) ||
                        (!checker && text == "Emission reductions and removals"));
  }
  if (column == "FirstTransferDefnForOIMP") {
    return wrong_unless(
        checker ? is_one_of(text, {"Authorization", "Issuance", "Use of cancellation"})
                : is_one_of(text, {"Authorisation", "Issuance", "Use or Cancellation"}));
  }
  if (column == "UnderlyingUnitRegistryID") {
    return disputed_unless(checker || is_listed_programme(text));
  }
  return Form::fits;  // free text, or judged with other columns (C09, C10)
}

Form form_of_identifier(std::string_view column, const std::string& text, bool checker) {
  if (column == "CooperativeApproachID") return wrong_unless(is_approach(text));
  if (column == "AuthorizationID") return wrong_unless(all_plain(text, "-"));
  if (column == "PartyITMORegistryID") return wrong_unless(is_registry(text));
  if (column == "AuthorizedPartyIDs") return wrong_unless(is_list(text, is_code));
  if (column == "AuthorizedEntityIDs") {
    const auto is_number = [](std::string_view part) { return all_plain(part, "-.()"); };
    return disputed_unless(!checker || is_list(text, is_number));
  }
  return wrong_unless(checker ? parse_unit_name(text).has_value() : is_count(text));
}

}  // namespace

Form form_of(AefTable table, std::string_view column, const std::string& text, AefProfile profile) {
  if (text.empty()) return Form::fits;
  const bool checker = profile == AefProfile::carp_checker;
  if (column == "ParticipatingParty" || column == "AuthorizedEntityCountryOfIncorporation") {
    return checker ? disputed_unless(is_plain_name(text)) : wrong_unless(is_code(text));
  }
  // Official lists have sectors and types with signs that these sources' patterns leave out.
  if (column == "Sectors") return disputed_unless(all_plain(text, checker ? "" : ",-"));
  if (column == "ActivityType") return disputed_unless(all_plain(text, checker ? "+" : ",/"));
  if (is_party_column(column)) return wrong_unless(is_code(text));
  if (is_year_column(column)) return wrong_unless(is_year(text));
  if (is_number_column(column)) return wrong_unless(is_count(text));
  if (column == "AuthorizedQuantity") return wrong_unless(text == "0" || is_count(text));
  if (column == "SubmissionVersion") return wrong_unless(is_aef_version(text));
  if (column == "AuthorizedTimeframe") return wrong_unless(is_timeframe(text, checker));
  if (column == "DateOfSubmission" || column == "DateOfAuthorization") {
    return wrong_unless(is_day(text));
  }
  if (column == "ActionDateTime") {
    return wrong_unless(checker ? is_day(text) : ledger::parse_timestamp(text).has_value());
  }
  if (is_one_of(column, {"CooperativeApproachID", "AuthorizationID", "PartyITMORegistryID",
                         "AuthorizedPartyIDs", "AuthorizedEntityIDs", "FirstID", "LastID"})) {
    return form_of_identifier(column, text, checker);
  }
  return form_of_word(table, column, text, checker);
}

bool insists_on(std::string_view column, AefProfile profile) {
  return profile == AefProfile::carp_checker &&
         is_one_of(column, {"AuthorizedQuantity", "ActivityType", "AuthorizedPartyIDs",
                            "AuthorizedEntityIDs"});
}

}  // namespace replay::aef
