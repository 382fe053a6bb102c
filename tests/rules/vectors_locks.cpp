// LCK: units that stand still.
#include "crypto/hash.hpp"
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const crypto::Hash waited_for = crypto::sha256("draft");
const scene::Signers holder{"XBA-FUND"}, authority{"XHA"}, at_home{"XBA-FUND", "XHA-CMO"};

void locking(Family& f) {
  f.given("settled");
  const auto kept = scene::reservation("LOCK-4", {{1, 1'000}}, waited_for);
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(kept, edit), holder);
  };
  f.admits("The holder keeps 1,000 units for a draft.", kept, holder);
  f.admits("XHA's authority freezes units of the buying entity.",
           scene::freeze("LOCK-4", {{1, 1'000}}), authority);
  f.admits("XHA's authority freezes all that the account holds, now and later.",
           scene::freeze("LOCK-4", {}), authority);
  refuses("LCK-3", "It does not say for which event.", [](auto& b) { b.event.reset(); });
  refuses("LCK-3", "It keeps no units.", [](auto& b) {
    b.units.reset();
    b.quantity.reset();
  });
  f.refuses("LCK-3", "A freeze waits for no event.",
            with(scene::freeze("LOCK-4", {{1, 1'000}}), [](auto& b) { b.event = waited_for; }),
            authority);
  refuses("LCK-4", "There is no such account.", [](auto& b) { b.account = "NOWHERE"; });
  refuses("LCK-5", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{15'001, 15'001}});
    b.quantity = 1;
  });
  refuses("LCK-5", "Units 3,808 to 4,007 are retained by the host.", [](auto& b) {
    b.units = scene::units({{3'808, 4'007}});
    b.quantity = 200;
  });
  refuses("LCK-6", "The ranges hold one unit more.", [](auto& b) { b.quantity = 999; });
  refuses("LCK-6", "It names units and no quantity.", [](auto& b) { b.quantity.reset(); });
  f.refuses("LCK-6", "It states a quantity and names no units.",
            with(scene::freeze("LOCK-4", {}), [](auto& b) { b.quantity = 1'000; }), authority);
  refuses("LCK-8", "It would have ended before it begins.",
          [](auto& b) { b.until = story::at("2028-11-20T09:00:00.000Z"); });
  refuses("LCK-8", "A reservation of more than a year.",
          [](auto& b) { b.until = story::at("2029-12-01T00:00:00.000Z"); });
}

void locking_again(Family& f) {
  f.given("locked");
  f.refuses("LCK-2", "That lock exists.",
            scene::reservation("LOCK-1", {{2'001, 2'100}}, waited_for), holder);
  f.refuses("LCK-7", "Unit 1,000 is kept for another event.",
            scene::reservation("LOCK-4", {{1'000, 1'100}}, crypto::sha256("other")), holder);
  f.refuses("LCK-11", "Units 1,001 to 1,100 are frozen.",
            scene::reservation("LOCK-4", {{1'001, 1'100}}, waited_for), holder);
  f.refuses("LCK-11", "The account is frozen as a whole.",
            with(scene::reservation("LOCK-4", {{3'808, 3'907}}, waited_for),
                 [](auto& b) { b.account = "XHA-SHARE"; }),
            authority);
  f.refuses("LCK-7", "Unit 2,000 is frozen already.", scene::freeze("LOCK-4", {{2'000, 2'100}}),
            authority);
  f.refuses("LCK-7", "The account is frozen already.",
            with(scene::freeze("LOCK-4", {}), [](auto& b) { b.account = "XHA-SHARE"; }), authority);
  f.admits("A freeze comes on top of a reservation.", scene::freeze("LOCK-4", {{1, 1'000}}),
           authority);
  for (Serial serial = 2'001; serial < 2'016; ++serial) {
    const std::string id = "LOCK-" + std::to_string(serial);
    f.before(scene::reservation(id, {{serial, serial}}, waited_for), holder);
  }
  f.refuses("LCK-10", "Sixteen reservations wait for that event, LOCK-1 among them.",
            scene::reservation("LOCK-4", {{2'016, 2'016}}, waited_for), holder);
}

void unlocking(Family& f) {
  f.given("locked");
  f.admits("The holder gives up what it kept.", UnitsUnlocked{"LOCK-1", "sale_lapsed"}, holder);
  f.admits("The authority lifts its freeze.", UnitsUnlocked{"LOCK-2", "review_over"}, authority);
  f.admits("Once its time is over, the operator lifts it.", UnitsUnlocked{"LOCK-3", "time_over"},
           {"operator"}, at("2029-12-31T00:00:00.000Z"));
  f.refuses("ID-7", "The authority did not freeze what that reservation keeps.",
            UnitsUnlocked{"LOCK-1", "under_review"}, authority);
  f.refuses("LCK-9", "There is no such lock.", UnitsUnlocked{"LOCK-9", "sale_lapsed"}, holder);
  f.before(UnitsUnlocked{"LOCK-1", "sale_lapsed"}, holder);
  f.refuses("LCK-9", "That lock ended.", UnitsUnlocked{"LOCK-1", "sale_lapsed"}, holder);
  f.admits("What it held may move again.", scene::transfer({{1, 100}}), scene::three());
  f.given("locked").before(scene::freeze("LOCK-4", {{1, 1'000}}), authority);
  f.admits("The authority ends a reservation of units that it froze.",
           UnitsUnlocked{"LOCK-1", "under_review"}, authority);
}

void standing_still(Family& f) {
  f.given("locked");
  f.refuses("LCK-1", "These units are kept for another event.", scene::transfer({{1'000, 1'000}}),
            scene::three());
  f.refuses("LCK-1", "These units are frozen.", scene::transfer({{1'001, 1'100}}), scene::three());
  const auto ended = with(scene::cancellation({{1, 100}}), [](auto& b) {
    b.account = "XBA-FUND-XHA";
    b.party = "XHA";
  });
  f.refuses("LCK-1", "What is kept is not cancelled either.", ended, at_home);
  f.refuses("LCK-1", "The account is frozen as a whole.",
            with(ended,
                 [](auto& b) {
                   b.account = "XHA-SHARE";
                   b.units = scene::units({{3'808, 3'907}});
                   b.purpose = UnitsCancelled::Reason::administrative;
                 }),
            authority);
  f.admits("An administrative cancellation passes a reservation.",
           with(ended, [](auto& b) { b.purpose = UnitsCancelled::Reason::administrative; }),
           authority);
  f.given("transferred")
      .before(with(scene::reservation("LOCK-4", {{1, 1'000}}, waited_for),
                   [](auto& b) { b.account = "XBA-FUND-XBA"; }),
              holder);
  f.refuses("LCK-1", "What is kept is not used either.", scene::use({{1'000, 1'000}}),
            scene::user());
  f.given("issued").before(scene::freeze("LOCK-4", {{1, 1}}), authority);
  f.refuses("LCK-1", "Of what is frozen no share is taken.", scene::settlement(), scene::seller());
}

}  // namespace

Family lock_vectors() {
  Family f("LCK");
  locking(f);
  locking_again(f);
  unlocking(f);
  standing_still(f);
  return f;
}

}  // namespace rules
