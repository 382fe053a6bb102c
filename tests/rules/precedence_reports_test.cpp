// Table order is precedence: reversals, reports and findings.
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

LedgerBuilder after(std::string_view setup) {
  return LedgerBuilder::after(setup);
}

const char* const asked_at = "2029-06-01T09:00:00.000Z";

TEST(Precedence, OfAReversal) {
  using Q = Question<ReversalRecorded>;
  walk<ReversalRecorded>(ask(after("removed"), asked_at, scene::reversal(1'400)),
                         {{"RVS-1", [](Q& q) { q.body.activity = "NOWHERE"; }},
                          {"RVS-2", [](Q& q) { q.body.verifier = "XHA-OTHER"; }},
                          {"RVS-3", [](Q& q) { q.body.period_from = story::on("2029-12-31"); }},
                          {"RVS-4", [](Q& q) { q.body.quantity = 15'001; }},
                          {"RVS-5", [](Q& q) { q.body.document.access = Access::confidential; }}});
}

// Units are released, and the authorization changes so that its units are ITMOs from issuance on.
LedgerBuilder released_before_a_change(Seq& release) {
  LedgerBuilder ledger = after("issued_defined");
  ledger.given("2028-11-20T10:00:00.000Z", scene::release({{1, 15'000}}), scene::both());
  release = ledger.machine().size() - 1;
  ledger.given(scene::change(scene::for_every_purpose(scene::host_grant())), scene::both());
  return ledger;
}

TEST(Precedence, OfACorrection) {
  using Q = Question<EntryCorrected>;
  const LedgerBuilder used = after("used");
  const Seq use = used.machine().size() - 1;
  LedgerBuilder undone = used;
  undone.given(scene::voided(use, "units.used", {{1, 1'000}}), scene::user());
  LedgerBuilder frozen = after("transferred");
  UnitsLocked lock = scene::freeze("LOCK-9", {{1, 1}});
  lock.account = "XBA-FUND-XBA";
  lock.until = story::at("2040-01-01T00:00:00.000Z");
  frozen.given(lock, {"XBA"});
  walk<EntryCorrected>(ask(used, asked_at, scene::voided(use, "units.used", {{1, 1'000}})),
                       {{"COR-1",
                         [](Q& q) {
                           q.ledger = after("used");
                           q.body.entry = 0;
                         }},
                        {"COR-2",
                         [&](Q& q) {
                           q.ledger = undone;
                           q.body.entry = use;
                         }},
                        {"COR-3", [](Q& q) { q.body.quantity = 1; }},
                        {"COR-4",
                         [&](Q& q) {
                           q.ledger = used;
                           q.body = scene::voided(use - 1, "units.transferred", {{1, 3'726}});
                         }},
                        {"COR-5",
                         [](Q& q) {
                           Seq release = 0;
                           q.ledger = released_before_a_change(release);
                           q.body = scene::voided(release, "units.assigned", {{1, 15'000}});
                         }},
                        {"LCK-1", [&](Q& q) {
                           q.ledger = frozen;
                           q.body = scene::voided(use - 1, "units.transferred", {{1, 3'726}});
                         }}});
}

ReportFiled updated() {
  ReportFiled body = scene::report("XHA-UPD-1", ReportFiled::Sort::updated_initial);
  body.as_of = 3;
  return body;
}

LedgerBuilder reported() {
  LedgerBuilder ledger = after("used");
  ledger.given(scene::report("XHA-INI-1", ReportFiled::Sort::initial), {"XHA"});
  return ledger;
}

void make_aef(ReportFiled& body) {
  body.kind = ReportFiled::Sort::aef;
  body.year = 2028;
}

TEST(Precedence, OfAReport) {
  using Q = Question<ReportFiled>;
  walk<ReportFiled>(ask(reported(), asked_at, scene::report("XHA-AEF-1", ReportFiled::Sort::aef)),
                    {{"RPT-1",
                      [](Q& q) {
                        q.ledger = reported();
                        q.body.id = "XHA-INI-1";
                      }},
                     {"RPT-2", [](Q& q) { q.body.party = "XBA-FUND"; }},
                     {"RPT-3", [](Q& q) { q.body.year = 2029; }},
                     {"RPT-4", [](Q& q) { q.body.version = "1.1"; }},
                     {"RPT-5", [](Q& q) { q.body.as_of = q.ledger.machine().size(); }},
                     {"RPT-6", [](Q& q) { q.body.approaches = {"NOWHERE"}; }},
                     {"RPT-7",
                      [](Q& q) {
                        make_aef(q.body);
                        q.body.approaches = {"XHA-XCA"};
                      }},
                     {"RPT-8",
                      [](Q& q) {
                        q.ledger = after("used");
                        q.body.kind = ReportFiled::Sort::updated_initial;
                        q.body.year.reset();
                      }},
                     {"RPT-9", [](Q& q) { q.ledger = after("used"); }},
                     {"RPT-10", [](Q& q) { q.body.document.access = Access::confidential; }}});
  EXPECT_EQ(answer(ask(reported(), asked_at, updated())).first, "");
}

LedgerBuilder found() {
  LedgerBuilder ledger = reported();
  ledger.given(scene::report("XHA-AEF-1", ReportFiled::Sort::aef), {"XHA"})
      .given(scene::finding("KNOWN", {{1, 10}}), {"XBA"});
  return ledger;
}

TEST(Precedence, OfAFinding) {
  using Q = Question<FindingRecorded>;
  walk<FindingRecorded>(ask(found(), asked_at, scene::finding("NEW", {{2'001, 3'000}})),
                        {{"FND-1", [](Q& q) { q.body.how.reset(); }},
                         {"FND-2", [](Q& q) { q.body.parties = {"XBA-FUND"}; }},
                         {"FND-3", [](Q& q) { q.body.report = "NOWHERE"; }},
                         {"FND-4",
                          [](Q& q) {
                            q.body = scene::finding("KNOWN", {{20'000, 20'001}});
                            q.body.quantity = 1;
                          }},
                         {"FND-5",
                          [](Q& q) {
                            q.body = scene::resolution("NEVER");
                            q.body.quantity = 1;
                          }},
                         {"FND-6",
                          [](Q& q) {
                            q.body.units = scene::units({{20'000, 20'001}});
                          }},
                         {"FND-7", [](Q& q) {
                            q.body.excess = FindingRecorded::Excess{"NOWHERE", 2026, 1};
                          }}});
}

}  // namespace
}  // namespace rules
