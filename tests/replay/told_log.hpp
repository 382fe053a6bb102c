// Logs for tests of replay: told by stories, laid out as a bundle in memory, and damaged.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "api/story.hpp"
#include "crypto/checkpoint.hpp"
#include "ledger/effects.hpp"
#include "ledger/entry.hpp"
#include "ledger/machine.hpp"
#include "replay/bundle.hpp"

namespace replay_test {

// Entries that a machine admitted one after the other, with what each did. The log key is "log"'s.
class ToldLog {
 public:
  explicit ToldLog(std::string origin);

  // Places an act; a failed assertion where it is refused, or admitted though the story says it is
  // refused. What the story has refused leaves no entry.
  void tell(api::story::Act act);
  // The entry that would place the act next, though the rules may forbid it.
  [[nodiscard]] ledger::Entry entry_for(api::story::Act act);

  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] api::story::Cast& cast() { return cast_; }
  [[nodiscard]] const std::vector<ledger::Entry>& entries() const { return entries_; }
  [[nodiscard]] const std::vector<ledger::Effects>& effects() const { return effects_; }
  [[nodiscard]] const ledger::Machine& machine() const { return machine_; }
  // The machine after the first `size` entries.
  [[nodiscard]] ledger::Machine machine_at(ledger::Seq size) const;
  [[nodiscard]] std::vector<std::string> lines() const;

 private:
  std::string origin_;
  api::story::Cast cast_;
  ledger::Machine machine_;
  std::vector<ledger::Entry> entries_;
  std::vector<ledger::Effects> effects_;
};

inline constexpr const char* story_origin = "ledger.example/story";

// The ordinary year; told once.
[[nodiscard]] ToldLog& ordinary_year();
// An opening and `entries` - 1 small events behind it, made at `time`; told once for each. Those of
// another `branch` have the opening in common and nothing else.
[[nodiscard]] ToldLog& long_log(std::size_t entries, int branch = 0,
                                const std::string& time = "2020-11-24T08:00:00.000Z");

[[nodiscard]] crypto::VerifierKey log_key(const std::string& origin = story_origin);

// A bundle in memory, whose parts a test may alter.
class MemoryBundle final : public replay::BundleReader {
 public:
  [[nodiscard]] replay::Fetched checkpoint() const override { return part("checkpoint"); }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    return part(crypto::format_tile_path(path));
  }

  std::map<std::string, std::string> parts;  // by path
  std::set<std::string> unreadable;          // paths that fail

 private:
  [[nodiscard]] replay::Fetched part(const std::string& path) const;
};

// Lays lines out as the log's server would publish them: tiles, root and signature fit the lines,
// whatever the lines say.
void lay_out(const std::vector<std::string>& lines, const std::string& origin,
             MemoryBundle& bundle);
void lay_out(const ToldLog& log, MemoryBundle& bundle);

// The note that the log key signs over the first `size` entries.
[[nodiscard]] std::string checkpoint_of(const ToldLog& log, ledger::Seq size);

// ---- damage: each leaves everything else as it is ----

// The bundle of entries that holds entry `seq`, cut into its lines, altered, and put together
// again.
void edit_entries(MemoryBundle& bundle, ledger::Seq seq,
                  const std::function<void(std::vector<std::string>&)>& edit);
void flip_bit(std::string& bytes, std::size_t byte, unsigned bit);
// Flips one bit of an entry's line.
void flip_in_entry(MemoryBundle& bundle, ledger::Seq seq, std::size_t byte, unsigned bit);
// The one part whose path begins so; a failed assertion if there is not exactly one.
[[nodiscard]] std::string& only_part(MemoryBundle& bundle, std::string_view prefix);

}  // namespace replay_test
