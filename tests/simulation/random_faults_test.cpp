// Long lives with many faults: power losses at any operation, also while it starts; syncs that
// report an error, with the bytes on the disk or not; a full disk. A failing seed becomes a row.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "ledger/memory_store.hpp"
#include "tests/simulation/simulated_server.hpp"
#include "tests/support/fault_store.hpp"

namespace simulation {
namespace {

using namespace ledger;
using test_support::FaultStore;
using test_support::Flavour;
using test_support::Leftover;
using test_support::Moment;
using test_support::PowerLossFs;

struct RandomFaults : testing::TestWithParam<std::uint64_t> {};
std::string seed_name(const testing::TestParamInfo<std::uint64_t>& info) {
  return "Seed" + std::to_string(info.param);
}
INSTANTIATE_TEST_SUITE_P(Life, RandomFaults, testing::Range<std::uint64_t>(0, 40), seed_name);

std::uint64_t draw(std::mt19937_64& random, std::uint64_t most) {
  return 1 + random() % most;
}

void ask_for_a_fault(PowerLossFs& disk, std::mt19937_64& random) {
  const Moment moment = random() % 2 == 0 ? Moment::before : Moment::after;
  switch (random() % 4) {
    case 0: return disk.cut_at_operation(draw(random, 120), moment);
    case 1: return disk.cut_at_sync(draw(random, 25), moment);
    case 2:
      return disk.fail_sync(draw(random, 25),
                            random() % 2 == 0 ? Flavour::persisted : Flavour::lost);
    default: return disk.leave_space(draw(random, 60'000));
  }
}

// Ends a life: the process is gone; the machine may be, too.
void end(PowerLossFs& disk, SimulatedServer& server, std::mt19937_64& random) {
  const Leftover leftovers[] = {Leftover::nothing, Leftover::prefix, Leftover::torn};
  if (random() % 2 == 0) disk.cut_now();  // else memory is written out, as far as the disk lets it
  server.stop();
  // A process that ends without a power loss leaves the system's memory, and what is in it, alone.
  if (disk.is_off()) {
    disk.restart(leftovers[random() % 3], random());
  } else {
    disk.forget_faults();
  }
}

TEST_P(RandomFaults, LoseNothingAcknowledgedAndForkNothing) {
  std::mt19937_64 random(GetParam());
  PowerLossFs disk;
  SimulatedServer server(disk, {});
  for (int life = 0; life < 60 && !server.is_done(); ++life) {
    if (random() % 8 != 0) ask_for_a_fault(disk, random);
    const bool started = server.start().has_value();
    if (started) {
      ASSERT_EQ(server.broken_promise(), "") << "life " << life;
      const std::uint64_t commits = draw(random, 12);
      for (std::uint64_t i = 0; i < commits && server.commit(draw(random, 5)); ++i) continue;
    }
    end(disk, server, random);
    const auto healthy = server.start();
    ASSERT_TRUE(healthy) << "life " << life << ": " << healthy.error().detail;
    ASSERT_EQ(server.broken_promise(), "") << "life " << life;
    server.stop();
  }
  ASSERT_TRUE(server.start());
  while (server.commit(7)) continue;
  EXPECT_TRUE(server.is_done());
  EXPECT_EQ(server.broken_promise(), "");
}

// The same history over a store whose appends fail in both flavours. The client sends again what
// was not answered, and finds it in the log or not.
struct FailedAppends : testing::TestWithParam<std::uint64_t> {};
INSTANTIATE_TEST_SUITE_P(Life, FailedAppends, testing::Range<std::uint64_t>(0, 20), seed_name);

TEST_P(FailedAppends, LeaveOneHistoryWhetherTheyPersistedOrNot) {
  std::mt19937_64 random(GetParam());
  const std::vector<Arrival> history = test_support::story_arrivals(80);
  PowerLossFs files;
  MemoryStore disk;
  std::size_t answered = 0;
  int failures = 0;
  while (answered < history.size()) {
    FaultStore store(disk);
    LockSlot slot = LockSlot::open(files.lock_file("/data/slot")).value();
    test_support::LineSink sink;
    auto ledger = Ledger::open(store, slot, sink, test_support::story_identity());
    ASSERT_TRUE(ledger) << ledger.error().detail;
    ASSERT_GE(store.size(), answered);
    ASSERT_EQ(test_support::problem_of(store, ledger->published()), "");
    const Flavour flavour = random() % 2 == 0 ? Flavour::persisted : Flavour::lost;
    if (random() % 2 == 0) {
      store.fail_append(draw(random, 6), flavour);
    } else {
      files.fail_sync(draw(random, 6), flavour);  // of the lock slot
    }
    while (answered < history.size()) {
      const std::size_t end = std::min(answered + draw(random, 4), history.size());
      const auto hardened =
          ledger->harden(ledger->stage({history.begin() + static_cast<long>(answered),
                                        history.begin() + static_cast<long>(end)}));
      if (!hardened) {
        ++failures;
        break;
      }
      for (const Outcome& outcome : hardened->batch().outcomes) {
        ASSERT_FALSE(std::holds_alternative<Violation>(outcome))
            << std::get<Violation>(outcome).detail;
      }
      answered = end;
    }
  }
  EXPECT_EQ(disk.size(), history.size()) << "each event once";
  EXPECT_GT(failures, 2);
}

}  // namespace
}  // namespace simulation
