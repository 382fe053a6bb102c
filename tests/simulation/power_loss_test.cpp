// The power fails before and after every sync that a few commits make: nothing acknowledged is
// lost, and no second history begins.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "tests/simulation/simulated_server.hpp"

namespace simulation {
namespace {

using test_support::Flavour;
using test_support::Leftover;
using test_support::Moment;
using test_support::PowerLossFs;

// Where the power fails, and how the disk looks afterwards.
struct Cut {
  std::uint64_t sync = 0;  // counted from the first start
  Moment moment = Moment::before;
  Leftover leftover = Leftover::nothing;
  std::uint64_t seed = 0;
};

std::size_t batch_of(std::mt19937_64& random) {
  return 1 + random() % 6;
}

// Starts and commits until all is acknowledged or the power is gone.
ledger::Result<> run(SimulatedServer& server, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  if (auto started = server.start(); !started) return started;
  while (server.commit(batch_of(random))) continue;
  return {};
}

// One life with one power loss in it: the promise that does not hold afterwards, or nothing.
std::string problem_after(const Cut& cut, const SimulatedServer::Settings& settings) {
  PowerLossFs disk;
  SimulatedServer server(disk, settings);
  disk.cut_at_sync(cut.sync, cut.moment);
  const auto started = run(server, cut.seed);
  if (!started && !disk.is_off()) return "it does not start: " + started.error().detail;
  if (!disk.is_off()) return "the power never failed";
  server.stop();
  disk.restart(cut.leftover, cut.seed);
  const auto again = server.start();
  if (!again) return "it does not start again: " + again.error().detail;
  if (std::string problem = server.broken_promise(); !problem.empty()) return problem;
  if (auto rest = run(server, cut.seed + 1); !rest) return "later: " + rest.error().detail;
  if (!server.is_done()) return "it does not go on to the end";
  return server.broken_promise();
}

// How many syncs a life without a fault makes, and whether it wrote a memtable out.
struct Life {
  std::uint64_t syncs = 0;
  std::uint64_t operations = 0;
  bool wrote_a_table = false;
};
Life undisturbed(std::uint64_t seed) {
  PowerLossFs disk;
  SimulatedServer server(disk, {});
  EXPECT_TRUE(run(server, seed));
  EXPECT_TRUE(server.is_done());
  EXPECT_EQ(server.broken_promise(), "");
  const auto names = disk.names("/data/log");
  return {disk.syncs(), disk.operations(),
          std::any_of(names.begin(), names.end(),
                      [](const std::string& name) { return name.ends_with(".sst"); })};
}

std::string text(const Cut& cut) {
  return "sync " + std::to_string(cut.sync) +
         (cut.moment == Moment::before ? ", before" : ", after") + ", seed " +
         std::to_string(cut.seed);
}

struct PowerLoss : testing::TestWithParam<std::uint64_t> {};
std::string seed_name(const testing::TestParamInfo<std::uint64_t>& info) {
  return "Seed" + std::to_string(info.param);
}
INSTANTIATE_TEST_SUITE_P(Around, PowerLoss, testing::Range<std::uint64_t>(0, 6), seed_name);

TEST_P(PowerLoss, AtAnySyncOfACommitLosesNothingAndForksNothing) {
  const std::uint64_t seed = GetParam();
  const Life life = undisturbed(seed);
  ASSERT_TRUE(life.wrote_a_table)
      << "the commits include a memtable written out, and a new log file";
  const Leftover leftovers[] = {Leftover::nothing, Leftover::prefix, Leftover::torn};
  for (std::uint64_t sync = 1; sync <= life.syncs; ++sync) {
    for (const Moment moment : {Moment::before, Moment::after}) {
      const Cut cut{sync, moment, leftovers[seed % 3], seed};
      EXPECT_EQ(problem_after(cut, {}), "") << text(cut);
    }
  }
}

TEST_P(PowerLoss, TheSameSeedMakesTheSameOperations) {
  const Life first = undisturbed(GetParam());
  const Life second = undisturbed(GetParam());
  EXPECT_EQ(first.operations, second.operations);
  EXPECT_EQ(first.syncs, second.syncs);
}

// The proof that these tests can fail: commits that do not wait for the disk lose what they
// promised. A build with ITMO_SYNC=OFF makes every test above fail in the same way.
TEST(PowerLossWithoutSync, IsNoticed) {
  SimulatedServer::Settings unsynced;
  unsynced.synced = false;
  int lost = 0;
  for (std::uint64_t sync = 20; sync < 40; ++sync) {
    lost += !problem_after({sync, Moment::after, Leftover::nothing, 0}, unsynced).empty();
  }
  EXPECT_GT(lost, 10);
}

}  // namespace
}  // namespace simulation
