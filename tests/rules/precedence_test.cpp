// Precedence among families: identity before an event's own rules, and the order of identity
// itself; and that spec/rules.md prints the tables of the code.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "crypto/hash.hpp"
#include "ledger/codec.hpp"
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

// ---- identity ----

// A signed event on its way to a ledger.
struct Sent {
  LedgerBuilder ledger;
  story::Act act;
};

using IdentityFault = std::pair<std::string, std::function<void(Sent&)>>;

// XHA's trading house lost its key; XHA and the operator help. Two participants and a new key sign.
Sent sponsored() {
  KeysChanged body;
  body.participant = "XHA-OTHER";
  body.route = KeysChanged::Route::sponsor;
  body.add = scene::keys_of({"XHA-OTHER-N"});
  KeysChanged other;
  other.participant = "XBA-FUND";
  other.add = scene::keys_of({"XBA-FUND-2"});
  other.remove = scene::keys_of({"XBA-FUND"});
  LedgerBuilder ledger = LedgerBuilder::after("enrolled");
  ledger.given(other, {"XBA-FUND", "XBA-FUND-2"});
  return {std::move(ledger), scene::act("asked", story::at("2026-12-05T09:00:00.000Z"), body,
                                        {"XHA-CMO", "operator", "XHA-OTHER-N"})};
}

void drop(Sent& sent, const std::string& signer) {
  std::erase(sent.act.signers, signer);
}
void sign(Sent& sent, const std::string& signer) {
  sent.act.signers.push_back(signer);
}

std::string clause_of(Sent sent) {
  return sent.ledger.send(sent.act).clause;
}

const std::vector<IdentityFault>& identity_faults() {
  static const std::vector<IdentityFault> all = {
      {"LED-1", [](Sent& s) { s.ledger = LedgerBuilder(); }},
      {"ID-1", [](Sent& s) { s.act.event.ledger = "ledger.example/other"; }},
      {"ID-2", [](Sent& s) { s.act.event.id = "opened-1"; }},
      {"ID-3", [](Sent& s) { s.act.event.expires = story::at("2026-12-04T09:00:00.000Z"); }},
      {"ID-4",
       [](Sent& s) {
         const SignatureWithdrawn back{crypto::sha256(encode_event(s.act.event)), "asked"};
         s.ledger.given("2026-12-02T09:00:00.000Z", back, {"XHA-CMO"});
       }},
      {"ID-5", [](Sent& s) { sign(s, "STRANGER"); }},
      {"ID-6", [](Sent& s) { sign(s, "XBA-FUND"); }},
      {"ID-7", [](Sent& s) { drop(s, "operator"); }},
      {"ID-8", [](Sent& s) { drop(s, "XHA-OTHER-N"); }},
      {"ID-9", [](Sent& s) { sign(s, "XCA"); }},
      {"ID-10", [](Sent& s) { s.act.event.expires.reset(); }},
      {"ID-11", [](Sent& s) { s.act.event.date = story::on("2026-12-06"); }},
      {"ID-12", [](Sent& s) { s.act.event.date = story::on("2026-11-30"); }},
      {"KEY-5", [](Sent& s) { std::get<KeysChanged>(s.act.event.body).thresholds = Thresholds{}; }},
  };
  return all;
}

TEST(Precedence, OfIdentityBeforeTheEventsOwnRules) {
  ASSERT_EQ(clause_of(sponsored()), "");
  Sent broken = sponsored();
  for (std::size_t i = identity_faults().size(); i-- > 0;) {
    const auto& [clause, make] = identity_faults()[i];
    Sent alone = sponsored();
    make(alone);
    EXPECT_EQ(clause_of(alone), clause) << "alone";
    make(broken);
    EXPECT_EQ(clause_of(broken), clause) << "above what is broken already";
  }
}

TEST(Precedence, ABadSignatureComesBeforeEverythingThatTheLedgerAsks) {
  Sent sent = sponsored();
  sent.act.event.ledger = "ledger.example/other";
  SignedEvent event = story::signed_event_of(sent.act, scene::cast());
  event.signatures.front().signature.bytes[0] ^= 1U;
  const std::string text = encode_submission(event.bytes, event.signatures, sent.act.time);
  Machine machine = sent.ledger.machine();
  EXPECT_EQ(test_support::submit(machine, text).clause, "SIG-3");
}

// ---- the tables of spec/rules.md ----

// "| `units.used` | AUT-4 AUT-5 |" by type.
std::map<std::string, std::string> printed_tables() {
  std::ifstream page(std::string(ITMO_SOURCE_DIR) + "/spec/rules.md");
  std::map<std::string, std::string> rows;
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    const std::size_t end = line.find('`', 3);
    rows[line.substr(3, end - 3)] = line.substr(end + 4, line.size() - end - 6);
  }
  return rows;
}

// The clauses of a table in its order; a clause that two rules ask for stands once.
template <class E>
std::string table_of() {
  std::string ids, last;
  for (const auto& rule : rules_of<E>()) {
    if (rule.clause->id == last) continue;
    last = rule.clause->id;
    ids += (ids.empty() ? "" : " ") + last;
  }
  return ids;
}

template <std::size_t... I>
std::map<std::string, std::string> tables(std::index_sequence<I...>) {
  std::map<std::string, std::string> rows;
  ((rows[std::string(type_of(Body(std::in_place_index<I>)))] =
        table_of<std::variant_alternative_t<I, Body>>()),
   ...);
  return rows;
}

TEST(Precedence, IsPrintedInTheSpecAsTheCodeHasIt) {
  EXPECT_EQ(printed_tables(), tables(std::make_index_sequence<std::variant_size_v<Body>>()));
}

}  // namespace
}  // namespace rules
