// Two Parties over five years: eight blocks, their uses and the emissions of both, with a
// trajectory and with averages.
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

constexpr const char* home = "XBA-FUND-XHA";

// The history; the method is that of both Parties' NDCs of 2026 to 2030.
class Example {
 public:
  Example(Stream& stream, NdcType type, Method method)
      : stream_(stream), type_(type), method_(method) {}

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
    stream_.begin("opened");
    stream_.say("Entities, accounts and the NDCs of both Parties");
    stream_.admits("2026-12-01T08:00:00.000Z", scene::newcomer("XBA-FUND", "XBA"),
                   {"XBA", "XBA-FUND"});
    stream_.admits("2026-12-01T08:01:00.000Z", scene::newcomer("XBA-AIR", "XBA"),
                   {"XBA", "XBA-AIR"});
    stream_.admits("2026-12-01T08:02:00.000Z", scene::newcomer("AF", "XCA"),
                   {"XCA", "XCA-2", "AF"});
    const auto open = [&](const AccountOpened& account, scene::Signers signers) {
      stream_.admits("2026-12-01T09:00:00.000Z", account, std::move(signers));
    };
    open(story::account(home, "XBA-FUND", "XHA99"), {"XHA", "XBA-FUND"});
    open(story::account("XBA-FUND-XBA", "XBA-FUND", "XBA99"), {"XBA", "XBA-FUND"});
    open(story::account("AIR-XHA", "XBA-AIR", "XHA99"), {"XHA", "XBA-AIR"});
    open(story::account("AF-ACC", "AF", "XCA99", AccountKind::fund), {"XCA", "XCA-2", "AF"});
    for (const char* party : {"XHA", "XBA"}) {
      NdcDeclared ndc = story::ndc(party, 2026, 2030);
      ndc.type = type_;
      ndc.method = method_;
      stream_.admits("2026-12-01T10:00:00.000Z", ndc, {party});
    }
  }

  void tell_agreement() {
    stream_.say("An approach of definition issuance; XHA authorizes NDC use, and IMP and OP apart");
    stream_.admits("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"),
                   scene::both());
    ApproachRules rules = scene::rules_for_oimp();
    rules.first_transfer = {{"XHA", Definition::issuance}};
    rules.both_authorize = false;
    stream_.admits("2026-12-11T09:00:00.000Z", rules, scene::both());
    AuthorizationGranted grant = scene::host_grant();
    grant.cap.reset();
    grant.entities.insert(
        grant.entities.begin(),
        {"XBA-AIR", {ledger::Act::transfer, ledger::Act::acquire, ledger::Act::use}});
    grant.vintage_to = 2030;
    grant.issue_until = story::on("2032-12-31");
    grant.use_until = story::on("2033-12-31");
    grant.ndc_periods = {{2026, 2030}};
    stream_.admits("2027-01-10T10:00:00.000Z", grant, {"XHA"});
    grant.id = "XHA-OIMP-1";
    grant.purposes = {Purpose::imp, Purpose::op};
    grant.oimp = "CORSIA";
    grant.ndc_periods.clear();
    stream_.admits("2027-01-11T10:00:00.000Z", grant, {"XHA"});
  }

  void issue(std::string_view time, Year vintage, std::int64_t quantity, bool oimp = false) {
    UnitsIssued body = scene::issuance();
    body.authorization = {oimp ? "XHA-OIMP-1" : "XHA-AUT-1", std::nullopt};
    body.account = oimp ? "AIR-XHA" : home;
    body.holder = oimp ? "XBA-AIR" : "XBA-FUND";
    body.period_from = make_date(vintage, 1, 1);
    body.period_to = make_date(vintage, 12, 31);
    body.quantity = quantity;
    body.lots = {{issued_ + 1, issued_ + quantity, vintage, {}}};
    issued_ += quantity;
    stream_.admits(time, body, {"XHA"});
  }

  void transfer(std::string_view time, scene::Closed closed, Year vintage) {
    UnitsTransferred body = scene::transfer(std::move(closed), vintage);
    body.from.account = home;
    body.authorization.buyer.reset();
    body.method = method_;
    stream_.admits(time, body, {"XBA-FUND", "XHA", "XBA"});
  }

  void use(std::string_view time, scene::Closed closed, Year year) {
    UnitsUsed body = scene::use(std::move(closed));
    body.year = year;
    stream_.admits(time, body, scene::user());
  }

  void tell_blocks() {
    stream_.say("B1");
    issue("2027-05-09T09:00:00.000Z", 2026, 10'000);
    transfer("2027-05-10T09:00:00.000Z", {{1, 10'000}}, 2026);
    stream_.say("B2");
    issue("2028-06-01T09:00:00.000Z", 2027, 12'000);
    transfer("2028-06-02T09:00:00.000Z", {{10'001, 22'000}}, 2027);
    stream_.say("B3, and B4 for other purposes: its issuance is its first transfer");
    issue("2029-02-28T09:00:00.000Z", 2028, 14'000);
    issue("2029-03-01T09:00:00.000Z", 2028, 3'000, true);
    transfer("2029-04-18T09:00:00.000Z", {{22'001, 36'000}}, 2028);
    stream_.say("The airline uses B4");
    stream_.admits("2029-05-01T09:00:00.000Z",
                   scene::use_for_imp({{36'001, 39'000}}, false, "AIR-XHA", "XBA-AIR"),
                   {"XBA-AIR", "XHA"});
    stream_.say("B5");
    issue("2030-07-08T09:00:00.000Z", 2029, 20'000);
    transfer("2030-07-09T09:00:00.000Z", {{39'001, 59'000}}, 2029);
    stream_.say("B6; B7 is cancelled for OMGE, B8 goes to the Adaptation Fund");
    issue("2031-03-14T09:00:00.000Z", 2030, 17'120);
    transfer("2031-03-15T09:00:00.000Z", {{59'001, 75'000}}, 2030);
    UnitsCancelled omge = scene::cancellation({{75'001, 75'320}});
    omge.account = home;
    omge.party = "XHA";
    omge.purpose = UnitsCancelled::Reason::omge;
    omge.first_transfer = true;
    stream_.admits("2031-03-15T10:00:00.000Z", omge, {"XBA-FUND", "XHA"});
    UnitsTransferred gift = scene::transfer({{75'321, 76'120}}, 2030);
    gift.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
    gift.authorization.buyer.reset();
    gift.method = method_;
    stream_.admits("2031-03-15T11:00:00.000Z", gift, {"XBA-FUND", "XHA", "XCA", "XCA-2"});
  }

  void tell_uses() {
    stream_.say("XBA uses B1 for 2028, B2 for 2029, the rest for 2030 but for 2,500 that it holds");
    use("2031-06-01T09:00:00.000Z", {{1, 10'000}}, 2028);
    use("2031-06-01T10:00:00.000Z", {{10'001, 22'000}}, 2029);
    use("2031-06-01T11:00:00.000Z", {{22'001, 36'000}, {39'001, 57'500}, {59'001, 74'000}}, 2030);
  }

  void tell_inventories(const Id& party, const std::vector<std::int64_t>& values) {
    stream_.say("The emissions of " + party);
    for (std::size_t i = 0; i < values.size(); ++i) {
      InventoryReported body;
      body.party = party;
      body.year = 2026 + static_cast<Year>(i);
      body.version = 1;
      body.metric = "GHG";
      body.value = values[i];
      body.documents = {story::document("inventory " + party, "inventory report")};
      stream_.admits("2032-06-01T09:00:00.000Z", body, {party});
    }
  }

  Stream& stream_;
  NdcType type_;
  Method method_;
  Serial issued_ = 0;
};

const Json& units() {
  static const Json figures = R"({
      "accounts": {"AF-ACC": 800, "XBA-FUND-XBA": 2500},
      "parties": {
        "XHA": {"first_transferred": {"2026": 10000, "2027": 12000, "2028": 17000, "2029": 20000,
                                      "2030": 17120}},
        "XBA": {"used": {"2028": 10000, "2029": 12000, "2030": 47500}}},
      "activities": {"XHA-STOVES": {
        "2026": {"issued": 10000, "held": 0, "used": 10000, "cancelled": 0,
                 "first_transferred": 10000},
        "2027": {"issued": 12000, "held": 0, "used": 12000, "cancelled": 0,
                 "first_transferred": 12000},
        "2028": {"issued": 17000, "held": 0, "used": 17000, "cancelled": 0,
                 "first_transferred": 17000},
        "2029": {"issued": 20000, "held": 1500, "used": 18500, "cancelled": 0,
                 "first_transferred": 20000},
        "2030": {"issued": 17120, "held": 1800, "used": 15000, "cancelled": 320,
                 "first_transferred": 17120}}}})"_json;
  return figures;
}

AdjustmentApplied statement(const Stream& stream, const Id& party, Year year, std::int64_t first,
                            std::int64_t used, std::pair<std::int64_t, std::int64_t> amount,
                            Method method) {
  AdjustmentApplied body = scene::adjustment(party, year, 1, first, used, stream.last());
  body.amount_num = amount.first;
  body.amount_den = amount.second;
  body.method = method;
  return body;
}

Stream with_trajectory() {
  Stream stream("worked-example",
                "Multi-year NDCs of 2026 to 2030: balances are emissions plus first transfers by "
                "vintage less uses by declared year. 76,120 first transferred less 69,500 used are "
                "6,620 = 1,500 + 1,000 held + 3,000 OIMP + 320 OMGE + 800 for the Fund.");
  Example(stream, NdcType::multi_year, Method::trajectory).tell();
  stream.say("Both record their adjustments of 2028");
  stream.admits("2032-07-01T09:00:00.000Z",
                statement(stream, "XHA", 2028, 17'000, 0, {17'000, 1}, Method::trajectory),
                {"XHA"});
  stream.admits("2032-07-01T10:00:00.000Z",
                statement(stream, "XBA", 2028, 0, 10'000, {-10'000, 1}, Method::trajectory),
                {"XBA"});
  stream.say("A host adds: it never subtracts what it sold");
  stream.refuses("ADJ-6", "2032-07-01T11:00:00.000Z",
                 statement(stream, "XHA", 2029, 20'000, 0, {-20'000, 1}, Method::trajectory),
                 {"XHA"});
  Json figures = units();
  figures["parties"]["XHA"]["recorded"]["2028"] =
      R"({"version": 1, "first_transferred": 17000, "used": 0})"_json;
  figures["parties"]["XBA"]["recorded"]["2028"] =
      R"({"version": 1, "first_transferred": 0, "used": 10000})"_json;
  figures["balances"] = R"({
      "XHA": {"2026": "58410000", "2027": "58112000", "2028": "57617000", "2029": "57020000",
              "2030": "56317120"},
      "XBA": {"2026": "41000000", "2027": "40200000", "2028": "39490000", "2029": "38588000",
              "2030": "37852500"}})"_json;
  stream.stands("The end of the period", std::move(figures));
  return std::move(stream.reports("XHA", 2031).reports("XBA", 2031));
}

Stream with_averages() {
  Stream stream(
      "worked-example-averaging",
      "The same with single-year NDCs and averaging: the adjustment of a year is the mean "
      "of all so far, as an exact fraction; -10,000/3 for XBA in 2028.");
  Example(stream, NdcType::single_year, Method::averaging).tell();
  stream.say("XBA records its mean of 2028, and XHA its own of 2030");
  stream.admits("2032-07-01T09:00:00.000Z",
                statement(stream, "XBA", 2028, 0, 10'000, {-10'000, 3}, Method::averaging),
                {"XBA"});
  stream.admits("2032-07-01T10:00:00.000Z",
                statement(stream, "XHA", 2030, 17'120, 0, {15'224, 1}, Method::averaging), {"XHA"});
  stream.say("The mean counts the years before, too");
  stream.refuses("ADJ-6", "2032-07-01T11:00:00.000Z",
                 statement(stream, "XBA", 2030, 0, 47'500, {-47'500, 1}, Method::averaging),
                 {"XBA"});
  Json figures = units();
  figures["parties"]["XHA"]["recorded"]["2030"] =
      R"({"version": 1, "first_transferred": 17120, "used": 0})"_json;
  figures["parties"]["XBA"]["recorded"]["2028"] =
      R"({"version": 1, "first_transferred": 0, "used": 10000})"_json;
  figures["balances"] = R"({
      "XHA": {"2026": "58410000", "2027": "58111000", "2028": "57613000", "2029": "57014750",
              "2030": "56315224"},
      "XBA": {"2026": "41000000", "2027": "40200000", "2028": "118490000/3", "2029": "38594500",
              "2030": "37886100"}})"_json;
  stream.stands("The end of the period", std::move(figures));
  return stream;
}

}  // namespace

std::vector<Stream> worked_examples() {
  std::vector<Stream> all;
  all.push_back(with_trajectory());
  all.push_back(with_averages());
  return all;
}

}  // namespace conformance
