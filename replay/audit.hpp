// Proving a log to somebody who trusts nobody: every signature, rule, hash and figure again, from
// the bundle and public keys alone (spec/audit.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/clause.hpp"
#include "ledger/effects.hpp"
#include "ledger/entry.hpp"
#include "ledger/event.hpp"
#include "ledger/seq.hpp"
#include "ledger/state.hpp"
#include "ledger/state_root.hpp"
#include "ledger/time.hpp"
#include "replay/bundle.hpp"
#include "replay/quorum.hpp"
#include "replay/trust.hpp"
#include "replay/workers.hpp"

namespace replay {

// How far a log holds. Each level contains those before it.
enum class Level : std::uint8_t {
  nothing,
  format,      // every entry is canonical and of the closed schema
  signatures,  // every signature verifies
  chain,       // every entry is numbered, timed and linked to the one before it
  rules,       // every entry was admissible where it stands
  root,        // every hash tile and the root are those of the entries
  checkpoint,  // the log key signed that root
};
[[nodiscard]] std::string_view name_of(Level level);

// What does not hold: the first of it.
struct Finding {
  // That it spoils: the level before it is reached. None: judged beside the levels, by what the
  // auditor holds itself.
  std::optional<Level> level;
  std::optional<ledger::Seq> entry;        // where it is one entry's
  std::string part;                        // "entry 41", "tile/0/000", "checkpoint"
  const ledger::Clause* clause = nullptr;  // that is broken; never null in a report
  std::string sentence;                    // what holds and what was found
};

// Units in their four standings; issued = held + used + cancelled in each sum.
struct Tally {
  std::int64_t issued = 0, held = 0, used = 0, cancelled = 0;
  bool operator==(const Tally&) const = default;
};

struct AccountTotal {
  ledger::Id id;
  ledger::Id participant;     // its holder
  ledger::Id party;           // section
  std::int64_t quantity = 0;  // held
  bool operator==(const AccountTotal&) const = default;
};

struct RecordedYear {
  std::int64_t version = 0;
  std::int64_t first_transferred = 0, used = 0;
  bool operator==(const RecordedYear&) const = default;
};

struct PartyTotal {
  ledger::Id id;
  std::string name;
  std::int64_t issued = 0;                                 // as host
  std::int64_t held = 0, used = 0, cancelled = 0;          // in its section
  std::map<ledger::Year, std::int64_t> first_transferred;  // as host, by vintage
  std::map<ledger::Year, std::int64_t> used_for;           // by declared NDC year
  std::map<ledger::Year, RecordedYear> adjustments;        // newest version of each year
  bool operator==(const PartyTotal&) const = default;
};

struct ActivityTotal {
  ledger::Id id;
  ledger::Id approach;
  Tally tally;
  bool operator==(const ActivityTotal&) const = default;
};

struct Totals {
  Tally all;
  std::vector<AccountTotal> accounts;     // in the order of opening
  std::vector<PartyTotal> parties;        // in the order of admission
  std::vector<ActivityTotal> activities;  // in the order of authorization
  std::map<ledger::Year, Tally> vintages;
  bool operator==(const Totals&) const = default;
};

// The figures of a state; the same for every state that is equal.
[[nodiscard]] Totals totals_of(const ledger::State& state);

// A key that the log enrols for a Party.
struct PartyKey {
  ledger::Id party;
  crypto::PublicKey key;
  crypto::Hash fingerprint;  // SHA-256 of SubjectPublicKeyInfo
  bool recovery = false;
  ledger::Seq enrolled_by = 0;  // entry
  std::optional<ledger::Seq> retired_by;
  // Why it is believed to be the Party's.
  enum class Ground : std::uint8_t { claimed_by_operator, opening_pinned, key_pinned };
  Ground ground = Ground::claimed_by_operator;
};

// A published report, made again from the log and compared byte for byte.
struct Comparison {
  std::string file;
  bool identical = false;
  std::string sentence;  // what was compared, or where they differ
};

struct AuditReport {
  enum class Verdict : std::uint8_t { valid, invalid, could_not_run };
  Verdict verdict = Verdict::could_not_run;
  Level reached = Level::nothing;
  std::optional<Finding> finding;  // exactly where the verdict is invalid
  std::string problem;             // a sentence, exactly where the audit could not run
  // The entry from which on this program cannot judge: it asks for a spec number that is newer.
  std::optional<ledger::Seq> newer_rules;

  std::optional<crypto::Checkpoint> checkpoint;  // what the bundle's says; signed iff reached
  ledger::Seq entries = 0;                       // that were replayed in order, all of them good
  std::optional<ledger::Timestamp> last_time;    // of the last of them
  std::optional<crypto::Hash> opening;           // leaf hash of entry 0
  bool demonstration = false;
  std::int64_t spec = 0;                // number in force after the last good entry
  std::optional<ledger::Seq> contains;  // size of the older checkpoint, where it is contained
  // What the operator committed to last, where the log is valid and it ever did.
  std::optional<std::pair<ledger::Seq, ledger::StateRoot>> commitment;
  bool pinned = false;               // whether any pin was given
  std::vector<PartyKey> party_keys;  // in the order of enrolment
  // Where level rules is reached by every entry of the checkpoint.
  std::optional<Totals> totals;
  std::vector<std::string> log_keys;          // likewise: verifier keys, the opening's first
  std::vector<std::string> unknown_log_keys;  // of those the ones that the auditor was not given
  std::vector<Comparison> comparisons;        // of published reports; made where the log is valid
  std::optional<Quorum> quorum;               // where a policy was given and the log is valid
};

// How much lies in memory at once: three batches, beside the state.
struct AuditLimits {
  std::size_t batch_entries = 1'024;
  std::size_t batch_bytes = 4'000'000;  // of entries; a batch has at least one tile of them
};

// Told of each good entry and what it did, in order, while the audit runs; one thread at a time.
// What it learned is proven once the verdict is valid.
using Follow = std::function<void(const ledger::Entry&, const ledger::Effects&)>;

// Audits the bundle up to its checkpoint. Any bytes are safe: malformed input is invalid, and only
// a part that cannot be read, or an older checkpoint that the log key never signed, keep it from
// running. Stops at the first entry that is bad; a bad tile does not stop the replay.
[[nodiscard]] AuditReport audit(const BundleReader& bundle, const crypto::LogKeys& log_keys,
                                const Trust& trust, Workers& workers,
                                const AuditLimits& limits = {}, const Follow& follow = {});

// The report in plain sentences, and as one JSON object (spec/audit.md); both end with a line end.
[[nodiscard]] std::string describe(const AuditReport& report);
[[nodiscard]] std::string to_json(const AuditReport& report);

}  // namespace replay
