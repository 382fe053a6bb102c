// Each verified tonne is issued once, however verifications are restated and reviewed: a naive book
// of one report, kept from the sentences of spec/rules.md, agrees with the ledger on every step of
// random histories (R20).
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace scene = test_support::scene;
using test_support::LedgerBuilder;
using By = std::map<Year, std::int64_t>;

By book_of(const std::vector<VintageQuantity>& list) {
  By out;
  for (const auto& [vintage, quantity] : list) out[vintage] = quantity;
  return out;
}

// One monitoring report as a clerk would keep it.
struct Book {
  std::int64_t version = 0;
  By verified;
  std::optional<By> host, buyer;  // certified by them; nothing: not approved
  By issued;

  bool may_issue(const By& asked) const {
    if (!host || !buyer) return false;
    return std::all_of(asked.begin(), asked.end(), [&](const auto& each) {
      const auto [vintage, quantity] = each;
      const std::int64_t most =
          std::min({at(verified, vintage), at(*host, vintage), at(*buyer, vintage)});
      return at(issued, vintage) + quantity <= most;
    });
  }
  static std::int64_t at(const By& by, Year vintage) {
    const auto it = by.find(vintage);
    return it == by.end() ? 0 : it->second;
  }
};

// What is tried next, with two quantities.
struct Step {
  int kind = 0;  // 0 verify, 1 the host's review, 2 the buyer's, 3 issue
  std::int64_t first = 0, second = 0;
};

std::vector<VintageQuantity> quantities(const Step& step) {
  std::vector<VintageQuantity> out;
  if (step.first > 0) out.push_back({2026, step.first});
  if (step.second > 0) out.push_back({2027, step.second});
  return out;
}

class Both {
 public:
  Both() : ledger_(LedgerBuilder::after("registered")) {
    ledger_.given("2028-02-01T09:00:00.000Z", scene::monitoring(), {"XHA-DEV"});
  }

  void take(const Step& step) {
    switch (step.kind) {
      case 0: return verify(step);
      case 1: return review(step, "XHA", "XHA-CMO", book_.host);
      case 2: return review(step, "XBA", "XBA", book_.buyer);
      default: return issue(step);
    }
  }

  void compare() const {
    const Monitoring& row = *ledger_.state().monitorings.lookup("XHA-MON-1");
    RC_ASSERT(row.version == book_.version);
    RC_ASSERT(book_of(row.verified) == book_.verified);
    RC_ASSERT(book_of(row.issued) == book_.issued);
    RC_ASSERT(test_support::imbalance(ledger_.state()).empty());
    By units;
    for (const Lot& lot : ledger_.state().lots) units[lot.vintage] += lot.last - lot.first + 1;
    RC_ASSERT(units == book_.issued);
  }

 private:
  void expect(bool admitted, Body body, const scene::Signers& signers) {
    const auto answer = ledger_.send(std::move(body), signers);
    if (answer.admitted() != admitted) RC_FAIL(answer.clause + ": " + answer.detail);
  }

  // 9,000 and 6,000 are claimed.
  void verify(const Step& step) {
    MonitoringVerified body = scene::verification();
    body.version = book_.version + 1;
    body.verified = quantities(step);
    const bool fits = step.first <= 9'000 && step.second <= 6'000;
    expect(fits, body, {"VERIFIER-2"});
    if (!fits) return;
    ++book_.version;
    book_.verified = book_of(body.verified);
    book_.host.reset();
    book_.buyer.reset();
  }

  void review(const Step& step, const Id& party, const std::string& signer,
              std::optional<By>& certified) {
    ReviewDecided body = scene::review(Stage::verification, party);
    body.version = std::max<std::int64_t>(1, book_.version);
    body.quantities = quantities(step);
    const By asked = book_of(body.quantities);
    const bool fits = !book_.verified.empty() && !certified && !asked.empty() &&
                      step.first <= Book::at(book_.verified, 2026) &&
                      step.second <= Book::at(book_.verified, 2027);
    expect(fits, body, {signer});
    if (fits) certified = asked;
  }

  void issue(const Step& step) {
    UnitsIssued body = scene::verified_issuance();
    body.lots.clear();
    body.quantity = 0;
    const By asked = book_of(quantities(step));
    if (asked.empty()) return;
    Serial next = 1;
    for (const auto& [vintage, quantity] : book_.issued) next += quantity;
    for (const auto& [vintage, quantity] : asked) {
      body.lots.push_back({next, next + quantity - 1, vintage, {}});
      next += quantity;
      body.quantity += quantity;
    }
    const bool fits = book_.may_issue(asked);
    expect(fits, body, scene::seller());
    if (!fits) return;
    for (const auto& [vintage, quantity] : asked) book_.issued[vintage] += quantity;
  }

  LedgerBuilder ledger_;
  Book book_;
};

std::vector<Step> random_steps() {
  const auto quantity =
      rc::gen::oneOf(rc::gen::just<std::int64_t>(0), rc::gen::inRange<std::int64_t>(1, 3'000),
                     rc::gen::inRange<std::int64_t>(3'000, 9'100));
  return *rc::gen::container<std::vector<Step>>(rc::gen::apply(
      [](int kind, std::int64_t first, std::int64_t second) {
        return Step{kind, first, second};
      },
      rc::gen::inRange(0, 4), quantity, quantity));
}

TEST(Cycle, EachVerifiedTonneIsIssuedOnce) {
  EXPECT_TRUE(rc::check([] {
    Both both;
    for (const Step& step : random_steps()) {
      both.take(step);
      both.compare();
    }
  }));
}

}  // namespace
}  // namespace rules
