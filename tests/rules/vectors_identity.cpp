// ID: is the event this ledger's, new, timely, and signed by those who must; and WDR.
#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const UnitsTransferred t1 = scene::transfer({{1, 3'726}});

KeysChanged new_key_of(const Id& participant, KeysChanged::Route route, scene::Signers add,
                       scene::Signers remove) {
  KeysChanged body;
  body.participant = participant;
  body.route = route;
  body.add = scene::keys_of(add);
  body.remove = scene::keys_of(remove);
  return body;
}

SignatureWithdrawn taking_back(const Act& draft) {
  return {crypto::sha256(encode_event(draft.event)), draft.event.id};
}

Change expiring(std::string_view time) {
  return [moment = story::at(time)](Act& act) { act.event.expires = moment; };
}

void bytes_and_time(Family& f) {
  f.given("settled");
  f.admits("A transfer that holder, host and buyer signed.", t1, scene::three());
  f.refuses("ID-1", "It was written for another ledger.", t1, scene::three(),
            [](Act& act) { act.event.ledger = "ledger.example/other"; });
  f.refuses("ID-2", "Its id is that of the opening.", t1, scene::three(),
            [](Act& act) { act.event.id = "opened-1"; });
  f.refuses("ID-3", "It expired a millisecond before the entry's time.", t1, scene::three(),
            expiring("2028-11-20T10:54:59.999Z"));
  f.admits("It expires at the very moment of the entry.", t1, scene::three(),
           expiring("2028-11-20T10:55:00.000Z"));
  f.refuses("ID-10", "Three participants signed and it never expires.", t1, scene::three(),
            [](Act& act) { act.event.expires.reset(); });
  f.refuses("ID-11", "It is dated tomorrow.", t1, scene::three(), dated("2028-11-21"));
  f.refuses("ID-12", "It is dated the day before its units were issued.", t1, scene::three(),
            dated("2028-05-31"));
  f.admits("It is dated the day on which its units were issued.", t1, scene::three(),
           dated("2028-06-01"));
}

void signers(Family& f) {
  f.given("settled");
  f.refuses("ID-5", "A key that nobody enrolled signed too.", t1,
            {"XBA-FUND", "XHA-CMO", "XBA", "STRANGER"});
  f.refuses("ID-7", "XBA has not signed.", t1, {"XBA-FUND", "XHA-CMO"});
  f.refuses("ID-7", "Two keys of one Party are not two Parties: XBA has not signed.", t1,
            {"XBA-FUND", "XHA-CMO", "XHA"});
  f.refuses("ID-7", "XCA admits with one key of the two that its threshold asks for.",
            scene::newcomer("XCA-NEW", "XCA"), {"XCA", "XCA-NEW"});
  f.refuses("ID-8", "The key that it enrols has not signed.",
            new_key_of("XBA-FUND", KeysChanged::Route::threshold, {"XBA-FUND-2"}, {}),
            {"XBA-FUND"});
  f.refuses("ID-9", "XCA signed, and no role of this transfer is XCA's.", t1,
            {"XBA-FUND", "XHA-CMO", "XBA", "XCA"});
  f.admits("Both XHA's secretariat and XHA itself, its authority, signed.", t1,
           {"XBA-FUND", "XHA-CMO", "XHA", "XBA"});
}

void keys(Family& f) {
  f.given("settled");
  f.refuses("ID-6", "A recovery key signed a transfer.", t1,
            {"XBA-FUND", "XBA-FUND-R1", "XHA-CMO", "XBA"});
  f.before(new_key_of("XBA-FUND", KeysChanged::Route::recovery, {"XBA-FUND-N"}, {"XBA-FUND"}),
           {"XBA-FUND-R1", "XBA-FUND-R2", "XBA-FUND-N"});
  f.refuses("ID-6", "The holder signed with a key that its recovery removed.", t1, scene::three());
  f.refuses("ID-6", "The new key waits seven days, and six are over.", t1,
            {"XBA-FUND-N", "XHA-CMO", "XBA"}, at("2028-11-26T10:55:00.000Z"));
  f.admits("The new key acts after seven days.", t1, {"XBA-FUND-N", "XHA-CMO", "XBA"},
           at("2028-11-27T10:55:00.000Z"));
}

void withdrawn(Family& f) {
  f.given("settled");
  const Change as_draft = [](Act& act) {
    at("2028-11-20T13:00:00.000Z")(act);
    act.event.id = "draft-1";
  };
  const Act draft = f.next_act(t1, scene::three(), as_draft);
  f.before(taking_back(draft), {"XBA"});
  f.refuses("ID-4", "XBA took its signature back.", t1, scene::three(), as_draft);
  f.admits("The same transfer under another id is another event.", t1, scene::three(),
           [&](Act& act) {
             as_draft(act);
             act.event.id = "draft-2";
           });
  f.given("settled").before(taking_back(draft), {"XCA"});
  f.admits("XCA took back what nobody needs of it.", t1, scene::three(), as_draft);
}

}  // namespace

Family identity_vectors() {
  Family f("ID");
  bytes_and_time(f);
  signers(f);
  keys(f);
  withdrawn(f);
  return f;
}

Family withdrawal_vectors() {
  Family f("WDR");
  f.given("settled");
  const Act draft = f.next_act(t1, scene::three(), {});
  f.admits("XBA takes its signature back from a draft.", taking_back(draft), {"XBA"});
  f.refuses("WDR-1", "That id is the opening's: there is nothing to take back.",
            with(taking_back(draft), [](auto& body) { body.id = "opened-1"; }), {"XBA"});
  f.refuses("WDR-2", "XHA and XBA sign one withdrawal.", taking_back(draft), scene::both());
  f.before(taking_back(draft), {"XBA"});
  f.refuses("WDR-3", "XBA took it back before.", taking_back(draft), {"XBA"});
  f.admits("XHA takes its own signature back too.", taking_back(draft), {"XHA"});
  return f;
}

}  // namespace rules
