// Making the parts of answers that several questions share.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "replay/answers.hpp"
#include "replay/row_lookup.hpp"

namespace replay {

[[nodiscard]] AsOf as_of(RowLookup& lookup);

[[nodiscard]] std::optional<ParticipantAnswer> participant_row(RowLookup& lookup,
                                                               ledger::Index index);
[[nodiscard]] std::optional<AccountRow> account_row(RowLookup& lookup, ledger::Index index);
[[nodiscard]] std::vector<AccountRow> accounts_in(RowLookup& lookup, ledger::Index party);
[[nodiscard]] std::vector<LockAnswer> locks_on(RowLookup& lookup, ledger::Index account);
[[nodiscard]] std::vector<AdjustmentAnswer> adjustments_of(RowLookup& lookup, ledger::Index party);

// Adds units in one standing, as a sum has it, to a tally.
void add_to(TallyAnswer& tally, std::uint64_t standing, std::int64_t quantity);

// What issuance fixed of units, kept for the next unit of the same lot.
class UnitOrigins {
 public:
  explicit UnitOrigins(RowLookup& lookup) : lookup_(lookup) {}
  [[nodiscard]] const UnitOrigin& of(ledger::Index lot);

 private:
  RowLookup& lookup_;
  std::map<ledger::Index, UnitOrigin> known_;
};

[[nodiscard]] UnitState state_of(RowLookup& lookup, const ledger::Standing& standing);

// At most `limit` blocks that stand in an account with a status, from the cursor on.
struct BlockPage {
  std::vector<Block> blocks;
  std::optional<BlockCursor> next;
};
[[nodiscard]] BlockPage blocks_of(RowLookup& lookup, std::uint32_t holding, std::size_t limit,
                                  const std::optional<BlockCursor>& from);

// What was issued of the range, in at most `limit` steps; nothing where its first unit was not.
// Precondition: 1 <= first < end <= max_serial + 1, limit >= 1.
[[nodiscard]] std::optional<UnitsAnswer> units_answer(RowLookup& lookup, ledger::Index scope,
                                                      ledger::Range range, std::size_t limit);
[[nodiscard]] std::optional<UnitAnswer> unit_answer(RowLookup& lookup, ledger::Index scope,
                                                    ledger::Serial serial);

}  // namespace replay
