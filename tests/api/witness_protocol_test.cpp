// What is said to a witness, and every answer that it can give: bytes and values.
#include "api/witness_protocol.hpp"

#include <gtest/gtest.h>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace api;
using Kind = WitnessAnswer::Kind;

const crypto::SecretKey& secret() {
  static const crypto::SecretKey key = crypto::SecretKey::from_seed(std::string(32, 'w'));
  return key;
}

const crypto::WitnessKey key{"witness.example/w", secret().public_key()};
const std::string text = "ledger.example/a6\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
constexpr ledger::Timestamp now{1'767'225'600'000};

WitnessAnswer read(const Response& response) {
  return read_witness_answer(response, text, key, now);
}
WitnessAnswer read(int status, std::string body) {
  return read(Response{status, {}, std::move(body)});
}
std::string line(std::uint64_t time = 1'767'225'600) {
  return crypto::cosign(text, time, key.name, secret());
}

TEST(AddCheckpoint, HasOldSizeProofAndNote) {
  EXPECT_EQ(add_checkpoint_body(0, {}, "note\n"), "old 0\n\nnote\n");
  const std::vector<crypto::Hash> proof = {crypto::empty_root()};
  EXPECT_EQ(add_checkpoint_body(20852014, proof, "note\n"),
            "old 20852014\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nnote\n");
}

TEST(AddCheckpoint, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const auto& row = (*outside)["witness_add_checkpoint"];
  const auto body = row["request_body"].get<std::string>();
  std::vector<crypto::Hash> proof;
  for (const char* base64 : {"x3sKoE7PcoD2M9AuBZcLvyflfivpCqDHMOPmCabQNnw=",
                             "/RrWmWbDCTyzjkZOR98qgwZkikYHev7t1FGHsLY8yx0="}) {
    proof.push_back(*crypto::Hash::from(*crypto::from_base64(base64)));
  }
  EXPECT_EQ(add_checkpoint_body(256, proof, body.substr(body.find("\n\n") + 2)), body);
  EXPECT_EQ(read(409, row["conflict_body_example"].get<std::string>()).size, 600u);
  EXPECT_EQ(witness_checkpoint_path("ledger.example/a6"), row["origin_hash_path"]);
}

TEST(WitnessAnswer, IsACosignatureOfTheCheckpointThatWasSent) {
  const WitnessAnswer answer = read(200, line());
  EXPECT_EQ(answer.kind, Kind::cosigned);
  EXPECT_EQ(answer.line, line());
  const auto other = crypto::SecretKey::from_seed(std::string(32, 'o'));
  const std::string stranger = crypto::cosign(text, 1, "witness.example/o", other);
  EXPECT_EQ(read(200, stranger + line()).line, line()) << "lines of other keys are let go";
}

TEST(WitnessAnswer, Is200WithWhatIsNone) {
  EXPECT_EQ(read(200, "").sentence, "It answers 200 without signature lines.");
  EXPECT_EQ(read(200, line() + "thanks\n").kind, Kind::garbage);
  EXPECT_EQ(read(200, crypto::cosign("another\n", 1, key.name, secret())).sentence,
            "Its cosignature does not verify.");
  EXPECT_EQ(read(200, crypto::cosign(text, 1, "witness.example/x", secret())).kind, Kind::garbage);
}

TEST(WitnessAnswer, MayBeFiveMinutesAheadOfOurClock) {
  EXPECT_EQ(read(200, line(1'767'225'900)).kind, Kind::cosigned);
  EXPECT_EQ(read(200, line(1'767'225'901)).sentence,
            "Its cosignature is of a time that is still to come.");
  EXPECT_EQ(read(200, line(0)).kind, Kind::cosigned);
}

TEST(WitnessAnswer, StatesASizeWith409) {
  const WitnessAnswer answer = read(409, "41\n");
  EXPECT_EQ(answer.kind, Kind::other_old);
  EXPECT_EQ(answer.size, 41u);
  EXPECT_EQ(read(409, "9223372036854775807\n").size, 9'223'372'036'854'775'807u);
  for (const char* body : {"", "41", "041\n", "-1\n", "41\n\n", "9223372036854775808\n", "x\n"}) {
    EXPECT_EQ(read(409, body).kind, Kind::refused) << body;
  }
}

TEST(WitnessAnswer, PushesBackAndMaySayForHowLong) {
  for (const int status : {429, 500, 502, 503, 504}) {
    EXPECT_EQ(read(status, "").kind, Kind::later) << status;
  }
  Response busy{503, {}, "busy\n"};
  EXPECT_EQ(read(busy).pause, std::chrono::seconds(0));
  EXPECT_EQ(read(busy).sentence, "It asks to come later (503: busy).");
  EXPECT_EQ(read(busy.set("Retry-After", "7")).pause, std::chrono::seconds(7));
  EXPECT_EQ(read(busy.set("Retry-After", "999999999")).pause, std::chrono::hours(24));
  EXPECT_EQ(read(busy.set("Retry-After", "Wed, 21 Oct 2027 07:28:00 GMT")).pause,
            std::chrono::seconds(0));
}

TEST(WitnessAnswer, RefusesWithASentenceForWhoRunsTheLog) {
  EXPECT_EQ(read(400, "no\n").sentence, "It calls the request malformed (400: no).");
  EXPECT_EQ(read(403, "").sentence, "It trusts no key that signed the checkpoint (403).");
  EXPECT_EQ(read(404, "").sentence, "It does not know this log (404).");
  EXPECT_EQ(read(422, "").sentence,
            "It says that this checkpoint does not go on from the one that it saw (422).");
  for (const int status : {400, 403, 404, 422}) EXPECT_EQ(read(status, "").kind, Kind::refused);
  for (const int status : {204, 301, 302, 401, 418}) {
    EXPECT_EQ(read(status, line()).kind, Kind::garbage) << status;
  }
  EXPECT_EQ(read(400, "\x1b[2J\xff").sentence, "It calls the request malformed (400: ?[2J?).");
  EXPECT_LT(read(400, std::string(10'000, 'x')).sentence.size(), 300u);
}

TEST(WitnessAddress, ShowsTheLogBelowTheHashOfItsOrigin) {
  EXPECT_EQ(witness_checkpoint_path("ledger.example/a6"),
            "/" + crypto::to_hex(crypto::sha256("ledger.example/a6").view()) + "/checkpoint");
}

}  // namespace
