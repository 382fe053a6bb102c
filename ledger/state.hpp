// Everything a rule reads, and nothing else. A plain value: the same entries give an equal state.
// Owned by one Machine; read and changed by the thread that steps it.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/ensure.hpp"
#include "ledger/event.hpp"
#include "ledger/id_set.hpp"
#include "ledger/journal.hpp"
#include "ledger/metric.hpp"
#include "ledger/origin.hpp"
#include "ledger/seq.hpp"
#include "ledger/state_cycle.hpp"
#include "ledger/state_documents.hpp"
#include "ledger/state_locks.hpp"
#include "ledger/state_lots.hpp"
#include "ledger/state_reports.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Named rows that are only ever added; an Index stays good for ever.
template <class T>
class Register {
 public:
  [[nodiscard]] std::optional<Index> find(std::string_view id) const {
    const auto it = index_.find(id);
    if (it == index_.end()) return std::nullopt;
    return it->second;
  }
  // The row named `id`, or null; valid until the next add.
  [[nodiscard]] const T* lookup(std::string_view id) const {
    const auto index = find(id);
    return index ? &rows_[*index] : nullptr;
  }
  Index add(const Id& id, T row) {
    const auto index = static_cast<Index>(rows_.size());
    const bool fresh = index_.emplace(id, index).second;
    ENSURE(fresh, "an id is added once");
    rows_.push_back(std::move(row));
    return index;
  }
  [[nodiscard]] const T& operator[](Index index) const { return rows_[index]; }
  [[nodiscard]] T& operator[](Index index) { return rows_[index]; }
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] const std::vector<T>& rows() const { return rows_; }
  bool operator==(const Register&) const = default;

 private:
  std::vector<T> rows_;
  std::map<Id, Index, std::less<>> index_;
};

// The participant that runs the ledger; the opening names it so.
inline constexpr std::string_view operator_id = "operator";

struct Participant {
  enum class Sort : std::uint8_t { party, entity, operator_ };
  Id id;
  Sort kind = Sort::entity;
  bool founding = false;
  Identity identity;
  std::optional<Index> sponsor;  // of an entity: a Party
  Thresholds thresholds;
  std::optional<Recovery> recovery;
  Origin origin;
  bool operator==(const Participant&) const = default;
};

// A key belongs to one participant for ever, retired or not (standards.md 3.2 (6)).
struct KeyRecord {
  Index participant = 0;
  bool recovery = false;
  Timestamp active_from;          // signs nothing earlier (recovery wait)
  std::optional<Seq> retired_at;  // the entry that removed it: it signs nothing any more
  bool operator==(const KeyRecord&) const = default;
};

struct Grant {
  Id id;
  Organ role = Organ::authority;
  std::vector<Index> parties;
  Index participant = 0;
  std::vector<Index> approaches;  // empty: all
  Timestamp from;
  std::optional<Timestamp> until;
  std::optional<Seq> ended_at;  // suspended or ended by that entry
  bool suspended = false;
  Origin origin;
  bool operator==(const Grant&) const = default;
};

struct Account {
  Id id;
  Index holder = 0;
  Index party = 0;  // section
  std::string registry;
  AccountKind kind = AccountKind::holding;
  Origin origin;
  std::optional<Index> frozen_by = {};    // the lock that stops everything in it
  std::string metric = std::string(ghg);  // of the units in it
  bool operator==(const Account&) const = default;
};

// One version of an approach's rules, with names resolved.
struct RulesVersion {
  std::optional<Definition> host_definition;  // of the host; what a first transfer for OIMP is
  bool both_authorize = true;
  bool host_first = true;
  std::int64_t objection_days = 0;
  struct ExtraSigner {
    std::string event;
    Index party = 0;
    Organ role = Organ::authority;
    bool operator==(const ExtraSigner&) const = default;
  };
  std::vector<ExtraSigner> extra_signers;
  struct Deduction {
    Id name;
    Moment moment = Moment::transfer;
    ApproachRules::Deduction::By by = ApproachRules::Deduction::By::host;
    ApproachRules::Deduction::Sort kind = ApproachRules::Deduction::Sort::retained;
    std::int64_t rate_bp = 0;
    ApproachRules::Deduction::Rounding rounding = ApproachRules::Deduction::Rounding::floor;
    std::optional<Index> account;
    bool operator==(const Deduction&) const = default;
  };
  std::vector<Deduction> deductions;
  std::optional<std::int64_t> notice_days;  // by which one Party alone may end the approach
  CycleRules cycle;                         // nothing asked where the rules leave it out
  Timestamp adopted;                        // its entry's time
  Origin origin;
  bool operator==(const RulesVersion&) const = default;
};

struct Approach {
  Id id;
  Index host = 0, buyer = 0;
  std::optional<std::string> carp;
  std::vector<RulesVersion> rules;  // rules[n-1] is version n
  struct Ending {
    Timestamp from;
    Origin origin;
    bool operator==(const Ending&) const = default;
  };
  std::optional<Ending> ended;
  Origin origin;
  bool operator==(const Approach&) const = default;
};

struct Ndc {
  Index party = 0;
  Year from = 0, to = 0;
  NdcType type = NdcType::multi_year;
  Method method = Method::trajectory;
  std::string metric;
  Origin origin;
  bool operator==(const Ndc&) const = default;
};

// What a Party reported of one year, newest version.
struct Inventory {
  std::int64_t version = 0;
  std::int64_t value = 0;
  Origin origin;
  bool operator==(const Inventory&) const = default;
};

struct Activity {
  Id id;
  Index approach = 0;
  AuthorizationGranted::Activity terms;
  Origin origin;
  bool operator==(const Activity&) const = default;
};

// What one version of an authorization says.
struct Terms {
  Id id;  // of the authorization
  Index approach = 0;
  Index party = 0;
  std::int64_t version = 1;
  std::optional<std::int64_t> cap;
  std::string metric, gwp;
  std::optional<std::int64_t> conversion;  // of another metric than GHG: g CO2 eq of a unit
  std::vector<Purpose> purposes;
  std::vector<Index> parties;  // that may use; empty: any
  struct Entity {
    Index participant = 0;
    std::vector<Act> may;
    bool operator==(const Entity&) const = default;
  };
  std::vector<Entity> entities;
  Year vintage_from = 0, vintage_to = 0;
  std::optional<Date> issue_until, use_until;
  std::vector<std::pair<Year, Year>> ndc_periods;
  std::vector<Index> activities;
  std::vector<std::string> underlying_registries;
  // What reports print of it.
  std::optional<std::string> oimp;
  std::vector<std::string> standards;
  struct Change {
    AuthorizationGranted::ChangeTerms::Until until =
        AuthorizationGranted::ChangeTerms::Until::first_transfer;
    std::vector<Id> consent;
    std::int64_t notice_days = 0;
    bool operator==(const Change&) const = default;
  };
  Change change;  // on which terms it may change
  Origin stated;  // the event of this version
  bool operator==(const Terms&) const = default;
};

// An authorization as it stands: its newest version, and what is counted of all.
struct Authorization : Terms {
  std::vector<Terms> earlier;  // earlier[n - 1] is version n
  struct Notice {
    crypto::Hash content;  // of what is to come
    Timestamp given;
    Origin origin;
    bool operator==(const Notice&) const = default;
  };
  std::optional<Notice> notice;  // the newest that did not come into effect yet
  std::optional<Origin> revoked;
  Timestamp effective;                 // entry time plus the approach's objection period
  std::int64_t issued = 0;             // units that rest on it, as the host's
  std::int64_t first_transferred = 0;  // counted against the cap of a host's authorization
  std::int64_t acquired = 0;           // counted against the cap of a buyer's
  Origin origin;                       // its grant
  bool operator==(const Authorization&) const = default;
};

// The units of one originating registry.
struct Scope {
  std::string registry;
  UnitMap units;
  bool operator==(const Scope&) const = default;
};

// A Party's year: what adjustment is due, and the newest recorded statement (decision 10).
struct PartyYear {
  std::int64_t first_transferred = 0;  // units of that vintage the Party first transferred
  std::int64_t used = 0;               // units the Party used for that NDC year
  Seq changed_at = 0;                  // last entry that changed one of the two, and its day
  Date changed_on;
  std::int64_t version = 0;  // newest adjustment, 0 none
  std::int64_t recorded_first_transferred = 0;
  std::int64_t recorded_used = 0;
  bool operator==(const PartyYear&) const = default;
};

// What was deducted so far, for cumulative rounding (decision 7): per activity, vintage and line.
struct DeductionKey {
  Index activity = 0;
  Year vintage = 0;
  Id line;
  auto operator<=>(const DeductionKey&) const = default;
};
struct DeductionCount {
  std::int64_t base = 0;  // gross units settled
  std::int64_t taken = 0;
  bool operator==(const DeductionCount&) const = default;
};

// A signer took its signature back from a draft: the draft's hash is barred (decision 15, B (2)).
struct Withdrawal {
  Index participant = 0;
  Seq seq = 0;
  bool operator==(const Withdrawal&) const = default;
};

struct State {
  std::string origin;  // empty until ledger.opened
  LedgerOpened::Mode mode = LedgerOpened::Mode::ordinary;
  std::int64_t spec = 0;  // number in force
  std::int64_t quorum = 0;
  std::vector<std::string> log_keys;  // that may sign checkpoints: vkeys, the opening's first
  crypto::PublicKey service_key;
  std::optional<std::pair<Date, Date>> migration;

  Register<Participant> participants;
  std::map<crypto::PublicKey, KeyRecord> keys;
  Register<Grant> grants;
  Register<Account> accounts;
  Register<Approach> approaches;
  Register<Activity> activities;   // that authorizations list
  Register<ActivityCycle> cycles;  // that were proposed, by the same ids
  Register<Monitoring> monitorings;
  std::map<HeldDays, Index> held_days;  // the reports that hold their days
  // Days of activities for which units were issued without a report: (activity, first) to last.
  std::map<std::pair<Index, Date>, Date> days_without_report;
  std::set<std::pair<Index, Index>> verifications;  // (cycle, who verified a report of it)
  std::set<std::pair<Index, Index>> first_holders;  // (activity, who got units of it at issuance)
  Register<Authorization> authorizations;
  Register<Scope> scopes;
  Register<Lock> locks;
  std::map<LockedFrom, LockedRange> locked;          // of locks that hold; disjoint within a kind
  std::map<crypto::Hash, std::size_t> reservations;  // that hold, by the event they wait for
  std::vector<Ndc> ndcs;
  std::vector<Lot> lots;
  std::map<Assignment, Index> assigned_lots;
  // Units of crediting programmes that back units here, disjoint: (registry, first) to last (R22).
  std::map<std::pair<std::string, Serial>, Serial> underlying;
  std::map<std::pair<Index, Year>, PartyYear> party_years;
  std::map<std::pair<Index, Year>, Inventory> inventories;
  std::map<DeductionKey, DeductionCount> deductions;
  std::map<crypto::Hash, std::vector<Withdrawal>> withdrawals;
  Register<Report> reports;
  Register<Finding> findings;
  std::set<Index> open_findings;
  std::map<Index, Reversals> reversals;  // by activity
  std::vector<NamedDocument> documents;  // in the order in which they were named
  std::map<Seq, crypto::Hash> day_ends;  // roots over the entries up to the end of a day in UTC
  std::optional<Seq> committed_at;       // the newest entry that commits to the state
  Journal journal;                       // what movements did, to be undone
  std::map<Seq, Seq> voided;             // entries, and what voided them
  IdSet events;

  bool operator==(const State&) const = default;
};

// The NDC period of `party` that contains `year`, or null.
[[nodiscard]] const Ndc* ndc_of(const State& state, Index party, Year year);

// Whether something new may begin under the approach at that moment: it has not ended by then.
[[nodiscard]] bool is_open(const Approach& approach, Timestamp time);

// The version of that number. Precondition: there is one.
[[nodiscard]] const Terms& version_of(const Authorization& authorization, std::int64_t version);

// What an authorization says of units that were issued under that version of it and not first
// transferred: the newest version that its change terms let reach issued units (R13).
[[nodiscard]] const Terms& host_terms(const Authorization& authorization,
                                      std::int64_t issued_under);
// The same of units of that lot.
[[nodiscard]] const Terms& host_terms(const State& state, const Lot& lot);
// The same of any unit: first transferred ones keep the version that they were transferred under.
[[nodiscard]] const Terms& host_terms(const State& state, const Standing& standing);

// The assignment that made the lot; precondition: one did.
[[nodiscard]] Assignment assignment_of(const Lot& lot);
// Whether units of the two stand under the same version of the same authorizations.
[[nodiscard]] bool same_authorization(const Lot& a, const Lot& b);

// Whether units of that lot stand under an authorization: they were not released, and neither was
// it revoked, unless changes reach no issued units.
[[nodiscard]] bool is_authorized(const State& state, const Lot& lot);

// Whether the participant, an entity or a Party, may do `act` under the authorization: it lists no
// entity, or lists this one with that act; a Party when the list of Parties is empty or names it.
// The operator may do nothing.
[[nodiscard]] bool covers(const Terms& terms, const State& state, Index participant, Act act);

// Whether the participant may do any act under the authorization, so that it may hold its units.
[[nodiscard]] bool may_hold(const Terms& terms, const State& state, Index participant);

// Whether Party `party` may have its units: it is the authorizing one, or listed, or none is.
[[nodiscard]] bool admits_party(const Terms& terms, Index party);

[[nodiscard]] bool has_purpose(const Terms& terms, Purpose purpose);
[[nodiscard]] bool has_oimp(const Terms& terms);  // IMP or OP

// Whether the authorization allows something new at that moment: effective, not revoked and not
// past its final use date (R1, R35).
[[nodiscard]] bool active_at(const Authorization& authorization, Timestamp time);
// Whether it allows the first transfer of units of that lot at that moment.
[[nodiscard]] bool active_for(const State& state, const Lot& lot, Timestamp time);

}  // namespace ledger
