// Table order is precedence: the events of units.
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

const char* const too_late = "2032-01-05T09:00:00.000Z";

LedgerBuilder after(std::string_view setup) {
  return LedgerBuilder::after(setup);
}

template <class E>
void be_too_late(Question<E>& q) {
  q.time = story::at(too_late);
}

AuthorizationGranted host_grant_of(const Id& id, const Id& activity) {
  AuthorizationGranted body = scene::host_grant();
  body.id = id;
  body.activities.front().id = activity;
  return body;
}

// An approach that walks to authorizations by these rules and grants.
LedgerBuilder authorized_by(const ApproachRules& adopted, const AuthorizationGranted& host,
                            const AuthorizationGranted& buyer) {
  LedgerBuilder ledger = after("enrolled");
  ledger.given("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), scene::both())
      .given(adopted, scene::both())
      .given("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .given("2027-01-25T10:00:00.000Z", buyer, {"XBA"});
  return ledger;
}

// XHA's authority freezes these units where they stand.
template <class E>
void freeze(Question<E>& q, const Id& account, scene::Closed closed) {
  UnitsLocked lock = scene::freeze("LOCK-9", std::move(closed));
  lock.account = account;
  lock.until = story::at("2040-01-01T00:00:00.000Z");
  q.ledger.given(lock, {account == "XBA-FUND-XBA" ? "XBA" : "XHA"});
}

// A forest with 1,000 units by these rules, of which 100 are reversed.
LedgerBuilder reversed(const ApproachRules& adopted) {
  AuthorizationGranted host = scene::removal_grant(), buyer = scene::buyer_grant();
  if (!adopted.first_transfer.empty()) {
    host = scene::for_every_purpose(host);
    buyer = scene::for_every_purpose(buyer);
  }
  LedgerBuilder ledger = authorized_by(adopted, host, buyer);
  ledger.given(scene::newcomer("XCA-VVB", "XCA"), {"XCA", "XCA-2", "XCA-VVB"})
      .given(scene::verifier("XCA-VVB"), scene::both())
      .given("2028-06-01T09:30:00.000Z", scene::removal_issuance(1'000), scene::seller())
      .given("2028-11-01T09:30:00.000Z", scene::reversal(100), {"XHA-CMO", "XCA-VVB"});
  return ledger;
}

// ---- issuance ----

LedgerBuilder without_identifier() {
  ApproachRules adopted = scene::rules();
  adopted.carp.reset();
  LedgerBuilder ledger = authorized_by(adopted, scene::host_grant(), scene::buyer_grant());
  ledger.given(host_grant_of("XHA-AUT-2", "XHA-SOLAR"), {"XHA"});
  return ledger;
}

LedgerBuilder where_issuance_transfers() {
  ApproachRules adopted = scene::rules_for_oimp();
  adopted.first_transfer = {{"XHA", Definition::issuance}};
  return authorized_by(adopted, scene::for_every_purpose(scene::host_grant()),
                       scene::for_every_purpose(scene::buyer_grant()));
}

// The setup, and then rules that ask for nothing of the cycle.
LedgerBuilder without_the_cycle(std::string_view setup) {
  ApproachRules adopted = scene::rules_of_the_cycle();
  adopted.version = 2;
  adopted.cycle.reset();
  LedgerBuilder ledger = after(setup);
  ledger.given(adopted, scene::both());
  return ledger;
}

TEST(Precedence, OfAnIssuance) {
  using Q = Question<UnitsIssued>;
  LedgerBuilder given = after("authorized");
  given.given(host_grant_of("XHA-AUT-2", "XHA-SOLAR"), {"XHA"})
      .given(scene::wind_account("XBA-FUND", "XHA99"), {"XHA-CMO", "XBA-FUND"});
  walk<UnitsIssued>(
      ask(given, "2028-06-01T09:30:00.000Z", scene::issuance()),
      {{"APR-8", end_the_approach<UnitsIssued>},
       {"RVS-6",
        [](Q& q) {
          ApproachRules adopted = scene::rules_for_oimp();
          adopted.first_transfer = {{"XHA", Definition::issuance}};
          q.ledger = reversed(adopted);
          q.body.activity = "XHA-FOREST";
        }},
       {"ACT-7",
        [](Q& q) {
          q.ledger = after("certified");
          q.ledger.given(ActivityClosed{"XHA-STOVES", ActivityClosed::How::closed, "over"},
                         scene::seller());
        }},
       {"MON-10", [](Q& q) { q.ledger = after("validated"); }},
       {"MON-11", [](Q& q) { q.body.monitoring = "NONE"; }},
       {"MON-12",
        [](Q& q) {
          q.ledger = after("verified");
          q.body.monitoring = "XHA-MON-1";
        }},
       {"MON-13",
        [](Q& q) {
          q.ledger = after("certified");
          q.body.activity = "XHA-STOVES";
          q.body.monitoring = "XHA-MON-1";
          q.body.period_to = story::on("2027-12-31");
          q.body.lots.front() = {1, 9'001, 2026, {}};
        }},
       {"MON-15",
        [](Q& q) {
          q.ledger = without_the_cycle("issued_cycle");
          q.body.activity = "XHA-STOVES";
        }},
       {"MON-16",
        [](Q& q) {
          q.ledger = without_the_cycle("certified");
          q.ledger.given(story::account("VERIFIER-2-XHA", "VERIFIER-2", "XHA99"),
                         {"XHA-CMO", "VERIFIER-2"});
          q.body.activity = "XHA-STOVES";
          q.body.account = "VERIFIER-2-XHA";
        }},
       {"AUT-4",
        [](Q& q) {
          q.ledger = where_issuance_transfers();
          q.body.activity = "XHA-STOVES";
        }},
       {"AUT-5", be_too_late<UnitsIssued>},
       {"AUT-6", [](Q& q) { q.body.account = "XHA-OTHER-XHA"; }},
       {"AUT-8", [](Q& q) { q.body.authorization.buyer.reset(); }},
       {"AUT-9", [](Q& q) { q.time = story::at("2031-01-05T09:00:00.000Z"); }},
       {"ISS-1", [](Q& q) { q.body.activity = "XHA-SOLAR"; }},
       {"ISS-2", [](Q& q) { q.ledger = without_identifier(); }},
       {"ISS-3", [](Q& q) { q.body.account = "XBA-FUND-XBA"; }},
       {"ISS-4", [](Q& q) { q.body.holder = "XHA"; }},
       {"ISS-5", [](Q& q) { q.body.lots.front().first = 2; }},
       {"ISS-6", [](Q& q) { q.body.quantity -= 1; }},
       {"ISS-7", [](Q& q) { q.body.lots.front().vintage = 2025; }},
       {"ISS-8", [](Q& q) { q.body.period_to = q.date; }},
       {"ISS-9", [](Q& q) { q.body.mitigation = Mitigation::removals; }},
       {"ISS-10", [](Q& q) { q.body.lots.front().underlying->first += 1; }},
       {"ISS-11",
        [](Q& q) {
          q.body.lots.back().underlying = UnitsIssued::Underlying{"GS", 108'999, 114'998};
        }},
       {"ISS-12", [](Q& q) { q.body.documents.front().access = Access::confidential; }},
       {"ISS-13", [](Q& q) { q.body.account = "XBA-FUND-MWH-XHA"; }}});
}

// ---- proceeds ----

// 3,000 units of which the first settlement left everything in the account.
ProceedsDeducted settlement() {
  ProceedsDeducted body = scene::settlement();
  body.gross = scene::units({{1, 3'000}});
  body.quantity = 3'000;
  body.taken = {scene::taken("omge", 2026, 2'791, 2'850),
                scene::taken("retained", 2026, 2'851, 3'000, "XHA-SHARE")};
  return body;
}

LedgerBuilder with_a_cap_of_ten() {
  AuthorizationGranted host = scene::host_grant();
  host.cap = 10;
  LedgerBuilder ledger = authorized_by(scene::rules(), host, scene::buyer_grant());
  ledger.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  return ledger;
}

LedgerBuilder settled_under_two_versions() {
  ApproachRules second = scene::rules();
  second.version = 2;
  LedgerBuilder ledger = after("settled");
  ledger.given(second, scene::both());
  return ledger;
}

TEST(Precedence, OfProceeds) {
  using Q = Question<ProceedsDeducted>;
  walk<ProceedsDeducted>(ask(after("issued"), "2028-11-20T09:55:00.000Z", settlement()),
                         {{"APR-8", end_the_approach<ProceedsDeducted>},
                          {"RVS-6",
                           [](Q& q) {
                             q.ledger = reversed(scene::rules());
                             q.body = settlement();
                             q.body.gross = scene::units({{1, 100}});
                           }},
                          {"AUT-4",
                           [](Q& q) {
                             q.ledger = with_a_cap_of_ten();
                             q.body.rules = 1;
                           }},
                          {"AUT-5", be_too_late<ProceedsDeducted>},
                          {"PRO-1", [](Q& q) { q.body.party = "XBA"; }},
                          {"PRO-2", [](Q& q) { q.body.account = "XBA-FUND-XBA"; }},
                          {"PRO-3",
                           [](Q& q) {
                             q.body.gross = scene::units({{1, 3'000}, {20'000, 20'000}});
                           }},
                          {"PRO-3", [](Q& q) { q.body.account = "XHA-OTHER-XHA"; }},
                          {"PRO-4",
                           [](Q& q) {
                             q.ledger = settled_under_two_versions();
                             q.body.rules = 2;
                           }},
                          {"PRO-5", [](Q& q) { q.ledger = after("settled"); }},
                          {"PRO-6", [](Q& q) { q.body.quantity -= 1; }},
                          {"PRO-7", [](Q& q) { q.body.taken.pop_back(); }},
                          {"LCK-1", [](Q& q) {
                             freeze(q, "XBA-FUND-XHA", {{1, 1}});
                           }}});
}

// ---- transfer ----

TEST(Precedence, OfATransfer) {
  using Q = Question<UnitsTransferred>;
  LedgerBuilder given = after("settled");
  given.given(host_grant_of("XHA-AUT-2", "XHA-SOLAR"), {"XHA"})
      .given(story::account("XHA-OTHER-XBA", "XHA-OTHER", "XBA99"), {"XBA", "XHA-OTHER"})
      .given(scene::wind_account("XBA-FUND", "XBA99"), {"XBA", "XBA-FUND"});
  walk<UnitsTransferred>(
      ask(given, "2028-11-21T10:00:00.000Z", scene::transfer({{1, 3'726}})),
      {{"APR-8", end_the_approach<UnitsTransferred>},
       {"RVS-6",
        [](Q& q) {
          q.ledger = reversed(scene::rules_for_oimp());
          q.body = scene::transfer({{1, 100}});
        }},
       {"AUT-4",
        [](Q& q) {
          q.body.units = scene::units({{1, 15'000}});
        }},
       {"AUT-5", be_too_late<UnitsTransferred>},
       {"AUT-6", [](Q& q) { q.body.to.account = "XHA-OTHER-XBA"; }},
       {"AUT-7", [](Q& q) { q.body.purpose = Purpose::op; }},
       {"AUT-8", [](Q& q) { q.body.authorization.buyer = "XHA-AUT-1"; }},
       {"PRO-8",
        [](Q& q) {
          q.body.to.account = "XBA-FUND-XBA";
          q.body.units =
              scene::units({{1, 3'726}, {3'808, 4'007}, {5'000, 5'000}, {20'000, 20'000}});
        }},
       {"LCK-1",
        [](Q& q) {
          freeze(q, "XBA-FUND-XHA", {{1, 1}});
        }},
       {"TRF-1", [](Q& q) { q.body.to.account = "NOWHERE"; }},
       {"TRF-2", [](Q& q) { q.body.to.name = "Fictional Fund"; }},
       {"TRF-3",
        [](Q& q) {
          q.body.units = scene::units({{1, 3'726}, {3'808, 4'007}, {20'000, 20'000}});
        }},
       {"TRF-3",
        [](Q& q) {
          q.body.units = scene::units({{1, 3'726}, {3'808, 4'007}});
        }},
       {"TRF-4", [](Q& q) { q.body.quantity -= 1; }},
       {"TRF-5", [](Q& q) { q.body.authorization.host = "XHA-AUT-2"; }},
       {"TRF-6", [](Q& q) { q.body.method = Method::averaging; }},
       {"TRF-7", [](Q& q) { q.body.executed_on = story::on("2027-01-01"); }},
       {"TRF-8", [](Q& q) { q.body.to.account = "XBA-FUND-MWH-XBA"; }}});
}

// ---- use and cancellation ----

// The setup, act by act, but that XBA's NDC is in MWh.
LedgerBuilder with_another_ndc(const std::string& name) {
  const scene::Setup& setup = scene::setup(name);
  LedgerBuilder ledger = setup.after.empty() ? LedgerBuilder() : with_another_ndc(setup.after);
  for (const auto& act : setup.acts) {
    Body body = act.event.body;
    auto* ndc = std::get_if<NdcDeclared>(&body);
    if (ndc != nullptr && ndc->party == "XBA") ndc->metric = scene::megawatt_hours;
    ledger.given(format_timestamp(act.time), body, act.signers);
  }
  return ledger;
}

LedgerBuilder where_the_buyer_counts_megawatt_hours() {
  return with_another_ndc("transferred");
}

// XBA's entity holds units of two approaches: 1 to 3,726 of XHA-XBA, 15,001 to 15,100 of XHA-XCA.
LedgerBuilder of_two_approaches() {
  ApproachRules adopted = scene::rules_for_oimp();
  adopted.approach = "XHA-XCA";
  adopted.carp = "CA9902";
  adopted.both_authorize = false;
  adopted.objection_days = 0;
  AuthorizationGranted host = host_grant_of("XHA-AUT-3", "XHA-WIND");
  host.approach = "XHA-XCA";
  host.parties.clear();
  host.entities.clear();
  host.change_terms.consent.clear();
  UnitsIssued issuance = scene::issuance();
  issuance.activity = "XHA-WIND";
  issuance.authorization = {"XHA-AUT-3", {}};
  issuance.lots = {{15'001, 15'100, 2026, {}}};
  issuance.quantity = 100;
  UnitsTransferred transfer = scene::transfer({{15'001, 15'100}});
  transfer.authorization = {"XHA-AUT-3", {}};
  LedgerBuilder ledger = after("transferred");
  ledger.given(adopted, {"XHA", "XCA"})
      .given(host, {"XHA"})
      .given(issuance, scene::seller())
      .given(transfer, scene::three());
  return ledger;
}

// Under use or cancellation as the definition: 1 to 200 went to the fund, which sent 1 to 100 home.
LedgerBuilder by_way_of_the_fund() {
  UnitsTransferred to_fund = scene::transfer({{1, 200}});
  to_fund.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  to_fund.authorization.buyer.reset();
  UnitsTransferred home = scene::transfer({{1, 100}});
  home.from = to_fund.to;
  home.to = {"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
  home.authorization.buyer.reset();
  LedgerBuilder ledger = after("issued_oimp");
  ledger.given(to_fund, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"})
      .given(home, {"AF", "XCA", "XCA-2", "XHA-CMO", "XHA"});
  return ledger;
}

template <class E>
void put(Question<E>& q, const LedgerBuilder& ledger, const Id& account, scene::Closed closed) {
  q.ledger = ledger;
  q.body.account = account;
  q.body.units = scene::units(std::move(closed));
}

TEST(Precedence, OfAUse) {
  using Q = Question<UnitsUsed>;
  const LedgerBuilder two = of_two_approaches(), fund = by_way_of_the_fund();
  const auto count = [](Q& q) { q.body.quantity = q.body.units.ranges.quantity(); };
  walk<UnitsUsed>(ask(two, "2029-03-01T10:00:00.000Z", scene::use({{1, 1'000}})),
                  {{"APR-8",
                    [](Q& q) {
                      put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 100}});
                      q.body.purpose = Purpose::imp;
                      end_the_approach(q);
                    }},
                   {"RVS-6",
                    [](Q& q) {
                      put(q, reversed(scene::rules_for_oimp()), "XBA-FUND-XHA", {{1, 100}});
                      q.body.purpose = Purpose::imp;
                    }},
                   {"AUT-4",
                    [](Q& q) {
                      put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 15'000}});
                      q.body.purpose = Purpose::imp;
                    }},
                   {"AUT-5",
                    [](Q& q) {
                      put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 100}});
                      q.body.purpose = Purpose::imp;
                      be_too_late(q);
                    }},
                   {"AUT-6", [](Q& q) { q.body.user = "XHA-OTHER"; }},
                   {"AUT-7", [](Q& q) { q.body.purpose = Purpose::imp; }},
                   {"AUT-9", be_too_late<UnitsUsed>},
                   {"PRO-8",
                    [](Q& q) {
                      q.body.units = scene::units({{1, 1'000}, {5'000, 5'000}});
                    }},
                   {"LCK-1",
                    [](Q& q) {
                      freeze(q, "XBA-FUND-XBA", {{1, 1}});
                    }},
                   {"USE-1", [](Q& q) { q.body.party = "XHA"; }},
                   {"USE-2", [](Q& q) { q.body.user_name = "XBA"; }},
                   {"USE-3",
                    [](Q& q) {
                      q.body.units = scene::units({{1, 100}, {3'808, 4'007}, {20'000, 20'000}});
                    }},
                   {"USE-3",
                    [](Q& q) {
                      q.body.units = scene::units({{1, 100}, {3'808, 4'007}});
                    }},
                   {"USE-4", [](Q& q) { q.body.quantity += 1; }},
                   {"USE-4",
                    [&](Q& q) {
                      put(q, two, "XBA-FUND-XBA", {{1, 100}, {15'001, 15'100}});
                      q.body.party = q.body.user = "XBA";
                      q.body.user_name = "Government of XBA";
                      count(q);
                    }},
                   {"USE-5", [](Q& q) { q.body.year.reset(); }},
                   {"USE-6",
                    [&](Q& q) {
                      put(q, fund, "XBA-FUND-XHA", {{201, 300}});
                      q.body.party = q.body.user = "XHA";
                      q.body.user_name = "Government of XHA";
                      count(q);
                    }},
                   {"USE-7", [](Q& q) { q.body.year = 2035; }},
                   {"USE-8", [](Q& q) { q.body.year = 2028; }},
                   {"USE-9", [](Q& q) { q.body.first_transfer = true; }},
                   {"USE-10",
                    [&](Q& q) {
                      put(q, fund, "XHA-SHARE", {{1, 100}});
                      q.body.party = q.body.user = "XHA";
                      q.body.user_name = "Government of XHA";
                      count(q);
                    }},
                   {"USE-11",
                    [](Q& q) {
                      q.ledger.given(scene::finding("F-1", {{501, 600}}), {"XBA"});
                    }},
                   {"USE-12", [](Q& q) { q.ledger = where_the_buyer_counts_megawatt_hours(); }}});
}

TEST(Precedence, OfACancellation) {
  using Q = Question<UnitsCancelled>;
  using Reason = UnitsCancelled::Reason;
  const LedgerBuilder two = of_two_approaches(), fund = by_way_of_the_fund();
  LedgerBuilder sold = after("issued_oimp");
  sold.given(scene::transfer({{1, 100}}), scene::three());
  walk<UnitsCancelled>(
      ask(two, "2029-03-01T10:00:00.000Z", scene::cancellation({{1, 100}})),
      {{"APR-8",
        [](Q& q) {
          put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 100}});
          q.body.purpose = Reason::op;
          end_the_approach(q);
        }},
       {"RVS-6",
        [](Q& q) {
          put(q, reversed(scene::rules_for_oimp()), "XBA-FUND-XHA", {{1, 100}});
          q.body.purpose = Reason::op;
        }},
       {"AUT-4",
        [](Q& q) {
          put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 15'000}});
          q.body.purpose = Reason::op;
        }},
       {"AUT-5",
        [](Q& q) {
          put(q, after("issued_oimp"), "XBA-FUND-XHA", {{1, 100}});
          q.body.purpose = Reason::op;
          be_too_late(q);
        }},
       {"AUT-6",
        [&](Q& q) {
          put(q, fund, "AF-ACC", {{101, 200}});
          q.body.purpose = Reason::op;
        }},
       {"AUT-7",
        [&](Q& q) {
          put(q, two, "XBA-FUND-XBA", {{1, 100}});
          q.body.purpose = Reason::op;
        }},
       {"AUT-9",
        [&](Q& q) {
          put(q, sold, "XBA-FUND-XBA", {{1, 100}});
          q.body.purpose = Reason::op;
          be_too_late(q);
        }},
       {"PRO-8",
        [](Q& q) {
          q.body.units = scene::units({{1, 100}, {5'000, 5'000}});
        }},
       {"LCK-1",
        [](Q& q) {
          freeze(q, "XBA-FUND-XBA", {{1, 1}});
        }},
       {"CAN-1", [](Q& q) { q.body.party = "XHA"; }},
       {"CAN-2",
        [](Q& q) {
          q.body.units = scene::units({{1, 100}, {3'808, 4'007}, {20'000, 20'000}});
        }},
       {"CAN-2",
        [](Q& q) {
          q.body.units = scene::units({{1, 100}, {3'808, 4'007}});
        }},
       {"CAN-3", [](Q& q) { q.body.quantity += 1; }},
       {"CAN-3",
        [](Q& q) {
          q.body.units = scene::units({{1, 100}, {15'001, 15'100}});
          q.body.quantity = 200;
        }},
       {"CAN-4", [](Q& q) { q.body.first_transfer = true; }},
       {"CAN-5", [](Q& q) { q.body.purpose = Reason::domestic; }},
       {"RVS-7", [](Q& q) { q.body.purpose = Reason::reversal; }}});
}

// ---- assignment ----

const char* const attached_at = "2029-03-01T10:00:00.000Z";

// XHA-AUT-2 to XHA-AUT-5: the last three fit no unit of XHA-STOVES, each in another way.
LedgerBuilder with_other_grants() {
  LedgerBuilder ledger = after("assigned");
  AuthorizationGranted late = scene::second_grant(), elsewhere = late;
  late.id = "XHA-AUT-4";
  late.vintage_from = 2027;
  elsewhere.id = "XHA-AUT-5";
  elsewhere.underlying_registries = {"VCS"};
  ledger.given(host_grant_of("XHA-AUT-3", "XHA-SOLAR"), {"XHA"})
      .given(late, {"XHA"})
      .given(elsewhere, {"XHA"});
  return ledger;
}

// Where attaching to XHA-AUT-2 is a first transfer: a forest, of which some is reversed.
LedgerBuilder reversed_before_attaching() {
  ApproachRules adopted = scene::rules_for_oimp();
  adopted.first_transfer = {{"XHA", Definition::issuance}};
  LedgerBuilder ledger = authorized_by(adopted, scene::removal_grant(), scene::buyer_grant());
  AuthorizationGranted second = scene::for_every_purpose(scene::removal_grant());
  second.id = "XHA-AUT-2";
  ledger.given(second, {"XHA"})
      .given(scene::newcomer("XCA-VVB", "XCA"), {"XCA", "XCA-2", "XCA-VVB"})
      .given(scene::verifier("XCA-VVB"), scene::both())
      .given("2028-06-01T09:30:00.000Z", scene::removal_issuance(1'000), scene::seller())
      .given("2028-11-01T09:30:00.000Z", scene::reversal(100), {"XHA-CMO", "XCA-VVB"});
  return ledger;
}

LedgerBuilder attached_for_oimp() {
  LedgerBuilder ledger = after("issued_defined");
  UnitsAssigned attached = scene::attachment({{1, 100}});
  attached.first_transfer = true;
  ledger.given("2028-11-20T10:00:00.000Z", scene::release({{1, 100}}), scene::both())
      .given(attached, {"XHA"});
  return ledger;
}

LedgerBuilder where_changes_reach_no_units() {
  AuthorizationGranted host = scene::host_grant();
  host.change_terms.until = AuthorizationGranted::ChangeTerms::Until::issuance;
  LedgerBuilder ledger = authorized_by(scene::rules(), host, scene::buyer_grant());
  ledger.given("2028-06-01T09:30:00.000Z", scene::issuance(), scene::seller());
  return ledger;
}

TEST(Precedence, OfAnAssignment) {
  using Q = Question<UnitsAssigned>;
  const LedgerBuilder given = with_other_grants();
  const auto attach = [](Q& q, const LedgerBuilder& ledger, scene::Closed closed,
                         const Id& host = "XHA-AUT-2") {
    q.ledger = ledger;
    q.body = scene::attachment(std::move(closed));
    q.body.authorization.host = host;
  };
  walk<UnitsAssigned>(
      ask(given, attached_at, scene::attachment({{501, 1'000}})),
      {{"APR-8", end_the_approach<UnitsAssigned>},
       {"RVS-6",
        [&](Q& q) {
          attach(q, reversed_before_attaching(), {{1, 100}});
        }},
       {"AUT-4",
        [&](Q& q) {
          attach(q, after("issued_defined"), {{1, 5'001}});
        }},
       {"AUT-5", be_too_late<UnitsAssigned>},
       {"AUT-6", [](Q& q) { q.body.account = "XHA-OTHER-XHA"; }},
       {"AUT-8", [](Q& q) { q.body.authorization.buyer.reset(); }},
       {"AUT-9", [](Q& q) { q.time = story::at("2031-06-01T09:00:00.000Z"); }},
       {"ASN-1", [](Q& q) { q.body.party = "XBA"; }},
       {"ASN-2",
        [](Q& q) {
          q.body.units = scene::units({{501, 1'000}, {3'808, 4'007}, {20'000, 20'000}});
        }},
       {"ASN-2",
        [&](Q& q) {
          attach(q, given, {{501, 1'000}, {3'808, 4'007}});
        }},
       {"ASN-3", [](Q& q) { q.body.quantity += 1; }},
       {"ASN-4",
        [&](Q& q) {
          attach(q, attached_for_oimp(), {{1, 100}});
        }},
       {"ASN-5",
        [&](Q& q) {
          attach(q, given, {{1, 100}});
        }},
       {"ASN-6",
        [&](Q& q) {
          attach(q, given, {{501, 1'000}}, "XHA-AUT-3");
        }},
       {"ASN-7",
        [&](Q& q) {
          attach(q, given, {{501, 1'000}}, "XHA-AUT-4");
        }},
       {"ASN-8",
        [&](Q& q) {
          attach(q, given, {{501, 1'000}}, "XHA-AUT-5");
        }},
       {"ASN-9", [](Q& q) { q.body.first_transfer = true; }},
       {"ASN-10",
        [](Q& q) {
          q.ledger = where_changes_reach_no_units();
          q.body = scene::release({{501, 1'000}});
        }},
       {"LCK-1", [](Q& q) {
          freeze(q, "XBA-FUND-XHA", {{501, 501}});
        }}});
}

// ---- adjustment and withdrawal ----

TEST(Precedence, OfAnAdjustment) {
  using Q = Question<AdjustmentApplied>;
  const LedgerBuilder given = after("used");
  walk<AdjustmentApplied>(
      ask(given, "2029-10-01T09:00:00.000Z",
          scene::adjustment("XHA", 2026, 1, 3'807, 0, given.machine().size() - 1)),
      {{"ADJ-1", [](Q& q) { q.body.year = 2050; }},
       {"ADJ-2", [](Q& q) { q.body.version = 5; }},
       {"ADJ-3", [](Q& q) { q.body.method = Method::averaging; }},
       {"ADJ-4", [](Q& q) { q.body.as_of = 0; }},
       {"ADJ-5", [](Q& q) { q.body.used = 1; }},
       {"ADJ-6", [](Q& q) { q.body.amount_num = -1; }}});
}

TEST(Precedence, OfTakingASignatureBack) {
  using Q = Question<SignatureWithdrawn>;
  const SignatureWithdrawn body{{}, "draft"};
  walk<SignatureWithdrawn>(ask(after("settled"), "2028-11-21T10:00:00.000Z", body, {"XBA"}),
                           {{"WDR-1", [](Q& q) { q.body.id = "opened-1"; }},
                            {"WDR-2", [](Q& q) { q.signers = scene::both(); }},
                            {"WDR-3", [&](Q& q) { q.ledger.given(body, {"XBA"}); }}});
}

}  // namespace
}  // namespace rules
