// The keys of a committed state and the texts that they are given (spec/commitments.md, 2 and 3):
// what a proof of a balance is a proof of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/merkle.hpp"
#include "ledger/state.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Units that share something, by what became of them. Each unit counts in exactly one of the first
// three.
struct UnitTotals {
  std::int64_t held = 0, used = 0, cancelled = 0;
  std::int64_t first_transferred = 0;       // of all three
  std::int64_t held_first_transferred = 0;  // ITMOs that are held
  [[nodiscard]] bool empty() const { return held == 0 && used == 0 && cancelled == 0; }
  // Counts units of that standing; a negative quantity takes them away.
  void count(const Standing& standing, std::int64_t quantity);
  bool operator==(const UnitTotals&) const = default;
};

// What of an account is not in its row.
struct AccountContents {
  std::vector<std::pair<Year, UnitTotals>> vintages;  // ascending, none of them empty
  std::uint64_t runs = 0;
  crypto::Hash runs_root;
};

// ---- keys: a kind, and what names one of it, behind a zero byte each ----

[[nodiscard]] std::string account_key(std::string_view account);
[[nodiscard]] std::string authorization_key(std::string_view authorization);
[[nodiscard]] std::string issuance_key(std::string_view registry, Serial first);
[[nodiscard]] std::string enrolled_key(const crypto::PublicKey& key);
[[nodiscard]] std::string metric_key(std::string_view metric);
[[nodiscard]] std::string party_key(std::string_view party, Year year);
[[nodiscard]] std::string registry_key(std::string_view registry);
[[nodiscard]] std::string vintage_key(std::string_view activity, Year vintage);
// In the tree of an account alone.
[[nodiscard]] std::string run_key(std::string_view registry, Serial first);

// ---- values: canonical JSON; names are those of the state ----

[[nodiscard]] std::string account_value(const State& state, const Account& account,
                                        const AccountContents& contents,
                                        const crypto::Frontier& entries);
[[nodiscard]] std::string authorization_value(const State& state,
                                              const Authorization& authorization);
[[nodiscard]] std::string issuance_value(Range issued, const crypto::Frontier& entries);
[[nodiscard]] std::string enrolled_value(const State& state, const KeyRecord& record);
[[nodiscard]] std::string party_value(const PartyYear& year);
// Of a registry, a metric, or an activity's vintage.
[[nodiscard]] std::string totals_value(std::int64_t issued, const UnitTotals& totals);
[[nodiscard]] std::string run_value(const State& state, std::string_view registry, const Run& run);

}  // namespace ledger
