// LOG: an entry at its place, and what a server asks beside the rules.
#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "ledger/ensure.hpp"
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

// The line that the next entry would be, with its place as `edit` leaves it.
std::string line_of(const Machine& machine, const Act& act,
                    const std::function<void(LineParts&)>& edit) {
  LineParts parts{story::signed_event_of(act, scene::cast()), machine.head(), machine.size(),
                  act.time};
  edit(parts);
  return encode_line(parts.signed_event.bytes, parts.signed_event.signatures, parts.prev, parts.seq,
                     parts.time);
}

void entries(Family& f) {
  f.given("settled");
  const Act act = f.next_act(scene::transfer({{1, 3'726}}), scene::three(), {});
  const auto add = [&](std::string_view clause, std::string_view why, auto edit) {
    f.add({std::string(why),
           "settled",
           {},
           std::string(clause),
           {},
           line_of(f.machine(), act, edit),
           false});
  };
  add("", "The next entry.", [](LineParts&) {});
  add("LOG-1", "An entry is left out before it.", [](LineParts& parts) { ++parts.seq; });
  add("LOG-1", "It repeats the place of the last entry.", [](LineParts& parts) { --parts.seq; });
  add("LOG-2", "It follows another entry than the last.",
      [](LineParts& parts) { parts.prev = crypto::sha256("another entry"); });
  add("LOG-3", "It is a millisecond older than the last entry.",
      [&](LineParts& parts) { parts.time = {f.machine().time().ms - 1}; });
}

void server(Family& f) {
  const auto add = [&](std::string_view clause, std::string_view why, std::string_view given,
                       const Act& act) {
    f.add({std::string(why),
           std::string(given),
           {},
           std::string(clause),
           story::submission_of(act, scene::cast(), true),
           {},
           true});
  };
  const scene::Signers founders{"operator", "XBA", "XCA", "XCA-2", "XHA"};
  const auto opening = [&](auto edit) {
    Act act = scene::act("asked-opening", story::at("2026-11-23T08:00:00.000Z"),
                         with(scene::opening(), edit), founders);
    return act;
  };
  add("", "The opening that the server's configuration asks for.", "", opening([](auto&) {}));
  add("LOG-5", "An ordinary ledger takes time from its own clock.", "",
      opening([](auto& body) { body.mode = LedgerOpened::Mode::ordinary; }));
  add("LOG-6", "The opening names another service key than the server has.", "",
      opening([](auto& body) { body.service_key = scene::cast().public_key("service-b"); }));
  Act foreign = opening([](auto& body) { body.operator_.keys = scene::keys_of({"operator-b"}); });
  foreign.signers.front() = "operator-b";
  add("LOG-6", "The opening names another operator.", "", foreign);
  f.given("settled");
  add("LOG-3", "It asks for a time before the last entry's.", "settled",
      f.next_act(scene::transfer({{1, 3'726}}), scene::three(), at("2028-11-20T09:54:59.999Z")));
}

}  // namespace

Family log_vectors() {
  Family f("LOG");
  entries(f);
  server(f);
  return f;
}

}  // namespace rules
