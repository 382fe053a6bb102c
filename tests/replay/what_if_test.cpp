// The ordinary year under rules that were never adopted: what would be refused, what would come out
// otherwise, and that nothing differs where the rules are the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "replay/what_if.hpp"
#include "tests/replay/told_log.hpp"

namespace replay_test {
namespace {

using ledger::ApproachRules;
using replay::WhatIf;
using replay::WhatIfReport;
using testing::HasSubstr;

// The rules that the ordinary year's approach adopted.
ApproachRules adopted_rules() {
  for (const ledger::Entry& entry : ordinary_year().entries()) {
    const auto* rules = std::get_if<ApproachRules>(&entry.event.event().body);
    if (rules != nullptr) return *rules;
  }
  ADD_FAILURE() << "the ordinary year adopts rules";
  return {};
}

WhatIfReport report_under(const ApproachRules& proposed) {
  WhatIf what_if(proposed);
  const ToldLog& log = ordinary_year();
  for (std::size_t i = 0; i < log.entries().size(); ++i) {
    what_if.take(log.entries()[i], log.effects()[i]);
  }
  return what_if.report({log.origin(), true});
}

ApproachRules::Deduction& line_of(ApproachRules& rules, ApproachRules::Deduction::Sort kind) {
  const auto it = std::find_if(rules.deductions.begin(), rules.deductions.end(),
                               [&](const auto& line) { return line.kind == kind; });
  EXPECT_NE(it, rules.deductions.end());
  return *it;
}

const replay::OtherBalance* balance(const WhatIfReport& report, std::string_view what) {
  for (const auto& each : report.balances) {
    if (each.what == what) return &each;
  }
  return nullptr;
}

TEST(WhatIf, NothingDiffersUnderTheRulesThatWereAdopted) {
  ApproachRules same = adopted_rules();
  same.version = 77;  // the log's number stays
  same.carp = "CA0001";
  const WhatIfReport report = report_under(same);
  EXPECT_EQ(report.replaced, 1u);
  EXPECT_FALSE(report.differs());
}

TEST(WhatIf, AHigherRateRefusesWhatWasDeductedAndWhatRestsOnIt) {
  ApproachRules rules = adopted_rules();
  line_of(rules, ApproachRules::Deduction::Sort::omge).rate_bp = 300;
  const WhatIfReport report = report_under(rules);
  ASSERT_FALSE(report.inadmissible);
  ASSERT_GE(report.verdicts.size(), 2u);
  EXPECT_EQ(report.verdicts[0].type, "proceeds.deducted");
  EXPECT_EQ(report.verdicts[0].violation.clause->id.substr(0, 3), "PRO");
  EXPECT_EQ(report.verdicts[1].type, "units.transferred");
  EXPECT_EQ(report.verdicts[1].violation.clause->id, "PRO-8") << "its share is not settled";
  const auto* due = balance(report, "XHA, first transferred of vintage 2026");
  ASSERT_NE(due, nullptr);
  EXPECT_EQ(due->now, 8'550);
  EXPECT_EQ(due->then, 0);
  EXPECT_GT(report.units.differing, 10'000);
  const auto gone = std::count_if(report.rows.begin(), report.rows.end(), [](const auto& row) {
    return row.party == "XHA" && row.year == 2028 && row.now &&
           row.table == replay::AefTable::actions;
  });
  EXPECT_EQ(gone, 6);  // the first transfers of 2028 (scenario A)
}

TEST(WhatIf, ALongerObjectionPeriodTellsWhenAuthorizationsWouldTakeEffect) {
  ApproachRules rules = adopted_rules();
  rules.objection_days = 33;  // still before the registration of 1 March 2027
  const WhatIfReport report = report_under(rules);
  EXPECT_TRUE(report.verdicts.empty());
  ASSERT_EQ(report.outcomes.size(), 2u);  // both Parties' grants
  EXPECT_THAT(report.outcomes[0].now.at(0), HasSubstr("takes effect at 2027-02-09T10:00:00.000Z"));
  EXPECT_THAT(report.outcomes[0].then.at(0), HasSubstr("takes effect at 2027-02-12T10:00:00.000Z"));
  EXPECT_TRUE(report.balances.empty());
  EXPECT_TRUE(report.units.differences.empty());
}

TEST(WhatIf, AFurtherSignerRefusesWhatWasSignedWithoutIt) {
  ApproachRules rules = adopted_rules();
  rules.extra_signers.push_back({"units.used", "XHA", ledger::Organ::authority});
  const WhatIfReport report = report_under(rules);
  ASSERT_FALSE(report.verdicts.empty());
  EXPECT_EQ(report.verdicts[0].type, "units.used");
  EXPECT_EQ(report.verdicts[0].violation.clause->id, "ID-7");
}

TEST(WhatIf, RulesThatCouldNotBeAdoptedAreNamedWithTheirClause) {
  ApproachRules rules = adopted_rules();
  rules.deductions.push_back(rules.deductions.front());  // a name twice
  const WhatIfReport report = report_under(rules);
  ASSERT_TRUE(report.inadmissible);
  EXPECT_EQ(report.inadmissible->type, "approach.rules_adopted");
  EXPECT_EQ(report.inadmissible->violation.clause->id.substr(0, 3), "RUL");
  EXPECT_TRUE(report.verdicts.empty());
  EXPECT_TRUE(report.rows.empty());
}

TEST(WhatIf, AnApproachThatAdoptedNoneHasNothingToReplace) {
  ApproachRules rules = adopted_rules();
  rules.approach = "another";
  const WhatIfReport report = report_under(rules);
  EXPECT_EQ(report.replaced, 0u);
  EXPECT_FALSE(report.differs());
}

}  // namespace
}  // namespace replay_test
