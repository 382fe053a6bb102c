// Going through a log as it grows: each entry is decoded, verified and stepped once, and the state
// stays in memory for the next.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/merkle.hpp"
#include "crypto/tlog_tiles.hpp"
#include "ledger/clause.hpp"
#include "ledger/machine.hpp"
#include "ledger/seq.hpp"
#include "replay/bundle.hpp"
#include "replay/workers.hpp"

namespace replay {

// Why a follower stands where it does and not further.
struct Halt {
  enum class Why : std::uint8_t {
    unreadable,   // a part could not be read, or `keep` could not keep one
    missing,      // a part is not there or is not one, or differs from what was stepped before
    broken,       // the next entry breaks the clause
    newer_rules,  // the next entry asks for rules that this program does not know
  };
  Why why = Why::unreadable;
  ledger::Seq seq = 0;                     // of the entry that was not stepped
  const ledger::Clause* clause = nullptr;  // where broken
  std::string line;                        // where broken: the entry
  std::string sentence;
};

// Takes a part that was just made from entries, all of which hold; false where it cannot.
using KeepPart = std::function<bool(const crypto::TilePath& path, std::string_view bytes)>;

// Memory is the state and one bundle of entries. What it stepped is the log's once its root is that
// of a signed checkpoint. One thread; the workers outlive it.
class Follower {
 public:
  explicit Follower(Workers& workers) : workers_(workers) {}

  // Steps the entries up to `size` of a log that is laid out for `laid_out` entries, of which the
  // last bundle tells how many it has. Nothing where all hold; otherwise it stands before the first
  // that does not. `keep` is given every bundle of entries and every hash tile of that layout that
  // is new or has grown; the hash tiles are made here, whatever the log has. Precondition: the
  // follower stands at most at `size`, and that is at most `laid_out`.
  [[nodiscard]] std::optional<Halt> follow(const BundleReader& log, ledger::Seq size,
                                           ledger::Seq laid_out, const KeepPart& keep = {});

  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }

 private:
  [[nodiscard]] std::optional<Halt> step_bundle(const BundleReader& log, ledger::Seq size,
                                                ledger::Seq laid_out, const KeepPart& keep);
  [[nodiscard]] bool keep_full_tiles(const KeepPart& keep);
  [[nodiscard]] bool keep_open_tiles(const KeepPart& keep) const;
  [[nodiscard]] Halt halt(Halt::Why why, std::string sentence) const {
    return {why, machine_.size(), nullptr, {}, std::move(sentence)};
  }

  Workers& workers_;
  ledger::Machine machine_;
  crypto::TileBuilder tiles_;
};

}  // namespace replay
