// The server of sockets by itself, with a handler that says what it was asked.
#include "api/http_server.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/api/raw_client.hpp"

namespace {

using namespace api;
using namespace api_test;  // NOLINT: the client is all that it has
using std::chrono::milliseconds;

// Answers with method, path and body; holds back what is asked of /held until it is let go.
class Echo final : public Handler {
 public:
  std::size_t body_limit(std::string_view method, std::string_view) const override {
    return method == "POST" ? 1'000 : 0;
  }
  void handle(Exchange exchange) override {
    ++requests;
    if (exchange.request.path == "/silent") return;
    if (exchange.request.path == "/held") {
      const std::lock_guard lock(mutex_);
      held_.push_back(std::move(exchange));
      changed_.notify_all();
      return;
    }
    answer(exchange);
  }
  Response refuse(const Fault& fault) const override {
    return {fault.status, {{"Content-Type", "text/plain"}}, fault.detail};
  }

  void wait_for_held(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return held_.size() >= count; });
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    for (const Exchange& exchange : held_) answer(exchange);
    held_.clear();
  }

  std::atomic<int> requests = 0;

 private:
  static void answer(const Exchange& exchange) {
    const Request& request = exchange.request;
    exchange.answer({200, {}, request.method + " " + request.path + " " + request.body});
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Exchange> held_;
};

struct Http : testing::Test {
  void serve(const HttpLimits& limits = {}) {
    auto started = HttpServer::start("127.0.0.1", 0, limits, echo);
    ASSERT_TRUE(started) << started.error();
    server = std::move(*started);
  }
  std::string ask(const std::string& bytes) { return exchange(server->port(), bytes); }
  std::string get(const std::string& path, const std::string& fields = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  }
  std::string post(const std::string& body, const std::string& fields = "") {
    return "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) +
           "\r\n" + fields + "\r\n" + body;
  }
  const std::string last = "Connection: close\r\n";

  Echo echo;
  std::unique_ptr<HttpServer> server;
};

TEST_F(Http, AnswersARequest) {
  serve();
  const std::string response = ask(get("/a", last));
  EXPECT_EQ(status_of(response), 200);
  EXPECT_EQ(body_of(response), "GET /a ");
  EXPECT_NE(response.find("\r\nDate: "), std::string::npos);
  EXPECT_NE(response.find("\r\nConnection: close\r\n"), std::string::npos);
}

TEST_F(Http, ReadsBodiesByLengthAndByChunks) {
  serve();
  EXPECT_EQ(body_of(ask(post("hello", last))), "POST /p hello");
  EXPECT_EQ(body_of(ask("POST /p HTTP/1.1\r\nHost: a\r\n" + last +
                        "Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")),
            "POST /p hello");
}

TEST_F(Http, AnswersHeadWithoutABody) {
  serve();
  const std::string response = ask("HEAD /abc HTTP/1.1\r\nHost: a\r\n" + last + "\r\n");
  EXPECT_EQ(status_of(response), 200);
  EXPECT_NE(response.find("Content-Length: 10\r\n"), std::string::npos) << response;
  EXPECT_EQ(body_of(response), "");
}

TEST_F(Http, ServesRequestsOfOneConnectionInTheirOrder) {
  serve();
  RawClient client(server->port());
  client.send(get("/1") + post("two") + get("/3", last));
  EXPECT_EQ(body_of(client.read_response()), "GET /1 ");
  EXPECT_EQ(body_of(client.read_response()), "POST /p two");
  EXPECT_EQ(body_of(client.read_response()), "GET /3 ");
  EXPECT_TRUE(client.is_closed());
}

TEST_F(Http, ReadsARequestThatComesByteByByte) {
  serve();
  RawClient client(server->port());
  for (const char byte : post("slowly", last)) client.send({&byte, 1});
  EXPECT_EQ(body_of(client.read_response()), "POST /p slowly");
}

// ---- what is refused, by its bytes ----

TEST_F(Http, RefusesSmuggledAndMalformedRequestsAndCloses) {
  serve();
  const std::string line = "POST /p HTTP/1.1\r\n";
  const std::vector<std::pair<std::string, int>> cases = {
      {line + "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n", 400},
      {line + "Host: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {line + "Host: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", 400},
      {line + "Host: a\r\nTransfer-Encoding: identity\r\n\r\n", 400},
      {line + "Host: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400},
      {line + "Host: a\r\nContent-Length: +3\r\n\r\nabc", 400},
      {line + "Host: a\r\nX: 1\r\n 2\r\nContent-Length: 0\r\n\r\n", 400},
      {line + "Content-Length: 0\r\n\r\n", 400},
      {line + "Host: a\r\nHost: b\r\nContent-Length: 0\r\n\r\n", 400},
      {line + "Host : a\r\nContent-Length: 0\r\n\r\n", 400},
      {"POST /p HTTP/1.1\nHost: a\n\n", 400},
      {"GET /a/../b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET //a HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /a%2fb HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
      {"\x16\x03\x01\x02\n", 400},
      {"GET / HTTP/3.0\r\nHost: a\r\n\r\n", 505},
      {post("abc", "Content-Encoding: gzip\r\n"), 415},
      {post("abc", "Expect: magic\r\n"), 417},
      {"GET /" + std::string(3'000, 'a') + " HTTP/1.1\r\nHost: a\r\n\r\n", 414},
      {"GET /" + std::string(9'000, 'a'), 414},
      {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(9'000, 'a') + "\r\n\r\n", 431},
      {post(std::string(1'001, 'a')), 413},
      {"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\na", 413},
      {"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", 413},
      {line + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" + std::string(1'001, 'a') +
           "\r\n0\r\n\r\n",
       413},
      {line + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {line + "Host: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd\r\n0\r\n\r\n", 400}};
  for (const auto& [bytes, status] : cases) {
    const std::string response = ask(bytes + get("/smuggled"));
    EXPECT_EQ(status_of(response), status) << bytes.substr(0, 200);
    EXPECT_EQ(response.find("smuggled"), std::string::npos) << bytes.substr(0, 200);
  }
  EXPECT_EQ(echo.requests, 0);
}

TEST_F(Http, AnswersExpectContinueBeforeTheBodyIsSent) {
  serve();
  RawClient client(server->port());
  client.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("ok");
  EXPECT_EQ(body_of(client.read_response()), "POST /p ok");
}

TEST_F(Http, RefusesATooLongBodyWithoutAskingForIt) {
  serve();
  RawClient client(server->port());
  client.send(
      "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(status_of(client.read_response()), 413);
}

// ---- limits ----

TEST_F(Http, EndsASlowHeaderWith408) {
  HttpLimits limits;
  limits.header = milliseconds(50);
  serve(limits);
  EXPECT_EQ(status_of(ask("GET / HTTP/1.1\r\nHo")), 408);
}

TEST_F(Http, EndsASlowBodyWith408) {
  HttpLimits limits;
  limits.body = milliseconds(50);
  serve(limits);
  EXPECT_EQ(status_of(ask("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc")), 408);
}

TEST_F(Http, ClosesAnIdleConnectionWithoutAWord) {
  HttpLimits limits;
  limits.idle = milliseconds(50);
  serve(limits);
  EXPECT_EQ(ask(""), "");
  RawClient client(server->port());
  client.send(get("/a"));
  EXPECT_EQ(status_of(client.read_response()), 200);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(Http, EndsARequestThatNobodyAnswersWith503) {
  HttpLimits limits;
  limits.answer = milliseconds(50);
  serve(limits);
  EXPECT_EQ(status_of(ask(get("/silent"))), 503);
}

TEST_F(Http, ClosesOnAReaderWhoNeverReads) {
  HttpLimits limits;
  limits.write = milliseconds(100);
  limits.requests_per_connection = 1'000'000;
  serve(limits);
  RawClient client(server->port());
  std::string many;
  for (int i = 0; i < 1'000; ++i) many += post(std::string(1'000, 'x'));
  while (client.send(many)) {  // until the answers that nobody reads fill both buffers
  }
  SUCCEED();
}

TEST_F(Http, ClosesAfterItsNumberOfRequests) {
  HttpLimits limits;
  limits.requests_per_connection = 2;
  serve(limits);
  const std::string response = ask(get("/1") + get("/2") + get("/3"));
  EXPECT_NE(response.find("GET /1"), std::string::npos);
  EXPECT_NE(response.find("GET /2"), std::string::npos);
  EXPECT_EQ(response.find("GET /3"), std::string::npos);
}

TEST_F(Http, LetsTheLongestIdleConnectionMakeRoom) {
  HttpLimits limits;
  limits.connections = 2;
  serve(limits);
  RawClient first(server->port()), second(server->port());
  first.send(get("/first"));
  EXPECT_EQ(status_of(first.read_response()), 200);
  second.send(get("/second"));
  EXPECT_EQ(status_of(second.read_response()), 200);
  RawClient third(server->port());
  third.send(get("/third"));
  EXPECT_EQ(status_of(third.read_response()), 200);
  EXPECT_TRUE(first.is_closed());
  second.send(get("/again"));
  EXPECT_EQ(status_of(second.read_response()), 200);
}

TEST_F(Http, RefusesAConnectionWhileAllAreBusy) {
  HttpLimits limits;
  limits.connections = 1;
  serve(limits);
  RawClient busy(server->port());
  busy.send(get("/held"));
  echo.wait_for_held(1);
  EXPECT_EQ(status_of(ask(get("/a"))), 503);
  echo.let_go();
  EXPECT_EQ(status_of(busy.read_response()), 200);
}

TEST_F(Http, HoldsNoMoreBodiesThanItHasRoomFor) {
  HttpLimits limits;
  limits.bodies_bytes = 1'500;
  serve(limits);
  RawClient first(server->port());
  first.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nabc");
  // The first one's bytes are read before the second one's: there is one thread.
  std::string refused;
  for (int tries = 0; tries < 100 && status_of(refused) != 503; ++tries) {
    refused = ask(post(std::string(1'000, 'b'), last));
  }
  EXPECT_EQ(status_of(refused), 503);
  first.send(std::string(997, 'a'));
  EXPECT_EQ(status_of(first.read_response()), 200);
  EXPECT_EQ(status_of(ask(post(std::string(1'000, 'b'), last))), 200);
}

// ---- stopping ----

TEST_F(Http, AnswersWhatIsOpenBeforeItStops) {
  serve();
  RawClient idle(server->port()), open(server->port());
  idle.send(get("/a"));
  EXPECT_EQ(status_of(idle.read_response()), 200);
  open.send(get("/held"));
  echo.wait_for_held(1);
  std::thread stopper([&] { server->stop(); });
  EXPECT_TRUE(idle.is_closed());
  echo.let_go();
  const std::string response = open.read_response();
  EXPECT_EQ(status_of(response), 200);
  EXPECT_NE(response.find("Connection: close"), std::string::npos);
  stopper.join();
}

TEST_F(Http, StopsInTimeThoughSomebodyHangsOn) {
  HttpLimits limits;
  limits.drain = milliseconds(50);
  serve(limits);
  RawClient slow(server->port());
  slow.send("POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
  RawClient held(server->port());
  held.send(get("/held"));
  echo.wait_for_held(1);
  server->stop();
  EXPECT_TRUE(slow.is_closed());
  server.reset();
  echo.let_go();  // an answer that comes after the server has gone is dropped
}

TEST_F(Http, SaysWhyItCannotListen) {
  serve();
  const auto taken = HttpServer::start("127.0.0.1", server->port(), {}, echo);
  ASSERT_FALSE(taken);
  EXPECT_NE(taken.error().find("Address already in use. Stop who has it, or take another port."),
            std::string::npos)
      << taken.error();
  const auto named = HttpServer::start("localhost", 0, {}, echo);
  ASSERT_FALSE(named);
  EXPECT_NE(named.error().find("localhost is not numeric"), std::string::npos) << named.error();
}

}  // namespace
