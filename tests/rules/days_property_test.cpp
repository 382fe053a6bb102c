// No day is monitored or issued twice, however reports are submitted, verified, sent back and
// issued under rules that change: a naive search over all reports agrees with the ledger on every
// step of random histories (R20, R21).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace scene = test_support::scene;
namespace story = api::story;
using test_support::LedgerBuilder;
using Decision = ReviewDecided::Decision;

// Fortnights of 2026, so that few steps already meet.
constexpr int first_of_the_year = 20'454;  // days since 1970
Date day(int fortnight) {
  return {first_of_the_year + 14 * fortnight};
}

struct Step {
  int kind = 0;
  int from = 0, length = 0;  // fortnights
  int which = 0;             // of the reports, or of the components
};

LedgerBuilder registered_with_components() {
  LedgerBuilder ledger = LedgerBuilder::after("proposed");
  DesignSubmitted design = scene::design();
  design.components = {"north", "south"};
  ledger.given(scene::host_grant(), {"XHA"})
      .given(scene::buyer_grant(), {"XBA"})
      .given(design, {"XHA-DEV"})
      .given(scene::validation(), {"VERIFIER-1"})
      .given(scene::review(Stage::validation, "XHA"), scene::seller())
      .given(scene::review(Stage::validation, "XBA"), {"XBA"})
      .given("2027-03-01T09:00:00.000Z", scene::registration(), scene::seller());
  return ledger;
}

class History {
 public:
  History() : ledger_(registered_with_components()) {}

  void take(const Step& step) {
    switch (step.kind) {
      case 0: return submit(step);
      case 1: return verify(step, true);
      case 2: return verify(step, false);
      case 3: return review(step, Decision::approved);
      case 4: return review(step, Decision::returned);
      case 5: return issue(step, true);
      case 6: return issue(step, false);
      default: return change_rules();
    }
  }

  void compare() const {
    RC_ASSERT(test_support::imbalance(ledger_.state()).empty());
    for (const auto& [a, b] : pairs()) {
      if (!meet(*a, *b)) continue;
      RC_ASSERT(a->issued.empty() || b->issued.empty());
      RC_ASSERT(!holds(*a) || !holds(*b));
    }
    for (const auto& [from, to] : without_report_) {
      for (const Monitoring& report : reports()) {
        RC_ASSERT(report.issued.empty() || to < report.period_from || report.period_to < from);
      }
    }
  }

 private:
  [[nodiscard]] const std::vector<Monitoring>& reports() const {
    return ledger_.state().monitorings.rows();
  }

  [[nodiscard]] std::vector<std::pair<const Monitoring*, const Monitoring*>> pairs() const {
    std::vector<std::pair<const Monitoring*, const Monitoring*>> all;
    for (const Monitoring& a : reports()) {
      for (const Monitoring& b : reports()) {
        if (a.id < b.id) all.emplace_back(&a, &b);
      }
    }
    return all;
  }

  static bool meet(const Monitoring& a, const Monitoring& b) {
    return a.component == b.component && a.period_from <= b.period_to &&
           b.period_from <= a.period_to;
  }

  // As spec/rules.md says it under MON-4.
  static bool holds(const Monitoring& report) {
    if (!report.issued.empty()) return true;
    const auto& reviews = report.verification.reviews;
    const bool returned = std::any_of(reviews.begin(), reviews.end(), [](const Review& review) {
      return review.decision == Decision::returned;
    });
    return !returned && (report.version == 0 || !report.verified.empty());
  }

  [[nodiscard]] bool is_taken(const Monitoring& asked) const {
    return std::any_of(reports().begin(), reports().end(), [&](const Monitoring& other) {
      return other.id != asked.id && meet(asked, other) && holds(other);
    });
  }

  [[nodiscard]] const Monitoring* chosen(const Step& step) const {
    if (reports().empty()) return nullptr;
    return &reports()[static_cast<std::size_t>(step.which) % reports().size()];
  }

  void submit(const Step& step) {
    MonitoringSubmitted body = scene::monitoring();
    body.id = "R" + std::to_string(reports().size());
    body.component = step.which % 2 == 0 ? "north" : "south";
    body.period_from = day(step.from);
    body.period_to = Date{day(step.from + step.length).days + 13};
    body.claims = {{2026, 100}};
    Monitoring asked;
    asked.id = body.id;
    asked.component = body.component;
    asked.period_from = body.period_from;
    asked.period_to = body.period_to;
    const bool taken = is_taken(asked);
    const auto answer = ledger_.send(body, {"XHA-DEV"});
    RC_ASSERT(answer.clause == (taken ? "MON-4" : ""));
  }

  void verify(const Step& step, bool something) {
    const Monitoring* report = chosen(step);
    if (report == nullptr) return;
    MonitoringVerified body = scene::verification();
    body.monitoring = report->id;
    body.version = report->version + 1;
    body.verified.clear();
    if (something) body.verified = {{2026, 100}};
    const bool taken = something && !holds(*report) && is_taken(*report);
    const auto answer = ledger_.send(body, {"VERIFIER-2"});
    RC_ASSERT(answer.clause == (taken ? "MON-4" : ""));
  }

  void review(const Step& step, Decision decision) {
    const Monitoring* report = chosen(step);
    if (report == nullptr || report->version == 0) return;
    for (const auto& [party, signer] : {std::pair{"XHA", "XHA-CMO"}, std::pair{"XBA", "XBA"}}) {
      ReviewDecided body = scene::review(Stage::verification, party);
      body.monitoring = report->id;
      body.version = report->version;
      body.decision = decision;
      body.quantities.clear();
      if (decision == Decision::approved) body.quantities = {{2026, 100}};
      (void)ledger_.send(body, {signer});  // refused where it decided, or nobody asks it
      if (decision == Decision::returned) return;
    }
  }

  void issue(const Step& step, bool of_report) {
    UnitsIssued body = scene::verified_issuance();
    const Monitoring* report = chosen(step);
    if (of_report && report == nullptr) return;
    body.monitoring.reset();
    body.period_from = day(step.from);
    body.period_to = Date{day(step.from + step.length).days + 13};
    if (of_report) {
      body.monitoring = report->id;
      body.period_from = report->period_from;
      body.period_to = report->period_to;
    }
    body.lots = {{next_, next_ + 9, 2026, {}}};
    body.quantity = 10;
    if (!ledger_.send(body, scene::seller()).admitted()) return;
    next_ += 10;
    if (!of_report) without_report_.emplace_back(body.period_from, body.period_to);
  }

  void change_rules() {
    ApproachRules body = scene::rules_of_the_cycle();
    body.version = ++version_;
    if (version_ % 2 == 0) body.cycle.reset();
    ledger_.given(body, scene::both());
  }

  LedgerBuilder ledger_;
  std::vector<std::pair<Date, Date>> without_report_;
  Serial next_ = 1;
  std::int64_t version_ = 1;
};

std::vector<Step> random_steps() {
  return *rc::gen::container<std::vector<Step>>(rc::gen::apply(
      [](int kind, int from, int length, int which) {
        return Step{kind, from, length, which};
      },
      rc::gen::element(0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 5, 6, 7), rc::gen::inRange(0, 8),
      rc::gen::inRange(0, 3), rc::gen::inRange(0, 12)));
}

TEST(Cycle, NoDayIsMonitoredOrIssuedTwice) {
  EXPECT_TRUE(rc::check([] {
    History history;
    for (const Step& step : random_steps()) {
      history.take(step);
      history.compare();
    }
  }));
}

}  // namespace
}  // namespace rules
