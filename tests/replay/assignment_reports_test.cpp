// Units under another authorization, or under none: what views and reports say of them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "ledger/memory_store.hpp"
#include "ledger/memory_table.hpp"
#include "replay/authorization_summary.hpp"
#include "replay/flags.hpp"
#include "replay/reconcile.hpp"
#include "replay/summary.hpp"
#include "replay/view_reader.hpp"
#include "replay/views.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/replay/walked.hpp"

namespace replay_test {
namespace {

namespace scene = test_support::scene;
using namespace ledger;
using replay::Aef;
using replay::AefTable;
using testing::HasSubstr;

// Views of what was walked; every entry is told as if it were the ordinary year's first.
class ViewsOf {
 public:
  explicit ViewsOf(const Walked& walked) {
    const MemoryStore nothing;
    auto views = replay::Views::open(table_, nothing);
    EXPECT_TRUE(views);
    Entry entry = ordinary_year().entries()[0];
    for (const Effects& effects : walked.effects()) {
      entry.seq = effects.seq;
      EXPECT_TRUE(views->take(entry, effects));
    }
    EXPECT_TRUE(views->apply());
  }

  [[nodiscard]] replay::UnitAnswer unit(Serial serial) const {
    const auto snapshot = table_.snapshot();
    const auto answer = replay::ViewReader(*snapshot).unit("XHA99", serial);
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? **answer : replay::UnitAnswer{};
  }
  [[nodiscard]] replay::AuthorizationAnswer authorization(const Id& id) const {
    const auto snapshot = table_.snapshot();
    const auto answer = replay::ViewReader(*snapshot).authorization(id);
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? **answer : replay::AuthorizationAnswer{};
  }
  [[nodiscard]] replay::PartyAnswer party(const Id& id) const {
    const auto snapshot = table_.snapshot();
    const auto answer = replay::ViewReader(*snapshot).party(id);
    EXPECT_TRUE(answer && *answer);
    return answer && *answer ? **answer : replay::PartyAnswer{};
  }

 private:
  MemoryTable table_;
};

using ByYears = std::map<Year, std::map<Year, std::int64_t>>;

UnitsAssigned attached_for_oimp(scene::Closed closed) {
  UnitsAssigned body = scene::attachment(std::move(closed));
  body.first_transfer = true;
  return body;
}

// XHA-AUT-2 is of 2028 and for every purpose; units are attached to it in 2029.
Walked attached_in_2029(Definition definition) {
  Walked walked("enrolled");
  ApproachRules rules = scene::rules_for_oimp();
  rules.first_transfer = {{"XHA", definition}};
  walked.given("2026-12-10T09:00:00.000Z", scene::story::approach("XHA-XBA", "XHA", "XBA"),
               scene::both());
  walked.given("2026-12-11T09:00:00.000Z", rules, scene::both());
  walked.given("2027-01-10T10:00:00.000Z", scene::host_grant(), {"XHA"});
  walked.given("2027-01-25T10:00:00.000Z", scene::buyer_grant(), {"XBA"});
  walked.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  walked.given("2028-07-01T09:30:00.000Z", scene::for_every_purpose(scene::second_grant()),
               {"XHA"});
  walked.given("2029-03-01T09:00:00.000Z", scene::release({{1, 1'000}}), scene::both());
  walked.given("2029-03-02T09:00:00.000Z", attached_for_oimp({{1, 700}}), {"XHA"});
  return walked;
}

TEST(AssignmentReports, AUnitShowsUnderWhichAuthorizationItStandsAndEveryStep) {
  const ViewsOf views{Walked("assigned")};
  const replay::UnitAnswer unit = views.unit(1);
  EXPECT_EQ(unit.origin.host_authorization, "XHA-AUT-1") << "named at issuance";
  EXPECT_EQ(unit.state.host_authorization, "XHA-AUT-2");
  EXPECT_TRUE(unit.state.authorized);
  ASSERT_EQ(unit.history.size(), 4u);
  EXPECT_EQ(unit.history[2].type, "units.assigned");
  EXPECT_EQ(unit.history[2].before->host_authorization, "XHA-AUT-1");
  EXPECT_FALSE(unit.history[2].after.host_authorization);
  EXPECT_FALSE(unit.history[2].after.authorized);
  EXPECT_FALSE(unit.history[3].first_transfer);
  const replay::UnitAnswer released = views.unit(1'000);
  EXPECT_FALSE(released.state.host_authorization);
  EXPECT_EQ(released.origin.issued_by, unit.origin.issued_by);
}

TEST(AssignmentReports, AnAuthorizationCountsWhatRestsOnIt) {
  const Walked walked("assigned");
  const ViewsOf views(walked);
  EXPECT_EQ(views.authorization("XHA-AUT-1").issued, 14'000);
  EXPECT_EQ(views.authorization("XHA-AUT-2").issued, 500);
  EXPECT_EQ(views.authorization("XHA-AUT-2").outstanding, 500);
  const auto summary = replay::make_authorization_summary(walked.books(), "XHA", {});
  ASSERT_EQ(summary->lines.size(), 2u);
  EXPECT_EQ(summary->lines[0].issued, 14'000);
  EXPECT_EQ(summary->lines[0].outstanding, 13'919) << "81 were cancelled for OMGE";
  EXPECT_EQ(summary->lines[0].released, 0) << "by no revocation";
  EXPECT_EQ(summary->lines[1].issued, 500);
}

TEST(AssignmentReports, AnAnnualReportPrintsAttachingAsTheFirstTransferThatItIs) {
  for (const Definition definition : {Definition::issuance, Definition::authorization}) {
    const Walked walked = attached_in_2029(definition);
    EXPECT_TRUE(aef_of(walked.books(), "XHA", 2028).rows(AefTable::actions).empty());
    const Aef aef = aef_of(walked.books(), "XHA", 2029);
    ASSERT_EQ(aef.rows(AefTable::actions).size(), 1u);
    const auto cell = [&](std::string_view header) {
      return text_at(aef, AefTable::actions, 0, header);
    };
    EXPECT_EQ(cell("Action type"), "First transfer");
    EXPECT_EQ(cell("Action subtype"),
              definition == Definition::issuance ? "Issuance" : "Authorization");
    EXPECT_EQ(cell("Authorization ID"), "XHA-AUT-2");
    EXPECT_EQ(cell("First ID"), "CA9901-XHA99-XHA-1-2026");
    EXPECT_EQ(cell("Last ID"), "CA9901-XHA99-XHA-700-2026");
    EXPECT_EQ(cell("Last unit ID"), "100700");
    EXPECT_THAT(cell("Additional explanatory information"),
                HasSubstr("Issued before, and attached to this authorization."));
    ASSERT_EQ(aef.rows(AefTable::holdings).size(), 1u);
    EXPECT_EQ(text_at(aef, AefTable::holdings, 0, "Authorization ID"), "XHA-AUT-2");
  }
}

TEST(AssignmentReports, WhatIsVoidedIsPrintedNoMore) {
  Walked walked = attached_in_2029(Definition::authorization);
  const Seq entry = walked.machine().size() - 1;
  walked.given("2029-04-01T09:00:00.000Z", scene::voided(entry, "units.assigned", {{1, 700}}),
               {"XBA-FUND", "XHA", "XBA"});
  EXPECT_TRUE(aef_of(walked.books(), "XHA", 2029).rows(AefTable::actions).empty());
  const ViewsOf views(walked);
  EXPECT_FALSE(views.unit(1).state.host_authorization);
  EXPECT_TRUE(views.party("XHA").first_transferred.empty());
  EXPECT_EQ(views.party("XHA").first_transferred_in, (ByYears{{2029, {{2026, 0}}}}));
  EXPECT_EQ(views.party("XHA").first_transferred_by_authorization, (ByYears{{2028, {{2026, 0}}}}));
  EXPECT_EQ(views.authorization("XHA-AUT-2").issued, 0);
}

// The other reading of decision 11: units stand in the year of the authorization.
TEST(AssignmentReports, TheOtherReadingCountsByTheAuthorizationThatUnitsWereAttachedTo) {
  const ViewsOf views(attached_in_2029(Definition::authorization));
  const replay::PartyAnswer host = views.party("XHA");
  EXPECT_EQ(host.first_transferred_in, (ByYears{{2029, {{2026, 700}}}}));
  EXPECT_EQ(host.first_transferred_by_authorization, (ByYears{{2028, {{2026, 700}}}}));
}

// R5: units of another registry became ITMOs by what the definition calls issuance.
TEST(AssignmentReports, AttachingForOtherPurposesIsFlaggedAsIssuanceIs) {
  const auto flagged = [](const Walked& walked) {
    const auto flags = replay::flags_of(walked.books(), "XHA");
    return std::count_if(flags.begin(), flags.end(),
                         [](const replay::Flag& flag) { return flag.rule == "R5"; });
  };
  EXPECT_EQ(flagged(attached_in_2029(Definition::issuance)), 1);
  EXPECT_EQ(flagged(Walked("assigned")), 0);
}

TEST(AssignmentReports, ReleasedUnitsAreAuthorizedForNothing) {
  Walked walked("issued_oimp");
  const auto authorized = [&] {
    const auto summary = replay::make_summary(walked.books(), "XHA", 2026, {});
    return summary->years.at(0).oimp_authorized;
  };
  EXPECT_EQ(authorized(), 9'000);
  walked.given("2028-07-01T09:00:00.000Z", scene::release({{1, 1'000}}), scene::both());
  EXPECT_EQ(authorized(), 8'000);
}

TEST(AssignmentReports, TwoLedgersDifferWhereOneReleased) {
  const Walked one("settled");
  Walked other("settled");
  other.given("2028-12-28T09:00:00.000Z", scene::release({{1, 1'000}}), scene::both());
  const auto result = replay::reconcile(one.books(), other.books());
  EXPECT_EQ(result.differing, 1'000);
  ASSERT_FALSE(result.differences.empty());
  EXPECT_THAT(result.differences[0].other, HasSubstr("released from it"));
}

}  // namespace
}  // namespace replay_test
