// Table order is precedence: the events of an activity's cycle.
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;
using Decision = ReviewDecided::Decision;

const char* const day_of_registration = "2027-03-01T09:00:00.000Z";
const char* const day_of_report = "2028-02-01T09:00:00.000Z";

LedgerBuilder after(std::string_view setup) {
  return LedgerBuilder::after(setup);
}

LedgerBuilder closed() {
  LedgerBuilder ledger = after("registered");
  ledger.given(ActivityClosed{"XHA-STOVES", ActivityClosed::How::closed, "over"}, scene::seller());
  return ledger;
}

LedgerBuilder reported() {
  LedgerBuilder ledger = after("registered");
  ledger.given(day_of_report, scene::monitoring(), {"XHA-DEV"});
  return ledger;
}

// Nothing was verified of the first report, and another one has its days.
LedgerBuilder given_up() {
  LedgerBuilder ledger = reported();
  MonitoringVerified nothing = scene::verification();
  nothing.verified.clear();
  MonitoringSubmitted second = scene::monitoring();
  second.id = "XHA-MON-2";
  ledger.given(nothing, {"VERIFIER-2"}).given(second, {"XHA-DEV"});
  return ledger;
}

// The developer is a verifier too.
LedgerBuilder with_an_interest(LedgerBuilder ledger) {
  RoleGranted grant = scene::verifier("XHA-DEV");
  grant.id = "XHA-DEV-VERIFIER";
  ledger.given(grant, scene::both());
  return ledger;
}

RoleEnded end_of_the_developer() {
  return {"XHA-DEV-ROLE", RoleEnded::How::ended, RoleEnded::Reason::ceased};
}

template <class E>
void withhold(Question<E>& q) {
  q.body.documents.front().access = Access::confidential;
}

TEST(Precedence, OfAProposal) {
  using Q = Question<ActivityProposed>;
  walk<ActivityProposed>(ask(after("agreed_cycle"), day_of_registration, scene::proposal()),
                         {{"APR-8",
                           [](Q& q) {
                             q.body.approach = "XHA-XBA";
                             end_the_approach(q);
                           }},
                          {"ACT-1", [](Q& q) { q.body.approach = "XHA-XCA"; }},
                          {"ACT-2", [](Q& q) { q.body.developer = "XHA-CMO"; }},
                          {"ACT-3", [](Q& q) { q.body.version = 9; }},
                          {"ACT-4",
                           [](Q& q) {
                             q.ledger = after("proposed");
                             q.body.version = 2;
                           }},
                          {"ACT-5", [](Q& q) {
                             q.ledger = after("authorized");
                             q.ledger
                                 .given(scene::newcomer("XHA-DEV", "XHA"), {"XHA-CMO", "XHA-DEV"})
                                 .given(scene::developer("XHA-DEV"), {"XHA"});
                             q.body.sector = "Waste";
                           }}});
}

TEST(Precedence, OfADesign) {
  using Q = Question<DesignSubmitted>;
  walk<DesignSubmitted>(ask(after("proposed"), day_of_registration, scene::design()),
                        {{"ACT-2",
                          [](Q& q) {
                            q.body.activity = "XHA-STOVES";
                            q.ledger.given(end_of_the_developer(), {"XHA"});
                          }},
                         {"ACT-3",
                          [](Q& q) {
                            q.body.activity = "XHA-STOVES";
                            q.body.version = 9;
                          }},
                         {"ACT-6", [](Q& q) { q.body.activity = "XHA-WIND"; }},
                         {"ACT-7",
                          [](Q& q) {
                            q.ledger = closed();
                            q.body.version = 2;
                          }},
                         {"ACT-8",
                          [](Q& q) {
                            q.ledger = after("agreed_cycle");
                            q.ledger.given(scene::proposal(), {"XHA-DEV"});
                            q.body.version = 1;
                          }},
                         {"ACT-9",
                          [](Q& q) {
                            q.body.expected = {{2021, 1}};
                          }},
                         {"ACT-10", withhold<DesignSubmitted>},
                         {"ACT-18",
                          [](Q& q) {
                            q.ledger = after("designed");
                            q.body.version = 2;
                          }},
                         {"AUT-22", [](Q& q) {
                            q.body.crediting_to = story::on("2025-12-31");
                            q.body.expected.clear();
                          }}});
}

TEST(Precedence, OfAValidation) {
  using Q = Question<ActivityValidated>;
  walk<ActivityValidated>(ask(after("designed"), day_of_registration, scene::validation()),
                          {{"ACT-6", [](Q& q) { q.body.activity = "XHA-WIND"; }},
                           {"ACT-7", [](Q& q) { q.ledger = closed(); }},
                           {"ACT-10", withhold<ActivityValidated>},
                           {"ACT-11", [](Q& q) { q.body.version = 9; }},
                           {"ACT-12", [](Q& q) { q.body.verifier = "XHA-OTHER"; }},
                           {"ACT-13",
                            [](Q& q) {
                              q.ledger = with_an_interest(after("designed"));
                              q.body.verifier = "XHA-DEV";
                              q.body.version = 1;
                            }},
                           {"MON-8", [](Q& q) {
                              DesignSubmitted second = scene::design();
                              second.version = 2;
                              q.ledger = after("verified");
                              q.ledger.given(second, {"XHA-DEV"});
                              q.body.version = 2;
                              q.body.verifier = "VERIFIER-2";
                            }}});
}

LedgerBuilder of_another_type() {
  DesignSubmitted design = scene::design();
  design.type = "Wind energy";
  LedgerBuilder ledger = after("proposed");
  ledger.given(scene::host_grant(), {"XHA"})
      .given(scene::buyer_grant(), {"XBA"})
      .given(design, {"XHA-DEV"})
      .given(scene::validation(), {"VERIFIER-1"})
      .given(scene::review(Stage::validation, "XHA"), scene::seller())
      .given(scene::review(Stage::validation, "XBA"), {"XBA"});
  return ledger;
}

TEST(Precedence, OfARegistration) {
  using Q = Question<ActivityRegistered>;
  walk<ActivityRegistered>(ask(after("validated"), day_of_registration, scene::registration()),
                           {{"APR-8",
                             [](Q& q) {
                               q.body.activity = "XHA-STOVES";
                               end_the_approach(q);
                             }},
                            {"ACT-6", [](Q& q) { q.body.activity = "XHA-WIND"; }},
                            {"ACT-7", [](Q& q) { q.ledger = closed(); }},
                            {"ACT-14", [](Q& q) { q.body.version = 9; }},
                            {"ACT-15", [](Q& q) { q.ledger = after("designed"); }},
                            {"ACT-16", [](Q& q) { q.ledger = of_another_type(); }},
                            {"AUT-5", [](Q& q) { q.time = story::at("2027-02-01T09:00:00.000Z"); }},
                            {"AUT-8", [](Q& q) { q.body.authorization.buyer.reset(); }}});
}

TEST(Precedence, OfAClosing) {
  using Q = Question<ActivityClosed>;
  const ActivityClosed body{"XHA-STOVES", ActivityClosed::How::closed, "over"};
  walk<ActivityClosed>(ask(after("registered"), day_of_report, body),
                       {{"ACT-6", [](Q& q) { q.body.activity = "XHA-WIND"; }},
                        {"ACT-7", [](Q& q) { q.ledger = closed(); }},
                        {"ACT-17", [](Q& q) { q.ledger = after("validated"); }}});
}

TEST(Precedence, OfAMonitoringReport) {
  using Q = Question<MonitoringSubmitted>;
  walk<MonitoringSubmitted>(ask(after("registered"), day_of_report, scene::monitoring()),
                            {{"ACT-2",
                              [](Q& q) {
                                q.body.activity = "XHA-STOVES";
                                q.ledger.given(end_of_the_developer(), {"XHA"});
                              }},
                             {"ACT-6", [](Q& q) { q.body.activity = "XHA-WIND"; }},
                             {"ACT-7", [](Q& q) { q.ledger = closed(); }},
                             {"ACT-10", withhold<MonitoringSubmitted>},
                             {"MON-1",
                              [](Q& q) {
                                q.ledger = reported();
                                q.body.id = "XHA-MON-1";
                              }},
                             {"MON-2", [](Q& q) { q.body.component = "north"; }},
                             {"MON-3", [](Q& q) { q.body.period_from = story::on("2025-12-31"); }},
                             {"MON-4",
                              [](Q& q) {
                                q.ledger = reported();
                                q.body.id = "XHA-MON-2";
                              }},
                             {"MON-5", [](Q& q) { q.body.claims.clear(); }}});
}

TEST(Precedence, OfAVerification) {
  using Q = Question<MonitoringVerified>;
  walk<MonitoringVerified>(
      ask(reported(), "2028-04-01T09:00:00.000Z", scene::verification()),
      {{"ACT-10", withhold<MonitoringVerified>},
       {"ACT-12",
        [](Q& q) {
          q.body.monitoring = "XHA-MON-1";
          q.body.verifier = "XHA-OTHER";
        }},
       {"ACT-13",
        [](Q& q) {
          q.ledger = with_an_interest(reported());
          q.body.monitoring = "XHA-MON-1";
          q.body.verifier = "XHA-DEV";
        }},
       {"MON-4",
        [](Q& q) {
          q.ledger = given_up();
          q.body.monitoring = "XHA-MON-1";
          q.body.version = 2;
          q.body.verifier = "VERIFIER-2";
        }},
       {"MON-6", [](Q& q) { q.body.monitoring = "NONE"; }},
       {"MON-7", [](Q& q) { q.body.version = 9; }},
       {"MON-8", [](Q& q) { q.body.verifier = "VERIFIER-1"; }},
       {"MON-9",
        [](Q& q) {
          q.body.verified = {{2026, 9'001}};
        }},
       {"MON-14", [](Q& q) {
          q.ledger = after("verified");
          q.ledger.given(scene::newcomer("VERIFIER-3", "XCA"), {"XCA", "XCA-2", "VERIFIER-3"})
              .given(scene::verifier("VERIFIER-3"), scene::both());
          q.body.version = 2;
          q.body.verifier = "VERIFIER-3";
        }}});
}

TEST(Precedence, OfAReview) {
  using Q = Question<ReviewDecided>;
  LedgerBuilder under_validation = after("designed");
  under_validation.given(scene::validation(), {"VERIFIER-1"});
  walk<ReviewDecided>(
      ask(after("verified"), "2028-04-20T09:00:00.000Z", scene::review(Stage::verification, "XBA")),
      {{"REV-1", [](Q& q) { q.body.activity = "XHA-WIND"; }},
       {"REV-2",
        [](Q& q) {
          q.body.stage = Stage::idea;
          q.body.monitoring.reset();
        }},
       {"REV-3", [](Q& q) { q.body.version = 9; }},
       {"REV-4",
        [&](Q& q) {
          q.ledger = under_validation;
          q.body.stage = Stage::validation;
          q.body.monitoring.reset();
        }},
       {"REV-5", [](Q& q) { q.ledger = after("certified"); }},
       {"REV-6",
        [](Q& q) {
          q.time = story::at("2028-04-02T09:00:00.000Z");
          q.body.decision = Decision::deemed;
        }},
       {"REV-7", [](Q& q) { q.body.quantities.clear(); }}});
}

}  // namespace
}  // namespace rules
