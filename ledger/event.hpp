// The events: what Parties, their organs and entities sign. One struct a lifecycle action, with the
// member names of spec/events.md; those of an activity's cycle are in event_cycle.hpp. Values only;
// what they mean is in rules/ and evolve.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "crypto/bytes.hpp"
#include "ledger/event_authorizations.hpp"
#include "ledger/event_corrections.hpp"
#include "ledger/event_cycle.hpp"
#include "ledger/event_documents.hpp"
#include "ledger/event_locks.hpp"
#include "ledger/event_parts.hpp"
#include "ledger/event_reports.hpp"
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

// ---- the events, in the order of events.md 2 ----------------------------------------------------

struct LedgerOpened {
  enum class Mode : std::uint8_t { ordinary, demonstration };
  Mode mode = Mode::ordinary;
  std::int64_t spec = 0;    // the number by which events are judged
  std::int64_t quorum = 0;  // of the founding Parties
  std::string log_key;      // vkey text; its name is the ledger's origin
  crypto::PublicKey service_key;
  struct Operator {
    Identity identity;
    std::vector<crypto::PublicKey> keys;
    Thresholds thresholds;
  } operator_;
  struct Party {
    Id id;
    Identity identity;
    std::vector<crypto::PublicKey> keys;
    Thresholds thresholds;
  };
  std::vector<Party> parties;
  struct Migration {
    Date from, to;
  };
  std::optional<Migration> migration;
};

struct SpecAdopted {
  std::int64_t number = 0;  // by which the entries behind it are judged
};

struct LogKeyAnnounced {
  std::string log_key;  // vkey text: it may sign the checkpoints that cover this entry
};

struct ParticipantAdmitted {
  enum class Sort : std::uint8_t { party, entity };
  Id id;
  Sort kind = Sort::entity;
  Identity identity;
  std::optional<Id> sponsor;  // a Party; exactly for entities
  Keyset keyset;              // members keys, recovery, thresholds of the body itself
  std::string office;         // of the signing keys, never a person's name
};

struct KeysChanged {
  enum class Route : std::uint8_t { threshold, recovery, sponsor };
  Id participant;
  Route route = Route::threshold;
  std::vector<crypto::PublicKey> add, remove;
  std::optional<Recovery> recovery;  // replaces the whole recovery set
  std::optional<Thresholds> thresholds;
};

struct RoleGranted {
  Id id;
  std::vector<Id> parties;  // grantors: one, or both of an approach for a verifier
  Id participant;
  Organ role = Organ::authority;
  std::vector<Id> approaches;  // scope; empty: all
  Timestamp from;
  std::optional<Timestamp> until;
};

struct RoleEnded {
  enum class How : std::uint8_t { suspended, ended };
  enum class Reason : std::uint8_t { superseded, ceased, compromised };
  Id grant;
  How how = How::ended;
  Reason reason = Reason::superseded;
};

enum class AccountKind : std::uint8_t { holding, national_share, fund, buffer };

struct AccountOpened {
  Id id;
  Id holder;
  Id party;              // section
  std::string registry;  // "XHA99"
  AccountKind kind = AccountKind::holding;
  std::optional<std::string> metric = {};  // of the units in it; nothing: "GHG"
};

struct ApproachEstablished {
  Id id;
  Id host, buyer;  // "parties":[host,buyer]
  Document agreement;
};

struct ApproachRules {  // approach.rules_adopted
  struct FirstTransfer {
    Id party;
    Definition definition = Definition::use_or_cancellation;
  };
  struct ExtraSigner {
    std::string event;  // type
    Id party;
    Organ role = Organ::authority;
  };
  struct Deduction {
    enum class By : std::uint8_t { host, acquirer };
    enum class Sort : std::uint8_t { retained, fund, omge, money };
    enum class Rounding : std::uint8_t { floor, ceil, half_up };
    Id name;
    Moment moment = Moment::transfer;
    By by = By::host;
    Sort kind = Sort::retained;
    std::int64_t rate_bp = 0;  // basis points
    Rounding rounding = Rounding::floor;
    std::optional<Id> account;  // exactly for retained and fund
    bool operator==(const Deduction&) const = default;
  };
  Id approach;
  std::int64_t version = 0;
  std::optional<std::string> carp;  // "CA9901"
  std::vector<FirstTransfer> first_transfer;
  bool both_authorize = true;
  bool host_first = true;
  std::int64_t objection_days = 0;
  std::vector<ExtraSigner> extra_signers;
  std::vector<Deduction> deductions;
  struct Clocks {
    std::int64_t notice_days = 0;  // by which one Party alone may end the approach
    bool operator==(const Clocks&) const = default;
  };
  std::optional<Clocks> clocks;
  std::optional<CycleRules> cycle;
};

struct ApproachEnded {
  Id approach;
  Timestamp from;           // nothing new under it from then on
  std::vector<Id> parties;  // who end it: one Party, or both
  std::string reason;       // a code, [a-z_]{1,64}
};

struct NdcDeclared {
  Id party;
  Year from = 0, to = 0;  // both included
  NdcType type = NdcType::multi_year;
  Method method = Method::trajectory;
  std::string metric;
  std::vector<std::string> sectors, gases;
};

struct InventoryReported {
  Id party;
  Year year = 0;
  std::int64_t version = 0;
  std::string metric;      // that of the NDC
  std::int64_t value = 0;  // in it: emissions less removals, or the indicator
  std::vector<Document> documents;
};

struct UnitsIssued {
  struct Underlying {
    std::string registry;
    Serial first = 0, last = 0;  // closed
  };
  struct Lot {
    Serial first = 0, last = 0;  // closed
    Year vintage = 0;
    std::optional<Underlying> underlying;
  };
  Id activity;
  AuthorizationPair authorization;
  Date period_from, period_to;  // both included
  Mitigation mitigation = Mitigation::reductions;
  std::string metric, gwp;
  Id account;
  Id holder;
  std::int64_t quantity = 0;
  std::string scope;
  std::vector<Document> documents;
  std::vector<Lot> lots;
  std::optional<Id> monitoring;  // the report whose outcomes are issued
};

// Issued units come to stand under an authorization, or under none.
struct UnitsAssigned {
  enum class How : std::uint8_t { attached, released };
  Id account;  // that holds them
  Id party;    // the host
  Units units;
  std::int64_t quantity = 0;
  How how = How::attached;
  AuthorizationPair authorization;  // that they stand under then, or stood under until now
  bool first_transfer = false;
};

struct ProceedsDeducted {
  struct Taken {
    Id line;
    Year vintage = 0;
    Id activity;
    RangeSet ranges;
    std::int64_t quantity = 0;
    std::optional<Id> account;
    bool operator==(const Taken&) const = default;
  };
  Id approach;
  std::int64_t rules = 0;  // version
  Moment moment = Moment::transfer;
  Id party;
  Id account;  // that holds the gross units
  Units gross;
  std::int64_t quantity = 0;
  std::vector<Taken> taken;
};

// One side of a transfer; repeated in full so that a text editor shows what is signed.
struct Side {
  Id account;
  Id party;
  Id participant;
  std::string name;
};

struct UnitsTransferred {
  Side from, to;
  Units units;
  std::int64_t quantity = 0;
  std::vector<VintageQuantity> vintages;  // ascending
  AuthorizationPair authorization;
  Method method = Method::trajectory;
  Purpose purpose = Purpose::ndc;
  std::optional<Date> executed_on;
};

struct UnitsUsed {
  Id account;
  Id party;
  Units units;
  std::int64_t quantity = 0;
  Purpose purpose = Purpose::ndc;
  std::optional<Year> year;  // exactly for NDC
  Id user;
  std::string user_name;
  bool first_transfer = false;
};

struct UnitsCancelled {
  enum class Reason : std::uint8_t { op, voluntary, omge, domestic, administrative, reversal };
  Id account;
  Id party;
  Units units;
  std::int64_t quantity = 0;
  Reason purpose = Reason::voluntary;
  std::optional<std::string> beneficiary;
  std::string reason;  // a code, [a-z_]{1,64}
  bool first_transfer = false;
};

struct AdjustmentApplied {
  Id party;
  Year year = 0;
  std::int64_t version = 0;
  std::int64_t first_transferred = 0;
  std::int64_t used = 0;
  std::int64_t amount_num = 0;  // "amount":{"den":…,"num":…}, lowest terms, den > 0
  std::int64_t amount_den = 1;
  Method method = Method::trajectory;
  Seq as_of = 0;
};

struct SignatureWithdrawn {
  crypto::Hash event;  // event hash of the draft
  Id id;               // the draft's id
};

using Body =
    std::variant<LedgerOpened, SpecAdopted, LogKeyAnnounced, ParticipantAdmitted, KeysChanged,
                 RoleGranted, RoleEnded, AccountOpened, ApproachEstablished, ApproachRules,
                 ApproachEnded, NdcDeclared, InventoryReported, ActivityProposed, DesignSubmitted,
                 ActivityValidated, ActivityRegistered, ActivityClosed, MonitoringSubmitted,
                 MonitoringVerified, ReviewDecided, AuthorizationGranted, AuthorizationChanged,
                 AuthorizationRevoked, UnitsIssued, UnitsAssigned, ProceedsDeducted,
                 UnitsTransferred, UnitsLocked, UnitsUnlocked, UnitsUsed, UnitsCancelled,
                 ReversalRecorded, EntryCorrected, AdjustmentApplied, ReportFiled, FindingRecorded,
                 SignatureWithdrawn, DocumentDisclosed, AuditAttested, StateCommitted>;

// What is signed (architecture.md 2).
struct Event {
  std::string ledger;
  Id id;
  Date date;
  std::optional<Timestamp> expires;
  Body body;
};

// "units.transferred" and so on, in the order of Body.
[[nodiscard]] const std::array<std::string_view, std::variant_size_v<Body>>& event_types();
// The one of them for the alternative that `body` holds.
[[nodiscard]] std::string_view type_of(const Body& body);

}  // namespace ledger
