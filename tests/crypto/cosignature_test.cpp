// Cosignatures of witnesses, by our vectors and the outside ones.
#include "crypto/cosignature.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;

const Json& vectors() {
  return test_support::vectors("notes")["cosignatures"];
}

WitnessKey witness() {
  return parse_witness_vkey(vectors()["vkey"].get<std::string>()).value();
}

SecretKey witness_secret() {
  return SecretKey::from_seed(bytes_of(vectors()["seed"].get<std::string>()));
}

std::string text() {
  return vectors()["text"].get<std::string>();
}

std::string name_of(Cosignature::Verdict verdict) {
  switch (verdict) {
    case Cosignature::Verdict::absent: return "absent";
    case Cosignature::Verdict::wrong: return "wrong";
    case Cosignature::Verdict::valid: break;
  }
  return "valid";
}

Cosignature read(const std::string& lines) {
  const auto parsed = parse_signature_lines(lines);
  EXPECT_TRUE(parsed) << lines;
  return parsed ? read_cosignature(text(), *parsed, witness()) : Cosignature();
}

TEST(WitnessKey, ReadsAndWritesTheVectors) {
  EXPECT_EQ(witness().name, vectors()["name"]);
  EXPECT_EQ(to_hex(witness().key.view()), vectors()["key"]);
  EXPECT_EQ(to_hex(note_key_id(witness().name, NoteKeyType::cosignature, witness().key)),
            vectors()["id"]);
  for (const Json& row : vectors()["vkeys_accepted"]) {
    const auto key = parse_witness_vkey(row.get<std::string>());
    ASSERT_TRUE(key) << row;
    EXPECT_EQ(format_witness_vkey(*key), row);
  }
}

TEST(WitnessKey, IsRefusedInEveryOtherForm) {
  for (const Json& row : vectors()["vkeys_refused"]) {
    EXPECT_FALSE(parse_witness_vkey(row["vkey"].get<std::string>())) << row["why"];
  }
}

TEST(WitnessKey, IsNoKeyOfALog) {
  EXPECT_FALSE(parse_vkey(vectors()["vkey"].get<std::string>()));
  EXPECT_FALSE(parse_witness_vkey(test_support::vectors("notes")["vkey"].get<std::string>()));
}

TEST(Cosignature, GivesTheVerdictOfEveryVector) {
  for (const Json& row : vectors()["lines"]) {
    const Cosignature found = read(row["lines"].get<std::string>());
    EXPECT_EQ(name_of(found.verdict), row["verdict"]) << row["why"];
    if (found.verdict != Cosignature::Verdict::valid) continue;
    EXPECT_EQ(found.time, row["time"]) << row["why"];
    EXPECT_NE(row["lines"].get<std::string>().find(found.line), std::string::npos) << row["why"];
  }
}

TEST(Cosignature, IsSignedToTheSameBytesAsInTheVectors) {
  EXPECT_EQ(cosign(text(), vectors()["time"], witness().name, witness_secret()), vectors()["line"]);
}

TEST(Cosignature, IsRefusedAmongMalformedLines) {
  for (const Json& row : vectors()["malformed"]) {
    EXPECT_FALSE(parse_signature_lines(bytes_of(row["lines_hex"].get<std::string>())))
        << row["why"];
  }
}

TEST(Cosignature, VerifiesWithNoBitFlipped) {
  const std::string good = vectors()["line"].get<std::string>();
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    const auto lines = parse_signature_lines(bad);
    if (!lines) continue;
    EXPECT_NE(read_cosignature(text(), *lines, witness()).verdict, Cosignature::Verdict::valid)
        << "bit " << bit;
  }
}

TEST(Cosignature, IsOfTheWholeTextWithItsExtensionLines) {
  const std::string longer = text() + "an extension\n";
  const auto lines = parse_signature_lines(cosign(longer, 7, witness().name, witness_secret()));
  EXPECT_EQ(read_cosignature(longer, *lines, witness()).verdict, Cosignature::Verdict::valid);
  EXPECT_EQ(read_cosignature(text(), *lines, witness()).verdict, Cosignature::Verdict::wrong);
}

TEST(Cosignature, LeavesTheCheckpointOpenToWhoKnowsOnlyTheLog) {
  const SecretKey log =
      SecretKey::from_seed(bytes_of(test_support::vectors("notes")["seed"].get<std::string>()));
  const auto key = parse_vkey(test_support::vectors("notes")["vkey"].get<std::string>());
  const std::string note = sign_note(text(), key->name, log);
  EXPECT_EQ(open_note(note + vectors()["line"].get<std::string>(), *key), text());
}

TEST(CosignatureDeathTest, IsGivenAtATimeBelow2To63) {
  EXPECT_DEATH((void)cosign(text(), latest_cosignature + 1, witness().name, witness_secret()),
               "below 2\\^63");
  EXPECT_DEATH((void)cosign("no newline", 0, witness().name, witness_secret()),
               "ends with a newline");
}

// --- Others' examples ----------------------------------------------------------------------------

WitnessKey outside_witness(const Json& outside, const char* name) {
  return parse_witness_vkey(outside["keys"][name]["vkey_04"].get<std::string>()).value();
}

TEST(Cosignature, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const Json& example = (*outside)["cosignature"];
  const auto whole = example["cosigned_checkpoint"].get<std::string>();
  const auto note = parse_note(whole);
  ASSERT_TRUE(note);
  for (const char* name : {"w1", "w2"}) {
    const WitnessKey key = outside_witness(*outside, name);
    const Cosignature found = read_cosignature(note->text, note->signatures, key);
    EXPECT_EQ(found.verdict, Cosignature::Verdict::valid) << name;
    EXPECT_EQ(found.line, example[std::string("line_") + name]);
    const SecretKey secret =
        SecretKey::from_seed(bytes_of((*outside)["keys"][name]["seed_hex"].get<std::string>()));
    EXPECT_EQ(cosign(note->text, found.time, key.name, secret), found.line);
  }
  const WitnessKey third = outside_witness(*outside, "w3");
  EXPECT_EQ(read_cosignature(note->text, note->signatures, third).verdict,
            Cosignature::Verdict::absent);
}

TEST(Cosignature, IsWrongWhereTheOutsideVectorsRefuseTheNoteForIt) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  int wrong = 0;
  for (const Json& row : (*outside)["reject"]) {
    const auto bytes = from_base64(row["note_b64"].get<std::string>());
    const auto note = bytes ? parse_note(*bytes) : std::nullopt;
    if (!note) continue;
    for (const Json& vkey : row["trusted"]) {
      const auto key = parse_witness_vkey(vkey.get<std::string>());
      if (!key) continue;
      const auto found = read_cosignature(note->text, note->signatures, *key);
      if (found.verdict == Cosignature::Verdict::wrong) ++wrong;
    }
  }
  EXPECT_EQ(wrong, 1);
}

}  // namespace
}  // namespace crypto
