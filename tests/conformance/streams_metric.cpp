// Outcomes in another metric than tonnes: the field's example of adjusted indicators (2/CMA.3,
// annex, paragraph 9): 2,500,000 − 120,000 and 900,000 + 120,000 MWh.
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

Stream other_metric() {
  const scene::Signers xca{"XCA", "XCA-2"};
  Stream stream("other-metric",
                "XCA's wind parks, in MWh: 120,000 of 2029 are issued and first transferred; XBA "
                "uses them towards an NDC in MWh, XHA's in tonnes takes none.");
  stream.begin("measured");
  stream.say("XHA, whose NDC of 2029 is in GHG, would use some");
  stream.refuses("USE-12", "2030-07-10T09:00:00.000Z", scene::wind_use({{401, 500}}, "XHA"),
                 {"XHA"});
  stream.say("XCA issues 119,000 MWh more; XBA acquires what is left, and XHA's");
  UnitsIssued more = scene::wind_issuance();
  more.lots = {{1'001, 120'000, 2029, {}}};
  more.quantity = 119'000;
  stream.admits("2030-08-01T09:00:00.000Z", more, xca);
  stream.admits("2030-08-02T09:00:00.000Z", scene::wind_transfer({{601, 120'000}}, "XBA"),
                {"XCA", "XCA-2", "XBA"});
  UnitsTransferred onward = scene::wind_transfer({{401, 600}}, "XBA");
  onward.from = {"XHA-MWH-XHA", "XHA", "XHA", "Government of XHA"};
  stream.admits("2030-08-03T09:00:00.000Z", onward, {"XHA", "XHA-CMO", "XBA"});
  stream.say("XBA uses all for 2029, and both Parties report their indicator of that year");
  stream.admits("2030-09-01T09:00:00.000Z", scene::wind_use({{1, 120'000}}, "XBA"), {"XBA"});
  stream.admits("2031-01-05T09:00:00.000Z",
                InventoryReported{"XCA", 2029, 1, scene::megawatt_hours, 2'500'000, {}}, xca);
  stream.admits("2031-01-05T10:00:00.000Z",
                InventoryReported{"XBA", 2029, 1, scene::megawatt_hours, 900'000, {}}, {"XBA"});
  stream.stands("The host's indicator is less what it sold, the buyer's more by what it used", R"({
      "accounts": {},
      "activities": {"XCA-WIND": {"2029": {"issued": 120000, "held": 0, "used": 120000,
                                           "cancelled": 0, "first_transferred": 120000}}},
      "parties": {"XCA": {"first_transferred": {"2029": 120000}},
                  "XBA": {"used": {"2029": 120000}}},
      "balances": {"XCA": {"2029": "2380000"}, "XBA": {"2029": "1020000"}}})"_json);
  return std::move(stream.reports("XCA", 2030).reports("XBA", 2030));
}

}  // namespace conformance
