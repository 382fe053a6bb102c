// Routes, queries and the signed text of a refusal, without a server.
#include "api/router.hpp"

#include <gtest/gtest.h>

#include <array>

#include "api/refusal.hpp"
#include "crypto/hash.hpp"

namespace {

using namespace api;

constexpr std::array<Route, 5> routes{{{"POST", "/v1/events"},
                                       {"GET", "/v1/entries"},
                                       {"GET", "/v1/entries/{}"},
                                       {"GET", "/v1/x/{}/end"},
                                       {"GET", "/tile/*"}}};

std::string found(std::string_view method, std::string_view path) {
  const auto match = find_route(routes, method, path);
  if (!match) return std::to_string(match.error().status) + " " + match.error().allow;
  return std::string(routes[match->route].pattern) + " " + std::string(match->parameter);
}

TEST(Router, FindsTheRouteAndWhatItLeavesOpen) {
  EXPECT_EQ(found("POST", "/v1/events"), "/v1/events ");
  EXPECT_EQ(found("GET", "/v1/entries"), "/v1/entries ");
  EXPECT_EQ(found("HEAD", "/v1/entries/41"), "/v1/entries/{} 41");
  EXPECT_EQ(found("GET", "/v1/x/a.b/end"), "/v1/x/{}/end a.b");
  EXPECT_EQ(found("GET", "/tile/0/x001/000.p/5"), "/tile/* 0/x001/000.p/5");
}

TEST(Router, TellsAWrongMethodFromAWrongPath) {
  EXPECT_EQ(found("GET", "/v1/events"), "405 POST, OPTIONS");
  EXPECT_EQ(found("DELETE", "/v1/entries/4"), "405 GET, HEAD, OPTIONS");
  for (const char* path : {"/", "/v1", "/v1/entries/", "/v1/entries/4/5", "/v1/x//end", "/v1/x/end",
                           "/tile/", "/tile", "/v1/eventsx", "/V1/events"}) {
    EXPECT_EQ(found("GET", path), "404 ") << path;
  }
}

TEST(Router, ReadsNumbersInOneForm) {
  EXPECT_EQ(parse_number("0"), 0u);
  EXPECT_EQ(parse_number("9007199254740992"), 9'007'199'254'740'992u);
  for (const char* bad : {"", "-1", "+1", "01", "1 ", " 1", "1e3", "0x1", "12345678901234567"}) {
    EXPECT_FALSE(parse_number(bad)) << bad;
  }
}

TEST(Query, KnowsItsNamesAndReadsEachOnce) {
  Request request;
  request.query = {{"from", "5"}, {"limit", "x"}};
  const auto query = Query::read(request, {"from", "limit"});
  ASSERT_TRUE(query);
  EXPECT_EQ(*query->number("from", 0, 0, 10), 5u);
  EXPECT_EQ(*query->number("at", 7, 0, 10), 7u);
  EXPECT_EQ(query->number("from", 0, 0, 4).error().status, 400);
  EXPECT_EQ(query->number("limit", 0, 0, 10).error().detail,
            "`limit` is a whole number from 0 to 10.");
  EXPECT_EQ(Query::read(request, {"from"}).error().status, 400);
  request.query = {{"from", "5"}, {"from", "5"}};
  EXPECT_EQ(Query::read(request, {"from"}).error().detail, "The query says `from` twice.");
}

// ---- refusals ----

Refusal some_refusal() {
  return {{41, crypto::sha256("root")},
          "TRF-2",
          crypto::sha256("event"),
          "ledger.example/a6",
          *ledger::parse_timestamp("2027-02-20T08:00:00.123Z")};
}

TEST(RefusalText, IsCanonicalAndReadBack) {
  const std::string text = encode_refusal(some_refusal());
  EXPECT_TRUE(
      text.starts_with("{\"checkpoint\":{\"root\":\"4813494d137e1631bba301d5acab6e7bb7aa74"
                       "ce1185d456565ef51d737677b2\",\"size\":41},\"clause\":\"TRF-2\","))
      << text;
  EXPECT_TRUE(
      text.ends_with("\"ledger\":\"ledger.example/a6\",\"time\":\"2027-02-20T08:00:00.123Z\"}"));
  EXPECT_EQ(decode_refusal(text), some_refusal());
}

TEST(RefusalText, HasOneForm) {
  const std::string text = encode_refusal(some_refusal());
  for (const std::string& other :
       {text + " ", text.substr(1), "{\"a\":1," + text.substr(1), std::string("{}"), std::string(),
        std::string(text).replace(text.find("41"), 2, "-1")}) {
    EXPECT_FALSE(decode_refusal(other)) << other;
  }
}

TEST(RefusalText, IsSignedForItsPurposeAlone) {
  const crypto::SecretKey key = crypto::SecretKey::generate();
  const std::string text = encode_refusal(some_refusal());
  const crypto::Signature signature = sign_refusal(text, key);
  EXPECT_TRUE(verify_refusal(text, key.public_key(), signature));
  EXPECT_FALSE(verify_refusal(text + " ", key.public_key(), signature));
  EXPECT_FALSE(verify_refusal(text, crypto::SecretKey::generate().public_key(), signature));
  EXPECT_FALSE(crypto::verify(key.public_key(), text, signature));
}

}  // namespace
