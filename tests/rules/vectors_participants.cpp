// LED, PAR, KEY, ROL, ACC: who takes part.
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const scene::Signers founders{"operator", "XBA", "XCA", "XCA-2", "XHA"};
const char* const first_day = "2026-11-23T08:00:00.000Z";

LedgerOpened::Party& party_of(LedgerOpened& body, const Id& id) {
  for (auto& party : body.parties) {
    if (party.id == id) return party;
  }
  return body.parties.front();
}

ParticipantAdmitted party(const Id& id) {
  ParticipantAdmitted body = scene::newcomer(id, "XBA");
  body.kind = ParticipantAdmitted::Sort::party;
  body.sponsor.reset();
  body.identity = {"Government of " + id, id, id + "-GOV"};
  return body;
}

// An opening with other keys than the first one's.
LedgerOpened another_opening() {
  return with(scene::opening(), [](LedgerOpened& body) {
    body.operator_.keys = scene::keys_of({"operator-b"});
    for (auto& each : body.parties) {
      each.keys = scene::keys_of({each.id + "-b"});
      each.thresholds = {};
    }
  });
}

KeysChanged change(const Id& participant,
                   KeysChanged::Route route = KeysChanged::Route::threshold) {
  KeysChanged body;
  body.participant = participant;
  body.route = route;
  return body;
}

RoleGranted verifier() {
  RoleGranted body = scene::secretariat();
  body.id = "VVB-1";
  body.parties = {"XBA", "XHA"};
  body.participant = "XHA-OTHER";
  body.role = Organ::verifier;
  body.approaches = {"XHA-XBA"};
  return body;
}

void announce_log_keys(Family& f, const scene::Signers& two) {
  const auto named = [](std::string_view name, const crypto::PublicKey& key) {
    return LogKeyAnnounced{crypto::format_vkey(crypto::make_verifier_key(name, key))};
  };
  const crypto::PublicKey second = scene::cast().public_key("log-2");
  f.admits("A quorum announces the key that is to follow the log key.",
           scene::announcement("log-2"), two);
  f.refuses("ID-7", "One of three founding Parties is no quorum.", scene::announcement("log-2"),
            {"XHA"});
  f.refuses("LED-3", "It is the log key already.", scene::announcement("log"), two);
  f.refuses("LED-3", "XCA signs events with that key.", scene::announcement("XCA"), two);
  f.refuses("LED-3", "It is no verifier key.", LogKeyAnnounced{"ledger.example/test+00000000+AAAA"},
            two);
  f.refuses("LED-4", "The key is named after another ledger.",
            named("ledger.example/other", second), two);
  f.refuses("KEY-2", "The key is a point of small order.", named(scene::origin, {}), two);
  f.before(scene::announcement("log-2"), two);
  f.refuses("LED-3", "It was announced before.", scene::announcement("log-2"), two);
  KeysChanged change;
  change.participant = "XHA";
  change.add = {second};
  f.refuses("KEY-3", "The key that XHA would enrol signs checkpoints.", change, {"XHA", "log-2"});
}

}  // namespace

Family opening_vectors() {
  Family f("LED");
  const auto asked = at(first_day);
  const auto opening = [&](auto edit) { return with(scene::opening(), edit); };
  f.given("").admits("Three Parties open a ledger.", scene::opening(), founders, asked);
  f.refuses("LED-1", "A Party would be admitted before there is a ledger.", party("XDA"), {"XDA"},
            asked);
  f.refuses("LED-2", "Spec number 0 was a draft.", opening([](auto& body) { body.spec = 0; }),
            founders, asked);
  f.refuses("LED-2", "Nobody knows spec number 9 yet.", opening([](auto& body) { body.spec = 9; }),
            founders, asked);
  f.refuses("LED-3", "The service key is XHA's key.",
            opening([](auto& body) { body.service_key = scene::cast().public_key("XHA"); }),
            founders, asked);
  f.refuses("LED-3", "The log key is no verifier key.",
            opening([](auto& body) { body.log_key = "ledger.example/test+00000000+AAAA"; }),
            founders, asked);
  f.refuses("LED-4", "The log key is named after another ledger.", opening([](auto& body) {
              body.log_key = crypto::format_vkey(crypto::make_verifier_key(
                  "ledger.example/other", scene::cast().public_key("log")));
            }),
            founders, asked);
  f.refuses("LED-5", "One of three Parties is no majority.",
            opening([](auto& body) { body.quorum = 1; }), founders, asked);
  f.refuses("LED-5", "Four of three Parties can never be found.",
            opening([](auto& body) { body.quorum = 4; }), founders, asked);
  f.refuses("LED-6", "XBA is listed twice, with two keys.", opening([](auto& body) {
              auto twin = party_of(body, "XBA");
              twin.keys = scene::keys_of({"XBA-b"});
              body.parties.insert(body.parties.begin() + 1, twin);
              body.quorum = 3;
            }),
            {"operator", "XBA", "XBA-b", "XCA", "XCA-2", "XHA"}, asked);
  f.refuses("LED-7", "The migration window ends before it begins.",
            opening([](auto& body) { std::swap(body.migration->from, body.migration->to); }),
            founders, asked);
  f.refuses("PAR-3", "XHA is identified as a person of XBA.",
            opening([](auto& body) { party_of(body, "XHA").identity.country = "XBA"; }), founders,
            asked);
  f.refuses("PAR-6", "The operator is the government of XHA.",
            opening([](auto& body) { body.operator_.identity = party_of(body, "XHA").identity; }),
            founders, asked);
  f.given("opened").refuses("LED-1", "The ledger is open already.", another_opening(),
                            {"operator-b", "XBA-b", "XCA-b", "XHA-b"});
  const scene::Signers two{"XBA", "XHA"};
  f.refuses("LED-8", "Spec number 1 is in force.", SpecAdopted{1}, two);
  f.refuses("LED-9", "The judge knows spec number 1 alone, and could not judge what follows.",
            SpecAdopted{2}, two);
  f.knowing(2).admits("A quorum adopts a number that the judge knows.", SpecAdopted{2}, two);
  f.refuses("LED-9", "Number 3 is beyond what the judge knows.", SpecAdopted{3}, two);
  f.before(SpecAdopted{2}, two);
  f.refuses("LED-8", "Number 1 would judge again after number 2.", SpecAdopted{1}, two);
  announce_log_keys(f.given("opened").knowing(1), two);
  return f;
}

Family participant_vectors() {
  Family f("PAR");
  f.given("enrolled");
  const ParticipantAdmitted entity = scene::newcomer("XBA-NEW", "XBA");
  const scene::Signers sponsored{"XBA", "XBA-NEW"}, quorum{"XBA", "XHA", "XDA"};
  f.admits("XBA admits an entity.", entity, sponsored);
  f.admits("Two of the three founding Parties admit a fourth.", party("XDA"), quorum);
  f.refuses("PAR-1", "That id is XHA's secretariat's.",
            with(entity, [](auto& body) { body.id = "XHA-CMO"; }), sponsored);
  f.refuses("PAR-2", "An entity's id looks like a Party's.",
            with(entity, [](auto& body) { body.id = "XDA"; }), sponsored);
  f.refuses("PAR-2", "A Party's id is no alpha-3 code.",
            with(party("XDA"), [](auto& body) { body.id = "Atlantis"; }), quorum);
  f.refuses("PAR-3", "The Party is identified as a person of XBA.",
            with(party("XDA"), [](auto& body) { body.identity.country = "XBA"; }), quorum);
  f.refuses("PAR-4", "Nobody vouches for the entity.",
            with(entity, [](auto& body) { body.sponsor.reset(); }), {"XBA-NEW"});
  f.refuses("PAR-4", "A Party has a sponsor.",
            with(party("XDA"), [](auto& body) { body.sponsor = "XBA"; }), quorum);
  f.refuses("PAR-5", "The sponsor is no Party of this ledger.",
            with(entity, [](auto& body) { body.sponsor = "XQQ"; }), {"XBA-NEW"});
  f.refuses(
      "PAR-6", "The legal person takes part already, as XHA-CMO.",
      with(entity, [](auto& body) { body.identity = scene::newcomer("XHA-CMO", "XHA").identity; }),
      sponsored);
  return f;
}

namespace {

void keys_of_newcomers(Family& f) {
  const ParticipantAdmitted entity = scene::newcomer("XBA-NEW", "XBA");
  const scene::Signers sponsored{"XBA", "XBA-NEW"}, recovering{"XBA", "XBA-NEW", "XBA-NEW-R1"};
  const auto recovery = [&](std::uint32_t threshold, std::uint32_t wait) {
    return with(entity, [&](auto& body) {
      body.keyset.recovery = Recovery{scene::keys_of({"XBA-NEW-R1"}), threshold, wait};
    });
  };
  f.given("enrolled");
  f.admits("An entity with a recovery key that waits a year.", recovery(1, 365), recovering);
  f.refuses("KEY-3", "The newcomer would have its sponsor's key.",
            with(entity, [](auto& body) { body.keyset.keys = scene::keys_of({"XBA"}); }), {"XBA"});
  f.refuses("KEY-8", "The newcomer has no key.",
            with(entity, [](auto& body) { body.keyset.keys.clear(); }), {"XBA"});
  f.refuses("KEY-9", "One key cannot reach a threshold of two.",
            with(entity, [](auto& body) { body.keyset.thresholds.units = 2; }), sponsored);
  f.refuses("KEY-10", "One recovery key cannot reach a threshold of two.", recovery(2, 7),
            recovering);
  f.refuses("KEY-10", "The recovery set is empty.",
            with(entity,
                 [](auto& body) {
                   body.keyset.recovery = Recovery{{}, 1, 7};
                 }),
            sponsored);
  f.refuses("KEY-11", "Recovery would not wait at all.", recovery(1, 0), recovering);
  f.refuses("KEY-11", "Recovery would wait longer than a year.", recovery(1, 366), recovering);
}

void changes_by_threshold(Family& f) {
  f.given("enrolled");
  const KeysChanged add =
      with(change("XBA-FUND"), [](auto& body) { body.add = scene::keys_of({"XBA-FUND-2"}); });
  f.admits("The buying entity enrols a second key.", add, {"XBA-FUND", "XBA-FUND-2"});
  f.refuses("KEY-1", "There is no such participant.",
            with(add, [](auto& body) { body.participant = "NOBODY"; }), {"XBA-FUND", "XBA-FUND-2"});
  f.refuses("KEY-3", "That key is enrolled already.",
            with(add, [](auto& body) { body.add = scene::keys_of({"XBA-FUND"}); }), {"XBA-FUND"});
  f.refuses("KEY-6", "The key to be removed is another participant's.",
            with(add, [](auto& body) { body.remove = scene::keys_of({"XHA-CMO"}); }),
            {"XBA-FUND", "XBA-FUND-2"});
  f.refuses("KEY-6", "A recovery key is not removed alone.",
            with(add, [](auto& body) { body.remove = scene::keys_of({"XBA-FUND-R1"}); }),
            {"XBA-FUND", "XBA-FUND-2"});
  f.refuses("KEY-7", "Nothing would change.", change("XBA-FUND"), {"XBA-FUND"});
  f.refuses("KEY-8", "Its only key would go.",
            with(change("XHA-CMO"), [](auto& body) { body.remove = scene::keys_of({"XHA-CMO"}); }),
            {"XHA-CMO"});
  f.refuses("KEY-9", "One key would be left for a threshold of two.",
            with(change("XCA"), [](auto& body) { body.remove = scene::keys_of({"XCA-2"}); }),
            {"XCA", "XCA-2"});
}

void changes_by_other_routes(Family& f) {
  f.given("enrolled");
  const KeysChanged recover =
      with(change("XBA-FUND", KeysChanged::Route::recovery), [](auto& body) {
        body.add = scene::keys_of({"XBA-FUND-N"});
        body.remove = scene::keys_of({"XBA-FUND"});
      });
  const scene::Signers recovering{"XBA-FUND-R1", "XBA-FUND-R2", "XBA-FUND-N"};
  f.admits("Two of three recovery keys replace a lost key.", recover, recovering);
  f.refuses("KEY-3", "A recovery key would become a signing key.",
            with(recover, [](auto& body) { body.add = scene::keys_of({"XBA-FUND-R1"}); }),
            {"XBA-FUND-R1", "XBA-FUND-R2"});
  f.refuses("KEY-5", "The recovery keys would change the thresholds too.",
            with(recover, [](auto& body) { body.thresholds = Thresholds{}; }), recovering);
  f.refuses("KEY-4", "XBA-FUND has recovery keys, so its sponsor cannot replace its key.",
            with(recover, [](auto& body) { body.route = KeysChanged::Route::sponsor; }),
            {"XBA", "operator", "XBA-FUND-N"});
  const KeysChanged sponsored =
      with(change("XHA-OTHER", KeysChanged::Route::sponsor), [](auto& body) {
        body.add = scene::keys_of({"XHA-OTHER-N"});
        body.remove = scene::keys_of({"XHA-OTHER"});
      });
  f.admits("XHA and the operator replace the lost key of an entity without recovery keys.",
           sponsored, {"XHA-CMO", "operator", "XHA-OTHER-N"});
}

// A participant replaces its key while it has both; the log's order of entries alone says until
// where the old one acts.
void rotation(Family& f) {
  f.given("enrolled");
  const KeysChanged rotate = with(change("XBA-FUND"), [](auto& body) {
    body.add = scene::keys_of({"XBA-FUND-N"});
    body.remove = scene::keys_of({"XBA-FUND"});
  });
  const auto withdraws = [](const std::string& id) {
    return SignatureWithdrawn{crypto::sha256(id), id};
  };
  f.refuses("ID-7", "The old key has not signed.", rotate, {"XBA-FUND-N"});
  f.refuses("ID-8", "The new key has not signed.", rotate, {"XBA-FUND"});
  f.admits("The buying entity replaces its key by another, in one entry.", rotate,
           {"XBA-FUND", "XBA-FUND-N"});
  f.admits("Until then its old key acts.", withdraws("draft-1"), {"XBA-FUND"});
  f.before(rotate, {"XBA-FUND", "XBA-FUND-N"});
  f.admits("From the next entry on its new key acts.", withdraws("draft-1"), {"XBA-FUND-N"});
  f.refuses("ID-6", "Its old key signs in the entry behind the one that removed it.",
            withdraws("draft-1"), {"XBA-FUND"});
  f.refuses("ID-6", "Its old key would come back, for which it would have to sign.",
            with(change("XBA-FUND"), [](auto& body) { body.add = scene::keys_of({"XBA-FUND"}); }),
            {"XBA-FUND-N", "XBA-FUND"});
}

// A Party that lost its only key, and has no recovery keys, is helped by the others.
void loss_of_a_party(Family& f) {
  f.given("enrolled");
  const KeysChanged lost = with(change("XHA", KeysChanged::Route::sponsor), [](auto& body) {
    body.add = scene::keys_of({"XHA-N"});
    body.remove = scene::keys_of({"XHA"});
  });
  const scene::Signers quorum{"XBA", "XCA", "XCA-2", "operator", "XHA-N"};
  f.refuses("ID-7", "The operator alone replaces no Party's key.", lost, {"operator", "XHA-N"});
  f.refuses("ID-7", "One of the two founding Parties that are asked has not signed.", lost,
            {"XBA", "operator", "XHA-N"});
  f.refuses("ID-7", "The operator has not signed.", lost, {"XBA", "XCA", "XCA-2", "XHA-N"});
  f.admits("Both other founding Parties and the operator replace a Party's lost key.", lost,
           quorum);
  f.before(lost, quorum, at("2026-12-02T08:00:00.000Z"));
  const auto withdraws = SignatureWithdrawn{crypto::sha256("draft-2"), "draft-2"};
  f.refuses("ID-6", "The lost key stopped at once.", withdraws, {"XHA"},
            at("2026-12-02T09:00:00.000Z"));
  f.refuses("ID-6", "The Party's new key waits thirty days, less a millisecond.", withdraws,
            {"XHA-N"}, at("2027-01-01T07:59:59.999Z"));
  f.admits("The Party's new key acts after thirty days.", withdraws, {"XHA-N"},
           at("2027-01-01T08:00:00.000Z"));
}

}  // namespace

Family key_vectors() {
  Family f("KEY");
  f.given("").refuses("KEY-2", "The service key is a point of small order.",
                      with(scene::opening(), [](auto& body) { body.service_key = {}; }), founders,
                      at(first_day));
  keys_of_newcomers(f);
  changes_by_threshold(f);
  changes_by_other_routes(f);
  rotation(f);
  loss_of_a_party(f);
  return f;
}

Family role_vectors() {
  Family f("ROL");
  f.given("agreed");
  const RoleGranted grant = with(scene::secretariat(), [](auto& body) {
    body.id = "XHA-SEC-2";
    body.participant = "XHA-OTHER";
  });
  f.admits("XHA appoints a second secretariat.", grant, {"XHA"});
  f.admits("Both Parties of an approach appoint a verifier.", verifier(), scene::both());
  f.refuses("ROL-1", "That grant exists.", with(grant, [](auto& b) { b.id = "XHA-SEC-1"; }),
            {"XHA"});
  f.refuses("ROL-2", "There is no such participant.",
            with(grant, [](auto& b) { b.participant = "NOBODY"; }), {"XHA"});
  f.refuses("ROL-2", "The operator acts for nobody.",
            with(grant, [](auto& b) { b.participant = "operator"; }), {"XHA"});
  f.refuses("ROL-3", "The grantor is no Party of this ledger.",
            with(grant, [](auto& b) { b.parties = {"XQQ"}; }), {"XHA"});
  f.refuses("ROL-4", "The scope names an approach that was never established.",
            with(grant, [](auto& b) { b.approaches = {"NOWHERE"}; }), {"XHA"});
  f.refuses("ROL-5", "One Party alone appoints a verifier.",
            with(verifier(), [](auto& b) { b.parties = {"XHA"}; }), {"XHA"});
  f.refuses("ROL-5", "Two Parties would share a secretariat.",
            with(grant,
                 [](auto& b) {
                   b.parties = {"XBA", "XHA"};
                 }),
            scene::both());
  f.refuses("ROL-6", "XBA is no Party of approach XHA-XCA.",
            with(grant,
                 [](auto& b) {
                   b.parties = {"XBA"};
                   b.approaches = {"XHA-XCA"};
                 }),
            {"XBA"});
  f.refuses("ROL-7", "XHA's secretariat would be XBA's too.",
            with(grant,
                 [](auto& b) {
                   b.parties = {"XBA"};
                   b.participant = "XHA-CMO";
                 }),
            {"XBA"});
  f.refuses("ROL-7", "One Party would act for another.",
            with(grant,
                 [](auto& b) {
                   b.parties = {"XBA"};
                   b.participant = "XHA";
                 }),
            {"XBA"});
  f.refuses("ROL-8", "It would end before it begins.",
            with(grant, [](auto& b) { b.until = story::at("2026-11-30T08:00:00.000Z"); }), {"XHA"});
  const RoleEnded end{"XHA-SEC-1", RoleEnded::How::ended, RoleEnded::Reason::superseded};
  const RoleEnded suspend{"XHA-SEC-1", RoleEnded::How::suspended, RoleEnded::Reason::ceased};
  f.admits("XHA ends its secretariat's grant.", end, {"XHA"});
  f.admits("The secretariat gives its own grant back.", end, {"XHA-CMO"});
  f.refuses("ROL-9", "There is no such grant.", with(end, [](auto& b) { b.grant = "NONE"; }),
            {"XHA"});
  f.before(suspend, {"XHA"});
  f.refuses("ROL-10", "It is suspended already.", suspend, {"XHA"});
  f.admits("A suspended grant is ended.", end, {"XHA"});
  f.before(end, {"XHA"});
  f.refuses("ROL-10", "It ended already.", end, {"XHA"});
  return f;
}

Family account_vectors() {
  Family f("ACC");
  f.given("enrolled");
  const AccountOpened account = story::account("XHA-OTHER-2", "XHA-OTHER", "XHA99");
  const scene::Signers two{"XHA-CMO", "XHA-OTHER"};
  f.admits("An entity opens a second account in XHA's section.", account, two);
  f.refuses("ACC-1", "That account exists.", with(account, [](auto& b) { b.id = "XHA-SHARE"; }),
            two);
  f.refuses("ACC-2", "XBA's registry has no accounts in XHA's section.",
            with(account, [](auto& b) { b.registry = "XBA99"; }), two);
  f.refuses("ACC-3", "There is no such Party.", story::account("XHA-OTHER-2", "XHA-OTHER", "XQQ99"),
            {"XHA-OTHER"});
  f.refuses("ACC-4", "There is no such participant.",
            with(account, [](auto& b) { b.holder = "NOBODY"; }), {"XHA-CMO"});
  f.refuses("ACC-4", "The operator holds nothing.",
            with(account, [](auto& b) { b.holder = "operator"; }), {"XHA-CMO", "operator"});
  f.refuses("ACC-5", "A national share account would be an entity's.",
            with(account, [](auto& b) { b.kind = AccountKind::national_share; }), two);
  f.admits("XHA's own account for units of another metric.", scene::wind_account("XHA", "XHA99"),
           {"XHA-CMO", "XHA"});
  f.refuses("ACC-6", "Another spelling of GHG names no metric.",
            with(account, [](auto& b) { b.metric = "tCO2e"; }), two);
  return f;
}

}  // namespace rules
