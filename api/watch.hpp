// A witness of meaning: follows a log, and cosigns its checkpoint only where every entry under it
// obeys the rules (spec/audit.md, section 9).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "api/descriptor.hpp"
#include "api/told.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/cosignature.hpp"
#include "crypto/ed25519.hpp"
#include "ledger/clause.hpp"
#include "ledger/time.hpp"
#include "replay/bundle.hpp"
#include "replay/evidence.hpp"
#include "replay/follower.hpp"
#include "replay/workers.hpp"

namespace api {

// The newest entry of a log may be that far ahead of the witness's clock, unless the log's opening
// says demonstration.
inline constexpr std::int64_t most_ahead_ms = 300'000;

// What came of looking at the log once.
struct Round {
  enum class Outcome : std::uint8_t {
    cosigned,   // the newest checkpoint, just now
    unchanged,  // it was cosigned before
    waiting,    // not cosigned, and nobody may be to blame: look again later
    fault,      // the log's key signed what it must not have signed: never cosign it again
    broken,     // this witness cannot go on: its disk, or its program is too old
  };
  Outcome outcome = Outcome::waiting;
  std::string sentence;
  const ledger::Clause* clause = nullptr;    // where fault
  std::optional<replay::Evidence> evidence;  // where fault, and others can be shown
};

// One log, one mirror directory, one key. Nobody else writes into the directory meanwhile. One
// thread; what it refers to outlives it. Beside checkpoint and tiles the directory has `cosigned`,
// its memory, `checkpoint.refused`, and `watch.lock`.
class Watch {
 public:
  // Precondition: the key is not the log's, and the name is one of a witness.
  Watch(const crypto::LogKeys& log_keys, std::filesystem::path mirror, const crypto::SecretKey& key,
        std::string name, replay::Workers& workers)
      : log_keys_(log_keys),
        mirror_(std::move(mirror)),
        key_(key),
        name_(std::move(name)),
        workers_(workers) {}

  // Takes the directory for its own and remembers what was cosigned.
  [[nodiscard]] Told<> open();

  // Looks at the log as it is now. In memory are the ledger's state and one part of the log at a
  // time: what obeys no rule takes no memory.
  [[nodiscard]] Round look(const replay::BundleReader& log, ledger::Timestamp now);

 private:
  struct Signed {
    std::string note;
    crypto::Checkpoint checkpoint;
  };
  [[nodiscard]] Told<std::optional<Signed>> read_signed(const char* file) const;
  [[nodiscard]] std::optional<Round> catch_up(const replay::BundleReader& log);
  [[nodiscard]] std::optional<Round> compare(const replay::BundleReader& log, const Signed& now);
  [[nodiscard]] std::optional<Round> step(const replay::BundleReader& log, const Signed& now);
  [[nodiscard]] Round blame(const replay::BundleReader& log, const Signed& now,
                            const replay::Halt& halt);
  [[nodiscard]] bool has_told_times() const;
  [[nodiscard]] Round cosign(const Signed& now, ledger::Timestamp clock);
  [[nodiscard]] Round start_again(std::string sentence);
  [[nodiscard]] replay::KeepPart keep_parts();

  const crypto::LogKeys log_keys_;
  const std::filesystem::path mirror_;
  const crypto::SecretKey& key_;
  const std::string name_;
  replay::Workers& workers_;
  std::unique_ptr<Descriptor> lock_;
  std::optional<Signed> known_;          // the largest that was mirrored: the log goes on from it
  std::optional<ledger::Seq> cosigned_;  // size of the last that was cosigned
  bool is_published_ = true;             // whether the mirror's checkpoint is the one that is known
  bool has_said_told_ = false;           // that times of a demonstration are not compared
  std::string unkept_;                   // why a part could not be kept
  std::unique_ptr<replay::Follower> follower_;
};

}  // namespace api
