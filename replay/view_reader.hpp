// Asking the views: every answer is a function of the first `size` entries of the log, whatever
// came after them and however the rows were written.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ledger/clause.hpp"
#include "ledger/table.hpp"
#include "ledger/time.hpp"
#include "replay/answers.hpp"
#include "replay/answers_cycle.hpp"
#include "replay/answers_documents.hpp"
#include "replay/answers_ledger.hpp"
#include "replay/answers_reports.hpp"

namespace replay {

// How many entries have a time of at most `time`: what `at=<time>` means. At most the snapshot's
// position.
[[nodiscard]] ledger::Result<Seq> size_at(const ledger::TableSnapshot& snapshot,
                                          ledger::Timestamp time);

// Reads one snapshot at one size. Holds a reference: the snapshot outlives it. One thread at a
// time, as the snapshot. Nothing inside a Result means that no such thing exists at that size; a
// violation is LOG-15, rows that cannot be read, and the views have to be made again.
class ViewReader {
 public:
  // Precondition: size <= snapshot.position().
  ViewReader(const ledger::TableSnapshot& snapshot, Seq size);
  // At the position of the snapshot.
  explicit ViewReader(const ledger::TableSnapshot& snapshot)
      : ViewReader(snapshot, snapshot.position()) {}

  template <class T>
  using Answer = ledger::Result<std::optional<T>>;
  template <class T>
  using List = ledger::Result<std::vector<T>>;

  [[nodiscard]] ledger::Result<AsOf> as_of() const;
  [[nodiscard]] ledger::Result<LedgerAnswer> totals() const;

  // The account with at most `limit` blocks that it holds, from `from` on.
  [[nodiscard]] Answer<AccountAnswer> account(std::string_view id, std::size_t limit,
                                              const std::optional<BlockCursor>& from = {}) const;
  [[nodiscard]] Answer<PartyAnswer> party(std::string_view id) const;
  [[nodiscard]] Answer<ParticipantAnswer> participant(std::string_view id) const;
  [[nodiscard]] List<Id> participants() const;  // in order of admission
  [[nodiscard]] List<AccountRow> accounts_of(std::string_view party) const;

  // The entries that concern the account: at most `limit` from the entry `from` on.
  [[nodiscard]] Answer<EntriesAnswer> entries_of_account(std::string_view id, Seq from,
                                                         std::size_t limit) const;
  // Likewise the entries that changed a unit of the lot in which that unit was issued.
  [[nodiscard]] Answer<EntriesAnswer> entries_of_lot(std::string_view registry,
                                                     ledger::Serial serial, Seq from,
                                                     std::size_t limit) const;

  // The unit of that serial number, if it was issued.
  [[nodiscard]] Answer<UnitAnswer> unit(std::string_view registry, ledger::Serial serial) const;
  // Likewise; nothing too where another part of the identifier is not that unit's.
  [[nodiscard]] Answer<UnitAnswer> unit(const UnitName& name) const;
  // What was issued of a range of serial numbers, by what happened to it.
  // Precondition: 1 <= first < end <= max_serial + 1, limit >= 1.
  [[nodiscard]] Answer<UnitsAnswer> units(std::string_view registry, const ledger::Range& range,
                                          std::size_t limit) const;

  [[nodiscard]] Answer<ApproachAnswer> approach(std::string_view id) const;
  [[nodiscard]] List<Id> approaches() const;
  // An activity that was proposed, with its designs and monitoring reports.
  [[nodiscard]] Answer<CycleAnswer> activity(std::string_view id) const;
  [[nodiscard]] Answer<AuthorizationAnswer> authorization(std::string_view id) const;
  [[nodiscard]] List<AuthorizationAnswer> authorizations() const;  // in order of granting
  [[nodiscard]] List<ProceedsAnswer> proceeds(std::string_view approach) const;
  [[nodiscard]] List<AdjustmentAnswer> adjustments(std::string_view party) const;
  // What the Party filed, and the findings that concern it.
  [[nodiscard]] Answer<PartyReports> reports(std::string_view party) const;
  // At most `limit` of the documents that the log names, from that number on.
  [[nodiscard]] ledger::Result<DocumentsAnswer> documents(ledger::Index from,
                                                          std::size_t limit) const;
  // Those that have to do with a file of that hash: as the whole, or as the public version.
  [[nodiscard]] List<DocumentAnswer> documents_with(const crypto::Hash& file) const;

 private:
  const ledger::TableSnapshot* snapshot_;
  Seq size_;
};

}  // namespace replay
