// What reports are made of: registers, every version of an authorization, and what each entry did
// to units. Folded from effects alone, so a report reads nothing but what the rules let happen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/effects.hpp"
#include "ledger/seq.hpp"
#include "ledger/state.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace replay {

// An entry that changed units, as far as reports print it; not one that undoes another.
struct Occasion {
  ledger::Seq seq = 0;
  ledger::Timestamp time;
  bool deduction = false;  // a settlement of proceeds
  std::optional<ledger::Year> used_for;
  std::optional<ledger::Ending> ending;
  std::optional<ledger::Date> executed_on;
};

// Units of one lot that an entry changed alike.
struct Happening {
  std::size_t occasion = 0;  // index in Books::occasions()
  ledger::UnitEffect unit;
};

// What a later entry undid: reports print nothing of it, a statement of account both.
struct UndoneHappening {
  Happening happening;
  ledger::Seq by = 0;
  ledger::Timestamp time;  // of that entry
};

// What one entry did to an authorization.
struct AuthorizationStep {
  enum class Sort : std::uint8_t { version, notice_of_change, notice_of_revocation, revocation };
  Sort kind = Sort::version;
  std::int64_t version = 1;  // the newest behind it
  ledger::Origin origin;     // day of the event, and its entry
  ledger::Timestamp time;    // of the entry
};

// What counts against the cap of an authorization: of a host's the first, of a buyer's the second;
// and how many units rest on a host's.
struct AuthorizationCount {
  std::int64_t first_transferred = 0;
  std::int64_t acquired = 0;
  std::int64_t issued = 0;
};

// One version of an authorization, and from when on it says what is allowed.
struct AuthorizationVersion {
  ledger::Terms terms;  // stated: its day and entry
  ledger::Timestamp effective;
};

struct AuthorizationBook {
  ledger::Authorization row;             // as it stands, with every earlier version
  std::vector<AuthorizationStep> steps;  // in the order of the log; the first is the grant
  AuthorizationCount count;

  // Ascending; never empty. A change takes effect with its entry, yet never before the grant does.
  [[nodiscard]] std::vector<AuthorizationVersion> versions() const;
};

// What is due of a Party's year: first transfers by vintage, uses by declared year.
struct DueYear {
  std::int64_t first_transferred = 0;
  std::int64_t used = 0;
  ledger::Seq changed_by = 0;  // the last entry that moved one of the two
};

// What a Party recorded of a year, and by which entry.
struct StatedAdjustment : ledger::AdjustmentEffect {
  ledger::Seq entry = 0;
};

// Neighbouring units that stand alike since one entry; the first serial is the key of Stands.
struct Stand {
  ledger::Serial end = 1;  // behind the last
  ledger::Standing standing;
  ledger::Seq since = 0;
};
using Stands = std::map<ledger::Serial, Stand>;

// A value; one thread. Memory grows with the changes of units, some hundred bytes each.
class Books {
 public:
  // Takes every entry once, in order from the first.
  void take(const ledger::Effects& effects);

  [[nodiscard]] ledger::Seq size() const { return size_; }
  [[nodiscard]] ledger::Timestamp time() const { return time_; }  // of the last entry

  [[nodiscard]] const std::vector<ledger::Participant>& participants() const {
    return participants_;
  }
  [[nodiscard]] const std::vector<ledger::Account>& accounts() const { return accounts_; }
  [[nodiscard]] const std::vector<ledger::Approach>& approaches() const { return approaches_; }
  [[nodiscard]] const std::vector<ledger::Activity>& activities() const { return activities_; }
  [[nodiscard]] const std::vector<std::string>& scopes() const { return scopes_; }
  [[nodiscard]] const std::vector<ledger::Lot>& lots() const { return lots_; }
  [[nodiscard]] const std::vector<ledger::Ndc>& ndcs() const { return ndcs_; }
  // The newest version of each Party's year.
  [[nodiscard]] const std::map<std::pair<ledger::Index, ledger::Year>, ledger::Inventory>&
  inventories() const {
    return inventories_;
  }
  [[nodiscard]] const std::vector<ledger::Grant>& grants() const { return grants_; }
  [[nodiscard]] const std::map<std::pair<ledger::Index, ledger::Year>, DueYear>& due_years() const {
    return due_years_;
  }
  [[nodiscard]] const std::vector<ledger::Lock>& locks() const { return locks_; }
  [[nodiscard]] const std::vector<ledger::ActivityCycle>& cycles() const { return cycles_; }
  [[nodiscard]] const std::vector<ledger::Monitoring>& monitorings() const { return monitorings_; }
  [[nodiscard]] const std::vector<ledger::Report>& reports() const { return reports_; }
  [[nodiscard]] const std::vector<AuthorizationBook>& authorizations() const {
    return authorizations_;
  }
  [[nodiscard]] const std::vector<Occasion>& occasions() const { return occasions_; }
  [[nodiscard]] const std::vector<Happening>& happenings() const { return happenings_; }
  // In the order of undoing.
  [[nodiscard]] const std::vector<UndoneHappening>& undone() const { return undone_; }
  [[nodiscard]] const std::vector<StatedAdjustment>& adjustments() const { return adjustments_; }

  // The participant of that id, or nothing.
  [[nodiscard]] std::optional<ledger::Index> find(std::string_view id) const;
  // Likewise, where it is a Party.
  [[nodiscard]] std::optional<ledger::Index> find_party(std::string_view id) const;
  // An authorization as it stands.
  [[nodiscard]] const ledger::Authorization& authorization(ledger::Index index) const {
    return authorizations_[index].row;
  }
  // What the host's authorization says of such units: ITMOs keep the version of their first
  // transfer, others stand under the newest that reaches them (decisions/0031).
  [[nodiscard]] const ledger::Terms& host_terms(const ledger::Standing& standing) const;
  // Whether units of that lot stand under an authorization: neither released nor revoked.
  [[nodiscard]] bool is_authorized(const ledger::Lot& lot) const;
  // The NDC period of a Party that contains the year, or null.
  [[nodiscard]] const ledger::Ndc* ndc_of(ledger::Index party, ledger::Year year) const;

  // How the units of each registry stood before that moment, by index of the registry.
  [[nodiscard]] std::vector<Stands> stands_before(ledger::Timestamp moment) const;

 private:
  void take_row(const ledger::RowEffect& effect, const ledger::Effects& effects);
  void undo(ledger::Seq entry, const ledger::Effects& effects);
  void restate(const ledger::RestatementEffect& effect);
  void take_cycle(const ledger::CycleEffect& effect);
  void take_authorization(const ledger::AuthorizationEffect& effect,
                          const ledger::Effects& effects);

  ledger::Seq size_ = 0;
  ledger::Timestamp time_;
  std::vector<ledger::Participant> participants_;
  std::vector<ledger::Account> accounts_;
  std::vector<ledger::Approach> approaches_;
  std::vector<ledger::Activity> activities_;
  std::vector<std::string> scopes_;
  std::vector<ledger::Lot> lots_;
  std::vector<ledger::Ndc> ndcs_;
  std::map<std::pair<ledger::Index, ledger::Year>, ledger::Inventory> inventories_;
  std::vector<ledger::Grant> grants_;
  std::map<std::pair<ledger::Index, ledger::Year>, DueYear> due_years_;
  std::vector<ledger::Lock> locks_;
  std::vector<ledger::ActivityCycle> cycles_;
  std::vector<ledger::Monitoring> monitorings_;
  std::vector<ledger::Report> reports_;
  std::vector<AuthorizationBook> authorizations_;
  std::vector<StatedAdjustment> adjustments_;
  std::vector<Occasion> occasions_;
  std::vector<Happening> happenings_;
  std::vector<UndoneHappening> undone_;
};

// The first moment that is no longer of the calendar year (UTC).
[[nodiscard]] ledger::Timestamp end_of(ledger::Year year);

}  // namespace replay
