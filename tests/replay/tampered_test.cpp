// Any single byte of any file of a log is another: the audit says so, and at the right place.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <variant>

#include "tests/replay/remembered_signatures.hpp"
#include "tests/replay/tampered_log.hpp"

namespace replay_test {
namespace {

// Audits with all parts of the real audit but one: libsodium is asked once for each of the
// signatures of the unaltered log.
class Auditor {
 public:
  Auditor() {
    bundle_.parts = bundle_of_600().parts;
    const replay::AuditReport report = audit();
    EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
    EXPECT_EQ(report.entries, 600u);
    signatures_.learn_no_more();
  }
  // Empty where the altered byte is reported at its place.
  std::string ask(const Tampering& tampering) {
    tamper(bundle_, tampering);
    const std::string wrong = misreport(audit(), tampering);
    tamper(bundle_, tampering);
    if (wrong.empty()) return {};
    return tampering.path + ", byte " + std::to_string(tampering.at) + " xor " +
           std::to_string(tampering.mask) + ": " + wrong;
  }

 private:
  replay::AuditReport audit() { return replay::audit(bundle_, log_key(), {}, workers_, limits_); }

  RememberedSignatures signatures_;
  replay::Workers workers_{1};
  replay::AuditLimits limits_{256, 4'000'000};  // so that little is read behind a bad entry
  MemoryBundle bundle_;
};

// ---- the log ----

TEST(LogOf600, HasMostTypesOfEventsAndFilesOfEveryKind) {
  std::set<std::string_view> types;
  for (const ledger::Entry& entry : log_of_600().entries()) {
    types.insert(ledger::type_of(entry.event.event().body));
  }
  EXPECT_EQ(log_of_600().entries().size(), 600u);
  EXPECT_GE(types.size(), 22u);
  std::set<std::string> paths;
  for (const auto& [path, bytes] : bundle_of_600().parts) paths.insert(path);
  EXPECT_EQ(paths, (std::set<std::string>{"checkpoint", "tile/0/000", "tile/0/001",
                                          "tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/000",
                                          "tile/entries/001", "tile/entries/002.p/88"}));
}

// ---- a sample ----

// The first and the last byte of every file and every `step`th between them.
std::vector<Tampering> sample(std::size_t step) {
  std::vector<Tampering> some;
  const std::vector<Tampering> all = every_byte();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool first = i == 0 || all[i - 1].path != all[i].path;
    const bool last = i + 1 == all.size() || all[i + 1].path != all[i].path;
    if (first || last || i % step == 0) some.push_back(all[i]);
  }
  return some;
}

TEST(TamperedByte, IsReportedAtItsPlace) {
  Auditor auditor;
  for (const Tampering& tampering : sample(2'003)) EXPECT_EQ(auditor.ask(tampering), "");
}

TEST(TamperedByte, OfTheCheckpointOrAHashAboveIsNeverMissed) {
  Auditor auditor;
  for (const Tampering& tampering : every_byte()) {
    if (tampering.path != "checkpoint" && !tampering.path.starts_with("tile/1/")) continue;
    EXPECT_EQ(auditor.ask(tampering), "");
  }
}

TEST(TamperedByte, IsReportedWhateverItBecame) {
  Auditor auditor;
  // One byte of the time of an entry in the middle, which no signature covers; of a link; of a
  // length; and of a hash.
  const std::string& line = log_of_600().entries()[400].line;
  const std::string& entries = bundle_of_600().parts.at("tile/entries/001");
  const std::size_t begin = entries.find(line);
  ASSERT_NE(begin, std::string::npos);
  for (const std::size_t at :
       {begin + line.size() - 4, begin + line.find("\"prev\":\"") + 9, begin - 1, begin - 2}) {
    for (unsigned mask = 1; mask < 256; mask += 7) {
      EXPECT_EQ(auditor.ask({"tile/entries/001", at, static_cast<unsigned char>(mask)}), "");
    }
  }
  for (unsigned mask = 1; mask < 256; mask += 7) {
    EXPECT_EQ(auditor.ask({"tile/0/001", 32 * 144 + 5, static_cast<unsigned char>(mask)}), "");
  }
}

// ---- all of them ----

// Divided so that ctest has them run beside each other.
struct ExhaustiveTampering : testing::TestWithParam<std::size_t> {
  static constexpr std::size_t shares = 8;
};

TEST_P(ExhaustiveTampering, EveryByteIsReportedAtItsPlace) {
  Auditor auditor;
  const std::vector<Tampering> all = every_byte();
  std::size_t wrong = 0;
  for (std::size_t i = GetParam(); i < all.size(); i += shares) {
    const std::string said = auditor.ask(all[i]);
    EXPECT_EQ(said, "");
    if (!said.empty() && ++wrong == 20) FAIL() << "and perhaps more";
  }
}

INSTANTIATE_TEST_SUITE_P(Share, ExhaustiveTampering,
                         testing::Range(std::size_t{0}, ExhaustiveTampering::shares));

}  // namespace
}  // namespace replay_test
