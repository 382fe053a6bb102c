#include "bench/workload.hpp"

#include <algorithm>
#include <utility>

#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"

namespace bench {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

constexpr std::size_t lots_of_one_issuance = 1'200;  // what fits 60,000 bytes

AuthorizationGranted grant(const Id& id, const Id& party) {
  AuthorizationGranted body;
  body.id = id;
  body.approach = "XHA-XBA";
  body.party = party;
  body.cap = max_serial;
  body.metric = "GHG";
  body.gwp = "AR5";
  body.purposes = {Purpose::ndc};
  body.parties = {"XBA"};
  body.vintage_from = 2026;
  body.vintage_to = 2030;
  body.ndc_periods = {{2026, 2030}};
  body.standards = {"Synthetic methodology"};
  body.tracking_registry = party + "99";
  if (party == "XHA") {
    body.activities = {{"XHA-ACTIVITY", story::on("2026-01-01"), story::on("2030-12-31"),
                        "Energy generation", "Solar", Mitigation::reductions}};
  }
  body.documents = {story::document("letter " + id, "letter of authorization")};
  return body;
}

ApproachRules rules() {
  ApproachRules body;
  body.approach = "XHA-XBA";
  body.version = 1;
  body.carp = "CA9901";
  return body;
}

}  // namespace

Workload::Workload() : cast_(story::Cast::derived()) {}

std::string Workload::send(const char* time, Body body, std::vector<std::string> signers) {
  story::Act act;
  act.time = story::at(time);
  act.event.ledger = origin;
  act.event.id = "bench-" + std::to_string(events_++);
  act.event.date = date_of(act.time);
  act.event.body = std::move(body);
  if (signers.size() > 1) act.event.expires = plus_days(act.time, 30);
  act.signers = std::move(signers);
  return story::submission_of(act, cast_, true);
}

std::vector<std::string> Workload::beginnings() {
  const char* first = "2026-12-01T08:00:00.000Z";
  const char* second = "2026-12-02T08:00:00.000Z";
  std::vector<std::string> out;
  out.push_back(
      send(first, story::opening(cast_, origin, {"XBA", "XHA"}), {"operator", "XBA", "XHA"}));
  out.push_back(send(first, story::account("XHA-UNITS", "XHA", "XHA99"), {"XHA"}));
  out.push_back(send(first, story::account("XBA-UNITS", "XBA", "XBA99"), {"XBA"}));
  out.push_back(send(first, story::ndc("XHA", 2026, 2030), {"XHA"}));
  out.push_back(send(first, story::ndc("XBA", 2026, 2030), {"XBA"}));
  out.push_back(send(first, story::approach("XHA-XBA", "XHA", "XBA"), {"XHA", "XBA"}));
  out.push_back(send(first, rules(), {"XHA", "XBA"}));
  out.push_back(send(second, grant("XHA-AUT", "XHA"), {"XHA"}));
  out.push_back(send(second, grant("XBA-AUT", "XBA"), {"XBA"}));
  return out;
}

UnitsIssued Workload::certificate() const {
  UnitsIssued body;
  body.activity = "XHA-ACTIVITY";
  body.authorization = {"XHA-AUT", "XBA-AUT"};
  body.period_from = story::on("2026-01-01");
  body.period_to = story::on("2026-12-31");
  body.metric = "GHG";
  body.gwp = "AR5";
  body.account = "XHA-UNITS";
  body.holder = "XHA";
  body.scope = "XHA99";
  body.documents = {story::document("certificate", "issuance certificate")};
  return body;
}

std::vector<std::string> Workload::issuances(std::size_t runs, std::int64_t run_units) {
  std::vector<std::string> out;
  while (runs > 0) {
    UnitsIssued body = certificate();
    const std::size_t now = std::min(runs, lots_of_one_issuance);
    for (std::size_t i = 0; i < now; ++i) {
      const Range range{next_serial_, next_serial_ + run_units};
      body.lots.push_back({range.first, range.last(), 2026, {}});
      runs_.push_back(range);
      next_serial_ = range.end;
    }
    body.quantity = run_units * static_cast<std::int64_t>(now);
    out.push_back(send("2028-06-01T08:00:00.000Z", std::move(body), {"XHA"}));
    runs -= now;
  }
  return out;
}

std::string Workload::issuance(std::int64_t units) {
  UnitsIssued body = certificate();
  body.lots = {{next_serial_, next_serial_ + units - 1, 2026, {}}};
  body.quantity = units;
  next_serial_ += units;
  return send("2028-06-01T08:00:00.000Z", std::move(body), {"XHA"});
}

std::string Workload::transfer(const RangeSet& ranges) {
  UnitsTransferred body;
  body.from = {"XHA-UNITS", "XHA", "XHA", "Government of XHA"};
  body.to = {"XBA-UNITS", "XBA", "XBA", "Government of XBA"};
  body.units = {"XHA99", ranges};
  body.quantity = ranges.quantity();
  body.vintages = {{2026, ranges.quantity()}};
  body.authorization = {"XHA-AUT", "XBA-AUT"};
  return send("2028-11-20T08:00:00.000Z", std::move(body), {"XHA", "XBA"});
}

std::vector<std::string> Workload::small_transfers(std::size_t count) {
  std::vector<std::string> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(transfer(RangeSet(Range{next_sold_, next_sold_ + 1})));
    ++next_sold_;
  }
  return out;
}

std::vector<std::string> Workload::scattered_transfers(std::size_t count) {
  // Every second serial of the first 10^9, each once: the step and their number share no factor.
  constexpr Serial places = 500'000'000, step = 7'919'317;
  std::vector<std::string> out;
  out.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Serial serial = 2 + 2 * (scattered_++ * step % places);
    out.push_back(transfer(RangeSet(Range{serial, serial + 1})));
  }
  return out;
}

std::vector<std::string> Workload::splitting_transfers(std::size_t count, std::size_t ranges,
                                                       std::uint32_t seed) {
  ENSURE(count * ranges <= runs_.size(), "each range of a splitting transfer has a run of its own");
  std::mt19937 random(seed);
  std::vector<Range> runs = runs_;
  std::shuffle(runs.begin(), runs.end(), random);
  std::vector<std::string> out;
  for (std::size_t event = 0; event < count; ++event) {
    const auto begin = runs.begin() + static_cast<std::ptrdiff_t>(event * ranges);
    const auto end = begin + static_cast<std::ptrdiff_t>(ranges);
    std::sort(begin, end, [](const Range& a, const Range& b) { return a.first < b.first; });
    RangeSet sold;
    for (auto run = begin; run != end; ++run) {
      std::uniform_int_distribution<Serial> first(run->first + 1, run->end - 2);
      const Serial at = first(random);
      std::uniform_int_distribution<Serial> last(at + 1, run->end - 1);
      sold.join({at, last(random)});
    }
    out.push_back(transfer(sold));
  }
  return out;
}

std::vector<std::string> Workload::scattering(std::size_t count, std::size_t ranges,
                                              std::uint32_t seed) {
  constexpr Serial spacing = 10;
  const Serial start = next_serial_;
  std::vector<Serial> places(count * ranges);
  for (std::size_t i = 0; i < places.size(); ++i) {
    places[i] = start + 1 + spacing * static_cast<Serial>(i);
  }
  std::vector<std::string> out{issuance(spacing * static_cast<Serial>(places.size()))};
  std::mt19937 random(seed);
  std::shuffle(places.begin(), places.end(), random);
  for (std::size_t event = 0; event < count; ++event) {
    const auto begin = places.begin() + static_cast<std::ptrdiff_t>(event * ranges);
    std::sort(begin, begin + static_cast<std::ptrdiff_t>(ranges));
    RangeSet sold;
    for (std::size_t i = 0; i < ranges; ++i) {
      const Serial first = begin[static_cast<std::ptrdiff_t>(i)];
      sold.join({first, first + 3});
    }
    out.push_back(transfer(sold));
  }
  return out;
}

LogIdentity Workload::log_identity() {
  return {origin, crypto::SecretKey::from_seed(cast_.key("log").seed()),
          cast_.public_key("service"), cast_.public_key("operator")};
}

crypto::SecretKey Workload::operator_key() {
  return crypto::SecretKey::from_seed(cast_.key("operator").seed());
}

SignedEvent decoded(const std::string& submission) {
  Result<Submission> read = decode_submission(submission);
  if (!read) std::fprintf(stderr, "%s\n", read.error().detail.c_str());
  ENSURE(read.has_value(), "a measured submission is well-formed");
  return std::move(read->signed_event);
}

AuthenticEvent authentic(const std::string& submission) {
  Result<AuthenticEvent> event = authenticate(decoded(submission));
  ENSURE(event.has_value(), "a measured submission is signed");
  return std::move(*event);
}

}  // namespace bench
