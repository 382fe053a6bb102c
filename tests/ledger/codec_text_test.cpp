// What stands around an event: submissions and lines of the log.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/clauses_format.hpp"
#include "ledger/clauses_signature.hpp"
#include "ledger/codec.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Json;

const Event& transfer() {
  const auto& all = sample::fullest();
  return *std::find_if(all.begin(), all.end(), [](const Event& event) {
    return std::holds_alternative<UnitsTransferred>(event.body);
  });
}

const std::string event_bytes = encode_event(transfer());
const Timestamp moment = *parse_timestamp("2027-02-20T08:00:00.123Z");

// Signatures that are good for nothing but their form.
std::vector<crypto::KeySignature> signatures(std::size_t count) {
  std::vector<crypto::KeySignature> out(count);
  for (std::size_t i = 0; i < count; ++i) {
    out[i].key.bytes[0] = static_cast<std::uint8_t>(i + 1);
    out[i].signature.bytes.fill(static_cast<std::uint8_t>(i));
  }
  return out;
}

crypto::Hash some_hash() {
  return crypto::sha256("some");
}

Violation refusal_of(const std::string& submission) {
  auto verdict = decode_submission(submission);
  if (!verdict) return verdict.error();
  ADD_FAILURE() << "accepted: " << submission;
  return {&FMT_1, ""};
}

Violation refusal_of_line(const std::string& line) {
  auto verdict = decode_line(line);
  if (!verdict) return verdict.error();
  ADD_FAILURE() << "accepted: " << line;
  return {&FMT_1, ""};
}

Json submission_json() {
  return Json::parse(encode_submission(event_bytes, signatures(2), moment));
}
Json line_json() {
  return Json::parse(encode_line(event_bytes, signatures(2), some_hash(), 41, moment));
}

// ---- there and back -----------------------------------------------------------------------------

TEST(Submission, GivesTheEventsBytesExactlyAsTheyStandThere) {
  for (const Event& sample : sample::fullest()) {
    const std::string bytes = encode_event(sample);
    for (const auto time : {std::optional<Timestamp>(), std::optional(moment)}) {
      const std::string text = encode_submission(bytes, signatures(16), time);
      const auto decoded = decode_submission(text);
      ASSERT_TRUE(decoded) << decoded.error().detail;
      EXPECT_EQ(decoded->signed_event.bytes, bytes);
      EXPECT_EQ(encode_event(decoded->signed_event.event), bytes);
      EXPECT_EQ(decoded->signed_event.signatures, signatures(16));
      EXPECT_EQ(decoded->time, time);
    }
  }
}

TEST(Submission, IsWrittenInTheOrderOfTheNames) {
  EXPECT_EQ(encode_submission("{}", signatures(1), moment),
            R"({"event":{},"signatures":[{"key":"01)" + std::string(62, '0') + R"(","sig":")" +
                std::string(86, 'A') + R"(=="}],"time":"2027-02-20T08:00:00.123Z"})");
}

TEST(Line, GivesItsPartsAndIsWrittenBackTheSame) {
  const std::string text = encode_line(event_bytes, signatures(3), some_hash(), 41, moment);
  const auto parts = decode_line(text);
  ASSERT_TRUE(parts) << parts.error().detail;
  EXPECT_EQ(parts->signed_event.bytes, event_bytes);
  EXPECT_EQ(parts->prev, some_hash());
  EXPECT_EQ(parts->seq, 41u);
  EXPECT_EQ(parts->time, moment);
  EXPECT_EQ(encode_line(parts->signed_event.bytes, parts->signed_event.signatures, parts->prev,
                        parts->seq, parts->time),
            text);
}

TEST(Line, TheFirstOneHas64Zeros) {
  const std::string text = encode_line("{}", {}, {}, 0, moment);
  EXPECT_EQ(text, R"({"event":{},"prev":")" + std::string(64, '0') +
                      R"(","seq":0,"signatures":[],"time":"2027-02-20T08:00:00.123Z"})");
}

TEST(Line, OfTheLongestEventWith16SignaturesFitsAnEntry) {
  const std::string longest = encode_line(std::string(max_event_bytes, ' '), signatures(16),
                                          some_hash(), (Seq{1} << 53) - 1, moment);
  EXPECT_LE(longest.size(), max_entry_bytes);
}

// ---- refusals -----------------------------------------------------------------------------------

TEST(Submission, NeedsEventAndSignatures) {
  for (const std::string name : {"event", "signatures"}) {
    Json text = submission_json();
    text.erase(name);
    const Violation violation = refusal_of(text.dump());
    EXPECT_EQ(violation.clause, &FMT_11);
    EXPECT_TRUE(violation.detail.starts_with(name + " is missing")) << violation.detail;
  }
}

TEST(Submission, HasNoOtherMember) {
  for (const std::string name : {"a", "prev", "seq", "zzz"}) {
    Json text = submission_json();
    text[name] = 1;
    const Violation violation = refusal_of(text.dump());
    EXPECT_EQ(violation.clause, &FMT_10);
    EXPECT_TRUE(violation.detail.starts_with(name + " is not a member")) << violation.detail;
  }
}

TEST(Submission, APathIntoTheEventBeginsWithEvent) {
  Json text = submission_json();
  text["event"]["body"]["units"]["scope"] = "x";
  EXPECT_TRUE(refusal_of(text.dump()).detail.starts_with("event.body.units.scope is \"x\""));
  text["event"]["type"] = "x";
  EXPECT_TRUE(refusal_of(text.dump()).detail.starts_with("event.type is \"x\""));
  text["event"].erase("type");
  EXPECT_TRUE(refusal_of(text.dump()).detail.starts_with("event.type is missing"));
  text["event"] = 7;
  EXPECT_TRUE(refusal_of(text.dump()).detail.starts_with("event is 7"));
}

TEST(Line, NeedsEveryMember) {
  for (const std::string name : {"event", "prev", "seq", "signatures", "time"}) {
    Json text = line_json();
    text.erase(name);
    const Violation violation = refusal_of_line(text.dump());
    EXPECT_EQ(violation.clause, &FMT_11);
    EXPECT_TRUE(violation.detail.starts_with(name + " is missing")) << violation.detail;
  }
  Json text = line_json();
  text["zzz"] = 1;
  EXPECT_EQ(refusal_of_line(text.dump()).clause, &FMT_10);
}

TEST(Line, HasAHashANumberAndAMoment) {
  const std::vector<std::pair<std::string, Json>> bad = {{"prev", std::string(64, 'A')},
                                                         {"prev", std::string(63, '0')},
                                                         {"seq", -1},
                                                         {"time", "2027-02-20T08:00:00Z"}};
  for (const auto& [name, value] : bad) {
    Json text = line_json();
    text[name] = value;
    const Violation violation = refusal_of_line(text.dump());
    EXPECT_EQ(violation.clause, &FMT_13);
    EXPECT_TRUE(violation.detail.starts_with(name + " is ")) << violation.detail;
  }
}

TEST(Submission, IsNoEventAlone) {
  EXPECT_EQ(refusal_of(event_bytes).clause, &FMT_10);  // body stands where event has to
  EXPECT_EQ(refusal_of("[]").clause, &FMT_4);
}

TEST(Submission, AnEventOfMoreThan60000BytesIsRefusedByItsOwnLimit) {
  RangeSet ranges;
  Serial first = 1'000'000'000'000'000;
  while (encode_event(sample::transfer_of(ranges)).size() <= max_event_bytes) {
    for (int i = 0; i < 20; ++i, first += 2) ranges.join({first, first + 1});
  }
  const std::string bytes = encode_event(sample::transfer_of(ranges));
  const Violation violation = refusal_of(encode_submission(bytes, signatures(1)));
  EXPECT_EQ(violation.clause, &FMT_15);
  EXPECT_NE(violation.detail.find(std::to_string(bytes.size())), std::string::npos);
}

// ---- signatures ---------------------------------------------------------------------------------

TEST(Submission, CarriesOneTo16Signatures) {
  const Violation none = refusal_of(encode_submission(event_bytes, {}));
  EXPECT_EQ(none.clause, &SIG_1);
  EXPECT_NE(none.detail.find("no signature"), std::string::npos) << none.detail;
  EXPECT_TRUE(decode_submission(encode_submission(event_bytes, signatures(1))));
  EXPECT_TRUE(decode_submission(encode_submission(event_bytes, signatures(16))));
  const Violation many = refusal_of(encode_submission(event_bytes, signatures(17)));
  EXPECT_EQ(many.clause, &SIG_1);
  EXPECT_NE(many.detail.find("17 signatures"), std::string::npos) << many.detail;
}

TEST(Submission, SignaturesAscendByKeyAndAKeySignsOnce) {
  auto swapped = signatures(3);
  std::swap(swapped[1], swapped[2]);
  const Violation order = refusal_of(encode_submission(event_bytes, swapped));
  EXPECT_EQ(order.clause, &SIG_2);
  EXPECT_TRUE(order.detail.starts_with("signatures[2] is of key 02")) << order.detail;
  auto twice = signatures(2);
  twice[1].key = twice[0].key;
  const Violation repeated = refusal_of(encode_submission(event_bytes, twice));
  EXPECT_EQ(repeated.clause, &SIG_2);
  EXPECT_NE(repeated.detail.find("signs once"), std::string::npos) << repeated.detail;
}

TEST(Line, CountAndOrderOfSignaturesAreJudgedThereToo) {
  EXPECT_EQ(refusal_of_line(encode_line(event_bytes, {}, {}, 0, moment)).clause, &SIG_1);
  auto swapped = signatures(2);
  std::swap(swapped[0], swapped[1]);
  EXPECT_EQ(refusal_of_line(encode_line(event_bytes, swapped, {}, 0, moment)).clause, &SIG_2);
}

TEST(Submission, TheFormatIsJudgedBeforeTheSignatures) {
  Json text = Json::parse(encode_submission(event_bytes, {}, moment));
  text["time"] = "soon";
  EXPECT_EQ(refusal_of(text.dump()).clause, &FMT_13);
}

TEST(Submission, ASignatureIs64BytesInPaddedBase64) {
  const std::string good = crypto::to_base64(std::string(64, '\x5a'));
  const std::string url = crypto::to_base64(std::string(64, '\xff'));
  std::string with_url = url;
  std::replace(with_url.begin(), with_url.end(), '/', '_');
  ASSERT_NE(url, with_url);
  std::string stray = good;
  stray[85] = static_cast<char>(stray[85] + 1);  // the low bits of the last character are no data
  for (const std::string& bad :
       {std::string(), good.substr(0, 86), good + " ", with_url, stray,
        crypto::to_base64(std::string(63, 'x')), crypto::to_base64(std::string(65, 'x'))}) {
    Json text = submission_json();
    text["signatures"][1]["sig"] = bad;
    const Violation violation = refusal_of(text.dump());
    EXPECT_EQ(violation.clause, &FMT_13) << bad;
    EXPECT_TRUE(violation.detail.starts_with("signatures[1].sig is ")) << violation.detail;
  }
}

TEST(Submission, ASignatureHasKeyAndSigAndNothingElse) {
  Json text = submission_json();
  text["signatures"][0]["keyid"] = "x";
  EXPECT_EQ(refusal_of(text.dump()).clause, &FMT_10);
  text = submission_json();
  text["signatures"][0].erase("key");
  EXPECT_EQ(refusal_of(text.dump()).clause, &FMT_11);
  text = submission_json();
  text["signatures"] = Json::object();
  EXPECT_EQ(refusal_of(text.dump()).clause, &FMT_12);
  text["signatures"] = Json::array({7});
  EXPECT_EQ(refusal_of(text.dump()).clause, &FMT_12);
}

}  // namespace
