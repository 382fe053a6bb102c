// Two Parties over five years: eight blocks, their uses and the emissions of both, with a
// trajectory and with averages.
#include "tests/conformance/stream.hpp"
#include "tests/support/worked_example.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

// The history; type and method are those of both Parties' NDCs of 2026 to 2030.
void tell(Stream& stream, NdcType type, Method method) {
  stream.begin("opened");
  scene::tell_worked_example(
      {type, method},
      [&](std::string_view time, Body body, scene::Signers signers) {
        stream.admits(time, std::move(body), std::move(signers));
      },
      [&](const std::string& about) { stream.say(about); });
}

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
  tell(stream, NdcType::multi_year, Method::trajectory);
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
  tell(stream, NdcType::single_year, Method::averaging);
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
