// What an entry did, in full: all that views, adjustments and reports fold. They never look inside
// an event, so there is no second interpretation to keep equal (architecture.md 1).
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "ledger/event.hpp"
#include "ledger/figures.hpp"
#include "ledger/seq.hpp"
#include "ledger/state.hpp"
#include "ledger/units.hpp"

namespace ledger {

// Who used or cancelled the units of an entry, and what its event says of that beside the purpose.
struct Ending {
  Index participant = 0;                   // the user; of a cancellation the holder
  std::optional<std::string> beneficiary;  // of a cancellation
  std::string reason;                      // of a cancellation: its code
};

// A new row of a register, whole; its Index is the number of such rows before it.
// A participant is told again when its thresholds or recovery keys change, an approach when it
// adopts rules or ends, a grant when it ends, a key when it is retired, a lock when it ends or some
// of its units moved by the event that it waited for, an account when it is frozen or released, an
// authorization at each notice, change and revocation, a finding when some of what is too much was
// cancelled and when it is resolved.
// The ledger itself: at its opening, and whenever its Parties adopt another spec number or announce
// another log key.
struct LedgerEffect {
  std::string origin;
  LedgerOpened::Mode mode = LedgerOpened::Mode::ordinary;
  std::int64_t spec = 0;  // number in force from the next entry on
  std::int64_t quorum = 0;
  std::vector<std::string> log_keys;  // the opening's first
  crypto::PublicKey service_key;
  std::optional<std::pair<Date, Date>> migration;
};
struct ParticipantEffect {
  Index index = 0;
  Participant row;
};
struct AccountEffect {
  Index index = 0;
  Account row;
};
struct ApproachEffect {
  Index index = 0;
  Approach row;
};
struct ActivityEffect {
  Index index = 0;
  Activity row;
};
struct AuthorizationEffect {
  Index index = 0;
  Authorization row;  // without its earlier versions, each of which was told when it was stated
};
struct ScopeEffect {
  Index index = 0;
  std::string registry;
};
struct LotEffect {
  Index index = 0;
  Lot row;
};
struct NdcEffect {
  Ndc row;
};
// Told again with every step of the activity, and of the report; with the one design that the step
// was about.
struct CycleEffect {
  Index index = 0;
  CycleHead row;
  std::optional<Design> design;
};
struct MonitoringEffect {
  Index index = 0;
  Monitoring row;
};
struct InventoryEffect {
  Index party = 0;
  Year year = 0;
  Inventory row;
};
struct GrantEffect {
  Index index = 0;
  Grant row;
};
struct KeyEffect {
  crypto::PublicKey key;
  KeyRecord record;
};
struct LockEffect {
  Index index = 0;
  Lock row;
};
struct AdjustmentEffect {
  Index party = 0;
  Year year = 0;
  std::int64_t version = 0;
  std::int64_t first_transferred = 0, used = 0, amount_num = 0, amount_den = 1;
  Method method = Method::trajectory;
  Seq as_of = 0;
};
struct WithdrawalEffect {
  crypto::Hash event;
  Index participant = 0;
};

struct ReportEffect {
  Index index = 0;
  Report row;
  crypto::Hash sha256;  // of the file
};
// What a consistency check or a review said of a report.
struct StatusEffect {
  Index report = 0;
  std::optional<FindingRecorded::Mark> mark;  // exactly one of these two
  std::optional<FindingRecorded::Status> status;
};
struct FindingEffect {
  Index index = 0;
  Finding row;
};

// A document that the entry names, as it names it; its Index is its place among all of them.
struct DocumentEffect {
  Index index = 0;
  Seq entry = 0;
  Document document;
  Date date;  // of the event
  Index by = 0;
  std::optional<Index> and_by;
};
struct DisclosureEffect {
  Index document = 0;
  DocumentDisclosed::How how = DocumentDisclosed::How::published;
  std::string basis;
  std::optional<Document::Copy> redacted_copy;
  std::optional<DocumentDisclosed::Opening> title;
  Date date;
};
struct AttestationEffect {
  std::vector<Index> by;
  Seq size = 0;
  crypto::Hash root;
  AuditAttested::Result result = AuditAttested::Result::consistent;
  std::optional<Index> account, party;  // what was looked at; neither: all of it
  crypto::Hash sha256;                  // of the document
  Date date;
};

// What the operator commits to: the state behind the entries before this one.
struct CommitmentEffect {
  std::int64_t leaves = 0;
  crypto::Hash root;
};

// A filed report that shows what an entry undoes: it would be another one now.
struct DifferenceEffect {
  Index report = 0;
};
// What is told of a cancellation instead; what is not given stays.
struct RestatementEffect {
  Seq entry = 0;
  std::optional<std::string> beneficiary;
  std::optional<std::string> reason;
};

using RowEffect =
    std::variant<LedgerEffect, ParticipantEffect, AccountEffect, ApproachEffect, ActivityEffect,
                 AuthorizationEffect, ScopeEffect, LotEffect, NdcEffect, GrantEffect, KeyEffect,
                 AdjustmentEffect, WithdrawalEffect, InventoryEffect, CycleEffect, MonitoringEffect,
                 LockEffect, ReportEffect, StatusEffect, FindingEffect, DifferenceEffect,
                 RestatementEffect, DocumentEffect, DisclosureEffect, AttestationEffect,
                 CommitmentEffect>;

// The entry that another one undoes: first transfers that it takes back count in the year of the
// first.
struct Undone {
  Seq entry = 0;
  Timestamp time;  // of that entry
};

// A value of its own: holds no reference into the state.
struct Effects {
  Seq seq = 0;
  Timestamp time;
  std::string_view type;          // of the event; static text
  std::vector<RowEffect> rows;    // in the order in which they came to be
  std::vector<UnitEffect> units;  // ascending within a scope
  std::vector<YearEffect> years;
  std::vector<CapEffect> caps;
  std::vector<ProceedsEffect> proceeds;
  std::vector<ReversalEffect> reversals;
  std::vector<ExcessEffect> excesses;
  std::optional<Undone> undoes;     // by a void
  std::optional<Year> used_for;     // declared NDC year of a use
  std::optional<Ending> ending;     // of a use or cancellation by an event of its own
  std::optional<Date> executed_on;  // of a movement inside a migration window
};

}  // namespace ledger
