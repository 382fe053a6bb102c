// A movement that a ledger took over from before it began: the day of the act stands in the
// history.
#include <gtest/gtest.h>

#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "replay/view_reader.hpp"
#include "replay/views.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;

TEST(TakenOver, TheHistoryOfAUnitHasTheDayOfTheAct) {
  Walked walked("settled");
  ledger::UnitsTransferred migrated = scene::transfer({{1, 10}});
  migrated.executed_on = scene::story::on("2028-11-19");
  walked.given("2028-11-20T10:00:00.000Z", migrated, scene::three());
  const ledger::MemoryStore nothing{};
  ledger::MemoryTable table;
  auto views = replay::Views::open(table, nothing);
  ASSERT_TRUE(views);
  ledger::Entry entry = ordinary_year().entries()[0];  // only its place is asked for
  for (const ledger::Effects& effects : walked.effects()) {
    entry.seq = effects.seq;
    ASSERT_TRUE(views->take(entry, effects));
  }
  ASSERT_TRUE(views->apply());
  const auto snapshot = table.snapshot();
  const replay::ViewReader reader(*snapshot, walked.effects().size());
  const auto answer = reader.unit("XHA99", 1);
  ASSERT_TRUE(answer && *answer);
  const auto& history = (*answer)->history;
  ASSERT_EQ(history.size(), 3u);
  EXPECT_FALSE(history[0].executed_on);
  EXPECT_FALSE(history[1].executed_on);
  EXPECT_EQ(history[2].executed_on, scene::story::on("2028-11-19"));
}

}  // namespace
}  // namespace replay_test
