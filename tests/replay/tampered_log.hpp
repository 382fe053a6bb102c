// A log of 600 entries as it is served, and what an audit must say when one byte of one of its
// files is another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ledger/seq.hpp"
#include "replay/audit.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {

// All that the story tells, so every type of event that it knows, and small events up to 600. Two
// full tiles of entries and a partial one; told once.
[[nodiscard]] const ToldLog& log_of_600();
// As it is served.
[[nodiscard]] const MemoryBundle& bundle_of_600();

// One byte of a file, and what it is combined with by exclusive or: never zero.
struct Tampering {
  std::string path;
  std::size_t at = 0;
  unsigned char mask = 1;
};
// Every byte of every file, each with another mask; in order of path and place.
[[nodiscard]] std::vector<Tampering> every_byte();

// Makes that byte another one; a second time, what it was.
void tamper(MemoryBundle& bundle, const Tampering& tampering);

// What a byte belongs to.
struct Place {
  bool checkpoint = false;
  std::optional<ledger::Seq> entry;  // its line, or the length in front of it
  std::optional<ledger::Seq> leaf;   // its hash in a tile of level 0
  // Of a hash tile above: the entries that the hash is over, from and until.
  std::optional<std::pair<ledger::Seq, ledger::Seq>> entries;
};
[[nodiscard]] Place place_of(const Tampering& tampering);

// One sentence on what is wrong with the report of an altered log: it is not invalid, or names
// another place than that of the byte. Empty where it is right.
[[nodiscard]] std::string misreport(const replay::AuditReport& report, const Tampering& tampering);

}  // namespace replay_test
