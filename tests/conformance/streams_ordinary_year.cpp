// Scenario A, the ordinary year: to the unit, with the reports that both Parties file of 2028.
#include "crypto/hash.hpp"
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

// The acts of the story, in order; those at or after `end` stay.
class Year {
 public:
  explicit Year(Stream& stream) : stream_(stream), writer_(scene::origin) {
    writer_.write("2020-11-23T08:00:00.000Z",
                  story::opening(scene::cast(), scene::origin, {"XBA", "XHA"}),
                  {"operator", "XBA", "XHA"}, "Two Parties open the ledger (fictional)");
    story::tell_ordinary_year(writer_, scene::cast());
  }

  void tell_until(std::string_view end) {
    for (; next_ < writer_.acts().size(); ++next_) {
      story::Act act = writer_.acts()[next_];
      if (act.time >= story::at(end)) return;
      story::settle(act, stream_.machine().size());
      stream_.sends(act);
    }
  }

 private:
  Stream& stream_;
  story::Writer writer_;
  std::size_t next_ = 0;
};

ReportFiled initial_report(const Id& party, Seq as_of) {
  ReportFiled body = scene::report(party + "-INITIAL", ReportFiled::Sort::initial);
  body.party = party;
  body.as_of = as_of;
  return body;
}

// The AEF of 2028, whose document is the very file.
ReportFiled annual_report(const Stream& stream, const Id& party, Seq as_of) {
  ReportFiled body = scene::report(party + "-AEF-2028", ReportFiled::Sort::aef);
  body.party = party;
  body.as_of = as_of;
  const std::string& bytes = stream.bytes_of(party, 2028);
  body.document.sha256 = crypto::sha256(bytes);
  body.document.size = static_cast<std::int64_t>(bytes.size());
  body.document.media = "application/json";
  return body;
}

void file_reports(Stream& stream) {
  stream.reports("XHA", 2028).reports("XBA", 2028);
  const Seq as_of = stream.last();
  stream.say(
      "Both Parties file their initial reports and their annual reports of 2028 (fictional)");
  const auto file = [&](const char* party, std::string_view time) {
    stream.admits(time, initial_report(party, as_of), {party});
    stream.admits(time, annual_report(stream, party, as_of), {party});
  };
  file("XHA", "2029-04-10T09:00:00.000Z");
  file("XBA", "2029-04-11T09:00:00.000Z");
}

}  // namespace

Stream scenario_a() {
  Stream stream(
      "scenario-a",
      "The ordinary year: caps of 20,000, deductions at transfer, three transfers, one "
      "use, adjustments in two versions; the annual reports of 2028 stay what they were.");
  Year year(stream);
  year.tell_until("2028-11-20T00:00:00.000Z");
  stream.stands("All is issued and nothing is an ITMO yet", R"({
      "accounts": {"XBA-FUND-XHA": 15000},
      "activities": {"XHA-STOVES": {
        "2026": {"issued": 9000, "held": 9000, "used": 0, "cancelled": 0, "first_transferred": 0},
        "2027": {"issued": 6000, "held": 6000, "used": 0, "cancelled": 0, "first_transferred": 0}}},
      "parties": {},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 0},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 0}}})"_json);
  year.tell_until("2029-01-01T00:00:00.000Z");
  stream.stands("The end of 2028: of the host's cap 9,533 are left", R"({
      "accounts": {"XBA-FUND-XBA": 10246, "XBA-FUND-XHA": 3983, "XHA-SHARE": 550},
      "activities": {"XHA-STOVES": {
        "2026": {"issued": 9000, "held": 8820, "used": 0, "cancelled": 180,
                 "first_transferred": 8550},
        "2027": {"issued": 6000, "held": 5959, "used": 0, "cancelled": 41,
                 "first_transferred": 1917}}},
      "parties": {"XHA": {"first_transferred": {"2026": 8550, "2027": 1917}}},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 10467, "acquired": 0},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 10246}}})"_json);
  year.tell_until("2029-04-01T00:00:00.000Z");
  file_reports(stream);
  year.tell_until("2029-11-16T00:00:00.000Z");
  stream.stands("2027 is due anew: 2,867 against 1,917 recorded, 950 apart", R"({
      "parties": {
        "XHA": {"first_transferred": {"2026": 8550, "2027": 2867},
                "recorded": {"2026": {"version": 1, "first_transferred": 8550, "used": 0},
                             "2027": {"version": 1, "first_transferred": 1917, "used": 0}}},
        "XBA": {"used": {"2027": 10000},
                "recorded": {"2027": {"version": 1, "first_transferred": 0, "used": 10000}}}},
      "differing_reports": []})"_json);
  year.tell_until("2030-01-01T00:00:00.000Z");
  stream.stands("In the end every unit is somewhere", R"({
      "accounts": {"XBA-FUND-XBA": 1176, "XBA-FUND-XHA": 2983, "XHA-SHARE": 600},
      "activities": {"XHA-STOVES": {
        "2026": {"issued": 9000, "held": 450, "used": 8370, "cancelled": 180,
                 "first_transferred": 8550},
        "2027": {"issued": 6000, "held": 4309, "used": 1630, "cancelled": 61,
                 "first_transferred": 2867}}},
      "parties": {
        "XHA": {"first_transferred": {"2026": 8550, "2027": 2867},
                "recorded": {"2026": {"version": 1, "first_transferred": 8550, "used": 0},
                             "2027": {"version": 2, "first_transferred": 2867, "used": 0}}},
        "XBA": {"used": {"2027": 10000},
                "recorded": {"2027": {"version": 1, "first_transferred": 0, "used": 10000}}}},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 11417, "acquired": 0},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 11176}},
      "findings": {}, "reversals": {}, "balances": {}})"_json);
  return std::move(stream.reports("XHA", 2029).reports_stay());
}

}  // namespace conformance
