// The log over HTTP as anybody may read it: lines, tiles, checkpoint, clauses, health.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "api/clause_catalogue.hpp"
#include "crypto/tlog_tiles.hpp"
#include "replay/audit.hpp"
#include "tests/api/raw_client.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

constexpr const char* immutable = "public, max-age=31536000, immutable";

std::size_t count_lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

// What an auditor downloads, straight from the server.
class ServedBundle final : public replay::BundleReader {
 public:
  explicit ServedBundle(Served& served) : served_(served) {}
  replay::Fetched checkpoint() const override { return fetch("/checkpoint"); }
  replay::Fetched tile(const crypto::TilePath& path) const override {
    return fetch("/" + crypto::format_tile_path(path));
  }

 private:
  replay::Fetched fetch(const std::string& target) const {
    api::Response response = served_.get(target);
    if (response.status == 404) return replay::Fetched::absent();
    if (response.status != 200) return replay::Fetched::unreadable(response.body);
    return replay::Fetched::found(std::move(response.body));
  }
  Served& served_;
};

// A log of 14 + 600 entries: two full tiles, and one that is not.
struct LongLog : testing::Test {
  void SetUp() override {
    served.tell("enrolled");
    served.open_accounts(600);
    size = json_size();
  }
  std::size_t json_size() {
    return crypto::open_checkpoint(served.get("/checkpoint").body, scene_log_key())->size;
  }
  Served served;
  std::size_t size = 0;
};

// ---- the whole ----

TEST_F(LongLog, IsAuditedFromItsServedTiles) {
  replay::Workers workers(2);
  const replay::AuditReport report =
      replay::audit(ServedBundle(served), scene_log_key(), replay::Trust{}, workers);
  EXPECT_EQ(report.verdict, replay::AuditReport::Verdict::valid) << replay::describe(report);
  EXPECT_EQ(report.reached, replay::Level::checkpoint);
  EXPECT_EQ(report.entries, size);
}

TEST_F(LongLog, GivesAReceiptForEveryEntry) {
  for (std::size_t seq = 0; seq < size; seq += 7) {
    EXPECT_EQ(receipt_problem(served.get_json("/v1/entries/" + std::to_string(seq))), "") << seq;
  }
  EXPECT_EQ(served.get("/v1/entries/" + std::to_string(size)).status, 404);
  for (const char* bad : {"-1", "01", "1x", "99999999999999999999", "x"}) {
    EXPECT_EQ(served.get(std::string("/v1/entries/") + bad).status, 400) << bad;
  }
}

// ---- lines ----

TEST_F(LongLog, IsReadInPagesThatLinkToTheNext) {
  std::string all, target = "/v1/entries?from=0&limit=250";
  for (int page = 0; page < 10 && !target.empty(); ++page) {
    const api::Response response = served.get(target);
    ASSERT_EQ(response.status, 200);
    EXPECT_EQ(response.field("Itmo-Size"), std::to_string(size));
    all += response.body;
    const std::string link(response.field("Link").value_or(""));
    target = link.empty() ? "" : link.substr(1, link.find('>') - 1);
    EXPECT_EQ(response.field("Cache-Control"), link.empty() ? "no-store" : immutable);
  }
  EXPECT_EQ(count_lines(all), size);
  std::istringstream in(all);
  std::string line;
  for (std::size_t seq = 0; std::getline(in, line); ++seq) {
    if (seq % 50 != 0) continue;
    EXPECT_EQ(served.get_json("/v1/entries/" + std::to_string(seq))["entry"], line);
  }
}

TEST_F(LongLog, AnswersAPageBehindItsEndWithNothing) {
  const std::string end = std::to_string(size);
  EXPECT_EQ(served.get("/v1/entries?from=" + end).body, "");
  EXPECT_EQ(served.get("/v1/entries?from=" + end).status, 200);
  EXPECT_EQ(served.get("/v1/entries?from=999999999").body, "");
}

TEST_F(LongLog, RefusesQueriesThatItDoesNotKnow) {
  for (const char* query : {"?from=x", "?from=-1", "?limit=0", "?limit=1001", "?limit=", "?form=1",
                            "?from=1&from=2", "?from=01"}) {
    const api::Response response = served.get(std::string("/v1/entries") + query);
    EXPECT_EQ(response.status, 400) << query;
    EXPECT_EQ(json_of(response)["type"], "about:blank");
  }
}

// ---- tiles ----

TEST_F(LongLog, GivesPartialTilesOfEveryWidthThatIsPublished) {
  const std::size_t width = size % 256;
  std::string widest;
  for (const std::size_t each : {std::size_t{1}, std::size_t{2}, width / 2, width}) {
    const api::Response tile = served.get("/tile/0/002.p/" + std::to_string(each));
    ASSERT_EQ(tile.status, 200) << each;
    EXPECT_EQ(tile.body.size(), each * 32);
    EXPECT_EQ(tile.field("Cache-Control"), immutable);
    EXPECT_TRUE(tile.body.starts_with(widest));
    widest = tile.body;
    const api::Response entries = served.get("/tile/entries/002.p/" + std::to_string(each));
    ASSERT_EQ(entries.status, 200) << each;
    EXPECT_EQ(crypto::split_bundle(entries.body)->size(), each);
  }
}

TEST_F(LongLog, GivesNothingBeyondThePublishedSize) {
  const std::string next = std::to_string(size % 256 + 1);
  for (const std::string& path :
       {"0/002.p/" + next, std::string("0/002"), std::string("0/003.p/1"), "entries/002.p/" + next,
        std::string("entries/002"), std::string("entries/003.p/1"), std::string("1/000"),
        std::string("1/000.p/3"), std::string("2/000.p/1"), std::string("63/000.p/1")}) {
    const api::Response response = served.get("/tile/" + path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(response.field("Cache-Control"), "no-store") << path;
  }
  EXPECT_EQ(served.get("/tile/1/000.p/2").body.size(), 64u);
}

TEST_F(LongLog, KeepsPartialTilesOnceTheFullOneIsThere) {
  const std::string full = served.get("/tile/0/001").body;
  ASSERT_EQ(full.size(), 8'192u);
  EXPECT_EQ(served.get("/tile/0/001.p/100").body, full.substr(0, 3'200));
  EXPECT_EQ(crypto::split_bundle(served.get("/tile/entries/001").body)->size(), 256u);
  EXPECT_EQ(crypto::split_bundle(served.get("/tile/entries/001.p/9").body)->size(), 9u);
}

TEST_F(LongLog, HasOnePathForEachTile) {
  for (const char* path : {"0/1", "0/0001", "0/x000/001", "00/001", "64/000", "0/001.p/0",
                           "0/001.p/256", "0/001.p/01", "0/001.p", "entries/1", "0", "0/001/"}) {
    EXPECT_EQ(served.get(std::string("/tile/") + path).status, 404) << path;
  }
}

// ---- checkpoint ----

TEST(Checkpoint, IsAskedForAgainByItsTag) {
  Served served;
  served.tell("opened");
  const api::Response first = served.get("/checkpoint");
  EXPECT_EQ(first.field("Content-Type"), "text/plain; charset=utf-8");
  EXPECT_EQ(first.field("Cache-Control"), "public, max-age=2");
  const std::string tag(*first.field("ETag"));
  EXPECT_TRUE(tag.starts_with("\"1-")) << tag;
  const auto ask = [&](const std::string& tags) {
    return exchange(served.port(),
                    "GET /checkpoint HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                    "If-None-Match: " +
                        tags + "\r\n\r\n");
  };
  const std::string unchanged = ask("\"x\", W/" + tag);
  EXPECT_EQ(status_of(unchanged), 304);
  EXPECT_NE(unchanged.find("ETag: " + tag), std::string::npos);
  EXPECT_EQ(body_of(unchanged), "");
  EXPECT_EQ(status_of(ask("*")), 304);
  EXPECT_EQ(status_of(ask("\"x\"")), 200);
  served.tell("opened");  // the same again: nothing new
  EXPECT_EQ(served.get("/checkpoint").field("ETag"), tag);
}

// ---- clauses ----

// "Clause TRF_2{" wherever the product's sources have it.
std::set<std::string> clauses_in_the_code() {
  std::set<std::string> found;
  test_support::ScratchFolder folder;
  std::istringstream lines(folder
                               .run("grep -rhoE 'Clause [A-Z]+_[0-9]+\\{' '" ITMO_SOURCE_DIR
                                    "/ledger' '" ITMO_SOURCE_DIR "/replay' '" ITMO_SOURCE_DIR
                                    "/api'")
                               .output);
  for (std::string line; std::getline(lines, line);) {
    std::string id = line.substr(7, line.size() - 8);
    std::replace(id.begin(), id.end(), '_', '-');
    found.insert(id);
  }
  return found;
}

TEST(Clauses, AreAllThatTheCodeHas) {
  Served served;
  const Json answer = served.get_json("/v1/clauses");
  std::set<std::string> served_ids;
  for (const Json& clause : answer["clauses"]) {
    served_ids.insert(clause["id"].get<std::string>());
    EXPECT_FALSE(clause["statement"].get<std::string>().empty());
  }
  EXPECT_EQ(served_ids.size(), answer["clauses"].size());
  for (const std::string& id : clauses_in_the_code()) EXPECT_TRUE(served_ids.contains(id)) << id;
  for (const std::string& id : served_ids) EXPECT_TRUE(clauses_in_the_code().contains(id)) << id;
  EXPECT_EQ(answer["clauses"][0]["id"], "FMT-1");
}

// ---- whatever is asked ----

TEST(Routes, TellWhatAnAddressAllows) {
  Served served;
  const auto ask = [&](const std::string& line) {
    return exchange(
        served.port(),
        line + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  };
  const std::string wrong = ask("DELETE /v1/events");
  EXPECT_EQ(status_of(wrong), 405);
  EXPECT_NE(wrong.find("Allow: POST, OPTIONS\r\n"), std::string::npos) << wrong;
  EXPECT_NE(ask("POST /v1/entries").find("Allow: GET, HEAD, OPTIONS\r\n"), std::string::npos);
  EXPECT_EQ(status_of(ask("GET /v1/events")), 405);
  EXPECT_EQ(status_of(ask("GET /v2/events")), 404);
  EXPECT_EQ(status_of(ask("GET /")), 404);
  EXPECT_EQ(status_of(ask("GET /v1/entries/")), 404);
  EXPECT_EQ(status_of(ask("GET /v1/entries/0/1")), 404);
  const std::string preflight = ask("OPTIONS /v1/entries");
  EXPECT_EQ(status_of(preflight), 204);
  EXPECT_NE(preflight.find("Access-Control-Allow-Methods: GET, HEAD, OPTIONS"), std::string::npos);
  EXPECT_EQ(ask("OPTIONS /v1/events").find("Access-Control"), std::string::npos);
}

TEST(Routes, AnswerHeadAsTheyWouldGet) {
  Served served;
  served.tell("opened");
  const api::Response whole = served.get("/v1/entries/0");
  const std::string head = exchange(
      served.port(), "HEAD /v1/entries/0 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  EXPECT_EQ(status_of(head), 200);
  EXPECT_EQ(body_of(head), "");
  EXPECT_NE(head.find("Content-Length: " + std::to_string(whole.body.size())), std::string::npos);
}

TEST(Routes, ProtectBrowsersAndLetEverybodyRead) {
  Served served;
  const api::Response read = served.get("/checkpoint");
  EXPECT_EQ(read.field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(read.field("Referrer-Policy"), "no-referrer");
  EXPECT_TRUE(read.field("Content-Security-Policy")->starts_with("default-src 'none'"));
  EXPECT_EQ(read.field("Access-Control-Allow-Origin"), "*");
  const api::Response written = served.post("{");
  EXPECT_EQ(written.field("X-Content-Type-Options"), "nosniff");
  EXPECT_FALSE(written.field("Access-Control-Allow-Origin"));
}

TEST(Health, IsWellWhileTheLogCanBeWritten) {
  Served served;
  EXPECT_EQ(served.get("/livez").body, "ok\n");
  EXPECT_EQ(served.get("/readyz").body, "ok\n");
}

}  // namespace
