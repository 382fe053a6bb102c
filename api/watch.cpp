#include "api/watch.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <set>

#include <algorithm>
#include <system_error>
#include <utility>

#include "api/kept_checkpoint.hpp"
#include "crypto/note.hpp"
#include "crypto/tlog_tiles.hpp"
#include "replay/audit_older.hpp"
#include "replay/clauses_audit.hpp"
#include "replay/evidence_check.hpp"
#include "replay/evidence_make.hpp"
#include "replay/log_keys.hpp"

namespace api {

using Outcome = Round::Outcome;
using replay::Fetched;

namespace {

constexpr const char* memory = "cosigned";

Round waiting(std::string sentence) {
  return {Outcome::waiting, std::move(sentence), nullptr, std::nullopt};
}
Round broken(std::string sentence) {
  return {Outcome::broken, std::move(sentence), nullptr, std::nullopt};
}
Round fault(const ledger::Clause& clause, std::string sentence,
            std::optional<replay::Evidence> evidence = std::nullopt) {
  return {Outcome::fault, std::move(sentence), &clause, std::move(evidence)};
}

std::string words_of(const crypto::Checkpoint& checkpoint) {
  return std::to_string(checkpoint.size) + " entries of " + checkpoint.origin;
}

// The tiles of a mirror as far as they are whole, and else those of the log.
class MirrorFirst final : public replay::BundleReader {
 public:
  MirrorFirst(const std::filesystem::path& mirror, const replay::BundleReader& log)
      : mirror_(mirror), log_(log) {}

  [[nodiscard]] Fetched checkpoint() const override { return mirror_.checkpoint(); }
  [[nodiscard]] Fetched tile(const crypto::TilePath& path) const override {
    Fetched kept = mirror_.tile(path);
    const auto lines = path.entries ? crypto::split_bundle(kept.bytes) : std::nullopt;
    return lines && lines->size() == path.width ? std::move(kept) : log_.tile(path);
  }

 private:
  const replay::DirectoryBundle mirror_;
  const replay::BundleReader& log_;
};

template <class Made>
std::optional<replay::Evidence> as_evidence(std::optional<Made> made) {
  if (!made) return std::nullopt;
  return replay::Evidence(std::move(*made));
}

bool is_cosigned_by(const std::string& note, const crypto::WitnessKey& witness) {
  const auto parts = crypto::parse_note(note);
  return parts && crypto::read_cosignature(parts->text, parts->signatures, witness).verdict ==
                      crypto::Cosignature::Verdict::valid;
}

// Beside those of keys that are known a few lines of the log's name are kept, unverified: that of a
// key that is to follow is among them.
constexpr std::size_t most_lines = 8;

// The text of a checkpoint with the lines of the log and the witness's below them; nothing where
// that is longer than a note.
std::optional<std::string> cosigned_note(const std::string& note, const crypto::LogKeys& log_keys,
                                         const std::string& line) {
  const auto parts = crypto::parse_note(note);  // it was opened before: it is a note of such a key
  std::string known, others;
  std::set<std::string> taken;  // of each key that is known the first line counts
  std::size_t other_lines = 0;
  for (const crypto::VerifierKey& key : log_keys.all()) {
    const std::string id = crypto::note_key_id(key.name, crypto::NoteKeyType::note, key.key);
    const auto signature = crypto::signature_of(parts->signatures, key.name, id);
    if (!signature) continue;
    const std::string own = id + std::string(*signature);
    known += crypto::format_signature_line({key.name, own});
    taken.insert(own);
  }
  for (const crypto::SignatureLine& each : parts->signatures) {
    if (each.name != log_keys.name() || taken.count(each.bytes) != 0) continue;
    if (other_lines++ < most_lines) others += crypto::format_signature_line(each);
  }
  const std::string out = std::string(parts->text) + "\n" + known + others + line;
  return crypto::open_checkpoint(out, log_keys) ? std::optional(out) : std::nullopt;
}

}  // namespace

// ---- what is remembered ----

Told<std::optional<Watch::Signed>> Watch::read_signed(const char* file) const {
  Told<std::optional<std::string>> note = read_kept(mirror_ / file);
  if (!note) return tell(note.error());
  if (!*note) return std::nullopt;
  const auto checkpoint = crypto::open_checkpoint(**note, log_keys_);
  if (!checkpoint) {
    return tell((mirror_ / file).string() + " is not a checkpoint that log key " +
                crypto::format_vkeys(log_keys_) + " signed");
  }
  return Signed{std::move(**note), *checkpoint};
}

Told<> Watch::open() {
  std::error_code error;
  std::filesystem::create_directories(mirror_, error);
  if (error) return tell("cannot make " + mirror_.string() + ": " + error.message());
  const std::filesystem::path lock = mirror_ / "watch.lock";
  lock_ = std::make_unique<Descriptor>(
      ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!lock_->is_open()) return system_says(lock, "open");
  if (::flock(lock_->number(), LOCK_EX | LOCK_NB) != 0) {
    return tell(mirror_.string() + " is in use by another watch: two would cosign by two memories");
  }
  Told<std::optional<Signed>> cosigned = read_signed(memory);
  if (!cosigned) return tell(cosigned.error());
  Told<std::optional<Signed>> mirrored = read_signed("checkpoint");
  if (!mirrored) return tell(mirrored.error());
  // What another key or name cosigned is remembered, and cosigned anew.
  if (*cosigned && is_cosigned_by((*cosigned)->note, {name_, key_.public_key()})) {
    cosigned_ = (*cosigned)->checkpoint.size;
  }
  // A crash may have come between the memory and the mirror, never the other way round.
  if (*cosigned && (!*mirrored || (*mirrored)->checkpoint.size < (*cosigned)->checkpoint.size)) {
    known_ = std::move(*cosigned);
    is_published_ = false;
  } else {
    known_ = std::move(*mirrored);
  }
  return {};
}

// What is there already, as after a start, is not written again.
replay::KeepPart Watch::keep_parts() {
  return [this](const crypto::TilePath& path, std::string_view bytes) {
    if (replay::DirectoryBundle(mirror_).tile(path).bytes == bytes) return true;
    const auto unwritten = replay::write_tile(mirror_, path, bytes);
    if (unwritten) unkept_ = *unwritten;
    return !unwritten;
  };
}

// The next look begins with the mirror, of which only what was cosigned or audited is believed.
Round Watch::start_again(std::string sentence) {
  follower_.reset();
  return waiting(std::move(sentence));
}

// ---- looking ----

Round Watch::look(const replay::BundleReader& log, ledger::Timestamp now) {
  Fetched note = log.checkpoint();
  if (note.outcome == Fetched::Outcome::unreadable) return waiting(note.reason);
  const auto checkpoint = crypto::open_checkpoint(note.bytes, log_keys_);
  if (!checkpoint) {
    std::string word = follower_ ? replay::word_on_unknown_signer(follower_->machine().state(),
                                                                  note.bytes, log_keys_)
                                 : std::string();
    if (!word.empty()) word = " " + word + " Then start again: the file is read at a start.";
    return waiting("The log has no checkpoint that log key " + crypto::format_vkeys(log_keys_) +
                   " signed." + word);
  }
  const Signed newest{std::move(note.bytes), *checkpoint};
  const replay::UnderCheckpoint under(log, Fetched::found(newest.note));
  if (auto round = compare(under, newest)) return std::move(*round);
  if (auto round = catch_up(under)) return std::move(*round);
  if (auto round = step(under, newest)) return std::move(*round);
  if (cosigned_ == checkpoint->size) {
    return {Outcome::unchanged, words_of(*checkpoint) + ": nothing new.", nullptr, std::nullopt};
  }
  return cosign(newest, now);
}

// After a start: the entries of the mirror, each judged again.
std::optional<Round> Watch::catch_up(const replay::BundleReader& log) {
  if (!follower_) follower_ = std::make_unique<replay::Follower>(workers_);
  const ledger::Seq size = known_ ? known_->checkpoint.size : 0;
  if (follower_->machine().size() >= size) return std::nullopt;
  const auto halt = follower_->follow(MirrorFirst(mirror_, log), size, size, keep_parts());
  if (halt && !unkept_.empty()) return broken(std::exchange(unkept_, {}));
  if (halt && halt->why == replay::Halt::Why::unreadable) return waiting(halt->sentence);
  if (halt && halt->why == replay::Halt::Why::newer_rules) return broken(halt->sentence);
  if (!halt && follower_->machine().tree().root == known_->checkpoint.root) {
    if (is_published_) return std::nullopt;
    if (Told<> kept = api::keep(mirror_ / "checkpoint", known_->note); !kept) {
      return broken(kept.error());
    }
    is_published_ = true;
    return std::nullopt;
  }
  follower_.reset();
  return broken("The mirror " + mirror_.string() + " does not have the " +
                words_of(known_->checkpoint) + " that it is to have" +
                (halt ? ": at entry " + std::to_string(halt->seq) + ": " + halt->sentence : ".") +
                " Remove its directory tile, and it is fetched again; leave the file " + memory +
                ", which remembers what was cosigned.");
}

// What the newest checkpoint says against the one that is known, before any entry is read.
std::optional<Round> Watch::compare(const replay::BundleReader& log, const Signed& now) {
  if (!known_ || now.checkpoint == known_->checkpoint) return std::nullopt;
  auto finding = replay::contradiction_of(log, known_->checkpoint, now.checkpoint);
  if (!finding) return std::nullopt;
  if (const auto unwritten = replay::keep_refused(mirror_, now.note)) return broken(*unwritten);
  if (finding->clause == &replay::LOG_19) {
    return fault(*finding->clause, finding->sentence,
                 as_evidence(replay::make_fork_evidence(log, now.note, known_->note, log_keys_)));
  }
  auto fork = as_evidence(replay::make_fork_evidence(replay::DirectoryBundle(mirror_), known_->note,
                                                     now.note, log_keys_));
  if (fork) return fault(replay::LOG_19, finding->sentence, std::move(fork));
  return waiting(std::string(finding->clause->id) + ": " + finding->sentence);
}

std::optional<Round> Watch::step(const replay::BundleReader& log, const Signed& now) {
  const ledger::Seq size = now.checkpoint.size;
  if (follower_->machine().size() > size) {
    return start_again("The log has fewer entries than it gave out before.");
  }
  if (const auto halt = follower_->follow(log, size, size, keep_parts()))
    return blame(log, now, *halt);
  if (follower_->machine().tree().root != now.checkpoint.root) {
    auto fork =
        known_ ? as_evidence(replay::make_fork_evidence(log, now.note, known_->note, log_keys_))
               : std::nullopt;
    if (fork) {
      return fault(replay::LOG_19, "The log does not go on from the checkpoint that is known.",
                   std::move(fork));
    }
    return start_again(
        "The entries that the log gives out do not make the root that it signed "
        "for " +
        words_of(now.checkpoint) + " (LOG-15).");
  }
  if (size > 0 && !replay::is_of_log(follower_->machine().state(), now.note, log_keys_)) {
    return waiting("LOG-7: log key " +
                   crypto::format_vkeys(replay::signers_of(now.note, log_keys_)) +
                   " signed the checkpoint, but the log names it neither in its opening, which "
                   "names " +
                   follower_->machine().state().log_keys.front() +
                   ", nor in a log.key_announced. The line of a key that it names may have been "
                   "left out on its way.");
  }
  return std::nullopt;
}

// The next entry could not be stepped: whose fault is that?
Round Watch::blame(const replay::BundleReader& log, const Signed& now, const replay::Halt& halt) {
  using Why = replay::Halt::Why;
  if (!unkept_.empty()) return broken(std::exchange(unkept_, {}));
  if (halt.why == Why::unreadable) return waiting(halt.sentence);
  if (halt.why == Why::missing) return start_again(halt.sentence);
  const std::string entry = "Entry " + std::to_string(halt.seq);
  if (halt.why == Why::newer_rules) {
    return broken(entry + " cannot be judged by this program. " + halt.sentence);
  }
  auto made = replay::make_entry_evidence(log, now.note, halt.seq, halt.clause->id, log_keys_);
  const bool is_signed = made && made->entry.line == halt.line &&
                         replay::root_before(made->entry.proof, now.checkpoint.size) ==
                             follower_->machine().tree().root;
  if (is_signed) {
    return fault(*halt.clause, entry + ": " + halt.sentence, as_evidence(std::move(made)));
  }
  return start_again(entry + " breaks " + std::string(halt.clause->id) + ": " + halt.sentence +
                     " But it is not what the log key signed: it was altered on its way, or the "
                     "log gives out other entries than it signed.");
}

// Times in demonstration mode are told by whoever submits: no clock measured them.
bool Watch::has_told_times() const {
  return follower_->machine().state().mode == ledger::LedgerOpened::Mode::demonstration;
}

// The memory is on the disk before the signature is where anybody can read it.
Round Watch::cosign(const Signed& now, ledger::Timestamp clock) {
  const ledger::Machine& machine = follower_->machine();
  const bool is_told = machine.size() > 0 && has_told_times();
  if (machine.size() > 0 && !is_told && machine.time().ms > clock.ms + most_ahead_ms) {
    return waiting("Entry " + std::to_string(machine.size() - 1) + " was made at " +
                   ledger::format_timestamp(machine.time()) +
                   ", more than five minutes ahead of this clock, " +
                   ledger::format_timestamp(clock) + ": not cosigned.");
  }
  const std::string line = crypto::cosign(
      crypto::parse_note(now.note)->text,
      static_cast<std::uint64_t>(std::max<std::int64_t>(clock.ms, 0) / 1'000), name_, key_);
  const std::optional<std::string> note = cosigned_note(now.note, log_keys_, line);
  if (!note) return waiting("The log's checkpoint is too long to be cosigned.");
  for (const char* file : {memory, "checkpoint"}) {
    if (Told<> kept = api::keep(mirror_ / file, *note); !kept) return broken(kept.error());
  }
  known_ = Signed{*note, now.checkpoint};
  cosigned_ = now.checkpoint.size;
  std::string sentence = words_of(now.checkpoint) + " obey every rule: cosigned as " + name_ + ".";
  if (is_told && !std::exchange(has_said_told_, true)) {
    sentence +=
        " The log is a demonstration: its times are told by those who submit, so they were not "
        "compared with this clock.";
  }
  return {Outcome::cosigned, std::move(sentence), nullptr, std::nullopt};
}

}  // namespace api
