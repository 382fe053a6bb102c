// Table order is precedence: the events by which units stand still.
#include "crypto/hash.hpp"
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

const char* const day = "2028-11-21T10:00:00.000Z";

TEST(Precedence, OfALock) {
  using Q = Question<UnitsLocked>;
  UnitsLocked frozen = scene::freeze("LOCK-7", {});
  frozen.account = "XBA-FUND-XHA";
  walk<UnitsLocked>(
      ask(LedgerBuilder::after("locked"), day,
          scene::reservation("LOCK-4", {{2'001, 2'100}}, crypto::sha256("other"))),
      {{"LCK-2", [](Q& q) { q.body.id = "LOCK-1"; }},
       {"LCK-3",
        [](Q& q) {
          q.body.kind = UnitsLocked::Sort::freeze;
          q.body.event = crypto::sha256("other");
        }},
       {"LCK-4", [](Q& q) { q.body.account = "NOWHERE"; }},
       {"LCK-5",
        [](Q& q) {
          q.body.units = scene::units({{3'808, 4'007}, {20'000, 20'000}});
        }},
       {"LCK-5",
        [](Q& q) {
          q.body.units = scene::units({{3'808, 4'007}});
        }},
       {"LCK-6", [](Q& q) { q.body.quantity = 7; }},
       {"LCK-7",
        [&](Q& q) {
          q.ledger.given(frozen, {"XHA"});
          q.body = scene::freeze(q.body.id, {});
        }},
       {"LCK-7",
        [](Q& q) {
          q.body.units = scene::units({{1'000, 1'000}});
          q.body.quantity = 1;
        }},
       {"LCK-8", [](Q& q) { q.body.until = q.time; }},
       {"LCK-10",
        [](Q& q) {
          for (Serial serial = 3'001; serial <= 3'016; ++serial) {
            const std::string id = "LOCK-" + std::to_string(serial);
            q.ledger.given(scene::reservation(id, {{serial, serial}}, *q.body.event), {"XBA-FUND"});
          }
        }},
       {"LCK-11", [](Q& q) {
          q.ledger.given(scene::freeze("LOCK-8", {{2'001, 2'100}}), {"XHA"});
        }}});
}

TEST(Precedence, OfAnUnlocking) {
  using Q = Question<UnitsUnlocked>;
  walk<UnitsUnlocked>(
      ask(LedgerBuilder::after("locked"), day, UnitsUnlocked{"LOCK-1", "sale_lapsed"}),
      {{"LCK-9", [](Q& q) { q.body.lock = "LOCK-9"; }}});
}

}  // namespace
}  // namespace rules
