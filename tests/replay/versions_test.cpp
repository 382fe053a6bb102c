// Versions of authorizations in the views: each is written once and read at every position.
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

// XHA-AUT-1 with a cap of so many thousands in each version.
struct Versions : testing::Test {
  void SetUp() override {
    auto views = replay::Views::open(table, nothing);
    ASSERT_TRUE(views);
    ledger::Entry entry = ordinary_year().entries()[0];
    for (const ledger::Effects& effects : walked.effects()) {
      entry.seq = effects.seq;
      ASSERT_TRUE(views->take(entry, effects));
    }
    ASSERT_TRUE(views->apply());
  }
  static ledger::AuthorizationChanged with_cap(std::int64_t version) {
    ledger::AuthorizationGranted next = scene::host_grant();
    next.cap = 1'000 * version + 9'000;
    return scene::change(next, version);
  }
  static Walked walk() {
    Walked walked("issued");
    walked.given("2028-07-01T09:00:00.000Z", with_cap(2), scene::both());
    walked.given("2028-08-01T09:00:00.000Z", with_cap(3), scene::both());
    walked.given("2028-09-01T09:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
    return walked;
  }
  [[nodiscard]] replay::AuthorizationAnswer at(ledger::Seq size) const {
    const auto snapshot = table.snapshot();
    const auto answer = replay::ViewReader(*snapshot, size).authorization("XHA-AUT-1");
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? **answer : replay::AuthorizationAnswer{};
  }

  const Walked walked = walk();
  const ledger::MemoryStore nothing{};
  ledger::MemoryTable table;
};

TEST_F(Versions, AreAllReadAtEveryPosition) {
  const ledger::Seq size = walked.machine().size();
  for (std::int64_t version = 1; version <= 3; ++version) {
    const auto answer = at(size - static_cast<ledger::Seq>(4 - version));
    EXPECT_EQ(answer.version, version);
    EXPECT_EQ(answer.cap, 1'000 * version + 9'000);
    EXPECT_FALSE(answer.revoked_by);
    ASSERT_EQ(answer.earlier.size(), static_cast<std::size_t>(version - 1));
    for (std::size_t i = 0; i < answer.earlier.size(); ++i) {
      EXPECT_EQ(answer.earlier[i].cap, 1'000 * static_cast<std::int64_t>(i + 1) + 9'000);
    }
  }
  const auto revoked = at(size);
  EXPECT_EQ(revoked.revoked_by, size - 1);
  EXPECT_EQ(revoked.version, 3);
  EXPECT_EQ(revoked.earlier.size(), 2u);
  EXPECT_EQ(revoked.released, 15'000);
}

TEST_F(Versions, AreToldOfUnitsThatARevocationReleased) {
  const auto snapshot = table.snapshot();
  const replay::ViewReader reader(*snapshot);
  const auto unit = reader.unit("XHA99", 1);
  ASSERT_TRUE(unit && *unit);
  EXPECT_FALSE((**unit).state.authorized);
}

}  // namespace
}  // namespace replay_test
