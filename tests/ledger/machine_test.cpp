// The Machine itself: the link of entries, looking ahead, and that effects tell everything.
#include "ledger/machine.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/ledger/watched.hpp"

namespace {

using namespace ledger;
namespace scene = watched::scene;

AuthenticEvent authentic(const scene::story::Act& act) {
  Result<AuthenticEvent> event = authenticate(scene::story::signed_event_of(act, scene::cast()));
  EXPECT_TRUE(event);
  return std::move(*event);
}

struct Link : testing::Test {
  Machine machine = test_support::LedgerBuilder::after("enrolled").machine();
  Entry entry = machine.make_entry(
      authentic(scene::act("next", {machine.time().ms + 1000},
                           scene::story::account("XBA-2", "XBA", "XBA99"), {"XBA"})),
      {machine.time().ms + 1000});

  std::string refusal() {
    const Machine before = machine;
    const Result<> ahead = machine.would_admit(entry);
    const Result<Effects> effects = machine.step(entry);
    EXPECT_EQ(ahead.has_value(), effects.has_value()) << "looking ahead tells the truth";
    if (effects) return "admitted";
    EXPECT_EQ(machine, before);
    EXPECT_EQ(ahead.error().detail, effects.error().detail);
    return std::string(effects.error().clause->id);
  }
};

TEST_F(Link, AnEntryAsTheMachineMakesItIsAdmitted) {
  EXPECT_EQ(refusal(), "admitted");
}

TEST_F(Link, AGapInTheNumbersIsRefused) {
  ++entry.seq;
  EXPECT_EQ(refusal(), "LOG-1");
}

TEST_F(Link, AnEntryAfterAnotherOneIsRefused) {
  entry.prev = crypto::sha256("another entry");
  EXPECT_EQ(refusal(), "LOG-2");
}

TEST_F(Link, TimeNeverRunsBackwards) {
  entry.time = {machine.time().ms - 1};
  EXPECT_EQ(refusal(), "LOG-3");
}

TEST_F(Link, TheSameMomentIsInOrder) {
  const auto act =
      scene::act("next", machine.time(), scene::story::account("XBA-2", "XBA", "XBA99"), {"XBA"});
  entry = machine.make_entry(authentic(act), machine.time());
  EXPECT_EQ(refusal(), "admitted");
}

TEST_F(Link, ALineThatIsTooLongIsRefused) {
  entry.line.resize(max_entry_bytes + 1);
  EXPECT_EQ(refusal(), "LOG-4");
}

TEST_F(Link, AnEntryGetsTheTimeOfTheOneBeforeWhereTheClockStandsBack) {
  const auto act =
      scene::act("next", machine.time(), scene::story::account("XBA-2", "XBA", "XBA99"), {"XBA"});
  EXPECT_EQ(machine.make_entry(authentic(act), {0}).time, machine.time());
}

TEST_F(Link, TheHeadIsTheLeafOfTheLastEntry) {
  ASSERT_TRUE(machine.step(entry));
  EXPECT_EQ(machine.head(), crypto::leaf_hash(entry.line));
  EXPECT_EQ(machine.size(), entry.seq + 1);
  EXPECT_EQ(machine.tree().size, machine.size());
}

TEST(Machine, NothingComesBeforeTheOpening) {
  Machine machine;
  const auto act = scene::act("first", scene::story::at("2026-01-01T00:00:00.000Z"),
                              scene::newcomer("XBA", "XBA"), {"XBA"});
  ParticipantAdmitted seizing = scene::newcomer("XBA", "XBA");
  seizing.kind = ParticipantAdmitted::Sort::party;
  seizing.sponsor.reset();
  auto bold = act;
  bold.event.body = seizing;  // a quorum of no Parties would admit it
  for (const auto& each : {act, bold}) {
    const auto answer =
        test_support::submit(machine, scene::story::submission_of(each, scene::cast(), true));
    EXPECT_EQ(answer.clause, "LED-1") << answer;
    EXPECT_EQ(machine, Machine());
  }
}

TEST(Machine, ALedgerIsOpenedOnce) {
  watched::Ledger ledger("opened");
  const auto again = ledger.send(scene::opening(), {"operator", "XBA", "XCA", "XCA-2", "XHA"});
  EXPECT_EQ(again.clause, "LED-1") << again;
}

// Views, adjustments and reports see nothing but effects.
TEST(Machine, EffectsAloneRebuildEveryRegisterAndEveryUnit) {
  for (const scene::Setup& last : scene::setups()) {
    std::vector<const scene::Setup*> way{&last};
    while (!way.back()->after.empty()) way.push_back(&scene::setup(way.back()->after));
    Machine machine;
    test_support::Mirror mirror;
    for (auto setup = way.rbegin(); setup != way.rend(); ++setup) {
      for (const scene::story::Act& act : (*setup)->acts) {
        const auto answer =
            test_support::submit(machine, scene::story::submission_of(act, scene::cast(), true));
        ASSERT_TRUE(answer.admitted()) << answer;
        mirror.fold(*answer.effects);
        ASSERT_EQ(mirror.difference(machine.state()), "") << last.name << ", " << act.event.id;
        ASSERT_EQ(test_support::imbalance(machine.state()), "") << last.name;
      }
    }
  }
}

}  // namespace
