// What the operator commits to: every text leads to the root, no unit is left out, and the lists of
// entries are whole.
#include "ledger/committed_state.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/merkle.hpp"
#include "crypto/state_proof.hpp"
#include "crypto/text.hpp"
#include "tests/support/ledger_builder.hpp"
#include "tests/support/story_log.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using Json = nlohmann::json;
using test_support::LedgerBuilder;
namespace scene = test_support::scene;

LedgerBuilder committed(std::string_view setup) {
  LedgerBuilder ledger = LedgerBuilder::after(setup);
  ledger.given(scene::commitment(ledger.machine()), {"operator"});
  return ledger;
}

const CommittedState& trees(const LedgerBuilder& ledger) {
  return ledger.machine().committed();
}

// The text of a key that is proven under the root.
std::string text_of(const CommittedState& state, const std::string& key) {
  const ProvenValue proven = state.prove(key);
  if (!proven.value) return "none";
  EXPECT_TRUE(crypto::verify_present(state.root()->root, key, *proven.value, proven.proof)) << key;
  return *proven.value;
}

crypto::Hash hash_of(const Json& hex) {
  crypto::Hash hash;
  const std::string bytes = *crypto::from_hex(hex.get<std::string>());
  std::copy(bytes.begin(), bytes.end(), hash.bytes.begin());
  return hash;
}

TEST(CommittedState, SaysOfAnAccountAllItHolds) {
  const LedgerBuilder ledger = committed("transferred");
  const auto& [seller, buyer] = std::pair("XBA-FUND-XHA", "XBA-FUND-XBA");
  for (const std::string account : {seller, buyer}) {
    const Json text = Json::parse(text_of(trees(ledger), account_key(account)));
    EXPECT_EQ(text.at("holder"), "XBA-FUND");
    EXPECT_EQ(text.at("party"), account == buyer ? "XBA" : "XHA");
    EXPECT_EQ(text.at("metric"), "GHG");
    std::int64_t held = 0, itmos = 0;
    for (const Json& vintage : text.at("vintages")) {
      held += vintage.at("held").get<std::int64_t>();
      itmos += vintage.at("held_first_transferred").get<std::int64_t>();
    }
    EXPECT_EQ(held, ledger.held_in(account));
    EXPECT_GT(held, 0);
    EXPECT_EQ(itmos, account == buyer ? held : 0);
  }
}

TEST(CommittedState, HasTheTextsOfTheSpecification) {
  const LedgerBuilder ledger = committed("used");
  EXPECT_EQ(text_of(trees(ledger), authorization_key("XHA-AUT-1")).substr(0, 12),
            R"({"acquired":)");
  EXPECT_EQ(text_of(trees(ledger), party_key("XHA", 2026)),
            R"({"first_transferred":3807,"used":0})");
  const Json key =
      Json::parse(text_of(trees(ledger), enrolled_key(scene::cast().public_key("XHA"))));
  EXPECT_EQ(key.at("participant"), "XHA");
  EXPECT_FALSE(key.contains("retired_at"));
  EXPECT_EQ(text_of(trees(ledger), account_key("NOBODY")), "none");
}

TEST(CommittedState, ProvesTheRunOfEveryUnitUnderTheTreeOfItsAccount) {
  const LedgerBuilder ledger = committed("used");
  std::map<std::string, std::set<Serial>> runs;  // of each account: where they begin
  const UnitMap& units = ledger.state().scopes.lookup("XHA99")->units;
  Serial covered = 0;
  units.for_each([&](const ledger::Run& run) {
    for (const Serial serial : {run.range.first, run.range.last()}) {
      const auto proven = trees(ledger).prove_unit(ledger.state(), "XHA99", serial);
      ASSERT_TRUE(proven) << serial;
      const Json account = Json::parse(*proven->account.value);
      EXPECT_TRUE(crypto::verify_present(trees(ledger).root()->root, proven->account.key,
                                         *proven->account.value, proven->account.proof));
      EXPECT_TRUE(crypto::verify_present(hash_of(account.at("runs").at("root")), proven->run.key,
                                         *proven->run.value, proven->run.proof));
      const Json text = Json::parse(*proven->run.value);
      EXPECT_EQ(text.at("first"), run.range.first);
      EXPECT_EQ(text.at("last"), run.range.last());
      runs[proven->account.key].insert(run.range.first);
      EXPECT_EQ(
          account.at("runs").at("count").get<std::size_t>() >= runs[proven->account.key].size(),
          true);
    }
    covered += run.range.quantity();
  });
  EXPECT_EQ(covered, units.next() - 1);
  for (const auto& [key, begins] : runs) {
    EXPECT_EQ(Json::parse(text_of(trees(ledger), key)).at("runs").at("count"), begins.size());
  }
}

TEST(CommittedState, ProvesThatAUnitWasNeverIssued) {
  const LedgerBuilder ledger = committed("used");
  const Serial next = ledger.state().scopes.lookup("XHA99")->units.next();
  EXPECT_TRUE(trees(ledger).prove_unit(ledger.state(), "XHA99", next - 1));
  EXPECT_FALSE(trees(ledger).prove_unit(ledger.state(), "XHA99", next));
  EXPECT_FALSE(trees(ledger).prove_unit(ledger.state(), "XZZ99", 1));
  EXPECT_EQ(Json::parse(text_of(trees(ledger), registry_key("XHA99"))).at("issued"), next - 1);
  const ProvenValue none = trees(ledger).prove(registry_key("XZZ99"));
  EXPECT_FALSE(none.value);
  EXPECT_TRUE(crypto::verify_absent(trees(ledger).root()->root, none.key, none.proof));
}

TEST(CommittedState, ShowsConservationInOneText) {
  const LedgerBuilder ledger = committed("used");
  for (const std::string& key :
       {metric_key("GHG"), registry_key("XHA99"), vintage_key("XHA-STOVES", 2026)}) {
    const Json text = Json::parse(text_of(trees(ledger), key));
    const auto number = [&](const char* name) { return text.at(name).get<std::int64_t>(); };
    EXPECT_EQ(number("issued"), number("held") + number("used") + number("cancelled")) << key;
    EXPECT_GT(number("issued"), 0);
  }
  EXPECT_EQ(Json::parse(text_of(trees(ledger), metric_key("GHG"))).at("used"),
            ledger.units_that_are(UnitStatus::used));
}

TEST(CommittedState, IsOfTheLastCommitmentWhateverCameSince) {
  LedgerBuilder ledger = committed("issued");
  const std::string before = text_of(trees(ledger), registry_key("XHA99"));
  const Seq at = ledger.machine().size() - 1;
  EXPECT_EQ(trees(ledger).committed_at(), at);
  ledger.given(scene::adjustment("XHA", 2026, 1, 0, 0, at), {"XHA"});
  EXPECT_EQ(text_of(trees(ledger), registry_key("XHA99")), before);
  EXPECT_EQ(trees(ledger).committed_at(), at);
  ledger.given(scene::commitment(ledger.machine()), {"operator"});
  EXPECT_EQ(trees(ledger).committed_at(), at + 2);
}

// A commitment that is refused brings the trees up, and then they are of no commitment.
TEST(CommittedState, IsOfNoCommitmentAfterARefusedOne) {
  LedgerBuilder ledger = committed("issued");
  ledger.given(scene::adjustment("XHA", 2026, 1, 0, 0, ledger.machine().size() - 1), {"XHA"});
  StateCommitted wrong = scene::commitment(ledger.machine());
  wrong.root.bytes[0] ^= 1U;
  EXPECT_EQ(ledger.send(wrong, {"operator"}).clause, "STA-3");
  EXPECT_FALSE(trees(ledger).committed_at());
  ledger.given(scene::commitment(ledger.machine()), {"operator"});
  EXPECT_TRUE(trees(ledger).committed_at());
}

// Whoever cannot sign for the operator makes nobody hash.
TEST(CommittedState, IsNotBroughtUpForAStranger) {
  LedgerBuilder ledger = LedgerBuilder::after("issued");
  const StateCommitted any{ledger.machine().size(), 1, {}};
  EXPECT_EQ(ledger.send(any, {"XHA"}).clause, "ID-7");
  EXPECT_FALSE(trees(ledger).root());
}

// ---- lists of entries ----

TEST(CommittedState, ListsEveryEntryThatConcernsAnAccountOrALot) {
  Machine machine;
  std::map<std::string, std::vector<crypto::Hash>> concern;
  for (Arrival& arrival : test_support::story_arrivals(90)) {
    const Entry entry = machine.make_entry(std::move(arrival.event), arrival.time);
    const Result<Effects> effects = machine.step(entry);
    ASSERT_TRUE(effects);
    std::set<std::string> keys;
    for (const RowEffect& row : effects->rows) {
      if (const auto* account = std::get_if<AccountEffect>(&row)) {
        keys.insert(account_key(account->row.id));
      }
    }
    const State& state = machine.state();
    for (const UnitEffect& unit : effects->units) {
      keys.insert(account_key(state.accounts[unit.after.account].id));
      if (unit.before) keys.insert(account_key(state.accounts[unit.before->account].id));
      for (const Lot& lot : state.lots) {
        const bool touched = !lot.issued_as && lot.scope == unit.scope &&
                             lot.first < unit.range.end && unit.range.first <= lot.last;
        if (touched) keys.insert(issuance_key(state.scopes[lot.scope].registry, lot.first));
      }
    }
    for (const std::string& key : keys) concern[key].push_back(entry.leaf);
  }
  static_cast<void>(machine.state_root());
  std::size_t lots = 0;
  for (const auto& [key, leaves] : concern) {
    crypto::Frontier list;
    for (const crypto::Hash& leaf : leaves) list.append(leaf);
    const Json entries = Json::parse(text_of(machine.committed(), key)).at("entries");
    EXPECT_EQ(entries.at("count"), leaves.size()) << key;
    EXPECT_EQ(entries.at("root"), crypto::to_hex(list.root().view())) << key;
    lots += key.starts_with("issuance") ? 1 : 0;
  }
  EXPECT_GE(lots, 2u);
  EXPECT_EQ(machine.committed().keys_of("account").size(), machine.state().accounts.size());
  EXPECT_EQ(machine.committed().keys_of("issuance").size(), lots);
}

}  // namespace
