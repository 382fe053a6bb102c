// The views: what entries did, folded into rows that answer questions at any position
// (spec/views.md).
#pragma once

#include <memory>

#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/entry.hpp"
#include "ledger/ledger.hpp"
#include "ledger/store.hpp"
#include "ledger/table.hpp"

namespace replay {

// Writes the rows. It is fed every entry from the first on: start-up replays the log into it, then
// whoever commits feeds what became durable. Entries below the table's position only bring back the
// figures that it keeps in memory; no row is read or written for them.
// Threads: one thread at a time feeds it; reading goes through snapshots of the table and needs no
// part of it. The table outlives it.
class Views final : public ledger::Sink {
 public:
  // Rows of another format, of another log, or of entries that the store does not have are cleared,
  // so that everything is made again. Fails with LOG-12 if even that does not go.
  [[nodiscard]] static ledger::Result<Views> open(ledger::Table& table, const ledger::Store& store);

  Views(Views&&) noexcept;
  Views& operator=(Views&&) noexcept;
  ~Views() override;

  // Folds the next entry. Its rows are readable after apply(); where many wait it applies by
  // itself. Precondition: entry.seq is the number of entries taken so far.
  [[nodiscard]] ledger::Result<> take(const ledger::Entry& entry,
                                      const ledger::Effects& effects) override;

  // Makes everything taken readable, at once. Fails with LOG-12, and then for good.
  [[nodiscard]] ledger::Result<> apply();

  // The number of entries taken.
  [[nodiscard]] ledger::Seq size() const;

 private:
  class Fold;
  explicit Views(std::unique_ptr<Fold> fold);
  std::unique_ptr<Fold> fold_;
};

}  // namespace replay
