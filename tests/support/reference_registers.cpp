#include "tests/support/reference_registers.hpp"

#include <algorithm>

namespace test_support {

using namespace ledger;  // NOLINT: this file speaks of nothing else

void Registers::follow(const Event& event) {
  std::visit([this](const auto& body) { take(body); }, event.body);
}

bool Registers::is_covered(Serial serial) const {
  return std::any_of(opened_.begin(), opened_.end(), [&](const Opened& each) {
    if (!findings.at(each.id).open || !each.body.balance.value_or(false) || !each.body.units) {
      return false;
    }
    const auto& ranges = each.body.units->ranges.ranges();
    return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
      return range.first <= serial && serial < range.end;
    });
  });
}

// ---- people ----

void Registers::take(const LedgerOpened& body) {
  spec = body.spec;
  log_keys = {body.log_key};
  participants.insert("operator");
  keys["operator"].insert(body.operator_.keys.begin(), body.operator_.keys.end());
  for (const auto& party : body.parties) {
    participants.insert(party.id);
    keys[party.id].insert(party.keys.begin(), party.keys.end());
  }
}

void Registers::take(const SpecAdopted& body) {
  spec = body.number;
}
void Registers::take(const LogKeyAnnounced& body) {
  log_keys.push_back(body.log_key);
}
void Registers::take(const ParticipantAdmitted& body) {
  participants.insert(body.id);
  keys[body.id].insert(body.keyset.keys.begin(), body.keyset.keys.end());
}

void Registers::take(const KeysChanged& body) {
  std::set<crypto::PublicKey>& held = keys[body.participant];
  for (const auto& key : body.remove) held.erase(key);
  held.insert(body.add.begin(), body.add.end());
}

void Registers::take(const RoleGranted& body) {
  grants[body.id] = true;
}
void Registers::take(const RoleEnded& body) {
  grants[body.grant] = false;
}
void Registers::take(const AccountOpened& body) {
  accounts[body.id] = body.holder;
}

// ---- agreements ----

void Registers::take(const ApproachEstablished& body) {
  if (body.agreement.access != Access::open) {
    documents[body.agreement.sha256].access = body.agreement.access;
  }
  approaches[body.id];
}
void Registers::take(const ApproachRules& body) {
  approaches[body.approach].rules = body.version;
}
void Registers::take(const ApproachEnded& body) {
  approaches[body.approach].ended = true;
}
void Registers::take(const NdcDeclared& body) {
  ndcs.emplace(body.party, body.from, body.to);
}
void Registers::take(const InventoryReported& body) {
  inventories[{body.party, body.year}] = {body.version, body.value};
}
void Registers::take(const AuthorizationGranted& body) {
  authorizations[body.id];
}
void Registers::take(const AuthorizationChanged& body) {
  if (body.stage == ChangeStage::effect) authorizations[body.terms.id].version = body.terms.version;
}
void Registers::take(const AuthorizationRevoked& body) {
  if (body.stage == ChangeStage::effect) authorizations[body.authorization].revoked = true;
}

// ---- the cycle ----

void Registers::take(const ActivityProposed& body) {
  cycles[body.id].ideas = body.version;
}
void Registers::take(const DesignSubmitted& body) {
  cycles[body.activity].designs = body.version;
}
void Registers::take(const ActivityRegistered& body) {
  cycles[body.activity].registered = body.version;
}
void Registers::take(const ActivityClosed& body) {
  cycles[body.activity].closed = true;
}
void Registers::take(const MonitoringSubmitted& body) {
  monitorings[body.id];
}
void Registers::take(const MonitoringVerified& body) {
  Monitoring& report = monitorings[body.monitoring];
  report.version = body.version;
  report.verified.clear();
  for (const auto& [vintage, quantity] : body.verified) report.verified[vintage] = quantity;
}
void Registers::take(const UnitsIssued& body) {
  if (!body.monitoring) return;
  for (const auto& lot : body.lots) {
    monitorings[*body.monitoring].issued[lot.vintage] += lot.last - lot.first + 1;
  }
}

// ---- what is stated and found ----

void Registers::take(const AdjustmentApplied& body) {
  statements[{body.party, body.year}] = {body.version, body.first_transferred, body.used};
}
void Registers::take(const ReportFiled& body) {
  reports.push_back(body.id);
}
void Registers::take(const SignatureWithdrawn& body) {
  withdrawals.insert(body.event);
}
void Registers::take(const DocumentDisclosed& body) {
  using How = DocumentDisclosed::How;
  Document& document = documents.at(body.sha256);
  switch (body.how) {
    case How::redacted: document.access = Access::redacted; break;
    case How::published: document.access = Access::open; break;
    case How::opened: document.opened = true; break;
    case How::destroyed: document.destroyed = true; break;
  }
}
void Registers::take(const ReversalRecorded& body) {
  reversals[body.activity].recorded += body.quantity;
}

void Registers::take(const FindingRecorded& body) {
  if (!body.finding) return;
  if (body.how == FindingRecorded::How::resolves) {
    findings[*body.finding].open = false;
    return;
  }
  Finding& finding = findings[*body.finding];
  if (body.excess) finding.excess = body.excess->quantity;
  opened_.push_back({*body.finding, body});
}

// Administrative cancellations take from the oldest open excess of their units, reversals are made
// good by cancellations for them.
void Registers::follow_cancelled(const UnitsCancelled& body, const Touched& touched,
                                 std::size_t place) {
  using Reason = UnitsCancelled::Reason;
  for (const auto& [of, quantity] : touched) {
    if (body.purpose == Reason::reversal) reversals[of.first].settled += quantity;
    if (body.purpose != Reason::administrative) continue;
    std::int64_t left = quantity;
    for (const Opened& each : opened_) {
      Finding& finding = findings[each.id];
      if (!finding.open || !finding.excess) continue;
      if (each.body.excess->activity != of.first || each.body.excess->vintage != of.second)
        continue;
      const std::int64_t taken = std::min(left, *finding.excess);
      *finding.excess -= taken;
      left -= taken;
      settled_[place].emplace_back(each.id, taken);
      if (*finding.excess == 0) finding.open = false;
    }
  }
}

void Registers::give_back(const Registers& before, std::size_t entry) {
  findings = before.findings;
  settled_ = before.settled_;
  for (const auto& [id, quantity] : settled_[entry]) {
    Finding& finding = findings.at(id);
    finding.open = finding.open || *finding.excess == 0;
    *finding.excess += quantity;
  }
  settled_.erase(entry);
}

}  // namespace test_support
