#include "replay/books.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "ledger/ensure.hpp"

namespace replay {
namespace {

using ledger::Effects;
using ledger::Index;
using ledger::Seq;

// A register tells a row again where it changed.
template <class T>
void note(std::vector<T>& rows, Index index, const T& row) {
  ENSURE(index <= rows.size(), "rows of a register come in order");
  if (index == rows.size()) {
    rows.push_back(row);
  } else {
    rows[index] = row;
  }
}

// Cuts the stand that contains `serial`, so that one begins there.
void cut(Stands& stands, ledger::Serial serial) {
  auto after = stands.lower_bound(serial);
  if (after == stands.begin() || (after != stands.end() && after->first == serial)) return;
  Stand& before = std::prev(after)->second;
  if (before.end <= serial) return;
  Stand rest = before;
  before.end = serial;
  stands.emplace_hint(after, serial, std::move(rest));
}

void put(Stands& stands, const ledger::Range& range, const Stand& stand) {
  cut(stands, range.first);
  cut(stands, range.end);
  const auto from = stands.lower_bound(range.first);
  const auto to = stands.lower_bound(range.end);
  stands.emplace_hint(stands.erase(from, to), range.first, stand);
}

}  // namespace

void Books::take(const Effects& effects) {
  ENSURE(effects.seq == size_, "books take every entry once, in order");
  for (const ledger::RowEffect& effect : effects.rows) take_row(effect, effects);
  if (effects.undoes) {
    undo(effects.undoes->entry, effects);
  } else if (!effects.units.empty()) {
    const std::size_t occasion = occasions_.size();
    occasions_.push_back({effects.seq, effects.time, !effects.proceeds.empty(), effects.used_for,
                          effects.ending, effects.executed_on});
    for (const ledger::UnitEffect& unit : effects.units) happenings_.push_back({occasion, unit});
  }
  for (const ledger::YearEffect& change : effects.years) {
    DueYear& year = due_years_[{change.party, change.year}];
    year.first_transferred += change.first_transferred;
    year.used += change.used;
    year.changed_by = effects.seq;
  }
  for (const ledger::CapEffect& cap : effects.caps) {
    AuthorizationCount& count = authorizations_[cap.authorization].count;
    count.first_transferred += cap.first_transferred;
    count.acquired += cap.acquired;
    count.issued += cap.issued;
  }
  time_ = effects.time;
  ++size_;
}

// As if it never happened: reports made from now on do not print it.
void Books::undo(Seq entry, const Effects& effects) {
  std::erase_if(happenings_, [&](const Happening& happening) {
    if (occasions_[happening.occasion].seq != entry) return false;
    undone_.push_back({happening, effects.seq, effects.time});
    return true;
  });
}

void Books::restate(const ledger::RestatementEffect& effect) {
  for (Occasion& occasion : occasions_) {
    if (occasion.seq != effect.entry || !occasion.ending) continue;
    if (effect.beneficiary) occasion.ending->beneficiary = effect.beneficiary;
    if (effect.reason) occasion.ending->reason = *effect.reason;
  }
}

void Books::take_row(const ledger::RowEffect& effect, const Effects& effects) {
  using namespace ledger;  // NOLINT: the rows of effects are all from there
  if (const auto* participant = std::get_if<ParticipantEffect>(&effect)) {
    note(participants_, participant->index, participant->row);
  } else if (const auto* account = std::get_if<AccountEffect>(&effect)) {
    note(accounts_, account->index, account->row);
  } else if (const auto* approach = std::get_if<ApproachEffect>(&effect)) {
    note(approaches_, approach->index, approach->row);
  } else if (const auto* activity = std::get_if<ActivityEffect>(&effect)) {
    note(activities_, activity->index, activity->row);
  } else if (const auto* scope = std::get_if<ScopeEffect>(&effect)) {
    note(scopes_, scope->index, scope->registry);
  } else if (const auto* lot = std::get_if<LotEffect>(&effect)) {
    note(lots_, lot->index, lot->row);
  } else if (const auto* grant = std::get_if<GrantEffect>(&effect)) {
    note(grants_, grant->index, grant->row);
  } else if (const auto* inventory = std::get_if<InventoryEffect>(&effect)) {
    inventories_[{inventory->party, inventory->year}] = inventory->row;
  } else if (const auto* ndc = std::get_if<NdcEffect>(&effect)) {
    ndcs_.push_back(ndc->row);
  } else if (const auto* lock = std::get_if<LockEffect>(&effect)) {
    note(locks_, lock->index, lock->row);
  } else if (const auto* cycle = std::get_if<CycleEffect>(&effect)) {
    take_cycle(*cycle);
  } else if (const auto* monitoring = std::get_if<MonitoringEffect>(&effect)) {
    note(monitorings_, monitoring->index, monitoring->row);
  } else if (const auto* report = std::get_if<ReportEffect>(&effect)) {
    note(reports_, report->index, report->row);
  } else if (const auto* adjustment = std::get_if<AdjustmentEffect>(&effect)) {
    adjustments_.push_back({*adjustment, effects.seq});
  } else if (const auto* restatement = std::get_if<RestatementEffect>(&effect)) {
    restate(*restatement);
  } else if (const auto* authorization = std::get_if<AuthorizationEffect>(&effect)) {
    take_authorization(*authorization, effects);
  }
}

// Each step tells the head, and the one design that it was about.
void Books::take_cycle(const ledger::CycleEffect& effect) {
  ENSURE(effect.index <= cycles_.size(), "rows of a register come in order");
  if (effect.index == cycles_.size()) cycles_.emplace_back();
  ledger::ActivityCycle& cycle = cycles_[effect.index];
  static_cast<ledger::CycleHead&>(cycle) = effect.row;
  if (!effect.design) return;
  const auto at = static_cast<Index>(effect.design->version - 1);
  note(cycle.designs, at, *effect.design);
}

// The row is told by its grant and again at every notice, change and revocation.
void Books::take_authorization(const ledger::AuthorizationEffect& effect, const Effects& effects) {
  using Sort = AuthorizationStep::Sort;
  ENSURE(effect.index <= authorizations_.size(), "rows of a register come in order");
  if (effect.index == authorizations_.size()) authorizations_.emplace_back();
  AuthorizationBook& book = authorizations_[effect.index];
  const ledger::Authorization& row = effect.row;
  AuthorizationStep step{Sort::version, row.version, row.stated, effects.time};
  if (row.revoked) {
    step.kind = Sort::revocation;
    step.origin = *row.revoked;
  } else if (row.notice) {
    const bool change = effects.type == "authorization.changed";
    step.kind = change ? Sort::notice_of_change : Sort::notice_of_revocation;
    step.origin = row.notice->origin;
  }
  std::vector<ledger::Terms> earlier = std::move(book.row.earlier);
  if (!book.steps.empty() && book.row.version != row.version) earlier.push_back(book.row);
  book.row = row;
  book.row.earlier = std::move(earlier);
  book.steps.push_back(step);
}

std::vector<AuthorizationVersion> AuthorizationBook::versions() const {
  std::vector<AuthorizationVersion> out;
  for (const AuthorizationStep& step : steps) {
    if (step.kind != AuthorizationStep::Sort::version) continue;
    out.push_back({ledger::version_of(row, step.version), std::max(row.effective, step.time)});
  }
  return out;
}

const ledger::Terms& Books::host_terms(const ledger::Standing& standing) const {
  const ledger::Lot& lot = lots_[standing.lot];
  const ledger::Authorization& row = authorization(lot.host_authorization);
  if (standing.host_version == 0) return ledger::host_terms(row, lot.host_version);
  return ledger::version_of(row, standing.host_version);
}

bool Books::is_authorized(const ledger::Lot& lot) const {
  using Until = ledger::AuthorizationGranted::ChangeTerms::Until;
  if (lot.released) return false;
  const ledger::Authorization& row = authorization(lot.host_authorization);
  return !row.revoked ||
         ledger::host_terms(row, lot.host_version).change.until != Until::first_transfer;
}

std::optional<Index> Books::find(std::string_view id) const {
  for (std::size_t i = 0; i < participants_.size(); ++i) {
    if (participants_[i].id == id) return static_cast<Index>(i);
  }
  return std::nullopt;
}

std::optional<Index> Books::find_party(std::string_view id) const {
  const std::optional<Index> index = find(id);
  if (!index || participants_[*index].kind != ledger::Participant::Sort::party) return {};
  return index;
}

const ledger::Ndc* Books::ndc_of(Index party, ledger::Year year) const {
  for (const ledger::Ndc& ndc : ndcs_) {
    if (ndc.party == party && ndc.from <= year && year <= ndc.to) return &ndc;
  }
  return nullptr;
}

std::vector<Stands> Books::stands_before(ledger::Timestamp moment) const {
  std::vector<Stands> out(scopes_.size());
  for (const Happening& happening : happenings_) {
    const Occasion& occasion = occasions_[happening.occasion];
    if (moment <= occasion.time) break;
    const ledger::UnitEffect& unit = happening.unit;
    put(out[unit.scope], unit.range, {unit.range.end, unit.after, occasion.seq});
  }
  return out;
}

ledger::Timestamp end_of(ledger::Year year) {
  return ledger::start_of(ledger::make_date(year + 1, 1, 1));
}

}  // namespace replay
