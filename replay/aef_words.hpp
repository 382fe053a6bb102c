// The words of the AEF's cells in each profile (spec/aef.md).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/state.hpp"
#include "replay/aef.hpp"

namespace replay::aef {

// What does not apply, in a column of text; columns of codes and numbers stay empty.
inline constexpr std::string_view not_applicable = "NA";
// What the secretariat's platform fills in.
inline constexpr std::string_view by_carp = "{Information in this field is populated by the CARP}";
inline constexpr std::string_view link_by_carp = "{Link to be produced by the CARP}";

enum class ActionType : std::uint8_t {
  first_transfer,
  transfer,
  acquisition,
  use,
  cancellation,
  voluntary_cancellation,
};
enum class Subtype : std::uint8_t {
  none,
  to_another_party,
  authorization,
  issuance,
  use_or_cancellation,
  mandatory_omge,
  voluntary_omge,
  other_cancellations,
  not_yet_defined,
};
[[nodiscard]] std::string_view word_of(ActionType type, AefProfile profile);
[[nodiscard]] std::string_view word_of(Subtype subtype);

// "GHG", or that it is another metric. `in_actions` is one of tables 3 and 4.
[[nodiscard]] std::string_view metric_word(std::string_view metric, AefProfile profile,
                                           bool in_actions);
[[nodiscard]] std::string_view word_of(ledger::Mitigation mitigation);
[[nodiscard]] std::string_view word_of(ledger::Definition definition, AefProfile profile);

// "NDC", "OIMP", "NDC and IMP", …: the one word for the purposes.
[[nodiscard]] std::string_view purposes_word(const std::vector<ledger::Purpose>& purposes);

// The official name of the Party with that alpha-3 code, or nothing.
[[nodiscard]] std::optional<std::string_view> party_name(std::string_view code);

[[nodiscard]] std::string join(const std::vector<std::string>& parts, std::string_view between);

// "Changes until first transfer, with the consent of XBA and 30 days' notice."
[[nodiscard]] std::string change_terms(const ledger::Terms::Change& change);
// "Revoked on", "Notice of a change given on", …: a day follows.
[[nodiscard]] std::string_view word_of(AuthorizationStep::Sort step);
// "May transfer, acquire and use."
[[nodiscard]] std::string may(const std::vector<ledger::Act>& acts);
// The years in which outcomes occur, and until when they are used.
[[nodiscard]] std::string timeframe(const AuthorizationVersion& version, AefProfile profile);

}  // namespace replay::aef
