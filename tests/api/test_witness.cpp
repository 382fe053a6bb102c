#include "tests/api/test_witness.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "api/server.hpp"
#include "api/witness_protocol.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "crypto/text.hpp"
#include "tests/api/served.hpp"

namespace api_test {
namespace {

crypto::SecretKey secret_of(const std::string& name) {
  return crypto::SecretKey::from_seed((name + std::string(32, '.')).substr(0, 32));
}

std::string take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string line(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

api::Response plain(int status, std::string body) {
  api::Response response{status, {}, std::move(body)};
  response.set("Content-Type", "text/plain; charset=utf-8");
  return response;
}

std::string dead_url() {
  const TestWitness gone("gone");
  return gone.url();
}

TestWitness::TestWitness(const std::string& name)
    : secret_(secret_of(name)),
      key_{"witness.example/" + name, secret_.public_key()},
      name_(name),
      seen_{scene::origin, 0, crypto::empty_root()} {
  api::HttpLimits limits;
  limits.drain = std::chrono::milliseconds(50);  // whoever is left hanging is not waited for
  auto server = api::HttpServer::start("127.0.0.1", 0, limits, *this);
  if (!server) throw std::runtime_error(server.error());
  server_ = std::move(*server);
}

TestWitness::~TestWitness() {
  server_->stop();
}

std::string TestWitness::policy_line() const {
  return "witness " + name_ + " " + crypto::format_witness_vkey(key_) + " " + url() + "\n";
}

void TestWitness::answer_with(Mood mood) {
  const std::lock_guard lock(mutex_);
  mood_ = std::move(mood);
}

void TestWitness::hang() {
  answer_with([](const api::Request&) { return api::Response{0, {}, {}}; });
}

void TestWitness::show(bool shows) {
  const std::lock_guard lock(mutex_);
  shows_ = shows;
}

void TestWitness::shift_time(std::int64_t seconds) {
  const std::lock_guard lock(mutex_);
  shift_ = seconds;
}

void TestWitness::remember(const crypto::Checkpoint& checkpoint, const std::string& note) {
  const std::lock_guard lock(mutex_);
  seen_ = checkpoint;
  note_ = note;
}

std::uint64_t TestWitness::size() const {
  const std::lock_guard lock(mutex_);
  return seen_.size;
}

std::size_t TestWitness::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t TestWitness::most_in_flight() const {
  const std::lock_guard lock(mutex_);
  return most_in_flight_;
}

std::vector<int> TestWitness::statuses() const {
  const std::lock_guard lock(mutex_);
  return statuses_;
}

bool TestWitness::was_asked(std::size_t requests) const {
  std::unique_lock lock(mutex_);
  return asked_.wait_for(lock, std::chrono::seconds(10), [&] { return requests_ >= requests; });
}

std::size_t TestWitness::body_limit(std::string_view, std::string_view) const {
  return 65'536;
}

void TestWitness::handle(api::Exchange exchange) {
  const bool is_submission = exchange.request.method == "POST";
  Mood mood;
  {
    const std::lock_guard lock(mutex_);
    mood = mood_;
    if (is_submission) {
      ++requests_;
      most_in_flight_ = std::max(most_in_flight_, ++in_flight_);
      asked_.notify_all();
    }
  }
  api::Response response = mood            ? mood(exchange.request)
                           : is_submission ? add_checkpoint(exchange.request.body)
                                           : shown(exchange.request);
  {
    const std::lock_guard lock(mutex_);
    if (is_submission) {
      --in_flight_;
      statuses_.push_back(response.status);
    }
  }
  if (response.status != 0) exchange.answer(std::move(response));
}

api::Response TestWitness::refuse(const api::Fault& fault) const {
  return plain(fault.status, fault.detail + "\n");
}

api::Response TestWitness::shown(const api::Request& request) const {
  const std::lock_guard lock(mutex_);
  const bool known = request.path == api::witness_checkpoint_path(scene::origin);
  if (!shows_ || !known || note_.empty()) return plain(404, "no such checkpoint\n");
  return plain(200, note_);
}

// In the order of C2SP tlog-witness.
api::Response TestWitness::add_checkpoint(std::string_view body) {
  std::string_view rest = body;
  const std::string first = take_line(rest);
  const auto old = first.starts_with("old ") ? crypto::from_decimal(first.substr(4)) : std::nullopt;
  if (!old) return plain(400, "no old size\n");
  std::vector<crypto::Hash> proof;
  for (std::string line = take_line(rest); !line.empty(); line = take_line(rest)) {
    const auto bytes = crypto::from_base64(line);
    const auto hash = bytes ? crypto::Hash::from(*bytes) : std::nullopt;
    if (!hash || proof.size() == 63) return plain(400, "no proof\n");
    proof.push_back(*hash);
  }
  const auto said = crypto::read_unverified(rest);
  if (!said) return plain(400, "no checkpoint\n");
  if (said->origin != scene::origin) return plain(404, "unknown log\n");
  const auto checkpoint = crypto::open_checkpoint(rest, scene_log_key());
  if (!checkpoint) return plain(403, "no signature of the log\n");
  if (*old > checkpoint->size) return plain(400, "old is more than new\n");
  const std::lock_guard lock(mutex_);
  if (*old != seen_.size) {
    api::Response conflict{409, {}, std::to_string(seen_.size) + "\n"};
    return conflict.set("Content-Type", "text/x.tlog.size");
  }
  const bool proven = *old == 0 ? proof.empty()
                                : crypto::verify_consistency(*old, seen_.root, checkpoint->size,
                                                             checkpoint->root, proof);
  if (!proven) return plain(422, "no consistency\n");
  const std::string text(rest.substr(0, rest.find("\n\n") + 1));
  const auto now = static_cast<std::uint64_t>(api::now().ms / 1'000 + shift_);
  const std::string line = crypto::cosign(text, now, key_.name, secret_);
  seen_ = *checkpoint;
  note_ = std::string(rest) + line;
  return plain(200, line);
}

}  // namespace api_test
