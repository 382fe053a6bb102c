// What claims of a committed state prove by the log's key alone, though the operator may have
// signed anything; and that the second verifier finds the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "api/state_claims_text.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/proof.hpp"
#include "crypto/state_tree.hpp"
#include "crypto/text.hpp"
#include "replay/state_claims.hpp"
#include "replay/state_texts.hpp"
#include "replay/tile_nodes.hpp"
#include "tests/replay/told_log.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using replay::StateClaim;
using replay::StateClaims;
using replay::StateQuestion;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

using Key = std::vector<std::string>;

const std::string no_root(64, '0');
const Key account_key{"account", "A"};
const Key run_key{"run", "XHA99", "5"};

std::string joined(const Key& parts) {
  std::string key = parts.front();
  for (std::size_t i = 1; i < parts.size(); ++i) key += '\0' + parts[i];
  return key;
}

std::string account_text(const std::string& runs_root = no_root, const std::string& held = "7") {
  return R"({"entries":{"count":2,"root":")" + no_root +
         R"("},"holder":"P","kind":"holding","metric":"GHG","party":"XHA","registry":"XHA99",)"
         R"("runs":{"count":1,"root":")" +
         runs_root + R"("},"vintages":[{"cancelled":0,"held":)" + held +
         R"(,"held_first_transferred":0,"used":0,"vintage":2026}]})";
}

std::string run_text(const std::string& first, const std::string& last) {
  return R"({"activity":"ACT","cleared":[],"first":)" + first + R"(,"last":)" + last +
         R"(,"lot":0,"registry":"XHA99","status":"held","version":1,"vintage":2026})";
}

// A log of an opening, a commitment to whatever the test puts in, and entries behind it.
class Committed {
 public:
  void set(const Key& key, const std::string& text) { state_.set(joined(key), text); }

  StateClaim claim(const Key& key, std::optional<std::string> text) {
    static_cast<void>(state_.root());
    return {key, std::nullopt, std::move(text),
            crypto::encode_state_proof(state_.prove(joined(key)))};
  }
  // The claims, under a checkpoint of the commitment and so many entries behind it.
  StateClaims under(std::vector<StateClaim> claims, std::size_t behind = 0,
                    ledger::Seq entries = 1) {
    ToldLog told(story_origin);
    api::story::Writer writer(story_origin);
    const char* const time = "2020-11-23T08:00:00.000Z";
    told.tell(writer.write(time, api::story::opening(told.cast(), story_origin, {"XBA", "XHA"}),
                           {"operator", "XBA", "XHA"}));
    const ledger::Entry commitment = told.entry_for(writer.write(
        time,
        ledger::StateCommitted{entries, static_cast<std::int64_t>(state_.size()), state_.root()},
        {"operator"}));
    std::vector<std::string> lines{told.entries().front().line, commitment.line};
    for (std::size_t i = 0; i < behind; ++i) lines.push_back("{}");
    MemoryBundle bundle;
    lay_out(lines, story_origin, bundle);
    const auto path = replay::TileNodes(bundle, lines.size()).inclusion_of(1);
    EXPECT_TRUE(path);
    const std::string proof =
        crypto::format_tlog_proof({std::nullopt, 1, *path, bundle.parts.at("checkpoint")});
    return {commitment.line, proof, std::move(claims)};
  }

 private:
  crypto::StateTree state_;
};

// The exit status of the second verifier.
int second_says(const StateClaims& claims) {
  const test_support::ScratchFolder folder;
  folder.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
  folder.write("proofs", api::describe(claims));
  const auto told = folder.run("python3 -B '" ITMO_SOURCE_DIR
                               "/spec/reference/verify.py' balance proofs --key log.vkey");
  EXPECT_THAT(told.output, Not(HasSubstr("Traceback")));
  return told.status;
}

// The sentences; or why nothing is proven.
std::string said(const StateClaims& claims) {
  std::string problem;
  const auto proven = replay::prove_claims(claims, log_key(), problem);
  EXPECT_EQ(proven.has_value(), problem.empty());
  EXPECT_EQ(second_says(claims), proven ? 0 : 1) << problem;
  if (!proven) return "no: " + problem;
  std::string all;
  for (const std::string& sentence : proven->claims) all += sentence + "\n";
  return all;
}

// What is said of one key with one text.
std::string said_of(const Key& key, const std::string& text) {
  Committed state;
  state.set(key, text);
  return said(state.under({state.claim(key, text)}));
}

TEST(StateClaims, AreSaidInSentences) {
  EXPECT_THAT(said_of(account_key, account_text()),
              HasSubstr("Account A of P, in the section of XHA and registry XHA99, holds 7 units"));
}

// All keys of the state of a log in which everything happened, its runs too, behind their accounts.
std::vector<StateClaim> every_claim(const ledger::Machine& machine) {
  std::vector<StateClaim> claims;
  for (const char* kind :
       {"account", "authorization", "issuance", "key", "metric", "party", "registry", "vintage"}) {
    for (std::string& key : machine.committed().keys_of(kind)) {
      claims.push_back(replay::claim_of(machine.committed().prove(std::move(key))));
    }
  }
  for (ledger::Index i = 0; i < machine.state().scopes.size(); ++i) {
    const ledger::Scope& scope = machine.state().scopes[i];
    for (ledger::Serial serial = 1; serial < scope.units.next();) {
      StateClaim run = replay::claims_of_unit(machine, scope.registry, serial).at(1);
      serial = replay::units_in(*run.text).end;
      claims.push_back(std::move(run));
    }
  }
  return claims;
}

TEST(StateClaims, AreGoodOfEveryKeyWhereEverythingHappened) {
  ToldLog told(story_origin);
  for (api::story::Act& act : api::story::tell_everything(story_origin, told.cast())) {
    told.tell(std::move(act));
  }
  const ledger::StateRoot is = told.machine().state_root();
  const ledger::Seq size = told.machine().size();
  api::story::Writer writer(story_origin);
  const ledger::Entry commitment = told.entry_for(writer.write(
      "2036-01-01T00:00:00.000Z", ledger::StateCommitted{size, is.leaves, is.root}, {"operator"}));
  std::vector<std::string> lines = told.lines();
  lines.push_back(commitment.line);
  MemoryBundle bundle;
  lay_out(lines, story_origin, bundle);
  const auto path = replay::TileNodes(bundle, size + 1).inclusion_of(size);
  ASSERT_TRUE(path);
  const StateClaims claims{
      commitment.line,
      crypto::format_tlog_proof({std::nullopt, size, *path, bundle.parts.at("checkpoint")}),
      every_claim(told.machine())};
  EXPECT_GT(claims.claims.size(), 50u);
  const std::string sentences = said(claims);
  EXPECT_THAT(sentences, Not(HasSubstr("no: ")));
  for (const char* what : {"holds", "are held in account", "used for", "cancelled for",
                           "is at version", "recorded in", "were issued as one lot"}) {
    EXPECT_THAT(sentences, HasSubstr(what));
  }
}

TEST(StateClaims, AreOfTheLastEntryOfTheirCheckpoint) {
  Committed state;
  state.set(account_key, account_text());
  const StateClaim claim = state.claim(account_key, account_text());
  EXPECT_THAT(said(state.under({claim}, 1)), HasSubstr("is not the last entry of its checkpoint"));
  EXPECT_THAT(said(state.under({claim}, 0, 2)),
              HasSubstr("is not the last entry of its checkpoint"))
      << "it names a state that is not there yet";
}

// A good text with one edit, and the end of the sentence that refuses it.
struct Edit {
  const char* what;
  const char* by;
  const char* fault;
};

std::string edited(std::string text, const Edit& edit) {
  const std::size_t at = text.find(edit.what);
  EXPECT_NE(at, std::string::npos) << edit.what;
  return text.replace(at, std::string(edit.what).size(), edit.by);
}

TEST(StateClaims, SayNothingOfATextThatIsNotOfTheFormOfItsKind) {
  for (const Edit& edit : std::vector<Edit>{
           {"{\"entries", "7{\"entries", ": FMT-"},
           {"\"kind\":\"holding\",", "", ": `kind` is missing"},
           {"\"kind\":\"holding\"", "\"kind\":\"vault\"", ": `kind` is not in its form"},
           {"\"kind\":\"holding\"", "\"kind\":\"holding\",\"knd\":1", ": `knd` is no member of it"},
           {"\"holder\":\"P\"", "\"frozen\":false,\"holder\":\"P\"",
            ": `frozen` is not in its form"},
           {"\"holder\":\"P\"", "\"holder\":\"P. It is all\"", ": `holder` is not in its form"},
           {"\"count\":1", "\"count\":true", ": of `runs`, `count` is not in its form"},
           {"\"held\":7", "\"held\":-1", ": of `vintages`, `held` is not in its form"},
           {"\"held\":7", "\"held\":\"7\"", ": of `vintages`, `held` is not in its form"},
           {"\"held\":7", "\"held\":7.0", ": FMT-"},
           {"\"vintage\":2026", "\"vintage\":1", ": of `vintages`, `vintage` is not in its form"},
           {"\"held_first_transferred\":0", "\"held_first_transferred\":8",
            "more units are held first transferred than held"}}) {
    EXPECT_THAT(
        said_of(account_key, edited(account_text(), edit)),
        AllOf(HasSubstr("its text is proven, but is none of this account"), HasSubstr(edit.fault)))
        << edit.by;
  }
}

std::string held_row(const char* held, const char* vintage) {
  return R"({"cancelled":0,"held":)" + std::string(held) +
         R"(,"held_first_transferred":0,"used":0,"vintage":)" + vintage + "}";
}

TEST(StateClaims, AddNoMoreThanACountCanBe) {
  std::string good = account_text();
  const std::size_t from = good.find('[') + 1;
  const auto with = [&](const std::string& rows) {
    std::string text = good;
    return text.replace(from, text.find(']') - from, rows);
  };
  const std::string most = held_row("9007199254740991", "2026");
  EXPECT_THAT(said_of(account_key, with(most)), HasSubstr("holds 9,007,199,254,740,991 units"));
  EXPECT_THAT(said_of(account_key, with(most + "," + held_row("1", "2027"))),
              HasSubstr("a sum is more than a count can be"));
  EXPECT_THAT(said_of(account_key, with(held_row("1", "2026") + "," + held_row("1", "2026"))),
              HasSubstr("`vintages` do not ascend"));
  const std::string totals =
      R"({"cancelled":1,"first_transferred":0,"held":9007199254740991,"issued":9,"used":0})";
  EXPECT_THAT(said_of({"registry", "XHA99"}, totals),
              HasSubstr("a sum is more than a count can be"));
}

TEST(StateClaims, QuoteAMetricThatReadsLikeASentence) {
  const std::string totals =
      R"({"cancelled":0,"first_transferred":0,"held":9,"issued":9,"used":0})";
  EXPECT_THAT(said_of({"metric", "GHG"}, totals), HasSubstr("All units of metric GHG: 9 issued"));
  EXPECT_THAT(said_of({"metric", "X. Account A holds 9"}, totals),
              HasSubstr("All units of metric \"X. Account A holds 9\": 9 issued"));
}

TEST(StateClaims, OfARunAreOfTheUnitsThatItsKeyNames) {
  for (const auto& [text, holds] : std::vector<std::pair<std::string, bool>>{
           {run_text("5", "9"), true},
           {run_text("5", "5"), true},
           {run_text("4", "9"), false},
           {run_text("5", "4"), false},
           {run_text("5", "0"), false},
           {edited(run_text("5", "9"), {"XHA99", "XHB99", ""}), false},
           {edited(run_text("5", "9"), {"\"held\"", "\"used\"", ""}), false},
           {edited(run_text("5", "9"), {"\"registry\"", "\"purpose\":\"NDC\",\"registry\"", ""}),
            false},
           {edited(run_text("5", "9"),
                   {"\"cleared\":[]", "\"cleared\":[\"transfer\",\"issuance\"]", ""}),
            false}}) {
    crypto::StateTree runs;
    runs.set(joined(run_key), text);
    const std::string account = account_text(crypto::to_hex(runs.root().view()));
    Committed state;
    state.set(account_key, account);
    const StateClaim run{run_key, "A", text,
                         crypto::encode_state_proof(runs.prove(joined(run_key)))};
    const StateClaims claims = state.under({state.claim(account_key, account), run});
    const std::string answer = said(claims);
    EXPECT_EQ(answer.find("Units 5 to") != std::string::npos, holds) << text << ": " << answer;
    if (!holds) {
      EXPECT_THAT(answer, HasSubstr("claim 2: its text is proven, but is none of this run"));
      continue;
    }
    EXPECT_TRUE(replay::answers(claims, {"unit", "XHA99", 5}));
    EXPECT_FALSE(replay::answers(claims, {"unit", "XHA99", 4}));
    EXPECT_FALSE(replay::answers(claims, {"unit", "XHB99", 5}));
    EXPECT_EQ(replay::answers(claims, {"unit", "XHA99", 9}), text == run_text("5", "9"));
  }
}

TEST(StateClaims, AnswerOnlyWhatTheyAreAbout) {
  Committed state;
  const std::string registry =
      R"({"cancelled":0,"first_transferred":0,"held":9,"issued":9,"used":0})";
  state.set({"registry", "XHA99"}, registry);
  const StateClaims claims = state.under({state.claim({"registry", "XHA99"}, registry),
                                          state.claim({"registry", "XHB99"}, std::nullopt),
                                          state.claim({"account", "NOBODY"}, std::nullopt)});
  EXPECT_THAT(said(claims), HasSubstr("In this state there is no account NOBODY."));
  EXPECT_TRUE(replay::answers(claims, {"unit", "XHA99", 10})) << "it was not issued";
  EXPECT_FALSE(replay::answers(claims, {"unit", "XHA99", 9})) << "it was, and no run says where";
  EXPECT_TRUE(replay::answers(claims, {"unit", "XHB99", 1})) << "nothing of it was issued";
  EXPECT_TRUE(replay::say_not_issued(claims, {"unit", "XHA99", 10}));
  EXPECT_FALSE(replay::say_not_issued(claims, {"unit", "XHA99", 9}));
  EXPECT_TRUE(replay::say_not_issued(claims, {"unit", "XHB99", 1}));
  EXPECT_FALSE(replay::say_not_issued(claims, {"unit", "XHC99", 1})) << "of another registry";
  EXPECT_FALSE(replay::say_not_issued(claims, {"account", "XHB99", std::nullopt}));
  EXPECT_TRUE(replay::answers(claims, {"account", "NOBODY", std::nullopt}));
  EXPECT_FALSE(replay::answers(claims, {"account", "A", std::nullopt}));
  EXPECT_FALSE(replay::answers(claims, {"authorization", "NOBODY", std::nullopt}));
}

TEST(StateClaims, AreAtMostAThousand) {
  Committed state;
  const StateClaim none = state.claim({"account", "NOBODY"}, std::nullopt);
  EXPECT_THAT(said(state.under(std::vector<StateClaim>(replay::most_claims, none))),
              HasSubstr("In this state there is no account NOBODY."));
  const StateClaims more = state.under(std::vector<StateClaim>(replay::most_claims + 1, none));
  EXPECT_THAT(said(more), HasSubstr("there are 1001 claims, not 1 to 1000"));
  const auto read = api::parse_state_claims(api::describe(more));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error(), HasSubstr("more claims than proofs have"));
}

TEST(StateClaims, ListAtMostTenThousandEntries) {
  Committed state;
  StateClaims claims = state.under({state.claim({"account", "NOBODY"}, std::nullopt)});
  claims.entries.emplace(replay::most_listed_entries);
  EXPECT_TRUE(api::parse_state_claims(api::describe(claims)));
  claims.entries->emplace_back();
  const auto read = api::parse_state_claims(api::describe(claims));
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error(), HasSubstr("is too long"));
}

TEST(StateClaims, NameKeysThatAStateHas) {
  Committed state;
  for (const Key& key : std::vector<Key>{{},
                                         {"account"},
                                         {"account", ""},
                                         {"account", "A", "B"},
                                         {"account", std::string("A\0B", 3)},
                                         {"balance", "A"},
                                         {"account", "ZZZ. Account A holds 9"},
                                         {"party", "XHA", "02026"},
                                         {"party", "XHA", "banana"},
                                         {"party", "XHA", "3026"},
                                         {"registry", "XHA"},
                                         {"issuance", "XHA99", "0"},
                                         {"issuance", "XHA99", "9007199254740992"},
                                         {"key", "00"},
                                         {"vintage", "A", "99999999999999999999"},
                                         run_key}) {
    StateClaim claim = state.claim({"account", "A"}, std::nullopt);
    claim.key = key;
    EXPECT_THAT(said(state.under({claim})), HasSubstr("it names no key of a committed state"));
  }
}

}  // namespace
}  // namespace replay_test
