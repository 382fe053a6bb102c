// itmo-audit of a log that lies behind any web server: from there, and with a mirror of one's own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "crypto/text.hpp"
#include "replay/bundle.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/static_site.hpp"

namespace replay_test {
namespace {

using testing::HasSubstr;

struct AuditAddress : testing::Test {
  void SetUp() override {
    publish(290);
    scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
  }
  // The log as a static export has it when it was last brought up to that size.
  void publish(std::size_t size) {
    MemoryBundle bundle;
    std::vector<std::string> lines = long_log(300).lines();
    lines.resize(size);
    lay_out(lines, long_log(300).origin(), bundle);
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("site")).problem);
  }
  // Another log that the same key signed.
  void publish_fork() {
    std::filesystem::remove_all(scratch.file("site/tile"));
    MemoryBundle bundle;
    lay_out(ordinary_year(), bundle);
    ASSERT_FALSE(replay::copy_bundle(bundle, scratch.file("site")).problem);
  }
  test_support::ScratchFolder::Outcome audit(const std::string& arguments) const {
    return scratch.run("'" ITMO_BIN_DIR "/itmo-audit' " + arguments + " --key log.vkey");
  }
  test_support::ScratchFolder scratch;
};

TEST_F(AuditAddress, SaysTheSameAsOfTheDirectory) {
  const test_support::StaticSite site(scratch, "site");
  const auto there = audit(site.url() + "/ --json");
  EXPECT_EQ(there.status, 0) << there.output;
  EXPECT_EQ(there.output, audit("site --json").output);
  EXPECT_EQ(site.served("/tile/entries/000"), 1);
}

TEST_F(AuditAddress, FetchesForAMirrorOnlyWhatItDoesNotHave) {
  const test_support::StaticSite site(scratch, "site");
  const std::string with = site.url() + " --mirror copy --state seen";
  const auto first = audit(with);
  EXPECT_EQ(first.status, 0) << first.output;
  EXPECT_EQ(site.served("/tile/.*"), 5) << "two of entries, two of level 0, one of level 1";
  publish(300);
  const auto second = audit(with);
  EXPECT_EQ(second.status, 0) << second.output;
  EXPECT_THAT(second.output, HasSubstr("older checkpoint, 290 entries"));
  EXPECT_EQ(site.served("/tile/entries/000"), 1);
  EXPECT_EQ(site.served("/tile/.*"), 5 + 2 + 2)
      << "the two partial ones that grew, and two that prove that the log goes on";
  EXPECT_EQ(scratch.read("seen"), scratch.read("site/checkpoint"));
  EXPECT_EQ(scratch.read("copy/checkpoint"), scratch.read("site/checkpoint"));
  EXPECT_EQ(audit("copy").status, 0) << "a mirror is a log in a directory";
}

TEST_F(AuditAddress, CallsAMissingPartOrAnOverlongOneInvalidAndKeepsNoCheckpoint) {
  const test_support::StaticSite site(scratch, "site");
  const std::string tile = scratch.read("site/tile/0/000");
  scratch.write("site/tile/0/000", tile + std::string(100'000'000, 'x'));
  const auto overlong = audit(site.url());
  EXPECT_EQ(overlong.status, 1) << overlong.output;
  EXPECT_THAT(overlong.output, HasSubstr("INVALID at tile/0/000, by LOG-15"));
  std::filesystem::remove(scratch.file("site/tile/0/000"));
  for (const char* more : {"", " --mirror copy"}) {
    const auto missing = audit(site.url() + more);
    EXPECT_EQ(missing.status, 1) << missing.output;
    EXPECT_THAT(missing.output, HasSubstr("INVALID at tile/0/000, by LOG-15"));
  }
  EXPECT_FALSE(std::filesystem::exists(scratch.file("copy/checkpoint")));
}

TEST_F(AuditAddress, NeverMixesTwoLogsInOneMirror) {
  const test_support::StaticSite site(scratch, "site");
  ASSERT_EQ(audit(site.url() + " --mirror copy").status, 0);
  const std::string audited = scratch.read("copy/checkpoint");
  publish_fork();
  const auto smaller = audit(site.url() + " --mirror copy");
  EXPECT_EQ(smaller.status, 1);
  EXPECT_THAT(smaller.output, HasSubstr("by LOG-22"));
  EXPECT_EQ(scratch.read("copy/checkpoint"), audited);
  EXPECT_EQ(scratch.read("copy/checkpoint.refused"), scratch.read("site/checkpoint"));

  scratch.write("copy/checkpoint", checkpoint_of(long_log(10), 5));
  const auto forked = audit(site.url() + " --mirror copy");
  EXPECT_EQ(forked.status, 1);
  EXPECT_THAT(forked.output, HasSubstr("by LOG-19"));
  EXPECT_FALSE(std::filesystem::exists(
      scratch.file("copy/tile/0/000.p/" + std::to_string(ordinary_year().entries().size()))))
      << "nothing of the other log came into the directory";
  scratch.write("copy/checkpoint", audited);
  EXPECT_EQ(audit("copy").status, 0);
}

TEST_F(AuditAddress, CannotRunWhereNobodyAnswers) {
  for (const char* more : {"", " --mirror copy"}) {
    const auto outcome = audit("http://127.0.0.1:1" + std::string(more));
    EXPECT_EQ(outcome.status, 2) << outcome.output;
    EXPECT_THAT(outcome.output, HasSubstr("COULD NOT RUN"));
  }
}

}  // namespace
}  // namespace replay_test
