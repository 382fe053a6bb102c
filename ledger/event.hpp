// The events: what Parties, their organs and entities sign. One struct a lifecycle action, with the
// member names of spec/events.md. Values only; what they mean is in rules/ and evolve.
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
#include "ledger/seq.hpp"
#include "ledger/time.hpp"
#include "ledger/units.hpp"

namespace ledger {

using Id = std::string;  // [A-Za-z0-9._-]{1,64}; a Party's is its ISO 3166 alpha-3 code
using Year = std::int32_t;

// ---- parts that several events share ------------------------------------------------------------

// A legal person as its country registers it.
struct Identity {
  std::string name;     // legal name
  std::string country;  // alpha-3
  std::string number;   // identification number there
  bool operator==(const Identity&) const = default;
};

// How many keys of one participant must sign, by class of event (events.md, decision 2).
struct Thresholds {
  std::uint32_t ordinary = 1;
  std::uint32_t units = 1;
  std::uint32_t keys = 1;
  bool operator==(const Thresholds&) const = default;
};

// Keys that act only when signing keys are lost (decision 13).
struct Recovery {
  std::vector<crypto::PublicKey> keys;
  std::uint32_t threshold = 1;
  std::uint32_t wait_days = 7;
  bool operator==(const Recovery&) const = default;
};

struct Keyset {
  std::vector<crypto::PublicKey> keys;
  std::optional<Recovery> recovery;
  Thresholds thresholds;
};

enum class Access : std::uint8_t { open, redacted, confidential };  // "public", …

// A document by its hash; title is a salted commitment (decision 14).
struct Document {
  crypto::Hash sha256;
  std::int64_t size = 0;  // bytes
  std::string media;
  std::string kind;
  std::string language;
  Access access = Access::open;
  crypto::Hash title;
  struct Copy {
    crypto::Hash sha256;
    std::int64_t size = 0;
  };
  std::optional<Copy> redacted_copy;  // "public": present exactly when access is redacted
  std::optional<std::string> basis;   // why it is not public; present unless access is public
  std::optional<std::string> by;
  std::optional<Date> since;
};

// Units of one originating registry, as the JSON's {"ranges":[[first,last],…],"scope":"XHA99"}.
struct Units {
  std::string scope;
  RangeSet ranges;
};

struct VintageQuantity {
  Year vintage = 0;
  std::int64_t quantity = 0;
  auto operator<=>(const VintageQuantity&) const = default;
};

// The authorizations that a movement rests on (decision 5).
struct AuthorizationPair {
  Id host;
  std::optional<Id> buyer;
};

enum class Purpose : std::uint8_t { ndc, imp, op };          // "NDC" "IMP" "OP"
enum class Method : std::uint8_t { trajectory, averaging };  // 2/CMA.3 annex 7
enum class NdcType : std::uint8_t { single_year, multi_year };
enum class Organ : std::uint8_t { authority, secretariat, inventory, verifier, developer };
enum class Definition : std::uint8_t { authorization, issuance, use_or_cancellation };
enum class Moment : std::uint8_t { issuance, transfer, acquisition };
enum class Mitigation : std::uint8_t { reductions, removals };  // "Emission reductions" "Removals"
enum class Act : std::uint8_t { transfer, acquire, use };

// ---- the events, in the order of events.md 2 ----------------------------------------------------

struct LedgerOpened {
  enum class Mode : std::uint8_t { ordinary, demonstration };
  Mode mode = Mode::ordinary;
  std::int64_t spec = 0;
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
};

struct NdcDeclared {
  Id party;
  Year from = 0, to = 0;  // both included
  NdcType type = NdcType::multi_year;
  Method method = Method::trajectory;
  std::string metric;
  std::vector<std::string> sectors, gases;
};

struct AuthorizationGranted {
  struct Entity {
    Id id;
    std::vector<Act> may;  // ascending, unique
  };
  struct Activity {
    Id id;
    Date crediting_from, crediting_to;  // both included
    std::string sector, type;
    Mitigation mitigation = Mitigation::reductions;
    bool operator==(const Activity&) const = default;
  };
  struct ChangeTerms {
    enum class Until : std::uint8_t { issuance, first_transfer, never };
    Until until = Until::first_transfer;
    std::vector<Id> consent;
    std::int64_t notice_days = 0;
    std::optional<Document> document;
  };
  Id id;
  Id approach;
  Id party;
  std::int64_t version = 1;
  std::optional<std::int64_t> cap;
  std::string metric;  // "GHG"
  std::string gwp;     // "AR5"
  std::vector<Purpose> purposes;
  std::optional<std::string> oimp;
  std::vector<Id> parties;  // that may use; empty: any
  std::vector<Entity> entities;
  Year vintage_from = 0, vintage_to = 0;  // both included
  std::optional<Date> issue_until, use_until;
  std::vector<std::pair<Year, Year>> ndc_periods;
  std::vector<Activity> activities;
  std::vector<std::string> standards;
  std::string tracking_registry;
  std::vector<std::string> underlying_registries;
  ChangeTerms change_terms;
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

using Body = std::variant<LedgerOpened, ParticipantAdmitted, KeysChanged, RoleGranted, RoleEnded,
                          AccountOpened, ApproachEstablished, ApproachRules, NdcDeclared,
                          AuthorizationGranted, UnitsIssued, ProceedsDeducted, UnitsTransferred,
                          UnitsUsed, UnitsCancelled, AdjustmentApplied, SignatureWithdrawn>;

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
