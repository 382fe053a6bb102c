// What the rules of all movements share: how units are found, what authorizations allow, and how a
// refusal is put into words.
#pragma once

#include <string>

#include "ledger/facts_units.hpp"
#include "ledger/rule.hpp"

namespace ledger {

// ---- resolve ----

// Looks the named ranges up once and fills scope, rows, named, found, vintages and causes.
void find_units(const State& state, const Units& units, UnitFacts& facts);

// Marks the rows for which `occurrence` is the first transfer and adds them up by authorization.
void mark_first_transfers(const State& state, Occurrence occurrence, UnitFacts& facts);

// ---- predicates on sums: true where nothing is asked ----

[[nodiscard]] bool within_caps(const State& state, const AuthorizationSums& first_transfers,
                               const AuthorizationSums& acquisitions);
[[nodiscard]] std::string explain_caps(const State& state, const AuthorizationSums& first_transfers,
                                       const AuthorizationSums& acquisitions);
// Whether the host's authorization lets units of each of the lots become ITMOs then (AUT-5).
[[nodiscard]] bool all_active(const State& state, const std::vector<Index>& lots, Timestamp time);
[[nodiscard]] std::string explain_inactive(const State& state, const std::vector<Index>& lots,
                                           Timestamp time);
// Whether each of the authorizations allows something new.
[[nodiscard]] bool all_active(const State& state, const AuthorizationSums& sums, Timestamp time);
[[nodiscard]] std::string explain_inactive(const State& state, const AuthorizationSums& sums,
                                           Timestamp time);
[[nodiscard]] std::string explain_inactive(const State& state, const Authorization& authorization,
                                           Timestamp time);

// Whether the approaches of the lots are open: an ended one allows no first transfer.
[[nodiscard]] bool all_open(const State& state, const std::vector<Index>& lots, Timestamp time);
[[nodiscard]] std::string explain_ended(const State& state, const std::vector<Index>& lots,
                                        Timestamp time);
[[nodiscard]] std::string explain_ended(const Approach& approach);

// ---- predicates on one row ----

// Whether the row is held, by that account.
[[nodiscard]] bool held_in(const Row& row, std::optional<Index> account);
[[nodiscard]] std::string explain_not_held(const State& state, const Row& row,
                                           std::optional<Index> account);
// Serials that were never issued have no row; this says which come first.
[[nodiscard]] std::string explain_not_issued(const State& state, const UnitFacts& facts,
                                             const Units& units);

// Notes a lot whose units need their authorization and approach for what is done.
void note_lot(UnitFacts& facts, Index lot);
// Notes that units of the lot are first transferred.
void note_first_transfer(UnitFacts& facts, Index lot, Index authorization, std::int64_t quantity);

// The authorization that governs where the units stand: the acquirer's in its own section, the
// host's everywhere else; each in the version that counts for these units.
[[nodiscard]] const Terms& governing(const State& state, const Row& row);
// Whether the units, put into that account, come to that Party: into its section from another
// one's, or from a fund there that had them before. A fund acquires for no Party, and the host not
// at all.
[[nodiscard]] bool is_acquisition(const State& state, const Row& row, Index to);

// What must be settled before units do that (decision 7). Of units that may not become ITMOs at
// that moment nothing is due while they stay in their section or end there.
enum class Step : std::uint8_t { move_inside, leave_section, end };
[[nodiscard]] bool proceeds_settled(const State& state, const Row& row, Step step, Timestamp time);
[[nodiscard]] std::string explain_unsettled(const State& state, const Row& row, Step step);

// Whether the row is frozen, or the account that holds it.
[[nodiscard]] bool is_frozen(const State& state, const Row& row);
// Whether locks let the event of that hash move the row: frozen units move by none, reserved ones
// by the one that they are kept for (R26).
[[nodiscard]] bool may_move(const State& state, const Row& row, const crypto::Hash& event);
[[nodiscard]] std::string explain_locked(const State& state, const Row& row,
                                         const crypto::Hash& event);

// ---- words ----

// "CA9901-XHA99-XHA-1 to 4007" with the vintage as registries print it (6/CMA.4 annex I 5).
[[nodiscard]] std::string describe(const State& state, const Row& row);
[[nodiscard]] std::string closed(const Range& range);       // "1 to 4007"
[[nodiscard]] std::string grouped(std::int64_t number);     // "96,500"
[[nodiscard]] std::string in_units(std::int64_t quantity);  // "96,500 units", "1 unit"
[[nodiscard]] std::string_view name_of(AccountKind kind);
[[nodiscard]] std::string_view name_of(UnitStatus status);
[[nodiscard]] std::string_view name_of(UnitPurpose purpose);
[[nodiscard]] std::string_view name_of(Purpose purpose);
[[nodiscard]] std::string_view name_of(Moment moment);
[[nodiscard]] std::string_view name_of(Definition definition);

inline constexpr std::uint8_t cleared_bit(Moment moment) {
  return static_cast<std::uint8_t>(1U << static_cast<unsigned>(moment));
}

}  // namespace ledger
