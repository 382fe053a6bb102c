#include "tests/support/reference_model.hpp"

#include <algorithm>

namespace test_support {

using namespace ledger;  // NOLINT: this file speaks of nothing else

using Deduction = ApproachRules::Deduction;

namespace {

// rate × base in units, rounded as the line says; by counting in ten-thousandths.
std::int64_t rounded(const Deduction& line, std::int64_t base) {
  const std::int64_t exact = base * line.rate_bp;  // a model's histories are small
  const std::int64_t rest = exact % 10'000;
  std::int64_t units = exact / 10'000;
  if (line.rounding == Deduction::Rounding::ceil && rest > 0) ++units;
  if (line.rounding == Deduction::Rounding::half_up && rest >= 5'000) ++units;
  return units;
}

bool takes_units(const Deduction& line, Moment moment) {
  return line.moment == moment && line.kind != Deduction::Sort::money;
}

RangeSet set_of(const std::vector<Serial>& serials) {
  RangeSet set;
  for (const Serial serial : serials) set.join(make_range(serial, serial));
  return set;
}

}  // namespace

void ReferenceModel::follow(const Event& event) {
  events_.push_back(event);
  const auto* correction = std::get_if<EntryCorrected>(&event.body);
  if (correction == nullptr || correction->how != EntryCorrected::How::voided) {
    return tell(events_.size() - 1);
  }
  ReferenceModel again;
  again.events_ = std::move(events_);
  again.voided_ = std::move(voided_);
  again.voided_.insert(static_cast<std::size_t>(correction->entry));
  for (std::size_t place = 0; place < again.events_.size(); ++place) {
    if (!again.voided_.contains(place)) again.tell(place);
  }
  again.registers_.give_back(registers_, static_cast<std::size_t>(correction->entry));
  *this = std::move(again);
}

void ReferenceModel::tell(std::size_t place) {
  place_ = place;
  const Event event = events_[place];
  registers_.follow(event);
  std::visit([this](const auto& body) { follow(body); }, event.body);
}

bool ReferenceModel::stand_as_left(const RangeSet& ranges, std::size_t entry) const {
  for (const Range& range : ranges.ranges()) {
    for (Serial serial = range.first; serial < range.end; ++serial) {
      if (units_[static_cast<std::size_t>(serial - 1)].touched_by != entry) return false;
    }
  }
  return true;
}

// ---- what units stand on ----

void ReferenceModel::follow(const AccountOpened& body) {
  accounts_[body.id] = {body.party, body.kind};
}

void ReferenceModel::follow(const ApproachEstablished& body) {
  approaches_[body.id].host = body.host;
}

void ReferenceModel::follow(const ApproachRules& body) {
  Approach& approach = approaches_.at(body.approach);
  Rules rules;
  rules.deductions = body.deductions;
  for (const auto& entry : body.first_transfer) {
    if (entry.party == approach.host) rules.definition = entry.definition;
  }
  approach.versions.push_back(rules);
}

void ReferenceModel::follow(const AuthorizationGranted& body) {
  authorizations_[body.id] = {body.approach, {body}, false};
}

void ReferenceModel::follow(const AuthorizationChanged& body) {
  if (body.stage == ChangeStage::notice) return;
  authorizations_.at(body.terms.id).versions.push_back(body.terms);
}

void ReferenceModel::follow(const AuthorizationRevoked& body) {
  if (body.stage == ChangeStage::effect) authorizations_.at(body.authorization).revoked = true;
}

const AuthorizationGranted& ReferenceModel::terms_of(const UnitRow& unit) const {
  using Until = AuthorizationGranted::ChangeTerms::Until;
  const auto& versions = authorizations_.at(unit.authorization).versions;
  std::size_t at = unit.issued_under;
  while (at + 1 < versions.size() && versions[at].change_terms.until == Until::first_transfer) ++at;
  return versions[at];
}

bool ReferenceModel::names(const UnitRow& unit, Purpose purpose) const {
  const auto& purposes = terms_of(unit).purposes;
  return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
}

bool ReferenceModel::is_authorized(const UnitRow& unit) const {
  using Until = AuthorizationGranted::ChangeTerms::Until;
  if (unit.released) return false;
  return !authorizations_.at(unit.authorization).revoked ||
         terms_of(unit).change_terms.until != Until::first_transfer;
}

const ReferenceModel::Approach& ReferenceModel::approach_of(const UnitRow& unit) const {
  return approaches_.at(authorizations_.at(unit.authorization).approach);
}

const ReferenceModel::Rules& ReferenceModel::rules_of(const UnitRow& unit) const {
  return approach_of(unit).versions.at(static_cast<std::size_t>(unit.rules - 1));
}

bool ReferenceModel::is_defined_by(const UnitRow& unit, Definition definition) const {
  const bool oimp = names(unit, Purpose::imp) || names(unit, Purpose::op);
  return oimp && approach_of(unit).versions.back().definition == definition;
}

bool ReferenceModel::is_clear(const UnitRow& unit, Moment moment) const {
  if (unit.settled[static_cast<std::size_t>(moment)]) return true;
  const auto& lines = rules_of(unit).deductions;
  return std::none_of(lines.begin(), lines.end(),
                      [&](const Deduction& line) { return takes_units(line, moment); });
}

const std::string& ReferenceModel::section_of(const std::string& account) const {
  return accounts_.at(account).first;
}

bool ReferenceModel::are_free(const RangeSet& ranges) const {
  for (const Range& range : ranges.ranges()) {
    for (Serial serial = range.first; serial < range.end; ++serial) {
      const UnitRow& unit = units_[static_cast<std::size_t>(serial - 1)];
      if (unit.is_held() && !is_free(unit)) return false;
    }
  }
  return true;
}

bool ReferenceModel::is_frozen(const UnitRow& unit) const {
  const bool whole = std::any_of(locks_.begin(), locks_.end(), [&](const auto& lock) {
    return !lock.second.units && lock.second.account == unit.account;
  });
  return whole || !unit.frozen_by.empty();
}

bool ReferenceModel::is_free(const UnitRow& unit) const {
  return !is_frozen(unit) && unit.reserved_by.empty();
}

std::vector<UnitRow*> ReferenceModel::rows(const RangeSet& ranges) {
  std::vector<UnitRow*> found;
  for (const Range& range : ranges.ranges()) {
    for (Serial serial = range.first; serial < range.end; ++serial) {
      found.push_back(&units_.at(static_cast<std::size_t>(serial - 1)));
    }
  }
  return found;
}

std::vector<UnitRow*> ReferenceModel::moved(const RangeSet& ranges) {
  std::vector<UnitRow*> found = rows(ranges);
  for (UnitRow* unit : found) unit->touched_by = place_;
  return found;
}

// ---- units ----

void ReferenceModel::follow(const UnitsIssued& body) {
  for (const auto& lot : body.lots) {
    for (Serial serial = lot.first; serial <= lot.last; ++serial) {
      UnitRow unit;
      unit.vintage = lot.vintage;
      unit.activity = body.activity;
      unit.authorization = body.authorization.host;
      unit.issued_under = authorizations_.at(unit.authorization).versions.size() - 1;
      unit.account = body.account;
      const auto& approach = approaches_.at(authorizations_.at(unit.authorization).approach);
      unit.rules = static_cast<std::int64_t>(approach.versions.size());
      unit.first_transferred = is_defined_by(unit, Definition::authorization) ||
                               is_defined_by(unit, Definition::issuance);
      units_.push_back(unit);
    }
  }
}

void ReferenceModel::follow(const UnitsAssigned& body) {
  for (UnitRow* unit : moved(body.units.ranges)) {
    unit->released = body.how == UnitsAssigned::How::released;
    if (unit->released) continue;
    unit->authorization = body.authorization.host;
    unit->issued_under = authorizations_.at(unit->authorization).versions.size() - 1;
    unit->first_transferred = is_defined_by(*unit, Definition::authorization) ||
                              is_defined_by(*unit, Definition::issuance);
  }
}

bool ReferenceModel::would_come_back_unmarked(std::size_t entry, const RangeSet& ranges) const {
  ReferenceModel again;
  again.events_ = events_;
  again.voided_ = voided_;
  again.voided_.insert(entry);
  for (std::size_t place = 0; place < again.events_.size(); ++place) {
    if (!again.voided_.contains(place)) again.tell(place);
  }
  for (const UnitRow* unit : again.rows(ranges)) {
    const bool defined = again.is_defined_by(*unit, Definition::authorization) ||
                         again.is_defined_by(*unit, Definition::issuance);
    if (again.is_authorized(*unit) && defined && !unit->first_transferred) return true;
  }
  return false;
}

void ReferenceModel::follow(const ProceedsDeducted& body) {
  const auto& lines = approaches_.at(body.approach)
                          .versions.at(static_cast<std::size_t>(body.rules - 1))
                          .deductions;
  std::map<std::pair<std::string, Year>, std::int64_t> groups;
  for (UnitRow* unit : moved(body.gross.ranges)) {
    unit->settled[static_cast<std::size_t>(body.moment)] = true;
    ++groups[{unit->activity, unit->vintage}];
  }
  for (const auto& [group, quantity] : groups) {
    for (const Deduction& line : lines) {
      if (!takes_units(line, body.moment)) continue;
      counters_[{group.first, group.second, line.name}].gross += quantity;
    }
  }
  for (const auto& taken : body.taken) {
    counters_[{taken.activity, taken.vintage, taken.line}].taken += taken.quantity;
    const auto line = std::find_if(lines.begin(), lines.end(),
                                   [&](const Deduction& each) { return each.name == taken.line; });
    for (UnitRow* unit : rows(taken.ranges)) {
      if (line->kind == Deduction::Sort::omge) {
        unit->cancelled = true;
      } else {
        unit->account = *line->account;
      }
      if (line->kind != Deduction::Sort::retained) unit->first_transferred = true;
    }
  }
}

void ReferenceModel::follow(const UnitsTransferred& body) {
  const auto& [section, kind] = accounts_.at(body.to.account);
  for (UnitRow* unit : moved(body.units.ranges)) {
    const std::string& host = approach_of(*unit).host;
    const bool leaves = section_of(unit->account) == host && section != host;
    if (kind == AccountKind::fund || (leaves && names(*unit, Purpose::ndc))) {
      unit->first_transferred = true;
    }
    unit->account = body.to.account;
  }
}

void ReferenceModel::follow(const UnitsLocked& body) {
  locks_[body.id] = body;
  if (!body.units) return;
  const bool freezes = body.kind == UnitsLocked::Sort::freeze;
  for (UnitRow* unit : rows(body.units->ranges)) {
    (freezes ? unit->frozen_by : unit->reserved_by) = body.id;
  }
}

void ReferenceModel::follow(const UnitsUnlocked& body) {
  locks_.erase(body.lock);
  for (UnitRow& unit : units_) {
    if (unit.reserved_by == body.lock) unit.reserved_by.clear();
    if (unit.frozen_by == body.lock) unit.frozen_by.clear();
  }
}

// What a void brings back is reserved for nothing: reservations that it left behind are over.
void ReferenceModel::follow(const EntryCorrected& body) {
  if (body.how != EntryCorrected::How::voided) return;
  for (UnitRow* unit : rows(body.units->ranges)) unit->reserved_by.clear();
}

void ReferenceModel::follow(const UnitsUsed& body) {
  for (UnitRow* unit : moved(body.units.ranges)) {
    unit->used = true;
    if (body.purpose == Purpose::ndc) {
      ++used_[{section_of(body.account), *body.year}];
    } else if (is_defined_by(*unit, Definition::use_or_cancellation)) {
      unit->first_transferred = true;
    }
  }
}

void ReferenceModel::follow(const UnitsCancelled& body) {
  using Reason = UnitsCancelled::Reason;
  Registers::Touched touched;
  for (UnitRow* unit : moved(body.units.ranges)) {
    ++touched[{unit->activity, unit->vintage}];
    unit->cancelled = true;
    unit->reserved_by.clear();
    const bool defined = is_defined_by(*unit, Definition::use_or_cancellation);
    if (body.purpose == Reason::omge || (body.purpose == Reason::op && defined)) {
      unit->first_transferred = true;
    }
  }
  registers_.follow_cancelled(body, touched, place_);
  std::erase_if(locks_, [&](const auto& lock) {
    return lock.second.event &&
           std::none_of(units_.begin(), units_.end(),
                        [&](const UnitRow& unit) { return unit.reserved_by == lock.first; });
  });
}

// ---- figures ----

std::map<std::string, std::int64_t> ReferenceModel::held_by_account() const {
  std::map<std::string, std::int64_t> sums;
  for (const UnitRow& unit : units_) {
    if (unit.is_held()) ++sums[unit.account];
  }
  return sums;
}

std::map<ReferenceModel::PartyYear, std::int64_t> ReferenceModel::first_transferred() const {
  std::map<PartyYear, std::int64_t> sums;
  for (const UnitRow& unit : units_) {
    if (unit.first_transferred) ++sums[{approach_of(unit).host, unit.vintage}];
  }
  return sums;
}

ReferenceModel::Dues ReferenceModel::due(const std::string& approach, std::int64_t rules,
                                         Moment moment, const std::vector<Serial>& gross) const {
  std::vector<Deduction> lines;
  for (const bool omge : {true, false}) {
    for (const Deduction& line :
         approaches_.at(approach).versions.at(static_cast<std::size_t>(rules - 1)).deductions) {
      if (takes_units(line, moment) && (line.kind == Deduction::Sort::omge) == omge) {
        lines.push_back(line);
      }
    }
  }
  std::map<std::pair<std::string, Year>, std::vector<Serial>> groups;
  for (const Serial serial : gross) {
    const UnitRow& unit = units_.at(static_cast<std::size_t>(serial - 1));
    groups[{unit.activity, unit.vintage}].push_back(serial);
  }
  Dues all;
  for (const auto& [group, serials] : groups) {
    std::vector<std::size_t> amounts;
    std::size_t together = 0;
    for (const Deduction& line : lines) {
      const auto found = counters_.find({group.first, group.second, line.name});
      const Counter counter = found == counters_.end() ? Counter{} : found->second;
      const auto now = static_cast<std::int64_t>(serials.size());
      const std::int64_t owed = rounded(line, counter.gross + now) - counter.taken;
      const auto left = static_cast<std::int64_t>(serials.size() - together);
      amounts.push_back(static_cast<std::size_t>(std::clamp<std::int64_t>(owed, 0, left)));
      together += amounts.back();
    }
    auto next = serials.end() - static_cast<std::ptrdiff_t>(together);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (amounts[i] == 0) continue;
      const auto end = next + static_cast<std::ptrdiff_t>(amounts[i]);
      all.push_back({lines[i].name, group.second, group.first, set_of({next, end}),
                     static_cast<std::int64_t>(amounts[i]), lines[i].account});
      next = end;
    }
  }
  return all;
}

}  // namespace test_support
