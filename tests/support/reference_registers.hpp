// What a second ledger keeps beside units: plain books of participants, agreements, cycles, reports
// and findings, written from spec/events.md and spec/rules.md. Part of the reference model.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"

namespace test_support {

// A value. It is given the events of a valid history; of a cancellation it is also told which units
// ended.
class Registers {
 public:
  using ByYear = std::map<ledger::Year, std::int64_t>;
  // Units that an event touched, by activity and vintage.
  using Touched = std::map<std::pair<std::string, ledger::Year>, std::int64_t>;

  struct Approach {
    std::int64_t rules = 0;
    bool ended = false;
    bool operator==(const Approach&) const = default;
  };
  struct Cycle {
    std::int64_t ideas = 0, designs = 0, registered = 0;
    bool closed = false;
    bool operator==(const Cycle&) const = default;
  };
  struct Monitoring {
    std::int64_t version = 0;
    ByYear verified, issued;
    bool operator==(const Monitoring&) const = default;
  };
  struct Finding {
    bool open = true;
    std::optional<std::int64_t> excess;  // left of it
    bool operator==(const Finding&) const = default;
  };
  struct Reversal {
    std::int64_t recorded = 0, settled = 0;
    bool operator==(const Reversal&) const = default;
  };
  struct Statement {
    std::int64_t version = 0, first_transferred = 0, used = 0;
    bool operator==(const Statement&) const = default;
  };
  struct Authorization {
    std::int64_t version = 1;
    bool revoked = false;
    bool operator==(const Authorization&) const = default;
  };
  struct Document {
    ledger::Access access = ledger::Access::confidential;
    bool opened = false, destroyed = false;  // its title
    bool operator==(const Document&) const = default;
  };
  using PartyYear = std::pair<std::string, ledger::Year>;

  void follow(const ledger::Event& event);
  void follow_cancelled(const ledger::UnitsCancelled& body, const Touched& touched,
                        std::size_t place);
  // After everything was told again without that entry: findings stand as they did `before`, but
  // for what the entry had taken from them.
  void give_back(const Registers& before, std::size_t entry);

  // Whether an open finding that affects the balance covers the unit.
  [[nodiscard]] bool is_covered(ledger::Serial serial) const;

  std::int64_t spec = 0;              // number in force
  std::vector<std::string> log_keys;  // the opening's first
  std::set<std::string> participants;
  std::map<std::string, std::set<crypto::PublicKey>> keys;  // that sign and were not removed
  std::map<std::string, bool> grants;                       // by id; whether it still holds
  std::map<std::string, std::string> accounts;              // by id; holder
  std::map<std::string, Approach> approaches;
  std::set<std::tuple<std::string, ledger::Year, ledger::Year>> ndcs;
  std::map<PartyYear, std::pair<std::int64_t, std::int64_t>> inventories;  // version, value
  std::map<std::string, Cycle> cycles;
  std::map<std::string, Monitoring> monitorings;
  std::map<std::string, Authorization> authorizations;
  std::map<PartyYear, Statement> statements;
  std::vector<std::string> reports;
  std::map<std::string, Finding> findings;
  std::map<std::string, Reversal> reversals;
  std::set<crypto::Hash> withdrawals;
  std::map<crypto::Hash, Document> documents;  // agreements that were withheld

 private:
  void take(const ledger::LedgerOpened& body);
  void take(const ledger::SpecAdopted& body);
  void take(const ledger::LogKeyAnnounced& body);
  void take(const ledger::ParticipantAdmitted& body);
  void take(const ledger::KeysChanged& body);
  void take(const ledger::RoleGranted& body);
  void take(const ledger::RoleEnded& body);
  void take(const ledger::AccountOpened& body);
  void take(const ledger::ApproachEstablished& body);
  void take(const ledger::ApproachRules& body);
  void take(const ledger::ApproachEnded& body);
  void take(const ledger::NdcDeclared& body);
  void take(const ledger::InventoryReported& body);
  void take(const ledger::ActivityProposed& body);
  void take(const ledger::DesignSubmitted& body);
  void take(const ledger::ActivityRegistered& body);
  void take(const ledger::ActivityClosed& body);
  void take(const ledger::MonitoringSubmitted& body);
  void take(const ledger::MonitoringVerified& body);
  void take(const ledger::AuthorizationGranted& body);
  void take(const ledger::AuthorizationChanged& body);
  void take(const ledger::AuthorizationRevoked& body);
  void take(const ledger::UnitsIssued& body);
  void take(const ledger::ReversalRecorded& body);
  void take(const ledger::AdjustmentApplied& body);
  void take(const ledger::ReportFiled& body);
  void take(const ledger::FindingRecorded& body);
  void take(const ledger::SignatureWithdrawn& body);
  void take(const ledger::DocumentDisclosed& body);
  template <class E>
  void take(const E&) {}  // what moves no register

  struct Opened {
    std::string id;
    ledger::FindingRecorded body;
  };
  std::vector<Opened> opened_;  // findings in order
  // What each entry took from findings, by its place.
  std::map<std::size_t, std::vector<std::pair<std::string, std::int64_t>>> settled_;
};

}  // namespace test_support
