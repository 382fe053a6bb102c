#include "tests/support/mirror.hpp"

#include <algorithm>

#include "ledger/days.hpp"

namespace test_support {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

std::vector<Standing> units_of(const Scope& scope) {
  std::vector<Standing> units;
  scope.units.for_each([&](const Run& run) {
    units.insert(units.end(), static_cast<std::size_t>(run.range.quantity()), run.standing);
  });
  return units;
}

template <class T>
void put(std::vector<T>& rows, Index index, const T& row) {
  if (index >= rows.size()) rows.resize(index + 1);
  rows[index] = row;
}

}  // namespace

Mirror::Mirror(const State& state)
    : ledger_{state.origin,   state.mode,        state.spec,     state.quorum,
              state.log_keys, state.service_key, state.migration},
      participants_(state.participants.rows()),
      accounts_(state.accounts.rows()),
      approaches_(state.approaches.rows()),
      activities_(state.activities.rows()),
      authorizations_(state.authorizations.rows()),
      cycles_(state.cycles.rows()),
      monitorings_(state.monitorings.rows()),
      grants_(state.grants.rows()),
      lots_(state.lots),
      locks_(state.locks.rows()),
      ndcs_(state.ndcs),
      keys_(state.keys),
      years_(state.party_years),
      inventories_(state.inventories),
      deductions_(state.deductions),
      withdrawals_(state.withdrawals),
      documents_(state.documents),
      reports_(state.reports.rows()),
      findings_(state.findings.rows()),
      reversals_(state.reversals),
      voided_(state.voided),
      committed_at_(state.committed_at) {
  for (const Scope& scope : state.scopes.rows()) scopes_.push_back(units_of(scope));
}

void Mirror::fail(const std::string& what) {
  if (failure_.empty()) failure_ = "entry " + std::to_string(seq_) + ": " + what;
}

void Mirror::fold(const Effects& effects) {
  seq_ = effects.seq;
  time_ = effects.time;
  undoing_ = effects.undoes.has_value();
  if (undoing_) voided_[effects.undoes->entry] = seq_;
  for (const RowEffect& row : effects.rows) std::visit([this](const auto& one) { fold(one); }, row);
  for (const UnitEffect& unit : effects.units) fold(unit);
  for (const YearEffect& year : effects.years) {
    PartyYear& row = years_[{year.party, year.year}];
    row.first_transferred += year.first_transferred;
    row.used += year.used;
    row.changed_at = seq_;
    row.changed_on = date_of(time_);
  }
  for (const CapEffect& cap : effects.caps) {
    authorizations_.at(cap.authorization).first_transferred += cap.first_transferred;
    authorizations_.at(cap.authorization).acquired += cap.acquired;
    authorizations_.at(cap.authorization).issued += cap.issued;
  }
  for (const ProceedsEffect& line : effects.proceeds) {
    DeductionCount& count = deductions_[{line.activity, line.vintage, line.line}];
    count.base += line.base;
    count.taken += line.taken;
  }
  for (const ReversalEffect& reversal : effects.reversals) {
    reversals_[reversal.activity].recorded += reversal.recorded;
    reversals_[reversal.activity].settled += reversal.settled;
  }
}

void Mirror::fold(const UnitEffect& effect) {
  std::vector<Standing>& units = scopes_.at(effect.scope);
  if (!effect.before) {
    if (effect.range.first != static_cast<Serial>(units.size()) + 1) fail("a gap at issuance");
    units.insert(units.end(), static_cast<std::size_t>(effect.range.quantity()), effect.after);
    return;
  }
  for (Serial serial = effect.range.first; serial < effect.range.end; ++serial) {
    Standing& unit = units.at(static_cast<std::size_t>(serial - 1));
    if (unit != *effect.before) fail("unit " + std::to_string(serial) + " stood otherwise before");
    if (effect.first_transfer != (!unit.first_transferred && effect.after.first_transferred)) {
      fail("unit " + std::to_string(serial) + " is wrongly told to be first transferred");
    }
    if (!undoing_ && unit.status != UnitStatus::held)
      fail("unit " + std::to_string(serial) + " was terminal");
    unit = effect.after;
  }
}

void Mirror::fold(const LedgerEffect& effect) {
  ledger_ = effect;
}
void Mirror::fold(const ParticipantEffect& effect) {
  put(participants_, effect.index, effect.row);
}
void Mirror::fold(const AccountEffect& effect) {
  put(accounts_, effect.index, effect.row);
}
void Mirror::fold(const ApproachEffect& effect) {
  put(approaches_, effect.index, effect.row);
}
void Mirror::fold(const ActivityEffect& effect) {
  put(activities_, effect.index, effect.row);
}
void Mirror::fold(const AuthorizationEffect& effect) {
  Authorization row = effect.row;
  if (effect.index < authorizations_.size()) {
    const Authorization& known = authorizations_[effect.index];
    row.earlier = known.earlier;
    if (row.version > known.version) row.earlier.push_back(known);
  }
  put(authorizations_, effect.index, row);
}
void Mirror::fold(const ScopeEffect& effect) {
  if (effect.index != scopes_.size()) fail("a registry at a wrong place");
  scopes_.emplace_back();
}
void Mirror::fold(const LotEffect& effect) {
  put(lots_, effect.index, effect.row);
}
void Mirror::fold(const NdcEffect& effect) {
  ndcs_.push_back(effect.row);
}
void Mirror::fold(const GrantEffect& effect) {
  put(grants_, effect.index, effect.row);
}
void Mirror::fold(const KeyEffect& effect) {
  keys_[effect.key] = effect.record;
}
void Mirror::fold(const AdjustmentEffect& effect) {
  PartyYear& year = years_[{effect.party, effect.year}];
  year.version = effect.version;
  year.recorded_first_transferred = effect.first_transferred;
  year.recorded_used = effect.used;
}
void Mirror::fold(const WithdrawalEffect& effect) {
  withdrawals_[effect.event].push_back({effect.participant, seq_});
}

void Mirror::fold(const InventoryEffect& effect) {
  inventories_[{effect.party, effect.year}] = effect.row;
}

void Mirror::fold(const CycleEffect& effect) {
  if (effect.index == cycles_.size()) cycles_.emplace_back();
  ActivityCycle& cycle = cycles_[effect.index];
  static_cast<CycleHead&>(cycle) = effect.row;
  if (effect.design) {
    put(cycle.designs, static_cast<Index>(effect.design->version - 1), *effect.design);
  }
}
void Mirror::fold(const MonitoringEffect& effect) {
  put(monitorings_, effect.index, effect.row);
}
void Mirror::fold(const LockEffect& effect) {
  put(locks_, effect.index, effect.row);
}

void Mirror::fold(const ReportEffect& effect) {
  put(reports_, effect.index, effect.row);
}
void Mirror::fold(const StatusEffect& effect) {
  if (effect.report >= reports_.size()) fail("a status of a report that was not filed");
  if (effect.mark.has_value() == effect.status.has_value()) fail("neither a mark nor a status");
}
void Mirror::fold(const FindingEffect& effect) {
  put(findings_, effect.index, effect.row);
}

void Mirror::fold(const DifferenceEffect& effect) {
  if (!undoing_) fail("a report differs and nothing was undone");
  if (effect.report >= reports_.size()) fail("a report differs that was not filed");
}
void Mirror::fold(const RestatementEffect& effect) {
  if (effect.entry >= seq_) fail("a restatement of a later entry");
}

void Mirror::fold(const DocumentEffect& effect) {
  if (effect.index != documents_.size() || effect.entry != seq_) fail("a document out of order");
  documents_.push_back({effect.entry, effect.date, effect.document.sha256, effect.document.title,
                        effect.document.access, false, false, effect.by, effect.and_by});
}
void Mirror::fold(const DisclosureEffect& effect) {
  using How = DocumentDisclosed::How;
  NamedDocument& document = documents_.at(effect.document);
  if (effect.how == How::opened) document.opened = true;
  if (effect.how == How::destroyed) document.destroyed = true;
  if (effect.how == How::published) document.access = Access::open;
  if (effect.how == How::redacted) document.access = Access::redacted;
}
void Mirror::fold(const AttestationEffect& effect) {
  if (effect.by.empty() || effect.size > seq_) fail("an audit of entries that were not there");
}

std::string Mirror::difference(const State& state) const {
  if (!failure_.empty()) return failure_;
  const bool same_ledger =
      ledger_.origin == state.origin && ledger_.mode == state.mode && ledger_.spec == state.spec &&
      ledger_.quorum == state.quorum && ledger_.log_keys == state.log_keys &&
      ledger_.service_key == state.service_key && ledger_.migration == state.migration;
  if (!same_ledger) return "the ledger itself";
  if (participants_ != state.participants.rows()) return "participants";
  if (accounts_ != state.accounts.rows()) return "accounts";
  if (approaches_ != state.approaches.rows()) return "approaches";
  if (activities_ != state.activities.rows()) return "activities";
  if (authorizations_ != state.authorizations.rows()) return "authorizations";
  if (grants_ != state.grants.rows()) return "grants";
  if (lots_ != state.lots) return "lots";
  if (locks_ != state.locks.rows()) return "locks";
  if (ndcs_ != state.ndcs) return "NDCs";
  if (keys_ != state.keys) return "keys";
  if (years_ != state.party_years) return "years of Parties";
  if (cycles_ != state.cycles.rows()) return "cycles of activities";
  if (monitorings_ != state.monitorings.rows()) return "monitoring reports";
  if (inventories_ != state.inventories) return "inventories";
  if (deductions_ != state.deductions) return "deductions";
  if (withdrawals_ != state.withdrawals) return "withdrawals";
  if (documents_ != state.documents) return "documents";
  if (reports_ != state.reports.rows()) return "reports";
  if (findings_ != state.findings.rows()) return "findings";
  if (reversals_ != state.reversals) return "reversals";
  if (voided_ != state.voided) return "voided entries";
  if (committed_at_ != state.committed_at) return "the newest commitment";
  for (Index i = 0; i < findings_.size(); ++i) {
    const bool listed = state.open_findings.contains(i);
    if (listed == findings_[i].resolved_at.has_value()) return "open findings";
  }
  if (scopes_.size() != state.scopes.size()) return "registries";
  for (Index i = 0; i < scopes_.size(); ++i) {
    if (scopes_[i] != units_of(state.scopes[i])) return "units of " + state.scopes[i].registry;
  }
  return {};
}

// ---- balance ----

namespace {

// What locks that hold say of which units are reserved or frozen; empty where units say the same.
std::string imbalance_of_locks(const State& state) {
  std::map<Index, RangeSet> reserved, frozen;  // by registry
  std::map<Index, Index> accounts;             // frozen ones, and by which lock
  std::map<crypto::Hash, std::size_t> waiting;
  std::map<LockedFrom, LockedRange> indexed;
  for (Index i = 0; i < state.locks.size(); ++i) {
    const Lock& lock = state.locks[i];
    if (lock.ended_at) {
      if (!lock.ranges.empty()) return "lock " + lock.id + " ended and holds units";
      continue;
    }
    if (!lock.scope) {
      accounts[lock.account] = i;
      continue;
    }
    RangeSet& all = (lock.event ? reserved : frozen)[*lock.scope];
    if (!RangeSet::intersect(all, lock.ranges).empty()) return "units are locked twice";
    all = RangeSet::unite(all, lock.ranges);
    for (const Range& range : lock.ranges.ranges()) {
      indexed[{lock.kind, *lock.scope, range.first}] = {range.end, i};
    }
    if (lock.event) ++waiting[*lock.event];
  }
  if (waiting != state.reservations) return "reservations of events";
  if (indexed != state.locked) return "the index of locked ranges";
  for (Index i = 0; i < state.accounts.size(); ++i) {
    const auto by = accounts.find(i);
    const bool same = by == accounts.end() ? !state.accounts[i].frozen_by
                                           : state.accounts[i].frozen_by == by->second;
    if (!same) return "the freeze of account " + state.accounts[i].id;
  }
  for (Index i = 0; i < state.scopes.size(); ++i) {
    RangeSet marked_reserved, marked_frozen;
    bool terminal = false;
    state.scopes[i].units.for_each([&](const Run& run) {
      if (run.standing.reserved) marked_reserved.join(run.range);
      if (run.standing.frozen) marked_frozen.join(run.range);
      const bool locked = run.standing.reserved || run.standing.frozen;
      terminal = terminal || (locked && run.standing.status != UnitStatus::held);
    });
    if (terminal) return "used or cancelled units are locked";
    if (marked_reserved != reserved[i] || marked_frozen != frozen[i]) {
      return "locked units of " + state.scopes[i].registry;
    }
  }
  return {};
}

// Units remember a version of the host's authorization exactly from their first transfer on, and
// one of the acquirer's exactly while they have one.
std::string imbalance_of_versions(const State& state) {
  std::string wrong;
  for (const Scope& scope : state.scopes.rows()) {
    scope.units.for_each([&](const Run& run) {
      const Standing& standing = run.standing;
      const Lot& lot = state.lots[standing.lot];
      const auto host = state.authorizations[lot.host_authorization].version;
      if (lot.released && standing.first_transferred) wrong = "an ITMO under no authorization";
      const bool acquired = standing.acquirer_authorization != 0;
      const auto last =
          acquired ? state.authorizations[standing.acquirer_authorization - 1].version : 0;
      if (standing.first_transferred != (standing.host_version != 0) ||
          standing.host_version > host || acquired != (standing.acquirer_version != 0) ||
          standing.acquirer_version > last) {
        wrong = "versions of units from " + std::to_string(run.range.first);
      }
    });
  }
  return wrong;
}

// What the units of a state add up to.
struct Sums {
  std::map<Index, std::int64_t> of_lot;
  std::map<std::pair<Index, Year>, std::int64_t> first_transferred;  // by host and vintage
  std::map<Index, std::int64_t> of_authorization;                    // first transferred
  std::map<Index, std::int64_t> resting;                             // on a host's authorization
  std::map<Index, std::int64_t> used_by;  // towards its NDC, by the section they were used in

  explicit Sums(const State& state) {
    for (const Scope& scope : state.scopes.rows()) {
      scope.units.for_each([&](const Run& run) { add(state, run); });
    }
  }
  void add(const State& state, const Run& run) {
    const std::int64_t quantity = run.range.quantity();
    const Lot& lot = state.lots[run.standing.lot];
    of_lot[lot.issued_as.value_or(run.standing.lot)] += quantity;
    if (!lot.released) resting[lot.host_authorization] += quantity;
    if (run.standing.first_transferred) {
      first_transferred[{lot.host, lot.vintage}] += quantity;
      of_authorization[lot.host_authorization] += quantity;
    }
    if (run.standing.status == UnitStatus::used && run.standing.purpose == UnitPurpose::ndc) {
      used_by[state.accounts[run.standing.account].party] += quantity;
    }
  }
};

template <class Map, class Key>
std::int64_t at(const Map& map, const Key& key) {
  const auto it = map.find(key);
  return it == map.end() ? 0 : it->second;
}

}  // namespace

namespace {

// The index of held days against the reports themselves.
std::string imbalance_of_days(const State& state) {
  std::size_t holding = 0;
  for (Index i = 0; i < state.monitorings.size(); ++i) {
    const Monitoring& report = state.monitorings[i];
    if (!holds_its_days(report)) continue;
    ++holding;
    const auto it =
        state.held_days.find({report.cycle, report.component.value_or(Id()), report.period_from});
    if (it == state.held_days.end() || it->second != i) return "days of report " + report.id;
  }
  return holding == state.held_days.size() ? "" : "days that no report holds";
}

}  // namespace

std::string imbalance(const State& state) {
  if (const std::string days = imbalance_of_days(state); !days.empty()) return days;
  const Sums sums(state);
  for (Index i = 0; i < state.lots.size(); ++i) {
    if (state.lots[i].issued_as) {
      const auto known = state.assigned_lots.find(assignment_of(state.lots[i]));
      if (known == state.assigned_lots.end() || known->second != i) return "assigned lots";
      continue;
    }
    if (at(sums.of_lot, i) != state.lots[i].last - state.lots[i].first + 1) {
      return "lot " + std::to_string(i) + " lost or won units";
    }
  }
  std::map<Index, std::int64_t> used;
  std::int64_t first_transferred = 0;
  for (const auto& [key, year] : state.party_years) {
    used[key.first] += year.used;
    first_transferred += year.first_transferred;
    if (year.first_transferred != at(sums.first_transferred, key)) {
      return "first transfers of " + state.participants[key.first].id + " for " +
             std::to_string(key.second);
    }
  }
  for (const auto& [key, quantity] : sums.first_transferred) first_transferred -= quantity;
  if (first_transferred != 0) return "first transfers of a year that no Party counts";
  for (const auto& [party, quantity] : used) {
    if (quantity != at(sums.used_by, party)) return "uses of " + state.participants[party].id;
  }
  for (Index i = 0; i < state.authorizations.size(); ++i) {
    const Authorization& row = state.authorizations[i];
    if (row.first_transferred != at(sums.of_authorization, i))
      return "first transfers of " + row.id;
    if (row.issued != at(sums.resting, i)) return "units that rest on " + row.id;
    if (row.cap && (row.first_transferred > *row.cap || row.acquired > *row.cap)) {
      return "the cap of " + row.id;
    }
  }
  const std::string versions = imbalance_of_versions(state);
  return versions.empty() ? imbalance_of_locks(state) : versions;
}

}  // namespace test_support
