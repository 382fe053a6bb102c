// The second verifier beside the auditor's program on random histories: every type of event, and a
// state that is committed to again and again.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <utility>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/tlog_tiles.hpp"
#include "tests/rules/random_documents.hpp"
#include "tests/rules/random_registers.hpp"
#include "tests/support/scratch.hpp"

namespace rules {
namespace {

using Json = nlohmann::json;
using test_support::ScratchFolder;

constexpr std::size_t most_entries = 250;  // one partial tile

Move draw(std::mt19937& random) {
  Move move;
  move.kind = static_cast<Kind>(random() % kinds);
  move.from = static_cast<int>(random() % 1'000);
  move.length = 1 + static_cast<int>(random() % 299);
  move.gaps = random() % 2 == 0;
  return move;
}

// A history that the machine admitted, committed to at its end.
History history_of(const std::string& setup, std::uint32_t seed) {
  std::mt19937 random(seed);
  History history(setup);
  for (int i = 0; i < 120 && history.size() < most_entries - 20; ++i) {
    History before = history;
    history.make(draw(random));
    // Rules that no program has yet cannot be judged by the two either.
    if (history.state().spec > ledger::newest_spec) history = std::move(before);
  }
  commit(history);
  return history;
}

// The log in a folder, as it is served.
void lay_out(const History& history, const ScratchFolder& folder) {
  std::string entries, hashes;
  for (const std::string& line : history.lines()) {
    crypto::append_to_bundle(entries, line);
    hashes += crypto::leaf_hash(line).view();
  }
  const std::string width = std::to_string(history.lines().size());
  const ledger::TreeHead head = history.machine().tree();
  folder.write("log/tile/entries/000.p/" + width, entries);
  folder.write("log/tile/0/000.p/" + width, hashes);
  folder.write("log/checkpoint",
               crypto::sign_note(crypto::checkpoint_text({scene::origin, head.size, head.root}),
                                 scene::origin, scene::cast().key("log")));
  folder.write("log.vkey", crypto::format_vkey(crypto::make_verifier_key(
                               scene::origin, scene::cast().public_key("log"))) +
                               "\n");
}

struct SecondVerifierOfHistories : testing::TestWithParam<const char*> {};
INSTANTIATE_TEST_SUITE_P(After, SecondVerifierOfHistories,
                         testing::Values("issued", "issued_moments", "issued_oimp",
                                         "issued_defined"));

TEST_P(SecondVerifierOfHistories, AgreesWithTheAuditor) {
  for (const std::uint32_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const History history = history_of(GetParam(), seed);
    ASSERT_EQ(history.lines().size(), history.size());
    ASSERT_LE(history.size(), 256u);
    const ScratchFolder folder;
    lay_out(history, folder);
    const auto first = folder.run("'" ITMO_BIN_DIR "/itmo-audit' log --key log.vkey --json");
    const auto second = folder.run("python3 -B '" ITMO_SOURCE_DIR
                                   "/spec/reference/verify.py' log --key log.vkey --json");
    EXPECT_EQ(first.status, 0) << first.output;
    ASSERT_EQ(second.status, 0) << second.output;
    const Json one = Json::parse(first.output), other = Json::parse(second.output);
    for (const char* name :
         {"verdict", "level", "checkpoint", "commitment", "entries", "spec", "totals"}) {
      EXPECT_EQ(other.value(name, Json()), one.value(name, Json())) << name;
    }
    EXPECT_EQ(one["commitment"]["entry"], history.size() - 1);
  }
}

}  // namespace
}  // namespace rules
