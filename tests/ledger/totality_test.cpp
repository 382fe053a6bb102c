// Whatever decodes is judged: no name, number or missing member of a decoded event makes a rule
// stop the program, and every refusal is a sentence. Each event of the setups is altered at every
// place, alone and in pairs.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "ledger/codec.hpp"
#include "ledger/facts_authorizations.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/facts_documents.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/roles.hpp"
#include "tests/support/ledger_builder.hpp"
#include "tests/support/mirror.hpp"

namespace {

using namespace ledger;
using nlohmann::json;
namespace scene = test_support::scene;

// ---- judging without signatures ----

struct Verdict {
  std::string clause;  // empty: admitted
  std::string detail;
};

template <class E>
Verdict judge(const State& state, const Event& event, const E& body, const Context& context) {
  const Facts<E> facts = resolve(state, event, body, context);
  if (const Result<> ok = check<E>({state, event, body, facts, context}); !ok) {
    return {std::string(ok.error().clause->id), ok.error().detail};
  }
  State after = state;  // evolve is total after check
  Effects effects;
  effects.seq = context.seq;
  effects.time = context.time;
  evolve(after, {after, event, body, facts, context}, effects);
  EXPECT_EQ(test_support::imbalance(after), "") << encode_event(event);
  return {};
}

class Judge {
 public:
  Judge(const Machine& machine, std::vector<crypto::KeySignature> signers)
      : machine_(machine), signers_(std::move(signers)) {}

  // Nothing where the bytes do not decode.
  void operator()(const std::string& bytes) {
    const Result<Event> event = decode_event(bytes);
    if (!event) return;
    const Context context{machine_.size(), {machine_.time().ms + 1}, signers_, {}, newest_spec, {}};
    const Verdict verdict =
        std::visit([&](const auto& body) { return judge(machine_.state(), *event, body, context); },
                   event->body);
    ++judged_;
    const Needs needs = needs_of(machine_.state(), *event, context);
    if (verdict.clause.empty()) {
      EXPECT_TRUE(needs.resolved) << "admitted, and nobody was asked to sign: " << bytes;
      EXPECT_FALSE(needs.roles.empty() && needs.proofs.empty()) << bytes;
      return;
    }
    clauses_.insert(verdict.clause);
    EXPECT_GT(verdict.detail.size(), 20U) << verdict.clause << " for " << bytes;
    EXPECT_EQ(verdict.detail.find("\"\""), std::string::npos) << verdict.detail;
  }
  [[nodiscard]] std::size_t judged() const { return judged_; }
  [[nodiscard]] const std::set<std::string>& clauses() const { return clauses_; }

 private:
  const Machine& machine_;
  std::vector<crypto::KeySignature> signers_;
  std::size_t judged_ = 0;
  std::set<std::string> clauses_;
};

// ---- altering ----

// Texts that stand somewhere in the events, and some that stand nowhere.
std::vector<json> pool_of(const std::vector<json>& events) {
  std::set<std::string> texts{"XZZ",        "NOBODY",
                              "XZZ99",      "CA9999",
                              "operator",   "2020-01-01",
                              "2099-12-31", "2020-01-01T00:00:00.000Z",
                              "averaging",  "IMP",
                              "OP",         "OMGE",
                              "domestic",   "administrative",
                              "recovery",   "sponsor"};
  for (const json& event : events) {
    const json flat = event["body"].flatten();
    for (const auto& [path, value] : flat.items()) {
      const bool hash = value.is_string() && value.get<std::string>().size() == 64;
      if (value.is_string() && !hash) texts.insert(value.get<std::string>());
    }
  }
  return {texts.begin(), texts.end()};
}

// What may stand in place of the value.
std::vector<json> instead_of(const json& value, const std::vector<json>& texts) {
  if (value.is_string()) return texts;
  if (value.is_boolean()) return {!value.get<bool>()};
  if (value.is_number()) return {0, 1, 2, 2025, 2026, 2031, 3'000, 20'000, 9'007'199'254'740'991};
  return {json::array(), json::object()};
}

// Every place of the body: leaves, lists, objects.
void places(const json& value, const json::json_pointer& here,
            std::vector<json::json_pointer>& out) {
  out.push_back(here);
  if (value.is_object()) {
    for (const auto& [key, member] : value.items()) places(member, here / key, out);
  } else if (value.is_array()) {
    for (std::size_t i = 0; i < value.size(); ++i) places(value[i], here / i, out);
  }
}

json without(const json& event, const json::json_pointer& place) {
  json altered = event;
  json& parent = altered[place.parent_pointer()];
  if (parent.is_object()) {
    parent.erase(place.back());
  } else if (parent.is_array()) {
    parent.erase(std::stoul(place.back()));
  }
  return altered;
}

void judge_every_alteration(const json& event, const std::vector<json>& texts, Judge& judge) {
  std::vector<json::json_pointer> all;
  places(event["body"], json::json_pointer("/body"), all);
  for (const auto& place : all) {
    judge(without(event, place).dump());
    for (const json& value : instead_of(event[place], texts)) {
      json altered = event;
      altered[place] = value;
      judge(altered.dump());
    }
  }
}

void judge_some_pairs(const json& event, const std::vector<json>& texts, int count,
                      std::mt19937& random, Judge& judge) {
  std::vector<json::json_pointer> all;
  places(event["body"], json::json_pointer("/body"), all);
  const auto pick = [&](const auto& list) -> const auto& {
    return list[random() % list.size()];
  };
  for (int i = 0; i < count; ++i) {
    json altered = event;
    for (int change = 0; change < 2; ++change) {
      const auto& place = pick(all);
      if (!altered.contains(place)) continue;
      if (random() % 3 == 0) {
        altered = without(altered, place);
      } else {
        const auto values = instead_of(altered[place], texts);
        altered[place] = pick(values);
      }
    }
    judge(altered.dump());
  }
}

// ---- what is altered ----

json value_of(const Event& event) {
  return json::parse(encode_event(event));
}

// One of each type that no setup sends, valid on a ledger where XBA holds units.
std::vector<json> further_events(Timestamp time) {
  KeysChanged keys{"XBA-FUND", KeysChanged::Route::threshold, scene::keys_of({"NEW"}), {}, {}, {}};
  keys.recovery = Recovery{scene::keys_of({"R-NEW"}), 1, 7};
  keys.thresholds = Thresholds{1, 1, 1};
  RoleGranted verifier = scene::secretariat();
  verifier.id = "VVB-1";
  verifier.role = Organ::verifier;
  verifier.parties = {"XBA", "XHA"};
  verifier.approaches = {"XHA-XBA"};
  verifier.until = scene::story::at("2090-01-01T00:00:00.000Z");
  const RoleEnded ending{"XHA-SEC-1", RoleEnded::How::ended, RoleEnded::Reason::superseded};
  const std::vector<Body> bodies{SpecAdopted{2},
                                 scene::announcement("NEW"),
                                 scene::use({{1'001, 1'100}}),
                                 scene::cancellation({{1'001, 1'100}}),
                                 scene::adjustment("XHA", 2026, 1, 3'807, 0, 20),
                                 ending,
                                 scene::reservation("LOCK-9", {{4'008, 4'100}}, {}),
                                 scene::freeze("LOCK-9", {}),
                                 scene::change(scene::host_grant()),
                                 scene::revocation("XHA-AUT-1"),
                                 UnitsUnlocked{"LOCK-9", "over"},
                                 scene::reversal(10),
                                 scene::voided(22, "units.used", {{1, 1'000}}),
                                 scene::voided(21, "units.transferred", {{1, 3'726}}),
                                 scene::restated(22, "units.used"),
                                 scene::report("XHA-INI-1", ReportFiled::Sort::initial),
                                 scene::report("XHA-BTR-1", ReportFiled::Sort::btr_annex),
                                 scene::finding("F-1", {{2'001, 3'000}}),
                                 scene::check_of("XHA-AEF-1"),
                                 scene::review_of("XHA-INI-1"),
                                 SignatureWithdrawn{{}, "draft"},
                                 scene::disclosure(14, DocumentDisclosed::How::opened),
                                 scene::disclosure(14, DocumentDisclosed::How::redacted),
                                 scene::attestation(Machine(), {"XBA", "XHA"}),
                                 keys,
                                 verifier};
  std::vector<json> events;
  for (const Body& body : bodies) {
    events.push_back(value_of(scene::act("altered", time, body, {"XHA", "XBA"}).event));
  }
  return events;
}

struct Totality : testing::Test {
  std::mt19937 random{6};  // any seed; the same on every run
  std::size_t judged = 0;
  std::set<std::string> clauses;

  void alter(const Machine& machine, const json& event, const std::vector<json>& texts) {
    Judge by_a_party(machine, {{scene::cast().public_key("XHA"), {}}});
    Judge by_a_stranger(machine, {{scene::cast().public_key("STRANGER"), {}}});
    judge_every_alteration(event, texts, by_a_party);
    judge_some_pairs(event, texts, 300, random, by_a_stranger);
    judged += by_a_party.judged() + by_a_stranger.judged();
    clauses.insert(by_a_party.clauses().begin(), by_a_party.clauses().end());
  }
};

// Each event of the setups, where it would be admitted.
TEST_F(Totality, WhateverDecodesIsJudgedInASentence) {
  std::vector<json> all = further_events(scene::story::at("2029-06-01T00:00:00.000Z"));
  for (const auto& setup : scene::setups()) {
    for (const auto& act : setup.acts) all.push_back(value_of(act.event));
  }
  const std::vector<json> texts = pool_of(all);
  for (const auto& setup : scene::setups()) {
    Machine machine = test_support::LedgerBuilder::after(setup.after).machine();
    for (const auto& act : setup.acts) {
      alter(machine, value_of(act.event), texts);
      const auto bytes = scene::story::submission_of(act, scene::cast(), true);
      ASSERT_TRUE(test_support::submit(machine, bytes).admitted()) << act.event.id;
    }
  }
  const Machine used = test_support::LedgerBuilder::after("used").machine();
  for (const json& event : further_events({used.time().ms + 1})) alter(used, event, texts);
  EXPECT_GT(judged, 20'000U);
  EXPECT_GT(clauses.size(), 90U) << "alterations reach most clauses";
}

// Before the opening LED-1 refuses everything; what is asked on the way is total even so.
TEST_F(Totality, AnEmptyLedgerIsAskedWithoutHarm) {
  const Machine empty;
  const Timestamp time = scene::story::at("2029-06-01T00:00:00.000Z");
  std::vector<json> all = further_events(time);
  for (const auto& setup : scene::setups()) {
    for (const auto& act : setup.acts) all.push_back(value_of(act.event));
  }
  for (const json& event : all) {
    const Result<Event> decoded = decode_event(event.dump());
    ASSERT_TRUE(decoded);
    const Context context{0, time, {}, {}, newest_spec, {}};
    std::visit([&](const auto& body) { (void)resolve(empty.state(), *decoded, body, context); },
               decoded->body);
    (void)needs_of(empty.state(), *decoded, context);
  }
}

}  // namespace
