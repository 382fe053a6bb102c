// Views over HTTP: what was just admitted is there, every position stays, and the rows can be
// thrown away.
#include <gtest/gtest.h>

#include <map>

#include "tests/api/raw_client.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

// The scene after XHA's transfer of 3,726 units to XBA and their partial use.
struct Year : testing::Test {
  void SetUp() override { served.tell("used"); }
  Served served;
};

TEST_F(Year, AnAccountShowsWhatItHolds) {
  const Json answer = served.get_json("/v1/accounts/XBA-FUND-XBA");
  EXPECT_EQ(answer["account"]["held"], 2'726);
  EXPECT_EQ(answer["account"]["held_by_vintage"], (Json{{"2026", 2'726}}));
  ASSERT_EQ(answer["blocks"].size(), 1u);
  const Json& block = answer["blocks"][0];
  EXPECT_EQ(block["first"], "CA9901-XHA99-XHA-1001-2026");
  EXPECT_EQ(block["last"], "CA9901-XHA99-XHA-3726-2026");
  EXPECT_EQ(block["quantity"], 2'726);
  EXPECT_EQ(block["state"]["is"], "ITMO");
  EXPECT_TRUE(block["state"]["first_transferred"]);
}

TEST_F(Year, APartyShowsItsSumsAndWhatIsDue) {
  const Json host = served.get_json("/v1/parties/XHA");
  EXPECT_EQ(host["units"]["issued"], 15'000);
  EXPECT_EQ(host["first_transferred"]["2026"], 3'726 + 81);  // to the buyer, and OMGE
  const Json buyer = served.get_json("/v1/parties/XBA");
  EXPECT_EQ(buyer["used_for"]["2027"], 1'000);
  EXPECT_EQ(buyer["adjustments"][0]["due"]["used"], 1'000);
  EXPECT_EQ(buyer["participant"]["keys"][0]["recovery"], false);
}

TEST_F(Year, AUnitShowsItsHistory) {
  const Json unit = served.get_json("/v1/units/CA9901-XHA99-XHA-1-2026");
  EXPECT_EQ(unit["state"]["status"], "used");
  EXPECT_EQ(unit["state"]["purpose"], "NDC");
  std::vector<std::string> types;
  for (const Json& touch : unit["history"]) types.push_back(touch["type"]);
  EXPECT_EQ(types, (std::vector<std::string>{"units.issued", "proceeds.deducted",
                                             "units.transferred", "units.used"}));
  EXPECT_EQ(unit["history"][0]["after"]["is"], "mitigation outcome");
  EXPECT_FALSE(unit["history"][0].contains("before"));
}

TEST_F(Year, ARangeOfSerialsShowsWhatHappenedToEachPartOfIt) {
  const Json alone = served.get_json("/v1/units/CA9901-XHA99-XHA-3800-2026");
  const Json serial = served.get_json("/v1/units/XHA99:3800");
  EXPECT_EQ(serial["unit"], "CA9901-XHA99-XHA-3800-2026");
  EXPECT_EQ(serial["history"], alone["history"]);

  const Json range = served.get_json("/v1/units/XHA99:1-15002");
  std::vector<std::pair<std::string, std::string>> parts;
  for (const Json& part : range["units"]) {
    parts.emplace_back(part["last"], part["history"].back()["type"]);
  }
  EXPECT_EQ(parts, (std::vector<std::pair<std::string, std::string>>{
                       {"CA9901-XHA99-XHA-1000-2026", "units.used"},
                       {"CA9901-XHA99-XHA-3726-2026", "units.transferred"},
                       {"CA9901-XHA99-XHA-3807-2026", "proceeds.deducted"},  // OMGE
                       {"CA9901-XHA99-XHA-4007-2026", "proceeds.deducted"},  // retained
                       {"CA9901-XHA99-XHA-9000-2026", "units.issued"},
                       {"CA9901-XHA99-XHA-15000-2027", "units.issued"}}))
      << "what was never issued is not there";
  EXPECT_FALSE(range.contains("next"));
  // As it was before the use.
  const std::string before = std::to_string(range["as_of"]["size"].get<int>() - 2);
  EXPECT_EQ(served.get_json("/v1/units/XHA99:1-3726?at=" + before)["units"].size(), 1u);
}

TEST_F(Year, ALongRangeIsReadPageByPage) {
  std::string target = "/v1/units/XHA99:1-15000?limit=2";
  std::vector<std::string> ends;
  while (!target.empty()) {
    const api::Response response = served.get(target);
    ASSERT_EQ(response.status, 200) << response.body;
    const Json page = json_of(response);
    for (const Json& part : page["units"]) ends.push_back(part["last"]);
    const std::string link(response.field("Link").value_or(""));
    EXPECT_EQ(link.empty(), !page.contains("next"));
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  EXPECT_EQ(ends.size(), 6u);
  EXPECT_EQ(ends.back(), "CA9901-XHA99-XHA-15000-2027");
}

TEST_F(Year, AnAuthorizationShowsWhatRemains) {
  const Json host = served.get_json("/v1/authorizations/XHA-AUT-1")["authorization"];
  EXPECT_EQ(host["cap"], 10'000);
  EXPECT_EQ(host["first_transferred"], 3'726 + 81);
  EXPECT_EQ(host["remaining"], 10'000 - 3'726 - 81);
  const Json buyer = served.get_json("/v1/authorizations/XBA-AUT-1")["authorization"];
  EXPECT_EQ(buyer["acquired"], 3'726);
}

TEST_F(Year, AnApproachShowsItsRulesAndProceeds) {
  const Json approach = served.get_json("/v1/approaches/XHA-XBA");
  EXPECT_EQ(approach["approach"]["carp"], "CA9901");
  EXPECT_EQ(approach["rules"][0]["deductions"].size(), 2u);
  ASSERT_EQ(approach["proceeds"].size(), 2u);
  std::map<std::string, int> taken;
  for (const Json& line : approach["proceeds"]) taken[line["line"]] = line["taken"];
  EXPECT_EQ(taken["omge"] + taken["retained"], 81 + 200);
}

TEST_F(Year, TheLedgerSaysBySpecNumberHowItIsJudged) {
  const Json answer = served.get_json("/v1/ledger");
  EXPECT_EQ(answer["ledger"]["origin"], scene::origin);
  EXPECT_EQ(answer["ledger"]["mode"], "demonstration");
  EXPECT_EQ(answer["ledger"]["spec"], 1);
  EXPECT_EQ(answer["ledger"]["quorum"], 2);
  EXPECT_EQ(answer["specs"], Json::array({{{"number", 1}, {"since", 0}}}));
  EXPECT_EQ(answer["ledger"]["log_keys"],
            Json::array({{{"since", 0}, {"vkey", crypto::format_vkey(scene_log_key())}}}));
  const Json& units = answer["units"];
  EXPECT_EQ(units["issued"], 15'000);
  EXPECT_EQ(units["issued"],
            units["held"].get<int>() + units["used"].get<int>() + units["cancelled"].get<int>());
}

TEST(Activity, ShowsItsCycle) {
  Served served;
  served.tell("issued_cycle");
  const Json answer = served.get_json("/v1/activities/XHA-STOVES");
  EXPECT_EQ(answer["activity"]["registered"], 1);
  EXPECT_EQ(answer["idea"]["reviews"][0]["decision"], "approved");
  EXPECT_EQ(answer["designs"][0]["opinion"], "positive");
  const Json report = answer["monitoring"][0];
  EXPECT_EQ(report["verified"], (Json{{"2026", 9'000}, {"2027", 6'000}}));
  EXPECT_EQ(report["reviews"][1]["certified"]["2027"], 6'000);
  EXPECT_EQ(report["issued"], (Json{{"2026", 6'000}, {"2027", 4'000}}));
  EXPECT_EQ(served.get_json("/v1/approaches/XHA-XBA")["proposed"], Json{"XHA-STOVES"});
  EXPECT_EQ(served.get_json("/v1/approaches/XHA-XBA")["rules"][0]["cycle"]["steps"].size(), 3u);
}

TEST_F(Year, NothingIsThereThatNobodyMade) {
  for (const char* target :
       {"/v1/accounts/NONE", "/v1/parties/XQQ", "/v1/units/CA9901-XHA99-XHA-15001-2026",
        "/v1/units/CA9901-XHA99-XHA-1-2027", "/v1/units/XHA99:15001", "/v1/units/XHA99:15001-15002",
        "/v1/units/XQQ99:1-2", "/v1/authorizations/NONE", "/v1/approaches/NONE",
        "/v1/activities/XHA-STOVES", "/v1/parties/XBA-FUND"}) {
    const api::Response response = served.get(target);
    EXPECT_EQ(response.status, 404) << target << response.body;
    EXPECT_EQ(response.field("Cache-Control"), "no-store");
  }
  for (const char* target : {"/v1/units/1", "/v1/units/XHA99:", "/v1/units/XHA99:0",
                             "/v1/units/XHA99:2-1", "/v1/units/XHA99:1-", "/v1/units/XHA99:1-2-3",
                             "/v1/units/XHA99:1-9007199254740992", "/v1/units/XHA99:1-2?limit=0"}) {
    EXPECT_EQ(served.get(target).status, 400) << target;
  }
}

// ---- positions ----

TEST_F(Year, EveryAnswerSaysWhatItIsOfAndWhatSignsIt) {
  const Json answer = served.get_json("/v1/accounts/XBA-FUND-XBA");
  const auto size = answer["as_of"]["size"].get<std::uint64_t>();
  EXPECT_EQ(answer["as_of"]["entry"], size - 1);
  EXPECT_EQ(answer["as_of"]["time"], "2029-03-01T10:00:00.000Z");
  const auto checkpoint =
      crypto::open_checkpoint(answer["checkpoint"].get<std::string>(), scene_log_key());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, size);
}

TEST_F(Year, APositionIsAnEntryOrAMoment) {
  const std::string account = "/v1/accounts/XBA-FUND-XBA";
  const Json now = served.get_json(account);
  const int last = now["as_of"]["entry"];
  const Json before = served.get_json(account + "?at=" + std::to_string(last - 1));
  EXPECT_EQ(before["account"]["held"], 3'726);
  EXPECT_EQ(served.get_json(account + "?at=" + std::to_string(last)), now);
  EXPECT_EQ(served.get_json(account + "?at=2029-03-01T09:59:59.999Z"), before);
  EXPECT_EQ(served.get_json(account + "?at=2029-03-01T10:00:00.000Z"), now);
  EXPECT_EQ(served.get_json(account + "?at=2099-01-01T00%3A00%3A00.000Z"), now);
  EXPECT_EQ(served.get(account + "?at=2020-01-01T00:00:00.000Z").status, 404);
  EXPECT_EQ(served.get(account + "?at=" + std::to_string(last + 1)).status, 404);
  EXPECT_EQ(served.get(account + "?at=yesterday").status, 400);
  EXPECT_EQ(served.get(account + "?on=1").status, 400);
}

TEST_F(Year, WhatIsPinnedIsKeptForEver) {
  const std::string account = "/v1/accounts/XBA-FUND-XBA";
  const api::Response newest = served.get(account);
  EXPECT_EQ(newest.field("Cache-Control"), "no-cache");
  ASSERT_TRUE(newest.field("ETag"));
  EXPECT_EQ(status_of(exchange(served.port(), "GET " + account +
                                                  " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                                  "If-None-Match: " +
                                                  std::string(*newest.field("ETag")) + "\r\n\r\n")),
            304);
  const std::string pinned =
      account + "?at=" + std::to_string(json_of(newest)["as_of"]["entry"].get<int>());
  const api::Response at = served.get(pinned);
  EXPECT_EQ(at.field("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(at.body, newest.body);
  ASSERT_EQ(served.send(account_act("XHA-later", "2030-01-01T08:00:00.000Z")).status, 201);
  EXPECT_EQ(served.get(pinned).body, at.body);
  EXPECT_NE(served.get(account).body, at.body);  // as_of moved on
}

TEST_F(Year, WhatWasAdmittedIsInTheVeryNextAnswer) {
  for (int i = 0; i < 50; ++i) {
    const std::string id = "XHA-next-" + std::to_string(i);
    ASSERT_EQ(served.send(account_act(id, "2030-01-01T08:00:00.000Z")).status, 201);
    EXPECT_EQ(served.get("/v1/accounts/" + id).status, 200) << i;
  }
}

// ---- pages ----

TEST_F(Year, ALongAccountComesInPagesOfOnePosition) {
  const Json whole = served.get_json("/v1/accounts/XBA-FUND-XHA");
  ASSERT_GE(whole["blocks"].size(), 2u);
  Json blocks = Json::array();
  std::string target = "/v1/accounts/XBA-FUND-XHA?limit=1";
  for (std::size_t page = 0; !target.empty() && page < 10; ++page) {
    const api::Response response = served.get(target);
    ASSERT_EQ(response.status, 200) << response.body;
    const Json answer = json_of(response);
    EXPECT_EQ(answer["as_of"], whole["as_of"]);
    ASSERT_EQ(answer["blocks"].size(), 1u);
    blocks.push_back(answer["blocks"][0]);
    const std::string link(response.field("Link").value_or(""));
    EXPECT_EQ(link.empty(), !answer.contains("next"));
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    // An entry in between does not move the later pages.
    const std::string id = "XHA-between-" + std::to_string(page);
    ASSERT_EQ(served.send(account_act(id, "2030-01-01T08:00:00.000Z")).status, 201);
  }
  EXPECT_EQ(blocks, whole["blocks"]);
  EXPECT_EQ(served.get("/v1/accounts/XBA-FUND-XHA?from=1").status, 400);
  EXPECT_EQ(served.get("/v1/accounts/XBA-FUND-XHA?limit=0").status, 400);
}

// ---- making them again ----

TEST_F(Year, ViewsThatWereDeletedGiveByteIdenticalAnswers) {
  const int last = served.get_json("/v1/parties/XHA")["as_of"]["entry"];
  std::vector<std::string> targets;
  for (const std::string& each :
       {std::string("/v1/accounts/XBA-FUND-XBA"), std::string("/v1/accounts/XBA-FUND-XHA"),
        std::string("/v1/accounts/XHA-SHARE"), std::string("/v1/parties/XHA"),
        std::string("/v1/parties/XBA"), std::string("/v1/units/CA9901-XHA99-XHA-1-2026"),
        std::string("/v1/units/CA9901-XHA99-XHA-3800-2026"),
        std::string("/v1/authorizations/XHA-AUT-1"), std::string("/v1/approaches/XHA-XBA")}) {
    targets.push_back(each);
    for (int at = 0; at <= last; at += 3) targets.push_back(each + "?at=" + std::to_string(at));
  }
  targets.push_back("/checkpoint");
  targets.push_back("/v1/entries/5");
  std::map<std::string, std::string> before;
  for (const std::string& target : targets) before[target] = served.get(target).body;
  served.make_views_again();
  for (const std::string& target : targets) {
    EXPECT_EQ(served.get(target).body, before[target]) << target;
  }
}

}  // namespace
