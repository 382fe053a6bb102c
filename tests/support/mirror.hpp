// A second bookkeeper: folds Effects alone, a row per unit, and compares with the state. Slow and
// simple, for ledgers of some thousand units.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/state.hpp"

namespace test_support {

class Mirror {
 public:
  // Of an empty ledger.
  Mirror() = default;
  // That knows what a ledger's state says so far.
  explicit Mirror(const ledger::State& state);

  void fold(const ledger::Effects& effects);

  // Where the state differs from what effects told; empty where nowhere.
  [[nodiscard]] std::string difference(const ledger::State& state) const;

 private:
  void fold(const ledger::UnitEffect& effect);
  void fold(const ledger::LedgerEffect& effect);
  void fold(const ledger::ParticipantEffect& effect);
  void fold(const ledger::AccountEffect& effect);
  void fold(const ledger::ApproachEffect& effect);
  void fold(const ledger::ActivityEffect& effect);
  void fold(const ledger::AuthorizationEffect& effect);
  void fold(const ledger::ScopeEffect& effect);
  void fold(const ledger::LotEffect& effect);
  void fold(const ledger::NdcEffect& effect);
  void fold(const ledger::GrantEffect& effect);
  void fold(const ledger::KeyEffect& effect);
  void fold(const ledger::AdjustmentEffect& effect);
  void fold(const ledger::WithdrawalEffect& effect);
  void fold(const ledger::InventoryEffect& effect);
  void fold(const ledger::CycleEffect& effect);
  void fold(const ledger::MonitoringEffect& effect);
  void fold(const ledger::LockEffect& effect);
  void fold(const ledger::ReportEffect& effect);
  void fold(const ledger::StatusEffect& effect);
  void fold(const ledger::FindingEffect& effect);
  void fold(const ledger::DifferenceEffect& effect);
  void fold(const ledger::RestatementEffect& effect);
  void fold(const ledger::DocumentEffect& effect);
  void fold(const ledger::DisclosureEffect& effect);
  void fold(const ledger::AttestationEffect& effect);
  void fold(const ledger::CommitmentEffect&) { committed_at_ = seq_; }
  void fail(const std::string& what);

  ledger::Seq seq_ = 0;
  ledger::Timestamp time_;
  std::string failure_;  // an effect that cannot be true
  ledger::LedgerEffect ledger_;
  std::vector<ledger::Participant> participants_;
  std::vector<ledger::Account> accounts_;
  std::vector<ledger::Approach> approaches_;
  std::vector<ledger::Activity> activities_;
  std::vector<ledger::Authorization> authorizations_;
  std::vector<ledger::ActivityCycle> cycles_;
  std::vector<ledger::Monitoring> monitorings_;
  std::vector<ledger::Grant> grants_;
  std::vector<std::vector<ledger::Standing>> scopes_;  // [scope][serial - 1]
  std::vector<ledger::Lot> lots_;
  std::vector<ledger::Lock> locks_;
  std::vector<ledger::Ndc> ndcs_;
  std::map<crypto::PublicKey, ledger::KeyRecord> keys_;
  std::map<std::pair<ledger::Index, ledger::Year>, ledger::PartyYear> years_;
  std::map<std::pair<ledger::Index, ledger::Year>, ledger::Inventory> inventories_;
  std::map<ledger::DeductionKey, ledger::DeductionCount> deductions_;
  std::map<crypto::Hash, std::vector<ledger::Withdrawal>> withdrawals_;
  std::vector<ledger::NamedDocument> documents_;
  std::vector<ledger::Report> reports_;
  std::vector<ledger::Finding> findings_;
  std::map<ledger::Index, ledger::Reversals> reversals_;
  std::map<ledger::Seq, ledger::Seq> voided_;
  std::optional<ledger::Seq> committed_at_;
  bool undoing_ = false;
};

// What must balance in a state by itself: issued = held + used + cancelled per lot, and every
// counter equals the units that it counts. Empty where it does.
[[nodiscard]] std::string imbalance(const ledger::State& state);

}  // namespace test_support
