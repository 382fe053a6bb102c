// The answers of a server as the command line reads them: strictly, and in whatever pieces they
// come.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "api/http_client.hpp"
#include "api/http_reply.hpp"

namespace {

using api::ReplyReader;
using testing::HasSubstr;

std::string failure_of(std::string_view bytes, const api::ReplyLimits& limits = {}) {
  ReplyReader reader(limits);
  const auto taken = reader.take(bytes);
  return taken ? "" : taken.error();
}

std::string body_in_pieces(std::string_view bytes, std::size_t size) {
  ReplyReader reader;
  for (std::size_t at = 0; at < bytes.size(); at += size) {
    const auto taken = reader.take(bytes.substr(at, size));
    if (!taken) return "failed: " + taken.error();
    if (*taken != (at + size >= bytes.size())) return "ended at the wrong byte";
  }
  return std::move(reader).release().body;
}

TEST(HttpReply, IsReadInAnyPieces) {
  const std::string counted = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nETag: x\r\n\r\nhello";
  const std::string chunked =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nA: "
      "b\r\n"
      "\r\n";
  for (std::size_t size = 1; size <= chunked.size(); ++size) {
    EXPECT_EQ(body_in_pieces(counted, size), "hello") << size;
    EXPECT_EQ(body_in_pieces(chunked, size), "hello") << size;
  }
}

TEST(HttpReply, KeepsStatusFieldsAndWhetherTheConnectionStays) {
  ReplyReader reader;
  ASSERT_TRUE(
      *reader.take("HTTP/1.1 404 Not Found\r\ncontent-length:  0 \r\nConnection: close\r\n"
                   "X-A: b c\r\n\r\n"));
  EXPECT_FALSE(reader.keeps_alive());
  const api::Response response = std::move(reader).release();
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(response.field("x-a"), "b c");
}

TEST(HttpReply, RefusesWhatTwoReadersMayUnderstandInTwoWays) {
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"),
              HasSubstr("twice"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n"
                         "\r\n"),
              HasSubstr("a length and sends chunks"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n"),
              HasSubstr("coding is unknown"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\n\r\nbody until the end"), HasSubstr("no length"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: +1\r\n\r\nx"), HasSubstr("no number"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxy"), HasSubstr("follow"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length : 1\r\n\r\nx"), HasSubstr("malformed"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n"), HasSubstr("malformed"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx"),
              HasSubstr("not asked for"));
  EXPECT_THAT(failure_of("HTTP/1.1 100 Continue\r\n\r\n"), HasSubstr("not a status"));
  EXPECT_THAT(failure_of("ICY 200 OK\r\n\r\n"), HasSubstr("not a status"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n"),
              HasSubstr("longer than its size"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
              HasSubstr("no size"));
}

TEST(HttpReply, StopsAtItsLimits) {
  const api::ReplyLimits limits{100, 10};
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nA: " + std::string(200, 'x'), limits),
              HasSubstr("too long"));
  EXPECT_THAT(failure_of("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n", limits),
              HasSubstr("11 bytes"));
  EXPECT_THAT(
      failure_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\n",
                 limits),
      HasSubstr("more than 10"));
  EXPECT_THAT(
      failure_of("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + std::string(200, '1'),
                 limits),
      HasSubstr("does not end"));
}

// As the servers that many people have for files answer.
TEST(HttpReply, MayBeOfTheVersionBefore) {
  ReplyReader reader;
  ASSERT_TRUE(*reader.take("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
  EXPECT_FALSE(reader.keeps_alive()) << "its connection is for one answer";
  EXPECT_EQ(std::move(reader).release().body, "hello");
  EXPECT_THAT(failure_of("HTTP/1.0 200 OK\r\n\r\nbody until the end"), HasSubstr("no length"));
  EXPECT_THAT(failure_of("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
              HasSubstr("coding is unknown"));
  EXPECT_THAT(failure_of("HTTP/1.2 200 OK\r\nContent-Length: 0\r\n\r\n"),
              HasSubstr("not a status"));
}

TEST(HttpReply, IsCutOneByteBehindItsLimitWhereThatIsAskedFor) {
  const api::ReplyLimits limits{1'000, 4, true};
  for (const char* head : {"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
                           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n"}) {
    ReplyReader reader(limits);
    EXPECT_FALSE(*reader.take(head + std::string("hell")));
    EXPECT_TRUE(*reader.take("o and more"));
    EXPECT_FALSE(reader.keeps_alive());
    EXPECT_EQ(std::move(reader).release().body, "hello");
  }
  ReplyReader in_chunks(limits);
  EXPECT_TRUE(*in_chunks.take(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n9\r\nlo, world"));
  EXPECT_EQ(std::move(in_chunks).release().body, "hello");
  ReplyReader just(limits);
  EXPECT_TRUE(*just.take("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nhell"));
  EXPECT_TRUE(just.keeps_alive());
}

TEST(HttpReply, MayExplainAFailureInMoreThanItWasAskedFor) {
  const std::string why(65'536, 'x');
  const api::ReplyLimits limits{1'000, 4};
  EXPECT_EQ(failure_of("HTTP/1.1 404 Not Found\r\nContent-Length: 65536\r\n\r\n" + why, limits),
            "");
  EXPECT_THAT(failure_of("HTTP/1.1 404 Not Found\r\nContent-Length: 65537\r\n\r\n", limits),
              HasSubstr("65537 bytes"));
}

TEST(ServerAddress, IsAHostAPortAndPerhapsAPath) {
  EXPECT_EQ(*api::parse_server_address("http://127.0.0.1:8080"),
            (api::ServerAddress{"127.0.0.1", 8080, ""}));
  EXPECT_EQ(*api::parse_server_address("http://ledger.example/a/b/"),
            (api::ServerAddress{"ledger.example", 80, "/a/b"}));
  EXPECT_EQ(*api::parse_server_address("http://[::1]:9/"), (api::ServerAddress{"::1", 9, ""}));
  for (const char* wrong :
       {"", "127.0.0.1:80", "ftp://x", "http://", "http://x:0", "http://x:65536", "http://x:1a",
        "http://u@x", "http://x/?q", "http://x y", "http://[::1", "http://[::1]9"}) {
    EXPECT_FALSE(api::parse_server_address(wrong)) << wrong;
  }
  EXPECT_THAT(api::parse_server_address("https://x").error(), HasSubstr("local proxy"));
}

TEST(HttpClient, SaysWhichServerDoesNotAnswer) {
  api::HttpClient client({"127.0.0.1", 1, ""});  // nothing listens on port 1
  const auto response = client.get("/checkpoint");
  ASSERT_FALSE(response);
  EXPECT_THAT(response.error(), HasSubstr("http://127.0.0.1:1: "));
  EXPECT_THAT(client.get("/a\r\nb").error(), HasSubstr("cannot be asked for"));
}

}  // namespace
