// What views answer: plain values with every name resolved; no JSON, no index (spec/views.md).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/state.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace replay {

using ledger::Id;
using ledger::Seq;
using ledger::Year;

// The log that an answer reflects: its first `size` entries.
struct AsOf {
  Seq size = 0;
  std::optional<ledger::Timestamp> time;  // of the last of them; none in an empty log
  bool operator==(const AsOf&) const = default;
};

// ---- units --------------------------------------------------------------------------------------

// The parts of a unit's identifier (6/CMA.4 annex I 5).
struct UnitName {
  std::string approach;  // CARP id, "CA9901"
  std::string registry;  // originating, "XHA99"
  Id party;              // first transferring
  ledger::Serial serial = 1;
  Year vintage = 0;
  bool operator==(const UnitName&) const = default;
};
[[nodiscard]] std::string format_unit_name(const UnitName& name);  // "CA9901-XHA99-XHA-1-2026"
// Nothing unless it is such an identifier; commas in the serial are let pass, as in reports.
[[nodiscard]] std::optional<UnitName> parse_unit_name(std::string_view text);

// What is true of units that stand alike.
struct UnitState {
  ledger::UnitStatus status = ledger::UnitStatus::held;
  ledger::UnitPurpose purpose = ledger::UnitPurpose::none;
  Id account;                      // used and cancelled units: the last one
  bool first_transferred = false;  // until then a mitigation outcome, afterwards an ITMO
  bool authorized = true;          // while it is none: neither released nor freed by a revocation
  bool reserved = false;           // for an event that alone may move it
  bool frozen = false;             // by its serial; an account may be frozen as a whole, too
  bool cleared_issuance = false, cleared_transfer = false, cleared_acquisition = false;
  std::optional<Id> host_authorization;  // that they stand under; none once released from it
  std::optional<Id> acquirer_authorization;
  bool operator==(const UnitState&) const = default;
};
// "mitigation outcome" until first transfer, "ITMO" afterwards.
[[nodiscard]] std::string_view noun_of(const UnitState& state);

// What issuance fixed for ever.
struct UnitOrigin {
  std::string approach;  // CARP id
  Id approach_id;
  std::string registry;
  Id party;  // host, first transferring
  Id activity;
  Year vintage = 0;
  ledger::Mitigation mitigation = ledger::Mitigation::reductions;
  Id host_authorization;  // named at issuance, as the next
  std::optional<Id> buyer_authorization;
  Seq issued_by = 0;  // entry
  bool operator==(const UnitOrigin&) const = default;
};

// Neighbouring units of one issuance that have stood alike since the same entry.
struct Block {
  ledger::Serial first = 0, last = 0;  // closed
  std::int64_t quantity = 0;
  std::string first_id, last_id;  // five-part identifiers
  UnitOrigin origin;
  UnitState state;
  Seq since = 0;  // the entry that made them stand so
  bool operator==(const Block&) const = default;
};

// An entry that touched a unit.
struct Touch {
  Seq entry = 0;
  ledger::Timestamp time;
  std::string type;                 // of the event
  std::optional<UnitState> before;  // none: it was issued
  UnitState after;
  bool first_transfer = false;              // by this entry
  std::optional<ledger::Date> executed_on;  // of a movement inside a migration window
  bool operator==(const Touch&) const = default;
};

struct UnitAnswer {
  AsOf as_of;
  UnitName name;
  UnitOrigin origin;
  UnitState state;
  Seq since = 0;
  std::vector<Touch> history;  // oldest first
  bool operator==(const UnitAnswer&) const = default;
};

// Neighbouring units of one issuance with one history.
struct UnitsAlike {
  Block block;
  std::vector<Touch> history;  // oldest first
  bool operator==(const UnitsAlike&) const = default;
};

struct UnitsAnswer {
  AsOf as_of;
  std::string registry;
  ledger::Serial first = 0, last = 0;  // asked for; closed
  std::vector<UnitsAlike> units;       // ascending, without a gap from `first` on
  std::optional<ledger::Serial> next;  // where the answer was cut off
  bool operator==(const UnitsAnswer&) const = default;
};

// ---- registers ----------------------------------------------------------------------------------

struct KeyAnswer {
  crypto::PublicKey key;
  crypto::Hash fingerprint;
  bool recovery = false;
  ledger::Timestamp active_from;
  std::optional<Seq> retired_by;
  bool operator==(const KeyAnswer&) const = default;
};

struct GrantAnswer {
  Id id;
  ledger::Organ role = ledger::Organ::authority;
  std::vector<Id> parties;
  Id participant;
  std::vector<Id> approaches;  // empty: all
  ledger::Timestamp from;
  std::optional<ledger::Timestamp> until;
  std::optional<Seq> ended_by;
  bool suspended = false;
  bool operator==(const GrantAnswer&) const = default;
};

struct ParticipantAnswer {
  Id id;
  ledger::Participant::Sort kind = ledger::Participant::Sort::entity;
  bool founding = false;
  ledger::Identity identity;
  std::optional<Id> sponsor;
  ledger::Thresholds thresholds;
  std::optional<std::uint32_t> recovery_threshold, recovery_wait_days;
  ledger::Date date;                // of the event that admitted it
  Seq entry = 0;                    // likewise
  std::vector<KeyAnswer> keys;      // in the order of the keys' bytes
  std::vector<GrantAnswer> grants;  // held by it
  bool operator==(const ParticipantAnswer&) const = default;
};

struct AccountRow {
  Id id;
  Id holder;
  std::string holder_name;
  Id party;  // section
  std::string registry;
  ledger::AccountKind kind = ledger::AccountKind::holding;
  std::string metric;  // of the units in it
  Seq entry = 0;       // that opened it
  std::int64_t held = 0;
  std::map<Year, std::int64_t> held_by_vintage;  // zeros left out
  bool operator==(const AccountRow&) const = default;
};

// What makes units stand still.
struct LockAnswer {
  Id id;
  ledger::UnitsLocked::Sort kind = ledger::UnitsLocked::Sort::reservation;
  std::optional<std::string> registry;  // of the units; none: the whole account
  ledger::RangeSet ranges;              // that it holds
  std::optional<crypto::Hash> event;    // that alone may move them
  ledger::Timestamp until;
  std::string reason;
  Seq entry = 0;                // that made it
  std::optional<Seq> ended_by;  // entry
  bool operator==(const LockAnswer&) const = default;
};

// Where a listing of blocks goes on: registry and serial of the next unit.
struct BlockCursor {
  std::string registry;
  ledger::Serial serial = 1;
  bool operator==(const BlockCursor&) const = default;
};

struct AccountAnswer {
  AsOf as_of;
  AccountRow account;
  std::vector<LockAnswer> locks;    // on it or on units in it, ended ones too, oldest first
  std::vector<Block> blocks;        // by registry in order of first issuance, then serial
  std::optional<BlockCursor> next;  // where blocks were left out
  bool operator==(const AccountAnswer&) const = default;
};

struct ActivityAnswer {
  Id id;
  Id approach;
  ledger::AuthorizationGranted::Activity terms;
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0;
  std::int64_t first_transferred = 0;        // of the issued, whatever became of them
  std::int64_t reversed = 0, made_good = 0;  // removals lost again; cancelled for them
  bool operator==(const ActivityAnswer&) const = default;
};

// One version of an approach's rules.
struct RulesAnswer {
  using Deduction = ledger::ApproachRules::Deduction;
  std::optional<ledger::Definition> host_definition;  // of a first transfer for OIMP
  bool both_authorize = true;
  bool host_first = true;
  std::int64_t objection_days = 0;
  std::vector<ledger::ApproachRules::ExtraSigner> extra_signers;
  std::vector<Deduction> deductions;
  std::optional<std::int64_t> notice_days;  // by which one Party alone may end the approach
  ledger::CycleRules cycle;                 // what they ask of activities
  Seq entry = 0;                            // that adopted it
  bool operator==(const RulesAnswer& other) const;
};

struct ApproachAnswer {
  AsOf as_of;
  Id id;
  Id host, buyer;
  std::optional<std::string> carp;
  std::vector<RulesAnswer> rules;  // rules[n - 1] is version n; the last one is in force
  Seq entry = 0;                   // that established it
  struct Ending {
    ledger::Timestamp from;
    Seq entry = 0;
    bool operator==(const Ending&) const = default;
  };
  std::optional<Ending> ended;
  std::vector<ActivityAnswer> activities;  // that authorizations list
  std::vector<Id> proposed;                // activities with a cycle, in order of proposal
  bool operator==(const ApproachAnswer&) const = default;
};

// What one version of an authorization says.
struct TermsAnswer {
  struct Entity {
    Id id;
    std::vector<ledger::Act> may;
    bool operator==(const Entity&) const = default;
  };
  std::int64_t version = 1;
  std::optional<std::int64_t> cap;
  std::string metric, gwp;
  std::optional<std::int64_t> conversion;  // of another metric than GHG: g CO2 eq of a unit
  std::vector<ledger::Purpose> purposes;
  std::optional<std::string> oimp;
  std::vector<Id> parties;
  std::vector<Entity> entities;
  Year vintage_from = 0, vintage_to = 0;
  std::optional<ledger::Date> issue_until, use_until;
  std::vector<std::pair<Year, Year>> ndc_periods;
  std::vector<Id> activities;
  std::vector<std::string> standards;
  ledger::Terms::Change change;
  ledger::Date date;
  Seq entry = 0;
  bool operator==(const TermsAnswer&) const = default;
};

// An authorization: its newest version, the earlier ones, and what is counted of all.
struct AuthorizationAnswer : TermsAnswer {
  Id id;
  Id approach;
  Id party;
  std::int64_t first_transferred = 0;     // counted against a host's cap
  std::int64_t acquired = 0;              // counted against a buyer's
  std::optional<std::int64_t> remaining;  // of the cap; none where there is none
  // Units that rest on it as the host's: at every position issued = held + used + cancelled, where
  // issued means issued or attached under it and not released or attached elsewhere since.
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0;
  std::int64_t outstanding = 0;  // of those held: not first transferred
  Seq granted_by = 0;            // entry
  ledger::Timestamp effective;
  std::vector<TermsAnswer> earlier;  // earlier[n - 1] is version n
  std::optional<Seq> notice;         // entry of a notice that did not come into effect yet
  std::optional<Seq> revoked_by;     // entry
  std::int64_t released = 0;         // outstanding units that the revocation made unauthorized
  bool operator==(const AuthorizationAnswer&) const = default;
};

// ---- sums ---------------------------------------------------------------------------------------

// What one deduction line took so far from one activity's vintage.
struct ProceedsAnswer {
  Id approach;
  Id activity;
  Year vintage = 0;
  Id line;
  ledger::Moment moment = ledger::Moment::transfer;
  std::int64_t base = 0;   // gross units settled
  std::int64_t taken = 0;  // of them
  bool operator==(const ProceedsAnswer&) const = default;
};

// One version of a Party's statement for one NDC year.
struct AdjustmentVersion {
  std::int64_t version = 0;
  std::int64_t first_transferred = 0, used = 0;
  std::int64_t amount_num = 0, amount_den = 1;
  ledger::Method method = ledger::Method::trajectory;
  Seq statement_as_of = 0;  // the entry that it says it equals the log at
  Seq entry = 0;            // that applied it
  bool operator==(const AdjustmentVersion&) const = default;
};

// A Party's year: what is due by the log, and what the Party recorded (decision 10).
// The entries that concern something, a page of them; ascending.
struct EntriesAnswer {
  AsOf as_of;
  std::uint64_t count = 0;  // of all of them
  std::vector<Seq> entries;
  std::optional<Seq> next;  // the first of the next page
};

struct AdjustmentAnswer {
  Year year = 0;
  std::int64_t due_first_transferred = 0;   // of that vintage
  std::int64_t due_used = 0;                // for that year
  std::vector<AdjustmentVersion> recorded;  // oldest first; the last one stands
  // Due less recorded, each as first transferred minus used; what the next version has to add.
  std::int64_t difference = 0;
  bool operator==(const AdjustmentAnswer&) const = default;
};

// A declared NDC period.
struct NdcAnswer {
  Year from = 0, to = 0;  // both included
  ledger::NdcType type = ledger::NdcType::multi_year;
  ledger::Method method = ledger::Method::trajectory;
  std::string metric;
  Seq entry = 0;
  bool operator==(const NdcAnswer&) const = default;
};

// One version of a Party's inventory of one year, in the metric of its NDC.
struct InventoryAnswer {
  Year year = 0;
  std::int64_t version = 0;
  std::int64_t value = 0;
  Seq entry = 0;  // that reported it
  bool operator==(const InventoryAnswer&) const = default;
};

struct TallyAnswer {
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0;
  bool operator==(const TallyAnswer&) const = default;
};

struct PartyAnswer {
  AsOf as_of;
  ParticipantAnswer participant;
  // issued: as host. The others: in the Party's section of the registry.
  TallyAnswer total;
  std::map<Year, TallyAnswer> by_vintage;
  std::map<Year, std::int64_t> first_transferred;  // as host, by vintage
  // The same units by calendar year (UTC) of the first transfer, then by vintage.
  std::map<Year, std::map<Year, std::int64_t>> first_transferred_in;
  // The other reading of the definition authorization: what it made first transferred at issuance
  // stands in the year of the authorization (decision 11). The rest as above.
  std::map<Year, std::map<Year, std::int64_t>> first_transferred_by_authorization;
  std::map<Year, std::int64_t> used_for;      // by declared NDC year
  std::vector<AdjustmentAnswer> adjustments;  // ascending years
  std::vector<AccountRow> accounts;           // of its section, in order of opening
  std::vector<NdcAnswer> ndcs;                // in order of declaration
  std::vector<InventoryAnswer> inventories;   // ascending years and versions
  bool operator==(const PartyAnswer&) const = default;
};

}  // namespace replay
