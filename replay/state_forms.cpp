#include "replay/state_forms.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "crypto/bytes.hpp"
#include "crypto/text.hpp"
#include "ledger/codec_forms.hpp"
#include "ledger/json.hpp"
#include "ledger/ranges.hpp"
#include "ledger/time.hpp"

namespace replay {
namespace {

using ledger::json::Value;

// ---- names in keys ----

bool is_number(std::string_view digits, std::uint64_t least, std::uint64_t most) {
  const auto number = crypto::from_decimal(digits);
  return number && least <= *number && *number <= most;
}
bool is_serial(std::string_view digits) {
  return is_number(digits, 1, std::uint64_t{ledger::max_serial});
}
bool is_year(std::string_view digits) {
  return is_number(digits, ledger::codec::year.least, ledger::codec::year.most);
}
bool is_hash(std::string_view hex) {
  const auto bytes = crypto::from_hex(hex);
  return bytes && bytes->size() == crypto::Hash::length;
}

using IsName = bool (*)(std::string_view);
struct Kind {
  std::string_view name;
  IsName first;
  IsName second = nullptr;  // none: one name
};
constexpr std::array kinds{Kind{"account", ledger::codec::is_id},
                           Kind{"authorization", ledger::codec::is_id},
                           Kind{"issuance", ledger::codec::is_registry_id, is_serial},
                           Kind{"key", is_hash},
                           Kind{"metric", ledger::codec::is_text},
                           Kind{"party", ledger::codec::is_party_id, is_year},
                           Kind{"registry", ledger::codec::is_registry_id},
                           Kind{"run", ledger::codec::is_registry_id, is_serial},
                           Kind{"vintage", ledger::codec::is_id, is_year}};

// ---- members of texts ----

bool is_mark(const Value& value) {
  return value.is_boolean() && value.boolean();
}
bool is_count(const Value& value) {
  return value.is_integer() && value.integer() >= 0;
}
bool is_positive(const Value& value) {
  return value.is_integer() && value.integer() >= 1;
}
bool is_year_number(const Value& value) {
  return is_positive(value) && is_year(std::to_string(value.integer()));
}
template <IsName is>
bool is_string(const Value& value) {
  return value.is_string() && is(value.string());
}
bool is_moment(std::string_view text) {
  return ledger::parse_timestamp(text).has_value();
}
bool is_kind(std::string_view word) {
  return word == "holding" || word == "national_share" || word == "fund" || word == "buffer";
}
bool is_status(std::string_view word) {
  return word == "held" || word == "used" || word == "cancelled";
}
bool is_purpose(std::string_view word) {
  constexpr std::array<std::string_view, 8> words{
      "NDC", "IMP", "OP", "OMGE", "voluntary", "domestic", "administrative", "reversal"};
  return std::find(words.begin(), words.end(), word) != words.end();
}
// Some of three words, in their order.
bool is_cleared(const Value& value) {
  if (!value.is_array()) return false;
  constexpr std::array<std::string_view, 3> words{"acquisition", "issuance", "transfer"};
  auto next = words.begin();
  for (const Value& word : value.elements()) {
    if (!word.is_string()) return false;
    next = std::find(next, words.end(), word.string());
    if (next == words.end()) return false;
    ++next;
  }
  return true;
}

// A member of an object: a value alone, an object with members of its own, or a list of these.
struct Member {
  std::string_view name;
  bool (*fits)(const Value&) = nullptr;  // none: `inner` says it
  bool optional = false;
  std::span<const Member> inner = {};
  bool is_list = false;
};
using Members = std::span<const Member>;

// Each ascends by name, as the texts do.
constexpr Member listing[] = {{"count", is_count}, {"root", is_string<is_hash>}};
constexpr Member held_row[] = {{"cancelled", is_count},
                               {"held", is_count},
                               {"held_first_transferred", is_count},
                               {"used", is_count},
                               {"vintage", is_year_number}};
constexpr Member account[] = {{"entries", nullptr, false, listing},
                              {"frozen", is_mark, true},
                              {"holder", is_string<ledger::codec::is_id>},
                              {"kind", is_string<is_kind>},
                              {"metric", is_string<ledger::codec::is_text>},
                              {"party", is_string<ledger::codec::is_party_id>},
                              {"registry", is_string<ledger::codec::is_registry_id>},
                              {"runs", nullptr, false, listing},
                              {"vintages", nullptr, false, held_row, true}};
constexpr Member authorization[] = {{"acquired", is_count},
                                    {"approach", is_string<ledger::codec::is_id>},
                                    {"cap", is_count, true},
                                    {"effective", is_string<is_moment>},
                                    {"first_transferred", is_count},
                                    {"issued", is_count},
                                    {"metric", is_string<ledger::codec::is_text>},
                                    {"party", is_string<ledger::codec::is_party_id>},
                                    {"revoked", is_mark, true},
                                    {"version", is_positive}};
constexpr Member issuance[] = {
    {"entries", nullptr, false, listing}, {"first", is_positive}, {"last", is_positive}};
constexpr Member key_members[] = {{"active_from", is_string<is_moment>},
                                  {"participant", is_string<ledger::codec::is_id>},
                                  {"recovery", is_mark, true},
                                  {"retired_at", is_count, true}};
constexpr Member recorded[] = {
    {"first_transferred", is_count}, {"used", is_count}, {"version", is_positive}};
constexpr Member party[] = {
    {"first_transferred", is_count}, {"recorded", nullptr, true, recorded}, {"used", is_count}};
constexpr Member totals[] = {{"cancelled", is_count},
                             {"first_transferred", is_count},
                             {"held", is_count},
                             {"issued", is_count},
                             {"used", is_count}};
constexpr Member acquirer[] = {{"authorization", is_string<ledger::codec::is_id>},
                               {"version", is_positive}};
constexpr Member run[] = {{"acquirer", nullptr, true, acquirer},
                          {"activity", is_string<ledger::codec::is_id>},
                          {"authorization", is_string<ledger::codec::is_id>, true},
                          {"cleared", is_cleared},
                          {"first", is_positive},
                          {"first_transferred", is_mark, true},
                          {"frozen", is_mark, true},
                          {"last", is_positive},
                          {"lot", is_count},
                          {"purpose", is_string<is_purpose>, true},
                          {"registry", is_string<ledger::codec::is_registry_id>},
                          {"reserved", is_mark, true},
                          {"status", is_string<is_status>},
                          {"version", is_positive},
                          {"vintage", is_year_number}};

Members members_of(std::string_view kind) {
  if (kind == "account") return account;
  if (kind == "authorization") return authorization;
  if (kind == "issuance") return issuance;
  if (kind == "key") return key_members;
  if (kind == "party") return party;
  if (kind == "run") return run;
  return totals;
}

std::string quoted(std::string_view name) {
  return "`" + std::string(name) + "`";
}

std::string fault_of_object(const Value& value, Members members);

std::string fault_of_member(const Value& value, const Member& member) {
  if (member.fits != nullptr) {
    return member.fits(value) ? "" : quoted(member.name) + " is not in its form";
  }
  std::string fault;
  if (!member.is_list) {
    fault = fault_of_object(value, member.inner);
  } else if (!value.is_array()) {
    fault = "it is no list";
  } else {
    for (const Value& row : value.elements()) {
      if (fault.empty()) fault = fault_of_object(row, member.inner);
    }
  }
  return fault.empty() ? "" : "of " + quoted(member.name) + ", " + fault;
}

// Both ascend.
std::string fault_of_object(const Value& value, Members members) {
  if (!value.is_object()) return "it is no object";
  auto expected = members.begin();
  const auto missing = [&](auto until) -> std::string {
    for (; expected != until; ++expected) {
      if (!expected->optional) return quoted(expected->name) + " is missing";
    }
    return "";
  };
  for (const auto& [name, member, offset] : value.members()) {
    const auto found = std::find_if(expected, members.end(),
                                    [&, n = name](const Member& each) { return each.name == n; });
    if (found == members.end()) return quoted(name) + " is no member of it";
    if (std::string fault = missing(found); !fault.empty()) return fault;
    if (std::string fault = fault_of_member(member, *found); !fault.empty()) return fault;
    ++expected;
  }
  return missing(members.end());
}

// ---- what members say together ----

std::int64_t number(const Value& object, std::string_view name) {
  return object.find(name)->integer();
}

// Rows ascend, and no sum of a column is more than a count can be.
std::string fault_of_vintages(const Value& rows) {
  std::int64_t last = 0;
  std::array<std::int64_t, 3> sums{};
  for (const Value& row : rows.elements()) {
    if (number(row, "vintage") <= last) return "`vintages` do not ascend";
    last = number(row, "vintage");
    if (number(row, "held_first_transferred") > number(row, "held")) {
      return "more units are held first transferred than held";
    }
    std::size_t column = 0;
    for (const char* name : {"cancelled", "held", "used"}) {
      sums[column] += number(row, name);
      if (sums[column++] > ledger::json::max_integer) return "a sum is more than a count can be";
    }
  }
  return "";
}

std::string fault_of_range(const Value& object, const std::vector<std::string>& key) {
  const std::int64_t first = number(object, "first");
  if (std::to_string(first) != key[2]) return "`first` is not that of its key";
  if (number(object, "last") < first) return "`last` is below `first`";
  return "";
}

std::string fault_of_run(const Value& object, const std::vector<std::string>& key) {
  if (object.find("registry")->string() != key[1]) return "`registry` is not that of its key";
  const bool is_held = object.find("status")->string() == "held";
  if (object.find("purpose").has_value() == is_held) {
    return "`purpose` stands with units that are used or cancelled, and with no others";
  }
  return fault_of_range(object, key);
}

std::string fault_of_totals(const Value& object) {
  const std::int64_t all =
      number(object, "held") + number(object, "used") + number(object, "cancelled");
  return all > ledger::json::max_integer ? "a sum is more than a count can be" : "";
}

}  // namespace

bool is_state_key(const std::vector<std::string>& key) {
  if (key.empty()) return false;
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const Kind& each) { return each.name == key[0]; });
  if (kind == kinds.end()) return false;
  const std::size_t names = kind->second == nullptr ? 1 : 2;
  return key.size() == names + 1 && kind->first(key[1]) && (names == 1 || kind->second(key[2]));
}

std::string fault_of_text(const std::vector<std::string>& key, std::string_view text) {
  ledger::json::Document document;
  if (const auto read = document.parse(text); !read) {
    return std::string(read.error().clause->id) + ", " + read.error().detail;
  }
  const Value object = document.root();
  const std::string& kind = key[0];
  const Members members = members_of(kind);
  if (std::string fault = fault_of_object(object, members); !fault.empty()) return fault;
  if (kind == "account") return fault_of_vintages(*object.find("vintages"));
  if (kind == "issuance") return fault_of_range(object, key);
  if (kind == "run") return fault_of_run(object, key);
  return members.data() == totals ? fault_of_totals(object) : "";
}

}  // namespace replay
