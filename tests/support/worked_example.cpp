#include "tests/support/worked_example.hpp"

namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

constexpr const char* home = "XBA-FUND-XHA";

class Teller {
 public:
  Teller(const WorkedExample& example, const Admits& admits, const Says& says)
      : example_(example), admits_(admits), say_(says) {}

  void tell() {
    tell_beginnings();
    tell_agreement();
    tell_blocks();
    tell_uses();
    tell_inventories("XHA", {58'400'000, 58'100'000, 57'600'000, 57'000'000, 56'300'000});
    tell_inventories("XBA", {41'000'000, 40'200'000, 39'500'000, 38'600'000, 37'900'000});
  }

 private:
  void tell_beginnings() {
    say_("Entities, accounts and the NDCs of both Parties");
    admits_("2026-12-01T08:00:00.000Z", newcomer("XBA-FUND", "XBA"), {"XBA", "XBA-FUND"});
    admits_("2026-12-01T08:01:00.000Z", newcomer("XBA-AIR", "XBA"), {"XBA", "XBA-AIR"});
    admits_("2026-12-01T08:02:00.000Z", newcomer("AF", "XCA"), {"XCA", "XCA-2", "AF"});
    const auto open = [&](const AccountOpened& account, Signers signers) {
      admits_("2026-12-01T09:00:00.000Z", account, std::move(signers));
    };
    open(story::account(home, "XBA-FUND", "XHA99"), {"XHA", "XBA-FUND"});
    open(story::account("XBA-FUND-XBA", "XBA-FUND", "XBA99"), {"XBA", "XBA-FUND"});
    open(story::account("AIR-XHA", "XBA-AIR", "XHA99"), {"XHA", "XBA-AIR"});
    open(story::account("AF-ACC", "AF", "XCA99", AccountKind::fund), {"XCA", "XCA-2", "AF"});
    const auto declare = [&](const char* party, const std::pair<Year, Year>& period) {
      NdcDeclared ndc = story::ndc(party, period.first, period.second);
      ndc.type = example_.type;
      ndc.method = example_.method;
      admits_("2026-12-01T10:00:00.000Z", ndc, {party});
    };
    for (const auto& period : example_.of_host) declare("XHA", period);
    declare("XBA", {2026, 2030});
  }

  void tell_agreement() {
    say_("An approach of definition issuance; XHA authorizes NDC use, and IMP and OP apart");
    admits_("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), both());
    ApproachRules rules = rules_for_oimp();
    rules.first_transfer = {{"XHA", Definition::issuance}};
    rules.both_authorize = false;
    admits_("2026-12-11T09:00:00.000Z", rules, both());
    AuthorizationGranted grant = host_grant();
    grant.cap.reset();
    grant.entities.insert(
        grant.entities.begin(),
        {"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}});
    grant.vintage_to = 2030;
    grant.issue_until = story::on("2032-12-31");
    grant.use_until = story::on("2033-12-31");
    grant.ndc_periods = {{2026, 2030}};
    admits_("2027-01-10T10:00:00.000Z", grant, {"XHA"});
    grant.id = "XHA-OIMP-1";
    grant.purposes = {Purpose::imp, Purpose::op};
    grant.oimp = "CORSIA";
    grant.ndc_periods.clear();
    admits_("2027-01-11T10:00:00.000Z", grant, {"XHA"});
  }

  void issue(std::string_view time, Year vintage, std::int64_t quantity, bool oimp = false) {
    UnitsIssued body = issuance();
    body.authorization = {oimp ? "XHA-OIMP-1" : "XHA-AUT-1", std::nullopt};
    body.account = oimp ? "AIR-XHA" : home;
    body.holder = oimp ? "XBA-AIR" : "XBA-FUND";
    body.period_from = make_date(vintage, 1, 1);
    body.period_to = make_date(vintage, 12, 31);
    body.quantity = quantity;
    body.lots = {{issued_ + 1, issued_ + quantity, vintage, {}}};
    issued_ += quantity;
    admits_(time, body, {"XHA"});
  }

  void transfer(std::string_view time, Closed closed, Year vintage) {
    UnitsTransferred body = scene::transfer(std::move(closed), vintage);
    body.from.account = home;
    body.authorization.buyer.reset();
    body.method = example_.method;
    admits_(time, body, {"XBA-FUND", "XHA", "XBA"});
  }

  void use(std::string_view time, Closed closed, Year year) {
    UnitsUsed body = scene::use(std::move(closed));
    body.year = year;
    admits_(time, body, user());
  }

  void tell_blocks() {
    say_("B1");
    issue("2027-05-09T09:00:00.000Z", 2026, 10'000);
    transfer("2027-05-10T09:00:00.000Z", {{1, 10'000}}, 2026);
    say_("B2");
    issue("2028-06-01T09:00:00.000Z", 2027, 12'000);
    transfer("2028-06-02T09:00:00.000Z", {{10'001, 22'000}}, 2027);
    say_("B3, and B4 for other purposes: its issuance is its first transfer");
    issue("2029-02-28T09:00:00.000Z", 2028, 14'000);
    issue("2029-03-01T09:00:00.000Z", 2028, 3'000, true);
    transfer("2029-04-18T09:00:00.000Z", {{22'001, 36'000}}, 2028);
    say_("The airline uses B4");
    admits_("2029-05-01T09:00:00.000Z",
            use_for_imp({{36'001, 39'000}}, false, "AIR-XHA", "XBA-AIR"), {"XBA-AIR", "XHA"});
    say_("B5");
    issue("2030-07-08T09:00:00.000Z", 2029, 20'000);
    transfer("2030-07-09T09:00:00.000Z", {{39'001, 59'000}}, 2029);
    say_("B6; B7 is cancelled for OMGE, B8 goes to the Adaptation Fund");
    issue("2031-03-14T09:00:00.000Z", 2030, 17'120);
    transfer("2031-03-15T09:00:00.000Z", {{59'001, 75'000}}, 2030);
    UnitsCancelled omge = cancellation({{75'001, 75'320}});
    omge.account = home;
    omge.party = "XHA";
    omge.purpose = UnitsCancelled::Reason::omge;
    omge.first_transfer = true;
    admits_("2031-03-15T10:00:00.000Z", omge, {"XBA-FUND", "XHA"});
    UnitsTransferred gift = scene::transfer({{75'321, 76'120}}, 2030);
    gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
    gift.authorization.buyer.reset();
    gift.method = example_.method;
    admits_("2031-03-15T11:00:00.000Z", gift, {"XBA-FUND", "XHA", "XCA", "XCA-2"});
  }

  void tell_uses() {
    say_("XBA uses B1 for 2028, B2 for 2029, the rest for 2030 but for 2,500 that it holds");
    use("2031-06-01T09:00:00.000Z", {{1, 10'000}}, 2028);
    use("2031-06-01T10:00:00.000Z", {{10'001, 22'000}}, 2029);
    use("2031-06-01T11:00:00.000Z", {{22'001, 36'000}, {39'001, 57'500}, {59'001, 74'000}}, 2030);
  }

  void tell_inventories(const Id& party, const std::vector<std::int64_t>& values) {
    say_("The emissions of " + party);
    for (std::size_t i = 0; i < values.size(); ++i) {
      InventoryReported body;
      body.party = party;
      body.year = 2026 + static_cast<Year>(i);
      body.version = 1;
      body.metric = "GHG";
      body.value = values[i];
      body.documents = {story::document("inventory " + party, "inventory report")};
      admits_("2032-06-01T09:00:00.000Z", body, {party});
    }
  }

  const WorkedExample& example_;
  const Admits& admits_;
  const Says& say_;
  Serial issued_ = 0;
};

}  // namespace

void tell_worked_example(const WorkedExample& example, const Admits& admits, const Says& says) {
  Teller(example, admits, says).tell();
}

}  // namespace test_support::scene
