// What a receipt proves by the log's key alone, and against a later log.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/receipt_text.hpp"
#include "crypto/text.hpp"
#include "replay/receipt.hpp"
#include "replay/tile_nodes.hpp"
#include "tests/replay/two_logs.hpp"
#include "tests/support/vectors.hpp"

namespace replay_test {
namespace {

using test_support::Json;

// A receipt of entry 9 under a checkpoint of 12 entries.
struct Receipt : testing::Test {
  void SetUp() override {
    const auto bundle = bundle_of(long_log(40), 12);
    auto hashes = replay::TileNodes(*bundle, 12).inclusion_of(9);
    ASSERT_TRUE(hashes);
    proof = {std::nullopt, 9, *hashes, bundle->parts.at("checkpoint")};
    line = long_log(40).entries()[9].line;
  }
  // The sentence that says why it does not hold; empty where it does.
  std::string problem() const {
    std::string said;
    const auto proven =
        replay::prove_receipt(line, crypto::format_tlog_proof(proof), log_key(), said);
    EXPECT_EQ(proven.has_value(), said.empty());
    return said;
  }
  // One alone in a log, under the log key's checkpoint: it may say anything.
  void be_alone(const std::string& only) {
    line = only;
    MemoryBundle bundle;
    lay_out({line}, story_origin, bundle);
    proof = {std::nullopt, 0, {}, bundle.parts.at("checkpoint")};
  }
  crypto::TlogProof proof;
  std::string line;
};

TEST_F(Receipt, HoldsByTheLogsKey) {
  std::string said;
  const auto proven =
      replay::prove_receipt(line, crypto::format_tlog_proof(proof), log_key(), said);
  ASSERT_TRUE(proven) << said;
  EXPECT_EQ(proven->entry.seq, 9u);
  EXPECT_EQ(proven->entry.line, line);
  EXPECT_EQ(proven->checkpoint.size, 12u);
  EXPECT_EQ(proven->note, proof.checkpoint);
}

TEST_F(Receipt, HoldsWithExtraBytesThatNobodyVouchesFor) {
  proof.extra = "anything";
  EXPECT_EQ(problem(), "");
}

TEST_F(Receipt, IsOfTheKeyThatSignedItAlone) {
  std::string said;
  EXPECT_FALSE(replay::prove_receipt(line, crypto::format_tlog_proof(proof),
                                     log_key("ledger.example/other"), said));
  EXPECT_NE(said.find("is not signed by log key ledger.example/other+"), std::string::npos) << said;
}

TEST_F(Receipt, IsNotOfALineThatIsNoEntry) {
  be_alone("{}");
  EXPECT_NE(problem().find("it is none by FMT-"), std::string::npos) << problem();
}

TEST_F(Receipt, IsNotOfAnEntryWhoseSignatureDoesNotVerify) {
  std::string opening = long_log(40).entries()[0].line;
  const std::size_t at = opening.find("\"quorum\":") + 9;
  opening[at] = static_cast<char>(opening[at] ^ 1);
  be_alone(opening);
  EXPECT_NE(problem().find("it is none by SIG-3"), std::string::npos) << problem();
}

TEST_F(Receipt, IsNotOfAnEntryThatBearsAnotherNumber) {
  be_alone(line);
  EXPECT_EQ(problem(), "the entry does not have the number that the proof is for");
}

TEST_F(Receipt, IsNotOfAnEntryOfAnotherLedger) {
  const std::string other = "ledger.example/other";
  ToldLog told(other);
  api::story::Writer writer(other);
  writer.write("2020-11-23T08:00:00.000Z", api::story::opening(told.cast(), other, {"XBA", "XHA"}),
               {"operator", "XBA", "XHA"});
  be_alone(told.entry_for(writer.acts()[0]).line);
  EXPECT_EQ(problem(),
            "the entry is of the ledger ledger.example/other and not of ledger.example/story");
}

TEST_F(Receipt, IsNotLookedIntoWhereItIsLongerThanAnyEntry) {
  line.assign(65'536, ' ');
  EXPECT_EQ(problem(), "no entry is longer than 65535 bytes");
}

// ---- vectors ----

TEST_F(Receipt, RefusesEveryProofOfTheVectorsThatIsNone) {
  const Json& proofs = test_support::vectors("notes")["tlog_proofs"];
  ASSERT_FALSE(proofs["refused"].empty());
  for (const Json& row : proofs["refused"]) {
    std::string said;
    const std::string text = row["text"];
    EXPECT_FALSE(replay::prove_receipt(line, text, log_key(), said)) << row;
    EXPECT_EQ(said, "the proof is not a .tlog-proof text") << row;
  }
}

TEST_F(Receipt, RefusesEveryNoteOfTheOutsideVectorsThatIsNone) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  for (const Json& row : (*outside)["reject"]) {
    const auto key = crypto::parse_vkey(row["trusted"][0].get<std::string>());
    if (!key) continue;  // a witness's
    proof.checkpoint = *crypto::from_base64(row["note_b64"].get<std::string>());
    std::string said;
    EXPECT_FALSE(replay::prove_receipt(line, crypto::format_tlog_proof(proof), *key, said)) << row;
  }
}

// ---- the text of an answer ----

TEST(ReceiptText, LetsOtherMembersStandBesideItsOwn) {
  const auto receipt = api::parse_receipt(
      R"({"entry":"a\u0062","list":[1,[2.5,{"entry":"x","proof":null}]],"proof":"p","seq":-1})");
  ASSERT_TRUE(receipt) << receipt.error();
  EXPECT_EQ(receipt->entry, "ab");
  EXPECT_EQ(receipt->proof, "p");
  EXPECT_FALSE(receipt->demonstration);
}

TEST(ReceiptText, IsNoneWhereItSaysAThingTwiceOrNotAtAll) {
  for (const std::string text :
       {R"({"entry":"a","entry":"b","proof":"p"})", R"({"entry":"a","proof":"p","proof":"q"})",
        R"({"entry":"a"})", R"({"proof":"p"})", R"({"entry":1,"proof":"p"})",
        R"(["entry","proof"])", R"("entry")", R"({"entry":"a","proof":"p"} x)",
        R"({"entry":"a","proof":"p")", ""}) {
    EXPECT_FALSE(api::parse_receipt(text)) << text;
  }
}

TEST(ReceiptText, IsNotReadWhereItIsDeepOrLong) {
  const std::string good = R"({"entry":"a","proof":"p","more":)";
  EXPECT_TRUE(api::parse_receipt(good + "[[[[[[[]]]]]]]}"));
  EXPECT_FALSE(api::parse_receipt(good + "[[[[[[[[]]]]]]]]}"));
  EXPECT_FALSE(api::parse_receipt(good + std::string(1'000'000, '[')));
  EXPECT_FALSE(api::parse_receipt(good + '"' + std::string(api::longest_receipt, 'x') + "\"}"));
}

// ---- a later log ----

struct LaterLog : Receipt {
  replay::Continuation in(const MemoryBundle& log) const {
    return replay::continuation_of(log, *crypto::open_checkpoint(proof.checkpoint, log_key()),
                                   *crypto::open_checkpoint(log.parts.at("checkpoint"), log_key()));
  }
};

TEST_F(LaterLog, OfAnySizeGoesOnFromTheReceipt) {
  for (std::size_t size = 12; size <= 40; ++size) {
    EXPECT_TRUE(in(*bundle_of(long_log(40), size)).proven) << size;
  }
}

TEST_F(LaterLog, IsProvenByItsEntriesWhereItsHashTilesAreDamaged) {
  const auto log = bundle_of(long_log(40), 40);
  flip_bit(only_part(*log, "tile/0/"), 3, 1);
  EXPECT_TRUE(in(*log).proven);
  std::erase_if(log->parts, [](const auto& part) { return part.first.starts_with("tile/0/"); });
  EXPECT_TRUE(in(*log).proven);
}

TEST_F(LaterLog, ThatIsAnotherIsAFork) {
  for (const std::size_t size : {12u, 13u, 40u}) {
    const auto on = in(*bundle_of(long_log(40, 1), size));
    ASSERT_TRUE(on.finding) << size;
    EXPECT_EQ(on.finding->clause->id, "LOG-19");
  }
}

TEST_F(LaterLog, ThatIsShorterIsNamedSo) {
  const auto on = in(*bundle_of(long_log(40), 11));
  ASSERT_TRUE(on.finding);
  EXPECT_EQ(on.finding->clause->id, "LOG-22");
}

TEST_F(LaterLog, WhosePartsMakeNoRootProvesNothing) {
  const auto log = bundle_of(long_log(40), 40);
  flip_bit(only_part(*log, "tile/0/"), 3, 1);
  flip_in_entry(*log, 0, 3, 1);
  const auto on = in(*log);
  ASSERT_TRUE(on.finding);
  EXPECT_EQ(on.finding->clause->id, "LOG-15");
  EXPECT_FALSE(on.proven);
}

TEST_F(LaterLog, ThatCannotBeReadDecidesNothing) {
  const auto log = bundle_of(long_log(40), 40);
  log->unreadable = {"tile/0/000.p/40", "tile/entries/000.p/40"};
  const auto on = in(*log);
  EXPECT_FALSE(on.proven);
  EXPECT_FALSE(on.finding);
  EXPECT_NE(on.problem.find("cannot be read"), std::string::npos);
}

}  // namespace
}  // namespace replay_test
