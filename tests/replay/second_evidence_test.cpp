// Evidence before both verifiers: itmo-audit and the one in Python, which shares no code with it,
// say the same of every kind, whole and altered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>

#include "crypto/hash.hpp"
#include "crypto/note.hpp"
#include "crypto/text.hpp"
#include "replay/evidence_make.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

struct SecondEvidence : testing::Test {
  void SetUp() override { scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n"); }
  void publish(const replay::BundleReader& bundle, const std::string& directory) const {
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file(directory)).problem);
  }

  // Exit status and verdict, up to the clause.
  std::pair<int, std::string> verdict(const std::string& command) const {
    const auto said = scratch.run(command);
    std::smatch found;
    const bool one = std::regex_search(
        said.output, found,
        std::regex("^(PROVEN: the log breaks|PROVES NOTHING, by) [A-Z]+-[0-9]+|^COULD NOT DECIDE"));
    EXPECT_TRUE(one) << said.output;
    return {said.status, found.str()};
  }
  // What both say of a file.
  std::string agreed(const std::string& text, const std::string& log = "") const {
    scratch.write("proof", text);
    const auto first = verdict("'" ITMO_BIN_DIR "/itmo-audit' evidence proof --key log.vkey" +
                               (log.empty() ? "" : " --log " + log));
    const auto second = verdict("python3 -B '" ITMO_SOURCE_DIR
                                "/spec/reference/verify.py' evidence proof --key log.vkey" +
                                (log.empty() ? "" : " --log " + log));
    EXPECT_EQ(first, second) << text;
    return first.second;
  }
  // Alters a byte in each of `places` places of the file; nothing is proven any more.
  void expect_nothing_altered(const std::string& text, std::size_t places,
                              const std::string& log = "") const {
    for (std::size_t i = 0; i < places; ++i) {
      std::string altered = text;
      altered[text.size() * i / places] ^= 1;
      EXPECT_THAT(agreed(altered, log), testing::StartsWith("PROVES NOTHING, by EVD-")) << i;
    }
  }

  test_support::ScratchFolder scratch;
};

TEST_F(SecondEvidence, ProvesAForkOfAnySizesAsTheFirstDoes) {
  for (const ledger::Seq older : {2u, 7u, 8u, 19u, 20u}) {
    const auto fork = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                                 checkpoint_of(long_log(20, 0), 20),
                                                 checkpoint_of(long_log(20, 1), older), log_key());
    ASSERT_TRUE(fork);
    EXPECT_EQ(agreed(replay::format_evidence(*fork)), "PROVEN: the log breaks LOG-19");
  }
}

TEST_F(SecondEvidence, ProvesAForkOfWhichTwoKeysOfOneLogSignedTheSides) {
  const crypto::SecretKey next = crypto::SecretKey::from_seed(crypto::sha256("next").view());
  crypto::LogKeys both = log_key();
  both.add(crypto::make_verifier_key(story_origin, next.public_key()));
  const std::string other = checkpoint_of(long_log(20, 1), 7);
  const auto fork = replay::make_fork_evidence(
      *bundle_of(long_log(20, 0), 20), checkpoint_of(long_log(20, 0), 20),
      crypto::sign_note(crypto::parse_note(other)->text, story_origin, next), both);
  ASSERT_TRUE(fork);
  EXPECT_EQ(agreed(replay::format_evidence(*fork)), "PROVES NOTHING, by EVD-2") << "one is known";
  std::string lines;
  for (const auto& key : both.all()) lines += crypto::format_vkey(key) + "\n";
  scratch.write("log.vkey", lines);
  EXPECT_EQ(agreed(replay::format_evidence(*fork)), "PROVEN: the log breaks LOG-19");
}

TEST_F(SecondEvidence, FindsNothingProvenByAForkThatWasAltered) {
  const auto fork = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  ASSERT_TRUE(fork);
  expect_nothing_altered(replay::format_evidence(*fork), 12);
  replay::ForkEvidence other = *fork;
  other.older = checkpoint_of(long_log(20, 0), 7);  // the log does go on from that one
  EXPECT_EQ(agreed(replay::format_evidence(other)), "PROVES NOTHING, by EVD-2");
  other = *fork;
  std::swap(other.older, other.newer);
  EXPECT_EQ(agreed(replay::format_evidence(other)), "PROVES NOTHING, by EVD-2");
  other = *fork;
  other.proof.clear();
  other.begins.reset();
  EXPECT_EQ(agreed(replay::format_evidence(other)), "PROVES NOTHING, by EVD-2");
  other.older = other.newer;
  EXPECT_EQ(agreed(replay::format_evidence(other)), "PROVES NOTHING, by EVD-2");
  other = *fork;
  other.older.clear();
  EXPECT_EQ(agreed(replay::format_evidence(other)), "PROVES NOTHING, by EVD-2");
  scratch.write("log.vkey", crypto::format_vkey(log_key("ledger.example/other")) + "\n");
  EXPECT_EQ(agreed(replay::format_evidence(*fork)), "PROVES NOTHING, by EVD-2");
}

TEST_F(SecondEvidence, JudgesAnEntryByTheEntriesBeforeIt) {
  const auto [lines, seq] = log_with_a_repeated_id(3);
  MemoryBundle log;
  lay_out(lines, story_origin, log);
  auto made = replay::make_entry_evidence(log, log.parts["checkpoint"], seq, "ID-2", log_key());
  ASSERT_TRUE(made);
  const std::string text = replay::format_evidence(*made);
  publish(log, "log");
  publish(*bundle_of(ordinary_year(), seq), "older-copy");
  publish(*bundle_of(ordinary_year(), 3), "too-short");
  publish(*bundle_of(long_log(100, 2), 100), "another-log");
  EXPECT_EQ(agreed(text, "log"), "PROVEN: the log breaks ID-2");
  EXPECT_EQ(agreed(text, "older-copy"), "PROVEN: the log breaks ID-2");
  for (const char* copy : {"", "too-short", "another-log"}) {
    EXPECT_EQ(agreed(text, copy), "COULD NOT DECIDE") << copy;
  }
  expect_nothing_altered(text, 8, "older-copy");
  made->clause = "ID-7";
  EXPECT_EQ(agreed(replay::format_evidence(*made), "log"), "PROVES NOTHING, by EVD-2");
  made = replay::make_entry_evidence(log, log.parts["checkpoint"], 5, "ID-2", log_key());
  ASSERT_TRUE(made);
  EXPECT_EQ(agreed(replay::format_evidence(*made), "log"), "PROVES NOTHING, by EVD-2")
      << "a good entry";
}

TEST_F(SecondEvidence, JudgesAnEntryThatIsBadByItselfWithoutTheOthers) {
  std::vector<std::string> lines = ordinary_year().lines();
  lines.resize(9);
  std::string forged = lines[4];
  forged[forged.find("\"sig\":\"") + 9] ^= 1;
  const std::pair<std::string, std::string> bad[] = {
      {forged, "SIG-3"}, {lines[3], "LOG-1"}, {"", "FMT-3"}, {"no entry", "FMT-4"}};
  for (const auto& [line, clause] : bad) {
    lines[4] = line;
    MemoryBundle log;
    lay_out(lines, story_origin, log);
    const auto made =
        replay::make_entry_evidence(log, log.parts["checkpoint"], 4, clause, log_key());
    ASSERT_TRUE(made) << clause;
    EXPECT_EQ(agreed(replay::format_evidence(*made)), "PROVEN: the log breaks " + clause);
  }
}

TEST_F(SecondEvidence, ProvesWhatAReceiptSaysAgainstALogAsTheFirstDoes) {
  const auto entry = [](const ToldLog& log, ledger::Seq seq, ledger::Seq size) {
    auto made = replay::make_entry_evidence(*bundle_of(log, size), checkpoint_of(log, size), seq,
                                            "LOG-1", log_key());
    EXPECT_TRUE(made);
    return made->entry;
  };
  const ToldLog &one = long_log(20, 0), &other = long_log(20, 1),
                &later = long_log(20, 1, "2020-11-25T08:00:00.000Z");
  const auto text = [](const replay::ProvenEntry& receipt, const replay::ProvenEntry& instead) {
    return replay::format_evidence(replay::ReceiptEvidence{receipt, instead});
  };
  const auto receipt = entry(one, 15, 18);
  const std::string replaced = text(receipt, entry(other, 15, 20));
  EXPECT_EQ(agreed(replaced), "PROVEN: the log breaks LOG-19");
  expect_nothing_altered(replaced, 8);
  EXPECT_EQ(agreed(text(receipt, entry(later, 9, 10))), "PROVEN: the log breaks LOG-22");
  EXPECT_EQ(agreed(text(receipt, entry(later, 9, 20))), "PROVEN: the log breaks LOG-19");
  for (const auto& instead : {entry(one, 15, 20), entry(one, 9, 10), entry(later, 16, 20)}) {
    EXPECT_EQ(agreed(text(receipt, instead)), "PROVES NOTHING, by EVD-2");
  }
}

TEST_F(SecondEvidence, KnowsNoOtherFormOfAFileThanTheFirst) {
  const auto fork = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  ASSERT_TRUE(fork);
  const std::string good = replay::format_evidence(*fork);
  const std::string head = "itmo-ledger/evidence@v1\n";
  std::string with_extra = head + "kind entry\nclause TRF-2\nentry AAAA\nproof ";
  with_extra += crypto::to_base64("c2sp.org/tlog-proof@v1\nextra \nindex 0\n\nnote");
  with_extra += '\n';
  for (const std::string& text :
       {std::string(), std::string("\n"), head, "itmo-ledger/evidence@v2\n" + good.substr(24),
        head + "kind spoon\n", head + "kind fork\r\n", head + "kind fork\ncheckpoint\n",
        head + "kind fork\ncheckpoint \ncheckpoint ====\n", head + "kind entry\nclause no clause\n",
        head + "kind entry\nclause TRF-2\nentry AAAA\nproof AAAA\n", with_extra,
        good + "hash AAAA\n", good + "\n", good + "nothing more\n", good.substr(0, good.size() - 1),
        "\n" + good, good + std::string(1, '\0')}) {
    EXPECT_EQ(agreed(text), "PROVES NOTHING, by EVD-1");
  }
}

TEST_F(SecondEvidence, OfAForkOfAnotherLogSaysWhichLogThatIs) {
  const auto made = replay::make_fork_evidence(*bundle_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 0), 20),
                                               checkpoint_of(long_log(20, 1), 7), log_key());
  scratch.write("proof", replay::format_evidence(*made));
  scratch.write("foreign.vkey",
                crypto::format_vkey(crypto::make_verifier_key(
                    "another.example/log", long_log(20, 0).cast().key("XHA").public_key())) +
                    "\n");
  const auto said = scratch.run("'" ITMO_BIN_DIR "/itmo-audit' evidence proof --key foreign.vkey");
  EXPECT_EQ(said.status, 1);
  EXPECT_THAT(said.output,
              testing::HasSubstr("it says that it is of " + std::string(story_origin)));
}

TEST_F(SecondEvidence, CannotDecideWhereAnInputIsMissing) {
  scratch.write("proof", "itmo-ledger/evidence@v1\n");
  for (const char* arguments : {"evidence nowhere --key log.vkey", "evidence proof --key nowhere",
                                "evidence proof", "evidence proof --key log.vkey --log nowhere"}) {
    const auto said = scratch.run("python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' " +
                                  std::string(arguments));
    EXPECT_EQ(said.status, 2) << said.output;
    EXPECT_THAT(said.output, testing::HasSubstr("COULD NOT DECIDE")) << arguments;
  }
  const auto both = scratch.run("mkdir evidence && python3 -B '" ITMO_SOURCE_DIR
                                "/spec/reference/verify.py' evidence --key log.vkey");
  EXPECT_EQ(both.status, 1) << both.output;
  EXPECT_THAT(both.output, testing::HasSubstr("level reached: nothing")) << "a folder of that name";
}

}  // namespace
}  // namespace replay_test
