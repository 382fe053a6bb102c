// itmo-audit watch as a government runs it: against a web server, with a key of openssl's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "crypto/text.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/static_site.hpp"

namespace replay_test {
namespace {

using testing::HasSubstr;

struct WatchProgram : testing::Test {
  void SetUp() override {
    scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
    const auto made =
        scratch.run("(umask 077 && openssl genpkey -algorithm ed25519 -out witness.pem)");
    ASSERT_EQ(made.status, 0) << made.output;
    publish(*bundle_of(long_log(20), 10));
    site.emplace(scratch, "site");
  }
  void publish(const replay::BundleReader& bundle) const {
    std::filesystem::remove_all(scratch.file("site"));
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("site")).problem);
  }
  test_support::ScratchFolder::Outcome audit(const std::string& arguments) const {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' " + arguments + " --key log.vkey");
  }
  test_support::ScratchFolder::Outcome watch(const std::string& more = "") const {
    return audit("watch " + site->url() +
                 " --mirror mirror --cosigner witness.pem --name witness.example/XHA --once " +
                 more);
  }
  test_support::ScratchFolder scratch;
  std::optional<test_support::StaticSite> site;
};

TEST_F(WatchProgram, CosignsAndMirrorsWhatAPolicyThenBelieves) {
  const auto first = watch();
  EXPECT_EQ(first.status, 0) << first.output;
  EXPECT_THAT(first.output, HasSubstr("10 entries of ledger.example/story obey every rule"));
  const std::string key = "Witness key: ";
  ASSERT_EQ(first.output.rfind(key, 0), 0U) << first.output;
  const std::string vkey = first.output.substr(key.size(), first.output.find('\n') - key.size());
  scratch.write("policy", "witness xha " + vkey + "\nquorum xha\n");
  const auto believed = audit("mirror --policy policy");
  EXPECT_EQ(believed.status, 0) << believed.output;
  EXPECT_THAT(believed.output, HasSubstr("Cosigned by xha. The quorum, xha, is met."));
  const auto again = watch();
  EXPECT_EQ(again.status, 0) << again.output;
  EXPECT_THAT(again.output, HasSubstr("nothing new"));
}

TEST_F(WatchProgram, StopsAtAForkAndWritesWhatProvesIt) {
  ASSERT_EQ(watch().status, 0);
  publish(*bundle_of(long_log(20, 1), 15));
  const auto stopped = watch("--evidence proof");
  EXPECT_EQ(stopped.status, 1) << stopped.output;
  EXPECT_THAT(stopped.output, HasSubstr("STOPPED COSIGNING, by LOG-19"));
  const auto proven = audit("evidence proof");
  EXPECT_EQ(proven.status, 0) << proven.output;
  publish(*bundle_of(long_log(20), 20));
  EXPECT_EQ(watch().status, 0) << "what was cosigned goes on";
}

TEST_F(WatchProgram, StopsAtAnEntryThatBreaksARule) {
  ASSERT_EQ(scratch.run("rm -r mirror 2>/dev/null; true").status, 0);
  const auto [lines, seq] = log_with_a_repeated_id(0);
  MemoryBundle log;
  lay_out(lines, story_origin, log);
  publish(log);
  const auto stopped = watch("--evidence proof");
  EXPECT_EQ(stopped.status, 1) << stopped.output;
  EXPECT_THAT(stopped.output, HasSubstr("STOPPED COSIGNING, by ID-2"));
  EXPECT_THAT(stopped.output, HasSubstr("\nEntry " + std::to_string(seq) + ": "));
  EXPECT_FALSE(std::filesystem::exists(scratch.file("mirror/checkpoint")));
  EXPECT_EQ(audit("evidence proof --log site").status, 0);
}

TEST_F(WatchProgram, SaysWhatKeepsItFromRunning) {
  EXPECT_THAT(audit("watch " + site->url() + " --mirror mirror --cosigner nowhere --name w").output,
              HasSubstr("nowhere"));
  const auto spaced =
      audit("watch " + site->url() + " --mirror mirror --cosigner witness.pem --name 'a b' --once");
  EXPECT_EQ(spaced.status, 2);
  EXPECT_THAT(spaced.output, HasSubstr("cannot be the name of a witness"));
  for (const std::string where : {"nowhere/proof", "."}) {
    const auto unwritable = audit("watch " + site->url() +
                                  " --mirror mirror --cosigner witness.pem --name w --once "
                                  "--evidence " +
                                  where);
    EXPECT_EQ(unwritable.status, 2);
    EXPECT_THAT(unwritable.output, HasSubstr("--evidence " + where));
  }
  const auto nobody =
      audit("watch http://127.0.0.1:1 --mirror mirror --cosigner witness.pem --name w --once");
  EXPECT_EQ(nobody.status, 2);
  EXPECT_THAT(nobody.output, HasSubstr("Not cosigned."));
}

}  // namespace
}  // namespace replay_test
