// What a lenient parser and a proxy might understand in two ways never passes the head.
#include <gtest/gtest.h>

#include "api/http_head.hpp"

namespace {

using namespace api;

const std::string host = "Host: ledger.example\r\n";

int refusal_of(const std::string& head) {
  const auto read = read_head(head);
  return read ? 0 : read.error().status;
}

int refusal_with(const std::string& fields) {
  return refusal_of("POST /v1/events HTTP/1.1\r\n" + host + fields + "\r\n");
}

TEST(HttpHead, GivesMethodPathQueryAndFields) {
  const auto head = read_head("GET /v1/entries?from=0&limit=5 HTTP/1.1\r\n" + host +
                              "Accept:  application/json \r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->request.method, "GET");
  EXPECT_EQ(head->request.target, "/v1/entries?from=0&limit=5");
  EXPECT_EQ(head->request.path, "/v1/entries");
  EXPECT_EQ(head->request.query.size(), 2u);
  EXPECT_EQ(head->request.query[1], (std::pair<std::string, std::string>("limit", "5")));
  EXPECT_EQ(head->request.field("ACCEPT"), "application/json");
  EXPECT_TRUE(head->keep_alive);
  EXPECT_FALSE(head->chunked);
}

TEST(HttpHead, RefusesEveryWayToFrameABodyTwice) {
  EXPECT_EQ(refusal_with("Content-Length: 5\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 5\r\ncontent-length: 6\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 5, 5\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(refusal_with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: identity\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: gzip, chunked\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"), 400);
  EXPECT_EQ(refusal_with("Transfer-Encoding: Chunked\r\n"), 0);
}

TEST(HttpHead, RefusesLengthsThatAreNotDigits) {
  for (const char* length : {"+5", "-5", "0x5", "5 ", " ", "5a", "9999999999999999"}) {
    const int refused = refusal_with(std::string("Content-Length:") + length + "\r\n");
    EXPECT_EQ(refused, length == std::string("5 ") ? 0 : 400) << length;
  }
}

TEST(HttpHead, RefusesFoldedLines) {
  EXPECT_EQ(refusal_with("X-Note: one\r\n two\r\n"), 400);
  EXPECT_EQ(refusal_with("X-Note: one\r\n\ttwo\r\n"), 400);
}

TEST(HttpHead, AsksForExactlyOneHost) {
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\n" + host + host + "\r\n"), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1\r\nHost: a b\r\n\r\n"), 400);
  EXPECT_EQ(refusal_of("GET / HTTP/1.0\r\n\r\n"), 0);
}

TEST(HttpHead, RefusesControlCharactersAndLooseFields) {
  EXPECT_EQ(refusal_with("X-Note: a\x01z\r\n"), 400);
  EXPECT_EQ(refusal_with(std::string("X-Note: a\0z\r\n", 13)), 400);
  EXPECT_EQ(refusal_with("X-Note : a\r\n"), 400);
  EXPECT_EQ(refusal_with("X Note: a\r\n"), 400);
  EXPECT_EQ(refusal_with(": a\r\n"), 400);
  EXPECT_EQ(refusal_with("nothing\r\n"), 400);
}

TEST(HttpHead, RefusesFirstLinesThatAreNotOne) {
  for (const char* line : {"GET /", "get / HTTP/1.1", "GET  / HTTP/1.1", "GET / / HTTP/1.1",
                           " GET / HTTP/1.1", "GET\t/ HTTP/1.1", "/ HTTP/1.1", ""}) {
    EXPECT_EQ(refusal_of(std::string(line) + "\r\n" + host + "\r\n"), 400) << line;
  }
  EXPECT_EQ(refusal_of("GET / HTTP/2.0\r\n" + host + "\r\n"), 505);
  EXPECT_EQ(refusal_of("GET / HTTP/1.1 \r\n" + host + "\r\n"), 505);
}

TEST(HttpHead, RefusesEncodedContentAndUnknownExpectations) {
  EXPECT_EQ(refusal_with("Content-Encoding: gzip\r\n"), 415);
  EXPECT_EQ(refusal_with("Content-Encoding: identity\r\n"), 0);
  EXPECT_EQ(refusal_with("Expect: 200-ok\r\n"), 417);
  EXPECT_EQ(refusal_with("Expect: 100-continue\r\n"), 0);
}

TEST(HttpHead, RefusesMoreFieldsThanAHundred) {
  std::string fields;
  for (int i = 0; i < 99; ++i) fields += "X-" + std::to_string(i) + ": a\r\n";
  EXPECT_EQ(refusal_with(fields), 0);  // and Host
  EXPECT_EQ(refusal_with(fields + "X-One-More: a\r\n"), 431);
}

TEST(HttpHead, KeepsAConnectionOnlyWhereBothWantTo) {
  const auto keeps = [](const std::string& head) { return read_head(head)->keep_alive; };
  EXPECT_TRUE(keeps("GET / HTTP/1.1\r\n" + host + "\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.1\r\n" + host + "Connection: TE , Close\r\n\r\n"));
  EXPECT_FALSE(keeps("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"));
}

// ---- targets ----

TEST(HttpTarget, IsAPlainPathInAscii) {
  for (const char* bad : {"",          "v1",          "*",        "http://ledger.example/",
                          "//v1",      "/v1//events", "/v1/../x", "/..",
                          "/./a",      "/v1/.",       "/a%2fb",   "/a%2Fb",
                          "/a%00",     "/a%0d",       "/a%7f",    "/a%c3%a9",
                          "/\xc3\xa9", "/a b",        "/a#b",     "/a%",
                          "/a%2",      "/a%zz",       "/%2e%2e/x"}) {
    const auto target = read_target(bad);
    ASSERT_FALSE(target) << bad;
    EXPECT_EQ(target.error().status, 400) << bad;
  }
  EXPECT_EQ(read_target("/v1/units/CA9901-XHA99-XHA-1-2026")->path,
            "/v1/units/CA9901-XHA99-XHA-1-2026");
  EXPECT_EQ(read_target("/a/b..c/...")->path, "/a/b..c/...");
}

TEST(HttpTarget, UnescapesOnce) {
  EXPECT_EQ(read_target("/%61%2562")->path, "/a%62");
  const auto target = read_target("/?at=2028-11-20T10%3A00%3A00.000Z&x=");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->query[0].second, "2028-11-20T10:00:00.000Z");
  EXPECT_EQ(target->query[1].second, "");
}

TEST(HttpTarget, HasAnOrderlyQuery) {
  for (const char* bad : {"/?=1", "/?a=1&&b=2", "/?a=%00", "/?a=%2f", "/?&"}) {
    EXPECT_FALSE(read_target(bad)) << bad;
  }
  EXPECT_TRUE(read_target("/?")->query.empty());
}

TEST(HttpTarget, HasAnEnd) {
  EXPECT_TRUE(read_target("/" + std::string(longest_target - 1, 'a')));
  EXPECT_EQ(read_target("/" + std::string(longest_target, 'a')).error().status, 414);
}

// ---- where a head ends ----

TEST(HttpHeadEnd, IsTheFirstEmptyLine) {
  const std::string head = "GET / HTTP/1.1\r\n" + host + "\r\n";
  EXPECT_EQ(find_head(head + "body\r\n\r\n", 8'192), head.size());
  for (std::size_t size = 0; size < head.size(); ++size) {
    EXPECT_EQ(find_head(head.substr(0, size), 8'192), 0u) << size;
  }
}

TEST(HttpHeadEnd, IsRefusedBehindABareLineFeed) {
  EXPECT_EQ(find_head("GET / HTTP/1.1\n", 8'192).error().status, 400);
  EXPECT_EQ(find_head("GET / HTTP/1.1\r\nHost: a\n\r\n", 8'192).error().status, 400);
  EXPECT_EQ(find_head("\n", 8'192).error().status, 400);
}

TEST(HttpHeadEnd, IsWithinTheLimit) {
  const std::string head = "GET / HTTP/1.1\r\nX: " + std::string(100, 'a') + "\r\n\r\n";
  EXPECT_EQ(find_head(head, head.size()), head.size());
  EXPECT_EQ(find_head(head, head.size() - 1).error().status, 431);
  EXPECT_EQ(find_head("GET /" + std::string(100, 'a'), 64).error().status, 414);
}

}  // namespace
