// Answers about participants, accounts and Parties' years.
#include <algorithm>

#include "crypto/pem.hpp"
#include "replay/view_answers.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;

std::vector<KeyAnswer> keys_of(RowLookup& lookup, Index participant) {
  std::vector<KeyAnswer> keys;
  lookup.each_newest(Key(Rows::key).index(participant).take(), lookup.size(),
                     [&](std::string_view rest, std::string_view value) {
                       const auto key = crypto::PublicKey::from(rest);
                       const auto record = lookup.decoded<ledger::KeyRecord>(value);
                       if (!key || !record) return lookup.fail();
                       keys.push_back({*key, crypto::key_fingerprint(*key), record->recovery,
                                       record->active_from, record->retired_at});
                     });
  return keys;
}

// The indexes that a list has for its owner.
std::vector<Index> listed(RowLookup& lookup, Rows list, Index owner) {
  std::vector<Index> indexes;
  const std::string prefix = Key(list).index(owner).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    indexes.push_back(KeyParts(key.substr(prefix.size())).index());
    return Scan::go_on;
  });
  return indexes;
}

std::vector<GrantAnswer> grants_of(RowLookup& lookup, Index participant) {
  std::vector<GrantAnswer> grants;
  for (const Index index : listed(lookup, Rows::granted, participant)) {
    const auto row = lookup.row<ledger::Grant>(Register::grant, index);
    if (!row) continue;  // granted behind the size
    grants.push_back({row->id, row->role, lookup.ids_of(Register::participant, row->parties),
                      lookup.id_of(Register::participant, participant),
                      lookup.ids_of(Register::approach, row->approaches), row->from, row->until,
                      row->ended_at, row->suspended});
  }
  return grants;
}

// The versions that a Party recorded for its years, oldest first.
std::map<Year, std::vector<AdjustmentVersion>> recorded_by(RowLookup& lookup, Index party) {
  std::map<Year, std::vector<AdjustmentVersion>> years;
  const std::string prefix = Key(Rows::adjustment).index(party).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    KeyParts parts(key.substr(prefix.size()));
    const Year year = parts.year();
    const Seq seq = parts.number(8);
    const auto row = lookup.decoded<ledger::AdjustmentEffect>(value);
    if (!row || seq >= lookup.size()) return Scan::go_on;
    years[year].push_back({row->version, row->first_transferred, row->used, row->amount_num,
                           row->amount_den, row->method, row->as_of, seq});
    return Scan::go_on;
  });
  return years;
}

}  // namespace

AsOf as_of(RowLookup& lookup) {
  AsOf as_of{lookup.size(), std::nullopt};
  if (as_of.size == 0) return as_of;
  if (const auto entry = lookup.entry(as_of.size - 1)) as_of.time = entry->time;
  return as_of;
}

void add_to(TallyAnswer& tally, std::uint64_t standing, std::int64_t quantity) {
  switch (standing) {
    case static_cast<std::uint64_t>(ledger::UnitStatus::held): tally.held += quantity; return;
    case static_cast<std::uint64_t>(ledger::UnitStatus::used): tally.used += quantity; return;
    case static_cast<std::uint64_t>(ledger::UnitStatus::cancelled):
      tally.cancelled += quantity;
      return;
    case issued_standing: tally.issued += quantity; return;
    default: return;
  }
}

std::optional<ParticipantAnswer> participant_row(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::Participant>(Register::participant, index);
  if (!row) return std::nullopt;
  ParticipantAnswer answer;
  answer.id = row->id;
  answer.kind = row->kind;
  answer.founding = row->founding;
  answer.identity = row->identity;
  if (row->sponsor) answer.sponsor = lookup.id_of(Register::participant, *row->sponsor);
  answer.thresholds = row->thresholds;
  if (row->recovery) {
    answer.recovery_threshold = row->recovery->threshold;
    answer.recovery_wait_days = row->recovery->wait_days;
  }
  answer.date = row->origin.date;
  answer.entry = row->origin.seq;
  answer.keys = keys_of(lookup, index);
  answer.grants = grants_of(lookup, index);
  return answer;
}

std::optional<AccountRow> account_row(RowLookup& lookup, Index index) {
  const auto row = lookup.row<ledger::Account>(Register::account, index);
  if (!row) return std::nullopt;
  AccountRow answer;
  answer.id = row->id;
  if (const auto holder = lookup.row<ledger::Participant>(Register::participant, row->holder)) {
    answer.holder = holder->id;
    answer.holder_name = holder->identity.name;
  }
  answer.party = lookup.id_of(Register::participant, row->party);
  answer.registry = row->registry;
  answer.kind = row->kind;
  answer.metric = row->metric;
  answer.entry = row->origin.seq;
  lookup.each_sum(sum_key(Sum::account).index(index), [&](KeyParts rest, std::int64_t quantity) {
    if (quantity == 0) return;
    answer.held += quantity;
    answer.held_by_vintage[rest.year()] = quantity;
  });
  return answer;
}

std::vector<AccountRow> accounts_in(RowLookup& lookup, Index party) {
  std::vector<AccountRow> accounts;
  for (const Index index : listed(lookup, Rows::section, party)) {
    if (auto account = account_row(lookup, index)) accounts.push_back(std::move(*account));
  }
  return accounts;
}

std::vector<LockAnswer> locks_on(RowLookup& lookup, Index account) {
  std::vector<LockAnswer> locks;
  for (const Index index : listed(lookup, Rows::lock_of, account)) {
    const auto row = lookup.row<ledger::Lock>(Register::lock, index);
    if (!row) continue;  // made behind the size
    LockAnswer lock{row->id,     row->kind,       {},           row->ranges, row->event, row->until,
                    row->reason, row->origin.seq, row->ended_at};
    if (row->scope) lock.registry = lookup.id_of(Register::scope, *row->scope);
    locks.push_back(std::move(lock));
  }
  return locks;
}

std::vector<AdjustmentAnswer> adjustments_of(RowLookup& lookup, Index party) {
  std::map<Year, AdjustmentAnswer> years;
  lookup.each_sum(sum_key(Sum::due).index(party), [&](KeyParts rest, std::int64_t quantity) {
    AdjustmentAnswer& year = years[rest.year()];
    (rest.number(1) == 0 ? year.due_first_transferred : year.due_used) = quantity;
  });
  for (auto& [year, versions] : recorded_by(lookup, party)) {
    years[year].recorded = std::move(versions);
  }
  std::vector<AdjustmentAnswer> answers;
  for (auto& [year, answer] : years) {
    answer.year = year;
    answer.difference = answer.due_first_transferred - answer.due_used;
    if (!answer.recorded.empty()) {
      const AdjustmentVersion& newest = answer.recorded.back();
      answer.difference -= newest.first_transferred - newest.used;
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

}  // namespace replay
