// The words in which values are shown to people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"

namespace api::itmo {

// Stands first on everything that comes from a ledger in demonstration mode.
inline constexpr std::string_view demonstration_mark =
    "DEMONSTRATION – not a record of any government";

// Sentences, one a line; details stand indented below the sentence that they belong to.
class Lines {
 public:
  void say(std::string sentence) { lines_.push_back(std::move(sentence)); }
  void detail(std::string text) { lines_.push_back("  " + std::move(text)); }
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }

 private:
  std::vector<std::string> lines_;
};

[[nodiscard]] std::string number(std::int64_t value);                     // "11,733"
[[nodiscard]] std::string amount(std::int64_t quantity);                  // "11,733 units"
[[nodiscard]] std::string counted(std::size_t n, std::string_view noun);  // "1 key", "2 keys"
[[nodiscard]] std::string moment(ledger::Timestamp time);  // "2025-07-08 10:00:00.000 UTC"
[[nodiscard]] std::string quoted(std::string_view text);   // in double quotes
[[nodiscard]] std::string hex_of(const crypto::Hash& hash);
[[nodiscard]] std::string hex_of(const crypto::PublicKey& key);
[[nodiscard]] std::string percent(std::int64_t basis_points);  // "2.00 %"

// "a", "a and b", "a, b and c"; `none` where the list is empty.
[[nodiscard]] std::string listed(const std::vector<std::string>& items,
                                 std::string_view none = "none");

// "1 to 3,726; 4,008 to 8,651"; one serial alone is only itself.
[[nodiscard]] std::string serials(const ledger::RangeSet& ranges);
[[nodiscard]] std::string serials(ledger::Serial first, ledger::Serial last);

[[nodiscard]] std::string person(const ledger::Identity& identity);
[[nodiscard]] std::string_view word_of(ledger::Organ organ);
[[nodiscard]] std::string_view word_of(ledger::Purpose purpose);
[[nodiscard]] std::string_view word_of(ledger::Method method);
[[nodiscard]] std::string_view word_of(ledger::Mitigation mitigation);
[[nodiscard]] std::string_view word_of(ledger::Moment moment);

// What all bodies with units, documents, keys or thresholds say of them; units with a warning where
// they are not as many as stated.
void say_units(Lines& lines, const ledger::Units& units, std::int64_t stated);
void say_document(Lines& lines, const ledger::Document& document);
void say_keys(Lines& lines, std::string_view what, const std::vector<crypto::PublicKey>& keys);
void say_recovery(Lines& lines, const ledger::Recovery& recovery);
[[nodiscard]] std::string thresholds(const ledger::Thresholds& thresholds);

}  // namespace api::itmo
