// Table order is precedence: changing and revoking authorizations.
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

const char* const day = "2028-12-01T09:00:00.000Z";

using Until = AuthorizationGranted::ChangeTerms::Until;

// The host's authorization stands in these terms from its grant on; 15,000 units rest on it.
LedgerBuilder granted_as(const AuthorizationGranted& host, const AuthorizationGranted& buyer,
                         const ApproachRules& adopted) {
  LedgerBuilder ledger = LedgerBuilder::after("enrolled");
  ledger.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both())
      .given(adopted, scene::both())
      .given("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .given("2027-01-25T10:00:00.000Z", buyer, {"XBA"})
      .given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  return ledger;
}

LedgerBuilder never_changed() {
  AuthorizationGranted host = scene::host_grant(), buyer = scene::buyer_grant();
  host.change_terms.until = buyer.change_terms.until = Until::never;
  return granted_as(host, buyer, scene::rules());
}

LedgerBuilder by_issuance() {
  ApproachRules adopted = scene::rules_for_oimp();
  adopted.first_transfer = {{"XHA", Definition::issuance}};
  return granted_as(scene::host_grant(), scene::buyer_grant(), adopted);
}

TEST(Precedence, OfAChangeOfAnAuthorization) {
  using Q = Question<AuthorizationChanged>;
  walk<AuthorizationChanged>(
      ask(LedgerBuilder::after("transferred"), day, scene::change(scene::host_grant())),
      {{"APR-8", [](Q& q) { end_the_approach(q); }},
       {"AUT-30", [](Q& q) { q.body.terms.id = "NONE"; }},
       {"AUT-31", [](Q& q) { q.body.terms.gwp = "AR6"; }},
       {"AUT-32", [](Q& q) { q.body.terms.version = 7; }},
       {"AUT-33", [](Q& q) { q.ledger = never_changed(); }},
       {"AUT-34", [](Q& q) { q.body.stage = ChangeStage::notice; }},
       {"ACT-5",
        [](Q& q) {
          q.ledger = LedgerBuilder::after("designed");
          q.body = scene::change(scene::host_grant());
          q.body.terms.activities.front().sector = "Waste";
        }},
       {"ACT-8",
        [](Q& q) {
          q.ledger = LedgerBuilder::after("designed");
          q.body = scene::change(scene::host_grant());
          q.body.terms.activities.push_back(q.body.terms.activities.front());
          q.body.terms.activities.back().id = "XHA-SOLAR";
        }},
       {"AUT-13", [](Q& q) { q.body.terms.cap = 0; }},
       {"AUT-14", [](Q& q) { q.body.terms.vintage_from = 2020; }},
       {"AUT-15", [](Q& q) { q.body.terms.purposes.clear(); }},
       {"AUT-16",
        [](Q& q) {
          q.body.terms.purposes = {Purpose::ndc};
          q.body.terms.oimp = "CORSIA";
        }},
       {"AUT-17",
        [](Q& q) {
          q.ledger = LedgerBuilder::after("transferred");
          q.body.terms.purposes = {Purpose::ndc, Purpose::op};
          q.body.terms.oimp = "Voluntary market";
        }},
       {"AUT-18",
        [](Q& q) {
          q.body.terms.ndc_periods = {{2027, 2026}};
        }},
       {"AUT-19", [](Q& q) { q.body.terms.parties = {"XQQ"}; }},
       {"AUT-20", [](Q& q) { q.body.terms.entities.front().may.clear(); }},
       {"AUT-21", [](Q& q) { q.body.terms.activities.push_back(q.body.terms.activities.front()); }},
       {"AUT-22",
        [](Q& q) { q.body.terms.activities.front().crediting_to = story::on("2020-01-01"); }},
       {"AUT-23",
        [](Q& q) {
          q.body.terms.activities = scene::host_grant().activities;
          q.body.terms.activities.front().sector = "Transportation";
        }},
       {"AUT-24",
        [](Q& q) {
          q.body = scene::change(scene::buyer_grant());
          q.body.terms.activities = scene::host_grant().activities;
          q.body.terms.activities.front().id = "XHA-SOLAR";
        }},
       {"AUT-25", [](Q& q) { q.body.terms.standards.clear(); }},
       {"AUT-26", [](Q& q) { q.body.terms.tracking_registry = "XCA99"; }},
       {"AUT-27", [](Q& q) { q.body.terms.issue_until = story::on("2026-01-01"); }},
       {"AUT-28", [](Q& q) { q.body.terms.change_terms.consent = {"XCA"}; }},
       {"AUT-29", [](Q& q) { q.body.terms.documents.front().access = Access::confidential; }},
       {"AUT-35",
        [](Q& q) {
          q.ledger = LedgerBuilder::after("transferred");
          q.body = scene::change(scene::host_grant());
          q.body.terms.cap = 3'806;
        }},
       {"AUT-36",
        [](Q& q) {
          q.ledger = by_issuance();
          q.body = scene::change(scene::for_every_purpose(scene::host_grant()));
        }},
       {"AUT-37", [](Q& q) { q.body.terms.change_terms.notice_days = 3'651; }},
       {"AUT-38", [](Q& q) {
          NdcDeclared next = story::ndc("XHA", 2030, 2034);
          next.metric = "MWh";
          q.ledger.given(next, {"XHA"});
          q.body.terms.vintage_to = 2030;
        }}});
}

TEST(Precedence, OfARevocation) {
  using Q = Question<AuthorizationRevoked>;
  walk<AuthorizationRevoked>(
      ask(LedgerBuilder::after("transferred"), day, scene::revocation("XHA-AUT-1")),
      {{"AUT-30", [](Q& q) { q.body.authorization = "NONE"; }},
       {"AUT-33", [](Q& q) { q.ledger = never_changed(); }},
       {"AUT-34", [](Q& q) { q.body.stage = ChangeStage::notice; }},
       {"AUT-29", [](Q& q) { q.body.documents.front().access = Access::confidential; }}});
}

}  // namespace
}  // namespace rules
