// Receipts for ever: each one that a real server answered holds offline, when it was issued and, as
// the bytes that it then was, against every state of the log that was published later.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "api/http_bundle.hpp"
#include "api/receipt_text.hpp"
#include "replay/receipt.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of

// What became of a receipt's bytes, by the log key alone.
std::optional<replay::ProvenReceipt> prove(const std::string& bytes, std::string& problem) {
  const auto receipt = api::parse_receipt(bytes);
  if (!receipt) {
    problem = receipt.error();
    return std::nullopt;
  }
  return replay::prove_receipt(receipt->entry, receipt->proof, scene_log_key(), problem);
}

// A log as it was published at some size, in a directory.
struct Published {
  crypto::Checkpoint checkpoint;
  std::unique_ptr<replay::DirectoryBundle> log;
};

struct IssuedReceipts : testing::Test {
  void SetUp() override {
    served.tell("enrolled");
    take_all();
    for (const std::size_t batch : {1u, 2u, 3u, 1u, 17u, 64u, 5u, 128u, 1u, 33u, 90u}) {
      served.open_accounts(batch);
      take_all();
    }
    ASSERT_GT(receipts.size(), 350u);
    ASSERT_EQ(published.back().checkpoint.size, receipts.size());
  }

  // The receipts of what was admitted since, and the log as it now is.
  void take_all() {
    const std::string name = "at-" + std::to_string(published.size());
    const auto server = api::parse_server_address(served.url());
    ASSERT_TRUE(server);
    const api::HttpBundle log(*server);
    ASSERT_FALSE(replay::copy_bundle(log, served.folder().file(name)).problem);
    auto copy = std::make_unique<replay::DirectoryBundle>(served.folder().file(name));
    const auto now = crypto::open_checkpoint(copy->checkpoint().bytes, scene_log_key());
    ASSERT_TRUE(now);
    while (receipts.size() < now->size) {
      receipts.push_back(served.get("/v1/entries/" + std::to_string(receipts.size())).body);
    }
    published.push_back({*now, std::move(copy)});
  }

  Served served;
  std::vector<std::string> receipts;  // as issued, by entry
  std::vector<Published> published;   // in order
};

TEST_F(IssuedReceipts, HoldForEverEntryByEntry) {
  for (std::size_t seq = 0; seq < receipts.size(); ++seq) {
    std::string problem;
    const auto proven = prove(receipts[seq], problem);
    ASSERT_TRUE(proven) << seq << ": " << problem;
    EXPECT_EQ(proven->entry.seq, seq);
    EXPECT_GT(proven->checkpoint.size, seq);
    EXPECT_EQ(served.get("/v1/entries/" + std::to_string(seq)).body, receipts[seq]) << seq;
    std::size_t later_states = 0;
    for (const Published& later : published) {
      if (later.checkpoint.size < proven->checkpoint.size) continue;
      ++later_states;
      const auto on = replay::continuation_of(*later.log, proven->checkpoint, later.checkpoint);
      EXPECT_TRUE(on.proven) << seq << " in " << later.checkpoint.size << ": "
                             << (on.finding ? on.finding->sentence : on.problem);
    }
    EXPECT_GT(later_states, 0u) << seq;
  }
}

TEST_F(IssuedReceipts, AreOlderThanALogThatIsShorter) {
  std::string problem;
  const auto last = prove(receipts.back(), problem);
  ASSERT_TRUE(last) << problem;
  for (const Published& earlier : published) {
    if (earlier.checkpoint.size >= last->checkpoint.size) continue;
    const auto on = replay::continuation_of(*earlier.log, last->checkpoint, earlier.checkpoint);
    ASSERT_TRUE(on.finding) << earlier.checkpoint.size;
    EXPECT_EQ(on.finding->clause->id, "LOG-22");
  }
}

TEST_F(IssuedReceipts, ProveNoOtherEntry) {
  for (std::size_t seq = 0; seq < receipts.size(); ++seq) {
    Json receipt = Json::parse(receipts[seq]);
    for (const std::size_t other : {(seq + 1) % receipts.size(), (seq + 64) % receipts.size()}) {
      receipt["entry"] = Json::parse(receipts[other])["entry"];
      std::string problem;
      EXPECT_FALSE(prove(receipt.dump(), problem)) << seq << " proves " << other;
      EXPECT_EQ(problem, "the proof does not lead from this entry to the signed root");
    }
  }
}

// The last character of the line but its padding, as another of the same kind.
std::string with_altered_line(const std::string& proof, std::size_t begin, std::size_t end) {
  std::string altered = proof;
  std::size_t at = end - 1;
  while (at > begin && altered[at] == '=') --at;
  altered[at] = altered[at] == '1' ? '2' : '1';
  return altered;
}

TEST_F(IssuedReceipts, HoldWithNoLineOfTheirProofAltered) {
  for (std::size_t seq = 0; seq < receipts.size(); ++seq) {
    Json receipt = Json::parse(receipts[seq]);
    const std::string proof = receipt["proof"];
    for (std::size_t begin = 0; begin < proof.size();) {
      const std::size_t end = proof.find('\n', begin);
      if (end > begin) {
        receipt["proof"] = with_altered_line(proof, begin, end);
        std::string problem;
        EXPECT_FALSE(prove(receipt.dump(), problem)) << seq << ": " << receipt["proof"];
        receipt["proof"] = proof.substr(0, begin) + proof.substr(end + 1);
        EXPECT_FALSE(prove(receipt.dump(), problem)) << seq << " without a line";
      }
      begin = end + 1;
    }
  }
}

}  // namespace
