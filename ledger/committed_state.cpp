#include "ledger/committed_state.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <variant>

#include "ledger/ensure.hpp"

namespace ledger {
namespace {

constexpr std::size_t most_waiting = 4'096;  // entries that are in no list yet

template <class T>
void sort_once(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

template <class T>
void add_once_in_a_row(std::vector<T>& items, const T& item) {
  if (items.empty() || items.back() != item) items.push_back(item);
}

// Grows a list that goes with a register, so that it has that place.
template <class T>
T& at_place(std::vector<T>& list, std::size_t place) {
  if (list.size() <= place) list.resize(place + 1);
  return list[place];
}

// The whole runs that have a unit in the ranges, or beside one: what a change of these units can
// have joined, cut or moved. Ascending, each once.
std::vector<Run> runs_at(const UnitMap& units, const RangeSet& ranges) {
  std::vector<Run> runs;
  for (const Range& range : ranges.ranges()) {
    Serial at = std::max<Serial>(range.first - 1, 1);
    while (at <= range.end && at < units.next()) {
      const Run run = *units.at(at);
      if (runs.empty() || runs.back().range.first < run.range.first) runs.push_back(run);
      at = run.range.end;
    }
  }
  return runs;
}

// Makes `units` stand in the ranges as `other` does, which has at least as many.
void follow(UnitMap& units, const UnitMap& other, const RangeSet& ranges) {
  std::vector<Piece> pieces;
  other.resolve(ranges.ranges(), pieces);
  std::vector<Run> changes;
  std::vector<Run> issued;
  for (const Piece& piece : pieces) {
    const auto& [range, standing] = piece.run;
    const Serial cut = std::clamp(units.next(), range.first, range.end);
    if (range.first < cut) changes.push_back({{range.first, cut}, standing});
    if (cut < range.end) issued.push_back({{cut, range.end}, standing});
  }
  units.apply(changes);
  for (const Run& run : issued) {
    ENSURE(run.range.first == units.next(), "what was issued was told");
    units.issue(run.range.quantity(), run.standing);
  }
}

}  // namespace

// ---- what changed ----

template <class T>
void Stale<T>::sort() {
  sort_once(items_);
}

template <class T>
void Stale<T>::add(const T& item) {
  add_once_in_a_row(items_, item);
  if (items_.size() < 2 * kept_ + 4'096) return;
  sort();
  kept_ = items_.size();
}

template <class T>
std::vector<T> Stale<T>::take() {
  sort();
  kept_ = 0;
  return std::exchange(items_, {});
}

void StaleUnits::add(Range range) {
  ranges_.push_back(range);
  if (ranges_.size() < 2 * kept_ + 4'096) return;
  sort();
  kept_ = ranges_.size();
}

void StaleUnits::sort() {
  std::sort(ranges_.begin(), ranges_.end(),
            [](const Range& a, const Range& b) { return a.first < b.first; });
  std::size_t kept = 0;
  for (const Range& range : ranges_) {
    if (kept > 0 && range.first <= ranges_[kept - 1].end) {
      ranges_[kept - 1].end = std::max(ranges_[kept - 1].end, range.end);
    } else {
      ranges_[kept++] = range;
    }
  }
  ranges_.resize(kept);
}

RangeSet StaleUnits::take() {
  sort();
  RangeSet set;
  set.reserve(ranges_.size());
  for (const Range& range : ranges_) set.join(range);
  ranges_.clear();
  kept_ = 0;
  return set;
}

// ---- taking in ----

void CommittedState::take(const Effects& effects, const crypto::Hash& leaf) {
  concerns_.take(effects);
  list_entry(leaf);
  for (const RowEffect& row : effects.rows) {
    if (const auto* commitment = std::get_if<CommitmentEffect>(&row)) {
      newest_ = {effects.seq, {commitment->leaves, commitment->root}};
    }
    if (root_) note_row(row);
  }
  if (!root_) return;
  for (const UnitEffect& unit : effects.units) at_place(units_, unit.scope).add(unit.range);
  for (const CapEffect& cap : effects.caps) authorizations_.add(cap.authorization);
  for (const YearEffect& year : effects.years) party_years_.add({year.party, year.year});
}

void CommittedState::note_row(const RowEffect& row) {
  if (const auto* authorization = std::get_if<AuthorizationEffect>(&row)) {
    authorizations_.add(authorization->index);
  } else if (const auto* key = std::get_if<KeyEffect>(&row)) {
    keys_.add(key->key);
  } else if (const auto* adjustment = std::get_if<AdjustmentEffect>(&row)) {
    party_years_.add({adjustment->party, adjustment->year});
  }
}

void CommittedState::list_entry(const crypto::Hash& leaf) {
  const auto entry = static_cast<std::uint32_t>(waiting_leaves_.size());
  waiting_leaves_.push_back(leaf);
  for (const Index account : concerns_.accounts()) waiting_accounts_.push_back({account, entry});
  for (const Index lot : concerns_.lots()) waiting_lots_.push_back({lot, entry});
  const std::size_t places = waiting_accounts_.size() + waiting_lots_.size();
  if (waiting_leaves_.size() >= most_waiting || places >= 8 * most_waiting) settle_lists();
}

void CommittedState::settle_lists() {
  for (const Waiting& each : waiting_accounts_) {
    at_place(account_entries_, each.list).append(waiting_leaves_[each.entry]);
    if (root_) accounts_.add(each.list);
  }
  for (const Waiting& each : waiting_lots_) {
    at_place(lot_entries_, each.list).append(waiting_leaves_[each.entry]);
    if (root_) lots_.add(each.list);
  }
  waiting_leaves_.clear();
  waiting_accounts_.clear();
  waiting_lots_.clear();
}

// ---- bringing up ----

StateRoot CommittedState::bring_up(const State& state) {
  settle_lists();
  if (!root_) touch_all(state);
  count_issued(state);
  for (Index scope = 0; scope < units_.size(); ++scope) {
    if (!units_[scope].empty()) bring_up_runs(state, scope);
  }
  put_accounts(state);
  put_rest(state);
  root_ = StateRoot{static_cast<std::int64_t>(tree_.size()), tree_.root()};
  return *root_;
}

void CommittedState::touch_all(const State& state) {
  for (Index i = 0; i < state.accounts.size(); ++i) accounts_.add(i);
  for (Index i = 0; i < state.authorizations.size(); ++i) authorizations_.add(i);
  for (const auto& each : state.keys) keys_.add(each.first);
  for (const auto& each : state.party_years) party_years_.add(each.first);
  for (Index lot = 0; lot < concerns_.issued().size(); ++lot) {
    if (concerns_.issued()[lot].as == lot) lots_.add(lot);
  }
  for (Index scope = 0; scope < state.scopes.size(); ++scope) {
    const UnitMap& units = state.scopes[scope].units;
    if (!units.empty()) at_place(units_, scope).add({1, units.next()});
  }
}

void CommittedState::count_issued(const State& state) {
  for (; issued_lots_ < state.lots.size(); ++issued_lots_) {
    const Lot& lot = state.lots[issued_lots_];
    if (lot.issued_as) continue;
    const std::int64_t quantity = lot.last - lot.first + 1;
    vintage_issued_[{lot.activity, lot.vintage}] += quantity;
    metric_issued_[state.authorizations[lot.host_authorization].metric] += quantity;
  }
}

void CommittedState::bring_up_runs(const State& state, Index scope) {
  const RangeSet ranges = units_[scope].take();
  const UnitMap& units = state.scopes[scope].units;
  UnitMap& known = at_place(runs_, scope);
  replace(state, scope, runs_at(known, ranges), runs_at(units, ranges));
  follow(known, units, ranges);
  const std::string& registry = state.scopes[scope].registry;
  put(registry_key(registry), totals_value(units.next() - 1, at_place(registry_totals_, scope)));
}

// Both ascend. A run that stands on both sides is left alone.
void CommittedState::replace(const State& state, Index scope, const std::vector<Run>& before,
                             const std::vector<Run>& after) {
  const std::string& registry = state.scopes[scope].registry;
  auto next = after.begin();
  const auto put_next = [&] {
    at_place(account_runs_, next->standing.account)
        .set(run_key(registry, next->range.first), run_value(state, registry, *next));
    count(state, scope, *next, 1);
    ++next;
  };
  for (const Run& old : before) {
    while (next != after.end() && next->range.first < old.range.first) put_next();
    const bool same_place = next != after.end() && next->range.first == old.range.first;
    if (same_place && *next == old) {
      ++next;
      continue;
    }
    if (!same_place || next->standing.account != old.standing.account) {
      account_runs_[old.standing.account].erase(run_key(registry, old.range.first));
    }
    count(state, scope, old, -1);
  }
  while (next != after.end()) put_next();
}

void CommittedState::count(const State& state, Index scope, const Run& run, std::int64_t sign) {
  const Lot& lot = state.lots[run.standing.lot];
  const std::int64_t quantity = sign * run.range.quantity();
  const VintageOf held{run.standing.account, lot.vintage};
  UnitTotals& in_account = account_totals_[held];
  in_account.count(run.standing, quantity);
  if (in_account.empty()) account_totals_.erase(held);
  vintage_totals_[{lot.activity, lot.vintage}].count(run.standing, quantity);
  const std::string& metric = state.authorizations[lot.host_authorization].metric;
  metric_totals_[metric].count(run.standing, quantity);
  at_place(registry_totals_, scope).count(run.standing, quantity);
  accounts_.add(run.standing.account);
  vintages_.add({lot.activity, lot.vintage});
  metrics_.add(metric);
}

void CommittedState::put_accounts(const State& state) {
  for (const Index account : accounts_.take()) {
    put(account_key(state.accounts[account].id), account_text(state, account));
  }
}

std::string CommittedState::account_text(const State& state, Index account) {
  AccountContents contents;
  for (auto it = account_totals_.lower_bound({account, std::numeric_limits<Year>::min()});
       it != account_totals_.end() && it->first.first == account; ++it) {
    contents.vintages.emplace_back(it->first.second, it->second);
  }
  crypto::StateTree& runs = at_place(account_runs_, account);
  contents.runs = runs.size();
  contents.runs_root = runs.root();
  return account_value(state, state.accounts[account], contents,
                       at_place(account_entries_, account));
}

void CommittedState::put_rest(const State& state) {
  for (const Index index : authorizations_.take()) {
    const Authorization& row = state.authorizations[index];
    put(authorization_key(row.id), authorization_value(state, row));
  }
  for (const crypto::PublicKey& key : keys_.take()) {
    put(enrolled_key(key), enrolled_value(state, state.keys.at(key)));
  }
  for (const VintageOf& each : party_years_.take()) {
    const auto year = state.party_years.find(each);
    if (year == state.party_years.end()) continue;
    put(party_key(state.participants[each.first].id, each.second), party_value(year->second));
  }
  for (const Index lot : lots_.take()) {
    const auto& [as, scope, units] = concerns_.issued()[lot];
    put(issuance_key(state.scopes[scope].registry, units.first),
        issuance_value(units, at_place(lot_entries_, lot)));
  }
  for (const VintageOf& each : vintages_.take()) {
    put(vintage_key(state.activities[each.first].id, each.second),
        totals_value(vintage_issued_[each], vintage_totals_[each]));
  }
  for (const std::string& metric : metrics_.take()) {
    put(metric_key(metric), totals_value(metric_issued_[metric], metric_totals_[metric]));
  }
}

void CommittedState::put(std::string key, std::string value) {
  tree_.set(key, value);
  values_.insert_or_assign(std::move(key), std::move(value));
}

// ---- what was committed ----

std::optional<Seq> CommittedState::committed_at() const {
  if (!newest_ || root_ != newest_->second) return std::nullopt;
  return newest_->first;
}

ProvenValue CommittedState::prove(std::string key) const {
  ProvenValue proven;
  if (const auto it = values_.find(key); it != values_.end()) proven.value = it->second;
  proven.proof = tree_.prove(key);
  proven.key = std::move(key);
  return proven;
}

std::optional<ProvenRun> CommittedState::prove_unit(const State& state, std::string_view registry,
                                                    Serial serial) const {
  const auto scope = state.scopes.find(registry);
  if (!scope || *scope >= runs_.size()) return std::nullopt;
  const std::optional<Run> run = runs_[*scope].at(serial);
  if (!run) return std::nullopt;
  const Index account = run->standing.account;
  std::string key = run_key(registry, run->range.first);
  crypto::StateProof proof = account_runs_[account].prove(key);
  return ProvenRun{prove(account_key(state.accounts[account].id)),
                   {std::move(key), run_value(state, registry, *run), std::move(proof)}};
}

std::optional<Range> CommittedState::lot_of(const State& state, std::string_view registry,
                                            Serial serial) const {
  const auto scope = state.scopes.find(registry);
  const std::optional<Run> run =
      scope && *scope < runs_.size() ? runs_[*scope].at(serial) : std::nullopt;
  if (!run) return std::nullopt;
  return concerns_.issued()[concerns_.issued()[run->standing.lot].as].units;
}

std::vector<std::string> CommittedState::keys_of(std::string_view kind) const {
  const std::string prefix = std::string(kind) + '\0';
  std::vector<std::string> keys;
  for (auto it = values_.lower_bound(prefix); it != values_.end(); ++it) {
    if (!it->first.starts_with(prefix)) break;
    keys.push_back(it->first);
  }
  return keys;
}

CommittedState CommittedState::without_trees() const {
  CommittedState lists;
  lists.concerns_ = concerns_;
  lists.account_entries_ = account_entries_;
  lists.lot_entries_ = lot_entries_;
  lists.waiting_leaves_ = waiting_leaves_;
  lists.waiting_accounts_ = waiting_accounts_;
  lists.waiting_lots_ = waiting_lots_;
  lists.newest_ = newest_;
  return lists;
}

// When lists were settled last is nobody's business.
bool CommittedState::operator==(const CommittedState& other) const {
  CommittedState mine = without_trees(), others = other.without_trees();
  mine.settle_lists();
  others.settle_lists();
  return mine.concerns_ == others.concerns_ && mine.account_entries_ == others.account_entries_ &&
         mine.lot_entries_ == others.lot_entries_;
}

}  // namespace ledger
