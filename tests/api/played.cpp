#include "tests/api/played.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "api/http_bundle.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "replay/aef_files.hpp"
#include "replay/audit.hpp"

namespace api_test {

Json stream_named(const std::string& name) {
  std::ifstream in(std::string(ITMO_SOURCE_DIR) + "/spec/vectors/streams/" + name + ".json",
                   std::ios::binary);
  Json stream = Json::parse(in, nullptr, false);
  EXPECT_FALSE(stream.is_discarded()) << name;
  return stream;
}

Played::Played(const Json& stream) {
  for (const Json& step : stream.at("steps")) {
    if (step.contains("submission")) submit(step);
    if (step.contains("stands")) compare(step["about"], step["stands"]);
    if (!step.contains("reports")) continue;
    for (const auto& [name, value] : step["reports"].items()) reports_[name] = value.dump() + "\n";
  }
}

void Played::submit(const Json& step) {
  const Json& event = step["submission"]["event"];
  const api::Response response = served_.post(step["submission"].dump());
  const Json answer = json_of(response);
  const std::string about = step["about"];
  if (step.contains("clause")) {
    EXPECT_GE(response.status, 400) << about;
    EXPECT_EQ(answer.value("code", ""), step["clause"]) << about << ": " << response.body;
    return;
  }
  ASSERT_EQ(response.status, 201) << about << ": " << response.body;
  EXPECT_EQ(answer["seq"], step["admitted"]["seq"]) << about;
  EXPECT_EQ(crypto::to_hex(crypto::leaf_hash(answer["entry"].get<std::string>()).view()),
            step["admitted"]["leaf"])
      << about;
  EXPECT_EQ(receipt_problem(answer), "") << about;
  const std::string type = event["type"];
  if (type == "ledger.opened") {
    for (const Json& party : event["body"]["parties"]) parties_.push_back(party["id"]);
  }
  if (type == "authorization.granted") authorizations_.push_back(event["body"]["id"]);
  if (type == "approach.established") approaches_.push_back(event["body"]["id"]);
}

// ---- figures ----

namespace {

// A figure that is listed only where it is not zero.
void set_unless_zero(Json& object, const std::string& name, const Json& value) {
  if (value != 0) object[name] = value;
}

}  // namespace

Json Played::accounts() {
  Json out = Json::object();
  for (const std::string& party : parties_) {
    const Json answer = served_.get_json("/v1/parties/" + party);
    for (const Json& account : answer["accounts"]) {
      const std::string id = account["id"];
      set_unless_zero(out, id, served_.get_json("/v1/accounts/" + id)["account"]["held"]);
    }
  }
  return out;
}

Json Played::parties() {
  Json out = Json::object();
  for (const std::string& party : parties_) {
    const Json answer = served_.get_json("/v1/parties/" + party);
    if (!answer["first_transferred"].empty()) {
      out[party]["first_transferred"] = answer["first_transferred"];
    }
    if (!answer["used_for"].empty()) out[party]["used"] = answer["used_for"];
    for (const Json& year : answer["adjustments"]) {
      if (year["recorded"].empty()) continue;
      const Json& newest = year["recorded"].back();
      out[party]["recorded"][std::to_string(year["year"].get<int>())] = {
          {"version", newest["version"]},
          {"first_transferred", newest["first_transferred"]},
          {"used", newest["used"]}};
    }
  }
  return out;
}

Json Played::authorizations() {
  Json out = Json::object();
  for (const std::string& id : authorizations_) {
    const Json answer = served_.get_json("/v1/authorizations/" + id)["authorization"];
    out[id] = {{"version", answer["version"]},
               {"first_transferred", answer["first_transferred"]},
               {"acquired", answer["acquired"]}};
    if (!answer.contains("released")) continue;
    out[id]["revoked"] = true;
    set_unless_zero(out[id], "released", answer["released"]);
  }
  return out;
}

Json Played::activities() {
  Json out = Json::object();
  for (const std::string& id : approaches_) {
    const Json answer = served_.get_json("/v1/approaches/" + id);
    for (const Json& activity : answer["activities"]) {
      if (activity["units"]["issued"] != 0)
        out[activity["id"].get<std::string>()] = activity["units"];
    }
  }
  return out;
}

Json Played::reversals() {
  Json out = Json::object();
  for (const std::string& id : approaches_) {
    const Json answer = served_.get_json("/v1/approaches/" + id);
    for (const Json& activity : answer["activities"]) {
      if (!activity.contains("reversals")) continue;
      const std::int64_t recorded = activity["reversals"]["recorded"];
      out[activity["id"].get<std::string>()] = {
          {"recorded", recorded},
          {"open", recorded - activity["reversals"]["made_good"].get<std::int64_t>()}};
    }
  }
  return out;
}

Json Played::findings() {
  Json out = Json::object();
  for (const std::string& party : parties_) {
    const Json answer = served_.get_json("/v1/parties/" + party + "/reports");
    for (const Json& finding : answer["findings"]) {
      Json& each =
          out[finding["id"].get<std::string>()] = {{"open", !finding.contains("resolved_by")}};
      if (finding.contains("excess")) each["excess"] = finding["excess"]["open"];
    }
  }
  return out;
}

Json Played::differing_reports() {
  Json out = Json::array();
  for (const std::string& party : parties_) {
    const Json answer = served_.get_json("/v1/parties/" + party + "/reports");
    for (const Json& report : answer["reports"]) {
      if (report.contains("differs_by")) out.push_back(report["id"]);
    }
  }
  return out;
}

namespace {

// Figures of an activity over all its vintages, as the approach answers them.
Json over_vintages(const Json& activities) {
  Json out = Json::object();
  for (const auto& [id, vintages] : activities.items()) {
    Json sums{{"issued", 0}, {"held", 0}, {"used", 0}, {"cancelled", 0}};
    for (const auto& [vintage, figures] : vintages.items()) {
      for (const auto& [name, sum] : sums.items()) {
        sum = sum.get<std::int64_t>() + figures[name].get<std::int64_t>();
      }
    }
    out[id] = sums;
  }
  return out;
}

}  // namespace

void Played::compare(const std::string& about, const Json& stands) {
  const auto answered = [&](const std::string& name) -> Json {
    if (name == "accounts") return accounts();
    if (name == "parties") return parties();
    if (name == "authorizations") return authorizations();
    if (name == "activities") return activities();
    if (name == "reversals") return reversals();
    if (name == "findings") return findings();
    return differing_reports();
  };
  for (const auto& [name, value] : stands.items()) {
    if (name == "balances") continue;  // of reports, not of routes
    EXPECT_EQ(answered(name), name == "activities" ? over_vintages(value) : value) << about;
  }
}

// ---- the log ----

std::vector<ledger::Effects> Played::downloaded() {
  std::vector<ledger::Effects> log;
  const api::HttpBundle bundle(*api::parse_server_address(served_.url()));
  replay::Workers workers(2);
  const replay::AuditReport report = replay::audit(
      bundle, scene_log_key(), {}, workers, {},
      [&](const ledger::Entry&, const ledger::Effects& effects) { log.push_back(effects); });
  EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
  return log;
}

std::string report_from(const std::vector<ledger::Effects>& log, const std::string& name) {
  const auto file = replay::parse_file_name(name);
  if (!file || file->entry >= log.size()) return "no such report: " + name;
  replay::Books books;
  for (ledger::Seq seq = 0; seq <= file->entry; ++seq) books.take(log[seq]);
  if (const auto problem = replay::problem_of(books, file->request)) return *problem;
  return replay::to_json(replay::make_aef(books, file->request, {scene::origin, true}));
}

}  // namespace api_test
