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

TEST(Bundle, IsCopiedAgainWithoutFetchingFullTilesTwice) {
  const test_support::ScratchFolder scratch;
  MemoryBundle bundle;
  lay_out(long_log(300), bundle);
  ASSERT_FALSE(replay::copy_bundle(bundle, scratch.path()).problem);
  const replay::Copied again = replay::copy_bundle(bundle, scratch.path());
  EXPECT_FALSE(again.problem);
  EXPECT_EQ(again.tiles, 3u);  // the partial ones: entries, level 0, level 1
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
