// A second ledger, written from spec/rules.md and spec/events.md and not from the code: a row for
// each unit, no runs, no effects. It is given the events of a valid history and says where every
// unit is, what was first transferred and what was used.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "ledger/event.hpp"
#include "tests/support/reference_registers.hpp"

namespace test_support {

// One unit, by what the spec says of it.
struct UnitRow {
  ledger::Year vintage = 0;
  std::string activity;
  std::string authorization;     // the host's, the last one where it was released
  bool released = false;         // and stands under none
  std::int64_t rules = 0;        // version at issuance
  std::string account;           // the last one
  std::size_t issued_under = 0;  // version of the authorization, or attached under
  bool used = false;
  bool cancelled = false;
  bool first_transferred = false;
  std::size_t touched_by = 0;               // the last event that moved it, by its place
  bool settled[3] = {false, false, false};  // at issuance, transfer, acquisition
  std::string reserved_by, frozen_by;       // locks

  [[nodiscard]] bool is_held() const { return !used && !cancelled; }
};

// Follows one originating registry; small histories only.
class ReferenceModel {
 public:
  using PartyYear = std::pair<std::string, ledger::Year>;
  using Dues = std::vector<ledger::ProceedsDeducted::Taken>;

  // Events are followed from the first on, so that each has its place in the log. A void is
  // followed by telling everything again without the event that it names.
  void follow(const ledger::Event& event);

  // Whether no other event moved one of these units since that one.
  [[nodiscard]] bool stand_as_left(const ledger::RangeSet& ranges, std::size_t entry) const;

  // Everything that is no unit.
  [[nodiscard]] const Registers& registers() const { return registers_; }

  // Units by serial; [0] is serial 1.
  [[nodiscard]] const std::vector<UnitRow>& units() const { return units_; }
  [[nodiscard]] std::map<std::string, std::int64_t> held_by_account() const;
  // By first transferring Party and vintage, and by using Party and declared year; zeros left out.
  [[nodiscard]] std::map<PartyYear, std::int64_t> first_transferred() const;
  [[nodiscard]] const std::map<PartyYear, std::int64_t>& used() const { return used_; }

  // What `taken` of a settlement of these units must be (PRO-7).
  [[nodiscard]] Dues due(const std::string& approach, std::int64_t rules, ledger::Moment moment,
                         const std::vector<ledger::Serial>& gross) const;
  // Whether the unit is settled for that moment, or its rules take no units then.
  [[nodiscard]] bool is_clear(const UnitRow& unit, ledger::Moment moment) const;
  // The section in which an account stands.
  [[nodiscard]] const std::string& section_of(const std::string& account) const;
  // Whether the unit stands under an authorization: neither released nor freed by a revocation.
  [[nodiscard]] bool is_authorized(const UnitRow& unit) const;
  // What the host's authorization says of a unit that was not first transferred.
  [[nodiscard]] const ledger::AuthorizationGranted& terms_of(const UnitRow& unit) const;
  // Whether no lock stops one of the units that are held.
  [[nodiscard]] bool are_free(const ledger::RangeSet& ranges) const;
  // Whether no lock stops the unit.
  [[nodiscard]] bool is_free(const UnitRow& unit) const;
  [[nodiscard]] bool is_frozen(const UnitRow& unit) const;  // by itself, or its account is
  // Whether a void of that event would bring units under an authorization that makes its units
  // first transferred from the start, and these are not.
  [[nodiscard]] bool would_come_back_unmarked(std::size_t entry,
                                              const ledger::RangeSet& ranges) const;
  // The locks that hold.
  [[nodiscard]] const std::map<std::string, ledger::UnitsLocked>& locks() const { return locks_; }

 private:
  struct Rules {
    std::optional<ledger::Definition> definition;  // the host's
    std::vector<ledger::ApproachRules::Deduction> deductions;
  };
  struct Approach {
    std::string host;
    std::vector<Rules> versions;
  };
  struct Authorization {
    std::string approach;
    std::vector<ledger::AuthorizationGranted> versions;
    bool revoked = false;
  };
  struct Counter {
    std::int64_t gross = 0, taken = 0;
  };
  using CounterKey = std::tuple<std::string, ledger::Year, std::string>;  // activity, vintage, line

  void follow(const ledger::AccountOpened& body);
  void follow(const ledger::ApproachEstablished& body);
  void follow(const ledger::ApproachRules& body);
  void follow(const ledger::AuthorizationGranted& body);
  void follow(const ledger::AuthorizationChanged& body);
  void follow(const ledger::AuthorizationRevoked& body);
  void follow(const ledger::UnitsIssued& body);
  void follow(const ledger::UnitsAssigned& body);
  void follow(const ledger::ProceedsDeducted& body);
  void follow(const ledger::UnitsTransferred& body);
  void follow(const ledger::UnitsLocked& body);
  void follow(const ledger::UnitsUnlocked& body);
  void follow(const ledger::EntryCorrected& body);
  void follow(const ledger::UnitsUsed& body);
  void follow(const ledger::UnitsCancelled& body);
  template <class E>
  void follow(const E&) {}

  [[nodiscard]] bool names(const UnitRow& unit, ledger::Purpose purpose) const;
  [[nodiscard]] const Approach& approach_of(const UnitRow& unit) const;
  [[nodiscard]] const Rules& rules_of(const UnitRow& unit) const;
  // Whether the host's definition for IMP and OP makes `definition`'s occurrence the first
  // transfer.
  [[nodiscard]] bool is_defined_by(const UnitRow& unit, ledger::Definition definition) const;
  [[nodiscard]] std::vector<UnitRow*> rows(const ledger::RangeSet& ranges);
  [[nodiscard]] std::vector<UnitRow*> moved(const ledger::RangeSet& ranges);
  void tell(std::size_t place);

  std::vector<ledger::Event> events_;
  std::set<std::size_t> voided_;
  std::size_t place_ = 0;  // of the event that is followed

  std::map<std::string, std::pair<std::string, ledger::AccountKind>> accounts_;  // section, kind
  std::map<std::string, Approach> approaches_;
  std::map<std::string, Authorization> authorizations_;
  std::vector<UnitRow> units_;
  std::map<PartyYear, std::int64_t> used_;
  std::map<CounterKey, Counter> counters_;
  std::map<std::string, ledger::UnitsLocked> locks_;
  Registers registers_;
};

}  // namespace test_support
