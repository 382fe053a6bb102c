#include "api/http_server.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <chrono>
#include <set>
#include <thread>

#include "api/http_head.hpp"

namespace api {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using std::chrono::milliseconds;
using tcp = asio::ip::tcp;

constexpr std::size_t unparsed_limit = 65'536;   // of a chunk's header or a trailer
constexpr std::size_t linger_limit = 1'048'576;  // read and dropped after the last answer
constexpr milliseconds linger_time{2'000};
constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";

// What the sessions of one server share. All but `handlers` is the I/O thread's.
struct Shared : std::enable_shared_from_this<Shared> {
  Shared(Handler& handler_, const HttpLimits& limits_)
      : handler(handler_), limits(limits_), handlers(limits_.handler_threads) {}
  void accept();
  void admit(tcp::socket socket);
  void close_all(bool idle_only);
  void begin_stop();

  Handler& handler;
  const HttpLimits limits;
  asio::io_context io{1};
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};  // between two tries to accept; at last, for draining
  std::set<std::shared_ptr<class Session>> sessions;
  std::uint64_t idle_clock = 0;  // counts the moments at which a session became idle
  std::size_t body_bytes = 0;    // promised to open requests
  bool stopping = false;
  asio::thread_pool handlers;  // any thread may post
};

// One connection: head, body, handler, answer, and again. Runs on the I/O thread.
class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(std::shared_ptr<Shared> shared, tcp::socket socket)
      : shared_(std::move(shared)), socket_(std::move(socket)), timer_(shared_->io) {}
  void next_request();
  void refuse(const Fault& fault);
  void close();
  [[nodiscard]] bool is_idle() const { return phase_ == Phase::idle; }
  // Lower the longer it has been idle; highest while it is not.
  [[nodiscard]] std::uint64_t idle_since() const { return is_idle() ? idle_since_ : UINT64_MAX; }

 private:
  enum class Phase { idle, head, body, handling, writing, lingering, closed };
  using Step = void (Session::*)();
  void arm(milliseconds time, Step expired);
  void read(Step then);
  void more_head();
  void begin_request(std::size_t head_bytes);
  void more_body();
  void dispatch();
  void write(Response response);
  void wrote(error_code error);
  void send_out();
  void read_rest();
  void discard();
  void release_body();
  void head_expired() { refuse({408, "The header of the request took too long to arrive."}); }
  void body_expired() { refuse({408, "The body of the request took too long to arrive."}); }
  void answer_expired() { refuse({503, "The answer took too long. Ask again."}); }
  const std::shared_ptr<Shared> shared_;
  tcp::socket socket_;
  asio::steady_timer timer_;
  std::uint64_t turn_ = 0;  // of the timer: an expiry of an earlier turn means nothing
  Phase phase_ = Phase::idle;
  std::uint64_t idle_since_ = 0;
  std::array<char, 16'384> chunk_;
  std::string in_;  // read and not yet understood
  std::size_t requests_ = 0;
  Head head_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::size_t promised_ = 0;    // of Shared::body_bytes
  std::uint64_t exchange_ = 0;  // counts answers awaited: a late one means nothing
  bool keep_alive_ = true;
  bool without_body_ = false;  // the answer to HEAD
  std::size_t discarded_ = 0;
  std::string head_out_, body_out_;  // the answer that is being written
  Rest rest_;                        // what follows of it
};

void Session::arm(milliseconds time, Step expired) {
  timer_.expires_after(time);
  timer_.async_wait([self = shared_from_this(), expired, turn = ++turn_](error_code error) {
    if (!error && turn == self->turn_ && self->phase_ != Phase::closed) (self.get()->*expired)();
  });
}

void Session::read(Step then) {
  socket_.async_read_some(asio::buffer(chunk_), [self = shared_from_this(), then, phase = phase_](
                                                    error_code error, std::size_t size) {
    if (self->phase_ != phase) return;  // a timer was faster
    if (error) return self->close();
    self->in_.append(self->chunk_.data(), size);
    (self.get()->*then)();
  });
}

void Session::next_request() {
  phase_ = Phase::idle;
  without_body_ = false;
  more_head();
}

void Session::more_head() {
  if (in_.empty()) {
    if (shared_->stopping) return close();
    idle_since_ = ++shared_->idle_clock;
    arm(shared_->limits.idle, &Session::close);
    return read(&Session::more_head);
  }
  if (phase_ == Phase::idle) {
    phase_ = Phase::head;
    arm(shared_->limits.header, &Session::head_expired);
  }
  const auto end = find_head(in_, shared_->limits.header_bytes);
  if (!end) return refuse(end.error());
  return *end > 0 ? begin_request(*end) : read(&Session::more_head);
}

void Session::begin_request(std::size_t head_bytes) {
  auto head = read_head(std::string_view(in_).substr(0, head_bytes));
  if (!head) return refuse(head.error());
  head_ = std::move(*head);
  without_body_ = head_.request.method == "HEAD";
  const std::size_t limit = shared_->handler.body_limit(head_.request.method, head_.request.path);
  if (head_.content_length.value_or(0) > limit || (head_.chunked && limit == 0)) {
    return refuse({413, "The body of this request may have " + std::to_string(limit) + " bytes."});
  }
  const std::size_t promise = head_.chunked ? limit : head_.content_length.value_or(0);
  if (shared_->body_bytes + promise > shared_->limits.bodies_bytes) {
    return refuse({503, "The server is reading as many bodies as it has room for. Send it again."});
  }
  shared_->body_bytes += promise;
  promised_ = promise;
  keep_alive_ = head_.keep_alive && ++requests_ < shared_->limits.requests_per_connection;
  phase_ = Phase::body;
  arm(shared_->limits.body, &Session::body_expired);
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(2 * unparsed_limit));  // read_head was stricter
  parser_->body_limit(limit);
  parser_->eager(true);
  if (!head_.expects_continue || in_.size() > head_bytes) return more_body();
  asio::async_write(socket_, asio::buffer(go_on),
                    [self = shared_from_this()](error_code error, std::size_t) {
                      if (self->phase_ != Phase::body) return;
                      error ? self->close() : self->more_body();
                    });
}

void Session::more_body() {
  error_code error;
  in_.erase(0, parser_->put(asio::buffer(in_), error));
  if (error == http::error::body_limit)
    return refuse({413, "The body of this request is longer than it may be."});
  if (parser_->is_done()) return dispatch();
  if ((error && error != http::error::need_more) || in_.size() > unparsed_limit) {
    return refuse({400, "The message is not framed as HTTP/1.1 asks for."});
  }
  read(&Session::more_body);
}

void Session::dispatch() {
  phase_ = Phase::handling;
  arm(shared_->limits.answer, &Session::answer_expired);
  Exchange exchange;
  exchange.request = std::move(head_.request);
  exchange.request.body = std::move(parser_->get().body());
  // Neither keeps the session alive: an answer that comes after the end is for nobody.
  exchange.answer = [session = weak_from_this(), number = ++exchange_](Response response) {
    const auto self = session.lock();
    if (!self) return;
    asio::post(self->shared_->io, [self, number, response = std::move(response)]() mutable {
      if (self->phase_ == Phase::handling && self->exchange_ == number) {
        self->write(std::move(response));
      }
    });
  };
  exchange.later = [server = std::weak_ptr(shared_)](std::function<void()> work) {
    if (const auto shared = server.lock()) asio::post(shared->handlers, std::move(work));
  };
  asio::post(shared_->handlers, [shared = shared_, exchange = std::move(exchange)]() mutable {
    shared->handler.handle(std::move(exchange));
  });
}

// After it the connection ends: nobody knows where the next request would begin.
void Session::refuse(const Fault& fault) {
  if (phase_ == Phase::closed) return;
  keep_alive_ = false;
  error_code ignored;
  socket_.cancel(ignored);  // what a timer interrupts
  write(shared_->handler.refuse(fault));
}

void Session::write(Response response) {
  phase_ = Phase::writing;
  release_body();
  if (shared_->stopping) keep_alive_ = false;
  head_out_ = format_head(response, keep_alive_);
  const bool has_body = !without_body_ && response.status != 204 && response.status != 304;
  body_out_ = has_body ? std::move(response.body) : std::string();
  rest_ = has_body ? std::move(response.rest) : Rest();
  send_out();
}

void Session::send_out() {
  arm(shared_->limits.write, &Session::close);
  const std::array<asio::const_buffer, 2> out{asio::buffer(head_out_), asio::buffer(body_out_)};
  asio::async_write(socket_, out, [self = shared_from_this()](error_code error, std::size_t) {
    self->wrote(error);
  });
}

// Reads the next piece on a handler thread: one is held at a time, however long the answer is.
void Session::read_rest() {
  asio::post(shared_->handlers, [session = weak_from_this(), rest = rest_] {
    std::string piece = rest.read(rest.sent);
    const auto self = session.lock();
    if (!self) return;
    asio::post(self->shared_->io, [self, piece = std::move(piece)]() mutable {
      if (self->phase_ != Phase::writing) return;
      Rest& left = self->rest_;
      if (piece.empty() || piece.size() > left.size - left.sent) return self->close();
      left.sent += piece.size();
      self->head_out_.clear();
      self->body_out_ = std::move(piece);
      self->send_out();
    });
  });
}

// A connection that ends is drained for a moment: closing it with unread bytes would reset it, and
// the peer could lose the answer.
void Session::wrote(error_code error) {
  if (phase_ != Phase::writing) return;
  if (error) return close();
  if (rest_.sent < rest_.size) return read_rest();
  if (keep_alive_) return next_request();
  phase_ = Phase::lingering;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  arm(linger_time, &Session::close);
  discard();
}

void Session::discard() {
  discarded_ += in_.size();
  in_.clear();
  if (discarded_ > linger_limit) return close();
  read(&Session::discard);
}

void Session::release_body() {
  parser_.reset();
  shared_->body_bytes -= std::exchange(promised_, 0);
}

void Session::close() {
  if (phase_ == Phase::closed) return;
  phase_ = Phase::closed;
  release_body();
  timer_.cancel();
  error_code ignored;
  socket_.close(ignored);
  const auto self = shared_from_this();
  shared_->sessions.erase(self);
  if (shared_->stopping && shared_->sessions.empty()) shared_->pause.cancel();
}

void Shared::accept() {
  acceptor.async_accept([self = shared_from_this()](error_code error, tcp::socket socket) {
    if (self->stopping) return;
    if (!error) {
      self->admit(std::move(socket));
      return self->accept();
    }
    self->pause.expires_after(milliseconds(100));  // out of descriptors, most likely
    self->pause.async_wait([self](error_code cancelled) {
      if (!cancelled && !self->stopping) self->accept();
    });
  });
}

// Where all places are taken, the connection that has been idle longest makes room.
void Shared::admit(tcp::socket socket) {
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  if (sessions.size() >= limits.connections) {
    const auto& longest = *std::min_element(
        sessions.begin(), sessions.end(),
        [](const auto& a, const auto& b) { return a->idle_since() < b->idle_since(); });
    if (longest->is_idle()) std::shared_ptr(longest)->close();
  }
  if (sessions.size() >= limits.connections + limits.connections / 8 + 1) return;
  const auto session = std::make_shared<Session>(shared_from_this(), std::move(socket));
  sessions.insert(session);
  if (sessions.size() <= limits.connections) return session->next_request();
  session->refuse({503, "The server has as many connections as it can serve. Try again."});
}

void Shared::close_all(bool idle_only) {
  for (const auto& session : std::set(sessions))  // a copy: closing changes the set
    if (session->is_idle() || !idle_only) session->close();
}

void Shared::begin_stop() {
  stopping = true;
  error_code ignored;
  acceptor.close(ignored);
  pause.cancel();
  close_all(true);
  if (sessions.empty()) return;
  pause.expires_after(limits.drain);
  pause.async_wait([self = shared_from_this()](error_code cancelled) {
    if (!cancelled) self->close_all(false);
  });
}

// Binds and listens; says where, with the port that the system chose.
Told<tcp::endpoint> listen(tcp::acceptor& acceptor, const std::string& address,
                           std::uint16_t port) {
  error_code error;
  const tcp::endpoint wanted(asio::ip::make_address(address, error), port);
  if (error) return tell("The address " + address + " is not numeric, as 127.0.0.1 and ::1 are.");
  tcp::endpoint here;
  acceptor.open(wanted.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(wanted, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (!error) here = acceptor.local_endpoint(error);
  if (!error) return here;
  const bool taken = error == asio::error::address_in_use;
  return tell("Cannot listen on " + address + " port " + std::to_string(port) + ": " +
              error.message() + (taken ? ". Stop who has it, or take another port." : "."));
}

}  // namespace

struct HttpServer::Listener {
  std::shared_ptr<Shared> shared;
  tcp::endpoint here;
  std::thread thread;
};

Told<std::unique_ptr<HttpServer>> HttpServer::start(const std::string& address, std::uint16_t port,
                                                    const HttpLimits& limits, Handler& handler) {
  const auto shared = std::make_shared<Shared>(handler, limits);
  auto here = listen(shared->acceptor, address, port);
  if (!here) return tell(std::move(here).error());
  shared->accept();
  auto listener = std::make_unique<Listener>(
      Listener{shared, *here, std::thread([shared] { shared->io.run(); })});
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(listener)));
}

HttpServer::HttpServer(std::unique_ptr<Listener> listener) : listener_(std::move(listener)) {}
HttpServer::~HttpServer() {
  stop();
}

void HttpServer::stop() {
  if (!listener_->thread.joinable()) return;
  asio::post(listener_->shared->io, [shared = listener_->shared] { shared->begin_stop(); });
  listener_->thread.join();  // ends when no connection is left
  listener_->shared->handlers.join();
}

std::uint16_t HttpServer::port() const {
  return listener_->here.port();
}

std::string HttpServer::url() const {
  const asio::ip::address address = listener_->here.address();
  const std::string host = address.is_v6() ? "[" + address.to_string() + "]" : address.to_string();
  return "http://" + host + ":" + std::to_string(port());
}

}  // namespace api
