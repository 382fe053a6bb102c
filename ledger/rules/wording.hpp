// Sentences that several rules say alike: what holds, what was asked, what to do (decision 15).
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/seq.hpp"
#include "ledger/state.hpp"

namespace ledger {

// The first half of a key's hex, enough for a person to find it.
[[nodiscard]] std::string short_form(const crypto::PublicKey& key);

[[nodiscard]] std::string quoted(std::string_view text);

// "3 keys", "1 key".
[[nodiscard]] std::string counted(std::size_t number, std::string_view noun);
// "1 Party", "2 Parties".
[[nodiscard]] std::string counted(std::size_t number, std::string_view one, std::string_view many);

// `Account "X" exists since entry 3. Choose another id.`
[[nodiscard]] std::string taken(std::string_view what, std::string_view id, Seq since);

// `"XZZ" is not a Party of this ledger.` or what it is instead.
[[nodiscard]] std::string not_a_party(const State& state, std::string_view id);

// `"X" is not a participant of this ledger.`, or that it is the operator.
[[nodiscard]] std::string no_participant(const State& state, std::string_view id);

// `Approach "X" is not established in this ledger.`, and what to do.
[[nodiscard]] std::string unknown_approach(std::string_view id);

// Why the approach has no rules that an event could go by: it is unknown, or has adopted none.
[[nodiscard]] std::string no_rules_of(const State& state, std::string_view approach);

// Whether a Party's registry bears that code: alpha-3 and two digits (6/CMA.4, annex I, 5).
[[nodiscard]] bool belongs_to(std::string_view registry, std::string_view party);

// Whether that row is there and is a Party.
[[nodiscard]] bool is_party(const State& state, std::optional<Index> participant);

// Whether that row is there and is not the operator, which holds no role and no account.
[[nodiscard]] bool may_act(const State& state, std::optional<Index> participant);

// The first item that an earlier one equals, in the order of the list.
template <class T>
[[nodiscard]] std::optional<T> first_repeated(const std::vector<T>& list) {
  for (auto it = list.begin(); it != list.end(); ++it) {
    if (std::find(list.begin(), it, *it) != it) return *it;
  }
  return std::nullopt;
}

template <class T>
[[nodiscard]] bool contains(const std::vector<T>& list, const T& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

}  // namespace ledger
