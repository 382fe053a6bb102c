// Scenario B, nobody can be made to have signed: what is refused before, between and after.
#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/conformance/stream.hpp"

namespace conformance {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using namespace nlohmann::literals;

namespace {

// The transfer of 1,500 units, a draft that expires with June.
story::Act draft(Stream& stream, std::string_view time, scene::Closed closed,
                 scene::Signers signers = scene::three()) {
  story::Act act = stream.act(time, scene::transfer(std::move(closed)), std::move(signers));
  act.event.expires = story::at("2029-06-30T23:59:59.999Z");
  return act;
}

story::Act refused(story::Act act, std::string clause, std::string why) {
  act.refused_by = std::move(clause);
  act.caption = std::move(why);
  return act;
}

KeysChanged replaced(const Id& participant, KeysChanged::Route route, const std::string& fresh) {
  KeysChanged body;
  body.participant = participant;
  body.route = route;
  body.remove = scene::keys_of({participant});
  body.add = scene::keys_of({fresh});
  return body;
}

void tell_refusals(Stream& stream) {
  stream.sends(refused(
      draft(stream, "2029-06-01T08:00:00.000Z", {{1, 1'500}}, {"XBA-FUND", "XHA-CMO", "XHA"}),
      "ID-7", "(1) Two keys of XHA are no signature of XBA"));
  const story::Act barred = draft(stream, "2029-06-01T09:00:00.000Z", {{1, 1'500}});
  stream.say("(2) XHA's secretariat takes its signature back");
  stream.admits("2029-06-01T08:30:00.000Z",
                SignatureWithdrawn{crypto::sha256(encode_event(barred.event)), barred.event.id},
                {"XHA-CMO"});
  stream.sends(refused(barred, "ID-4", "(2) and so nobody commits the draft"));
  stream.sends(refused(draft(stream, "2029-07-01T00:00:00.000Z", {{1, 1'500}}), "ID-3",
                       "(3) A draft is no option for ever"));
}

void tell_keys(Stream& stream) {
  const auto next = [&](std::string_view time, scene::Closed closed, scene::Signers signers) {
    story::Act act = draft(stream, time, std::move(closed), std::move(signers));
    act.event.expires = story::at("2029-08-30T00:00:00.000Z");
    return act;
  };
  stream.say("(4) XHA's secretariat replaces its key");
  stream.admits("2029-07-02T08:00:00.000Z",
                replaced("XHA-CMO", KeysChanged::Route::threshold, "XHA-CMO-2"),
                {"XHA-CMO", "XHA-CMO-2"});
  stream.sends(refused(next("2029-07-02T09:00:00.000Z", {{1, 1'500}}, scene::three()), "ID-6",
                       "(4) A key that was retired signs nothing"));
  stream.say("(6) The entity lost its key; two of its three recovery keys replace it");
  stream.admits("2029-07-03T08:00:00.000Z",
                replaced("XBA-FUND", KeysChanged::Route::recovery, "XBA-FUND-2"),
                {"XBA-FUND-R1", "XBA-FUND-R3", "XBA-FUND-2"});
  stream.sends(
      refused(next("2029-07-03T09:00:00.000Z", {{1, 1'500}}, {"XBA-FUND", "XHA-CMO-2", "XBA"}),
              "ID-6", "(6) The old key is refused at once"));
  const scene::Signers renewed{"XBA-FUND-2", "XHA-CMO-2", "XBA"};
  stream.sends(refused(next("2029-07-09T08:00:00.000Z", {{1, 1'500}}, renewed), "ID-6",
                       "(6) The new key waits: six days are not seven"));
  stream.say("(6) After seven days it acts");
  stream.sends(next("2029-07-10T08:00:00.000Z", {{1, 1'500}}, renewed));
  stream.stands("The draft that everybody signed is the only one that counts", R"({
      "accounts": {"XBA-FUND-XBA": 1500, "XBA-FUND-XHA": 13219, "XHA-SHARE": 200},
      "parties": {"XHA": {"first_transferred": {"2026": 1581}}}})"_json);
  stream.say("(5) XHA and XBA revoke the authorization");
  stream.admits("2029-07-11T08:00:00.000Z", scene::revocation("XHA-AUT-1"), scene::both());
  stream.sends(refused(next("2029-07-11T08:00:00.000Z", {{1'501, 3'000}}, renewed), "AUT-5",
                       "(5) A complete draft that comes after it is refused"));
}

}  // namespace

Stream scenario_b() {
  Stream stream("scenario-b",
                "Nobody can be made to have signed: a missing signature, one taken back, a draft "
                "that expired, retired and lost keys, a revocation that came first.");
  stream.begin("settled");
  tell_refusals(stream);
  tell_keys(stream);
  stream.stands("What was first transferred stays; the rest is released", R"({
      "accounts": {"XBA-FUND-XBA": 1500, "XBA-FUND-XHA": 13219, "XHA-SHARE": 200},
      "authorizations": {
        "XHA-AUT-1": {"version": 1, "first_transferred": 1581, "acquired": 0, "revoked": true,
                      "released": 13419},
        "XBA-AUT-1": {"version": 1, "first_transferred": 0, "acquired": 1500}}})"_json);
  return stream;
}

}  // namespace conformance
