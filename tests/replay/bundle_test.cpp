// Bundles on disk: what is there, what is not, and copying a log.
#include "replay/bundle.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "replay/audit.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

namespace fs = std::filesystem;
using Outcome = replay::Fetched::Outcome;

std::set<std::string> tiles_of(ledger::Seq size) {
  std::set<std::string> names;
  replay::for_each_tile(size, [&](const crypto::TilePath& path) {
    EXPECT_TRUE(names.insert(crypto::format_tile_path(path)).second);
    return true;
  });
  return names;
}

TEST(Bundle, ConsistsOfTheTilesThatTheFormatNames) {
  EXPECT_EQ(tiles_of(0), std::set<std::string>{});
  EXPECT_EQ(tiles_of(1), (std::set<std::string>{"tile/0/000.p/1", "tile/entries/000.p/1"}));
  EXPECT_EQ(tiles_of(256),
            (std::set<std::string>{"tile/0/000", "tile/1/000.p/1", "tile/entries/000"}));
  const auto names = tiles_of(70'000);  // the example of standards.md 1.4
  EXPECT_EQ(names.size(), 274u + 2u + 1u + 274u);
  for (const char* name : {"tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1",
                           "tile/entries/273.p/112"}) {
    EXPECT_TRUE(names.contains(name)) << name;
  }
}

TEST(Bundle, IsCopiedWholeAndAuditsAsBefore) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  const replay::Copied copied = replay::copy_bundle(bundle, scratch.path());
  EXPECT_FALSE(copied.problem) << *copied.problem;
  EXPECT_EQ(copied.size, 300u);
  EXPECT_EQ(copied.tiles, bundle.parts.size() - 1);
  replay::Workers workers(1);
  const auto report =
      replay::audit(replay::DirectoryBundle(scratch.path()), log_key(), {}, workers);
  EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.entries, 300u);
}

// The log as it was at that size.
void lay_out_first(std::size_t size, MemoryBundle& bundle) {
  std::vector<std::string> lines = long_log(300).lines();
  lines.resize(size);
  lay_out(lines, long_log(300).origin(), bundle);
}

TEST(Bundle, IsCopiedAgainByFetchingOnlyWhatWasAdded) {
  const test_support::ScratchFolder scratch;
  MemoryBundle younger, bundle;
  lay_out_first(290, younger);
  lay_out(long_log(300), bundle);
  ASSERT_FALSE(replay::copy_bundle(younger, scratch.path()).problem);
  EXPECT_EQ(replay::copy_bundle(younger, scratch.path()).tiles, 0u);
  const replay::Copied again = replay::copy_bundle(bundle, scratch.path());
  EXPECT_FALSE(again.problem);
  EXPECT_EQ(again.tiles, 2u);  // the partial ones of 44: entries, level 0; that of level 1 is there
  const replay::DirectoryBundle copy(scratch.path());
  EXPECT_EQ(copy.tile({true, 0, 1, 34}).outcome, Outcome::found) << "of a published checkpoint";
}

TEST(Bundle, FetchesAgainWhatAPowerLossLeftInPart) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  ASSERT_FALSE(replay::copy_bundle(bundle, scratch.path()).problem);
  scratch.write("tile/0/000", "");
  scratch.write("tile/entries/000", scratch.read("tile/entries/000").substr(1));
  const replay::Copied again = replay::copy_bundle(bundle, scratch.path());
  EXPECT_FALSE(again.problem);
  EXPECT_EQ(again.tiles, 2u);
  EXPECT_EQ(scratch.read("tile/0/000"), bundle.parts["tile/0/000"]);
  EXPECT_EQ(scratch.read("tile/entries/000"), bundle.parts["tile/entries/000"]);
}

TEST(Bundle, KeepsTheCheckpointThatItHadWhereTheNewOneIsRefused) {
  const test_support::ScratchFolder scratch;
  MemoryBundle younger, bundle;
  lay_out_first(290, younger);
  lay_out(long_log(300), bundle);
  ASSERT_FALSE(replay::copy_bundle(younger, scratch.path()).problem);
  const auto refused = replay::copy_bundle(bundle, scratch.path(), [&](const auto& copy) {
    EXPECT_EQ(copy.checkpoint().bytes, bundle.parts["checkpoint"]);
    EXPECT_EQ(copy.tile({false, 0, 1, 44}).outcome, Outcome::found);
    return false;
  });
  EXPECT_TRUE(refused.problem);
  EXPECT_EQ(scratch.read("checkpoint"), younger.parts["checkpoint"]);
  EXPECT_EQ(scratch.read("checkpoint.refused"), bundle.parts["checkpoint"]);
}

TEST(Bundle, IsJudgedAlsoWhereTheLogLacksAPartButNotWhereOneCannotBeFetched) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  bundle.parts.erase("tile/0/000");
  int judged = 0;
  const replay::Judge judge = [&](const replay::BundleReader&) { return ++judged > 0; };
  EXPECT_TRUE(replay::copy_bundle(bundle, scratch.path(), judge).problem);
  EXPECT_EQ(judged, 1);
  bundle.unreadable.insert("tile/0/000");
  EXPECT_TRUE(replay::copy_bundle(bundle, scratch.path(), judge).problem);
  EXPECT_EQ(judged, 1);
  EXPECT_FALSE(fs::exists(scratch.file("checkpoint"))) << "not even a lenient judge makes it whole";
}

TEST(Bundle, IsCopiedWithTheFullTileWhereThePartialOneIsGone) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  bundle.parts["checkpoint"] = checkpoint_of(long_log(300), 200);
  const replay::Copied copied = replay::copy_bundle(bundle, scratch.path());
  EXPECT_FALSE(copied.problem) << *copied.problem;
  EXPECT_EQ(copied.tiles, 2u);
  replay::Workers workers(1);
  const auto report =
      replay::audit(replay::DirectoryBundle(scratch.path()), log_key(), {}, workers);
  EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.entries, 200u);
}

TEST(Bundle, ThatLacksATileIsNotCopiedAsWhole) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(ordinary_year(), bundle);
  std::erase_if(bundle.parts, [](const auto& part) { return part.first.starts_with("tile/0/"); });
  const replay::Copied copied = replay::copy_bundle(bundle, scratch.path());
  ASSERT_TRUE(copied.problem);
  EXPECT_NE(copied.problem->find("tile/0/000.p/"), std::string::npos) << *copied.problem;
  EXPECT_FALSE(fs::exists(fs::path(scratch.path()) / "checkpoint"));
}

TEST(DirectoryBundle, TellsAbsentFromUnreadable) {
  const test_support::ScratchFolder scratch;
  const replay::DirectoryBundle bundle(scratch.path());
  EXPECT_EQ(bundle.checkpoint().outcome, Outcome::absent);
  // A name as long as this cannot even be looked up.
  const replay::DirectoryBundle broken(fs::path(scratch.path()) / std::string(5'000, 'x'));
  const replay::Fetched fetched = broken.checkpoint();
  EXPECT_EQ(fetched.outcome, Outcome::unreadable);
  EXPECT_FALSE(fetched.reason.empty());
}

TEST(DirectoryBundle, FollowsNoLinkAndWaitsForNoPipe) {
  const test_support::ScratchFolder scratch;
  MemoryBundle memory;
  lay_out(ordinary_year(), memory);
  ASSERT_FALSE(replay::copy_bundle(memory, scratch.path()).problem);
  const replay::DirectoryBundle bundle(scratch.path());
  ASSERT_EQ(bundle.checkpoint().outcome, Outcome::found);
  fs::rename(fs::path(scratch.path()) / "checkpoint", fs::path(scratch.path()) / "elsewhere");
  fs::create_symlink(fs::path(scratch.path()) / "elsewhere",
                     fs::path(scratch.path()) / "checkpoint");
  EXPECT_EQ(bundle.checkpoint().outcome, Outcome::absent);
  fs::remove(fs::path(scratch.path()) / "checkpoint");
  fs::create_directory(fs::path(scratch.path()) / "checkpoint");
  EXPECT_EQ(bundle.checkpoint().outcome, Outcome::absent);
}

TEST(DirectoryBundle, ReadsNoMoreOfAFileThanItsPartCanHave) {
  const test_support::ScratchFolder scratch;
  MemoryBundle memory;
  lay_out(ordinary_year(), memory);
  only_part(memory, "tile/0/").append(1'000'000, 'x');
  ASSERT_FALSE(replay::copy_bundle(memory, scratch.path()).problem);
  const std::size_t width = ordinary_year().entries().size();
  const auto tile = replay::DirectoryBundle(scratch.path()).tile({false, 0, 0, width});
  EXPECT_EQ(tile.bytes.size(), width * 32 + 1);
}

}  // namespace
}  // namespace replay_test
