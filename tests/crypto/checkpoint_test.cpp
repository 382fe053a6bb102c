// Signed notes and checkpoints, by our vectors and the outside ones: what is accepted, and why each
// of the others is not.
#include "crypto/checkpoint.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/note_text.hpp"
#include "crypto/text.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::bytes_of;
using test_support::Json;

const Json& vectors() {
  return test_support::vectors("notes");
}

VerifierKey log_key() {
  return parse_vkey(vectors()["vkey"].get<std::string>()).value();
}

SecretKey log_secret() {
  return SecretKey::from_seed(bytes_of(vectors()["seed"].get<std::string>()));
}

std::string note_in(const Json& row) {
  return row.contains("note") ? row["note"].get<std::string>()
                              : bytes_of(row["note_hex"].get<std::string>());
}

const Json& row_named(const char* why) {
  for (const Json& row : vectors()["notes"]) {
    if (row["why"] == why) return row;
  }
  ADD_FAILURE() << "no vector says: " << why;
  return vectors()["notes"].front();
}

// --- Verifier keys -------------------------------------------------------------------------------

TEST(VerifierKey, ReadsAndWritesTheVectors) {
  for (const Json& row : vectors()["vkeys"]["accepted"]) {
    const auto text = row["vkey"].get<std::string>();
    const auto key = parse_vkey(text);
    ASSERT_TRUE(key) << text;
    EXPECT_EQ(key->name, row["name"]);
    EXPECT_EQ(to_hex(key->key.view()), row["key"]);
    EXPECT_EQ(key_id(*key), std::stoul(row["id"].get<std::string>(), nullptr, 16));
    EXPECT_EQ(format_vkey(*key), text);
    EXPECT_EQ(make_verifier_key(key->name, key->key), *key);
  }
}

TEST(VerifierKey, IsRefusedInEveryOtherForm) {
  for (const Json& row : vectors()["vkeys"]["refused"]) {
    EXPECT_FALSE(parse_vkey(row["vkey"].get<std::string>())) << row["why"];
  }
}

TEST(VerifierKey, IsRefusedWithAnyCharacterChanged) {
  const std::string good = format_vkey(log_key());
  for (std::size_t at = good.find('+'); at < good.size(); ++at) {
    for (int c = 0; c < 256; ++c) {
      std::string bad = good;
      bad[at] = static_cast<char>(c);
      EXPECT_EQ(parse_vkey(bad).has_value(), bad == good) << bad;
    }
  }
}

TEST(KeyName, IsLowerCaseAsciiOf1To255Characters) {
  EXPECT_TRUE(is_key_name("ledger.example/a_b-9"));
  EXPECT_TRUE(is_key_name(std::string(255, 'a')));
  EXPECT_FALSE(is_key_name(""));
  EXPECT_FALSE(is_key_name(std::string(256, 'a')));
  for (const char* name : {"A", "a b", "a+b", "a\n", "é", "a:1", "a\x7f"}) {
    EXPECT_FALSE(is_key_name(name)) << name;
  }
}

// --- Notes ---------------------------------------------------------------------------------------

TEST(Note, GivesTheVerdictOfEveryVector) {
  const VerifierKey key = log_key();
  for (const Json& row : vectors()["notes"]) {
    const auto text = open_note(note_in(row), key);
    EXPECT_EQ(text ? Json(*text) : Json(), row["text"]) << row["why"];
    const auto checkpoint = open_checkpoint(note_in(row), key);
    ASSERT_EQ(checkpoint.has_value(), !row["checkpoint"].is_null()) << row["why"];
    if (!checkpoint) continue;
    EXPECT_EQ(checkpoint->origin, row["checkpoint"]["origin"]);
    EXPECT_EQ(checkpoint->size, row["checkpoint"]["size"]);
    EXPECT_EQ(to_hex(checkpoint->root.view()), row["checkpoint"]["root"]);
  }
}

TEST(Note, IsSignedToTheSameBytesAsInTheVectors) {
  for (const char* why : {"checkpoint of size 0", "checkpoint of size 1", "checkpoint of size 600",
                          "an extension line"}) {
    const Json& row = row_named(why);
    EXPECT_EQ(sign_note(row["text"].get<std::string>(), log_key().name, log_secret()),
              row["note"].get<std::string>());
  }
}

TEST(Note, IsRefusedWithAnyBitFlipped) {
  const std::string good = note_in(row_named("checkpoint of size 600"));
  for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ 1 << bit % 8);
    EXPECT_FALSE(open_note(bad, log_key())) << "bit " << bit;
  }
}

TEST(Note, IsRefusedCutAtAnyByte) {
  const std::string good = note_in(row_named("checkpoint of size 600"));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_FALSE(open_note(good.substr(0, length), log_key())) << length;
  }
}

TEST(Note, IsReadUpToAMillionBytes) {
  const std::size_t rest = sign_note("\n", log_key().name, log_secret()).size() - 1;
  const std::string text = std::string(longest_note - rest - 1, 'x') + "\n";
  const std::string longest = sign_note(text, log_key().name, log_secret());
  ASSERT_EQ(longest.size(), longest_note);
  EXPECT_EQ(open_note(longest, log_key()), text);
  EXPECT_FALSE(open_note(sign_note("x" + text, log_key().name, log_secret()), log_key()));
}

TEST(NoteDeathTest, IsSignedOverATextThatEndsWithANewline) {
  EXPECT_DEATH((void)sign_note("no newline", "name", log_secret()), "ends with a newline");
}

// One example of each Unicode white space, and its neighbours that are none.
TEST(Note, NamesHoldNoWhiteSpaceOfAnyScript) {
  for (const char* space : {" ", "\u0085", "\u00a0", "\u1680", "\u2000", "\u200a", "\u2028",
                            "\u2029", "\u202f", "\u205f", "\u3000"}) {
    EXPECT_FALSE(is_signer_name("a" + std::string(space) + "b"));
  }
  for (const char* letter : {"\u0084", "\u00a1", "\u1681", "\u200b", "\u2027", "\u3001", "!"}) {
    EXPECT_TRUE(is_signer_name("a" + std::string(letter) + "b"));
  }
}

TEST(Note, TextIsUtf8WithoutControlCharacters) {
  EXPECT_TRUE(is_note_text(""));
  EXPECT_TRUE(
      is_note_text("a\n\x7f\xc2\x80\xe2\x80\x94\xf0\x90\x80\x80\xf4\x8f\xbf\xbf\xee\x80\x80"));
  for (const char* bad :
       {"\t", "\r", "\x1f", "\x80", "\xbf", "\xc2", "\xc0\x80", "\xc1\xbf", "\xe0\x9f\xbf",
        "\xed\xa0\x80", "\xed\xbf\xbf", "\xe2\x80", "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80",
        "\xf8\x88\x80\x80\x80", "\xff", "\xc2\xc2", "\xe2\x28\xa1"}) {
    EXPECT_FALSE(is_note_text(bad)) << to_hex(bad);
  }
  EXPECT_FALSE(is_note_text(std::string(1, '\0')));
}

// --- Checkpoints ---------------------------------------------------------------------------------

TEST(Checkpoint, ReadsWhatItWrites) {
  const Checkpoint checkpoint{"ledger.example/a", (std::uint64_t{1} << 63) - 1, sha256("root")};
  EXPECT_EQ(parse_checkpoint_text(checkpoint_text(checkpoint)), checkpoint);
}

TEST(Checkpoint, LetsExtensionLinesPassAndForgetsThem) {
  const Checkpoint checkpoint{"ledger.example/a", 7, sha256("root")};
  EXPECT_EQ(parse_checkpoint_text(checkpoint_text(checkpoint) + "more\nand more\n"), checkpoint);
}

TEST(Checkpoint, IsRefusedWithoutItsLastNewline) {
  std::string text = checkpoint_text({"ledger.example/a", 7, sha256("root")});
  text.pop_back();
  EXPECT_FALSE(parse_checkpoint_text(text));
  EXPECT_FALSE(parse_checkpoint_text(text + "\nextension"));
  EXPECT_FALSE(parse_checkpoint_text(text + "\n\xff\n"));
  EXPECT_FALSE(parse_checkpoint_text(""));
}

TEST(Checkpoint, UnverifiedSaysWhatANoteOfAnybodySays) {
  const SecretKey stranger = SecretKey::from_seed(std::string(32, 's'));
  const Checkpoint checkpoint{"ledger.example/a", 7, sha256("root")};
  const std::string note = sign_note(checkpoint_text(checkpoint), "stranger.example", stranger);
  EXPECT_EQ(read_unverified(note), checkpoint);
  EXPECT_FALSE(open_checkpoint(note, make_verifier_key("ledger.example/a", stranger.public_key())));
  EXPECT_FALSE(read_unverified("no note"));
  EXPECT_FALSE(read_unverified(sign_note("no checkpoint\n", "stranger.example", stranger)));
}

// --- Others' examples ----------------------------------------------------------------------------

TEST(Note, OpensTheExampleOfTheGoDocumentation) {
  const auto key = parse_vkey("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  EXPECT_FALSE(key) << "an upper-case name is not one of ours";
  const auto published =
      parse_vkey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  ASSERT_TRUE(published);
  EXPECT_EQ(open_note("This is an example message.\n\n\u2014 example.com/foo "
                      "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuw"
                      "HjG1Yu72IneyaQM=\n",
                      *published),
            "This is an example message.\n");
}

TEST(Note, IsBelievedByEitherOfTwoKeysThatSignedItUnderOneName) {
  const Json& row = test_support::vectors("notes")["key_overlap"];
  for (std::size_t i = 0; i < 2; ++i) {
    const auto key = parse_vkey(row["vkeys"][i].get<std::string>());
    ASSERT_TRUE(key);
    EXPECT_EQ(open_note(row["note"].get<std::string>(), *key), row["text"].get<std::string>());
    EXPECT_TRUE(open_note(row["alone"][i].get<std::string>(), *key));
    EXPECT_FALSE(open_note(row["alone"][1 - i].get<std::string>(), *key));
  }
}

TEST(Note, IsBelievedByWhoKnowsBothKeysUnlessOneOfTheirLinesIsWrong) {
  const Json& row = test_support::vectors("notes")["key_overlap"];
  const auto first = row["vkeys"][0].get<std::string>();
  const auto second = row["vkeys"][1].get<std::string>();
  const auto both = LogKeys::parse(first + "\n" + second);
  ASSERT_TRUE(both);
  for (const Json& note : {row["note"], row["alone"][0], row["alone"][1]}) {
    EXPECT_EQ(open_note(note.get<std::string>(), *both), row["text"].get<std::string>());
  }
  const auto wrong = row["second_is_wrong"].get<std::string>();
  EXPECT_FALSE(open_note(wrong, *both));
  EXPECT_FALSE(open_note(wrong, *parse_vkey(second)));
  EXPECT_TRUE(open_note(wrong, *parse_vkey(first))) << "to whom the second is a stranger";
}

TEST(LogKeys, AreVerifierKeysOfOneNameEachOnce) {
  const auto vkey = [](const std::string& name, char seed) {
    const SecretKey secret = SecretKey::from_seed(std::string(32, seed));
    return format_vkey(make_verifier_key(name, secret.public_key()));
  };
  const auto keys = LogKeys::parse(vkey("a", '1') + "\n" + vkey("a", '2'));
  ASSERT_TRUE(keys);
  EXPECT_EQ(keys->name(), "a");
  EXPECT_EQ(format_vkeys(*keys), vkey("a", '1') + " or " + vkey("a", '2'));
  EXPECT_EQ(LogKeys::parse(vkey("a", '1'))->all().size(), 1u);
  std::string many;
  for (char seed = 'A'; seed < 'A' + 16; ++seed) {
    many += (many.empty() ? "" : "\n") + vkey("a", seed);
  }
  EXPECT_EQ(LogKeys::parse(many)->all().size(), 16u);
  for (const std::string& lines :
       {std::string(), vkey("a", '1') + "\n", "\n" + vkey("a", '1'),
        vkey("a", '1') + "\n" + vkey("a", '1'), vkey("a", '1') + "\n" + vkey("b", '2'),
        vkey("a", '1') + "\r\n" + vkey("a", '2'), many + "\n" + vkey("a", 'z')}) {
    EXPECT_FALSE(LogKeys::parse(lines)) << lines;
  }
}

TEST(Note, AgreesWithTheOutsideVectors) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  const auto key = parse_vkey((*outside)["keys"]["log"]["vkey_01"].get<std::string>());
  const SecretKey secret =
      SecretKey::from_seed(bytes_of((*outside)["keys"]["log"]["seed_hex"].get<std::string>()));
  ASSERT_TRUE(key);
  for (const auto& [size, row] : (*outside)["checkpoints"].items()) {
    const auto note = row["note"].get<std::string>();
    const auto checkpoint = open_checkpoint(note, *key);
    ASSERT_TRUE(checkpoint) << size;
    EXPECT_EQ(std::to_string(checkpoint->size), size);
    EXPECT_EQ(checkpoint_text(*checkpoint), row["text"]);
    EXPECT_EQ(sign_note(row["text"].get<std::string>(), key->name, secret), note);
  }
  for (const auto& [why, note] : (*outside)["accept"].items()) {
    EXPECT_TRUE(open_checkpoint(note.get<std::string>(), *key)) << why;
  }
  EXPECT_TRUE(open_checkpoint((*outside)["key_rotation_overlap"].get<std::string>(), *key));
  EXPECT_TRUE(
      open_checkpoint((*outside)["cosignature"]["cosigned_checkpoint"].get<std::string>(), *key));
}

TEST(Note, RefusesWhatTheOutsideVectorsCallMalformed) {
  const auto outside = test_support::outside_vectors("tlog_vectors.json");
  if (!outside) GTEST_SKIP() << test_support::no_outside_vectors;
  int refused = 0;
  for (const Json& row : (*outside)["reject"]) {
    const auto note = from_base64(row["note_b64"].get<std::string>());
    ASSERT_TRUE(note) << row["why"];
    std::vector<VerifierKey> keys;
    for (const Json& vkey : row["trusted"]) {
      if (const auto key = parse_vkey(vkey.get<std::string>())) keys.push_back(*key);
    }
    // Where a cosigner's key is trusted too, of a type that we do not read, the verdict rests on
    // it.
    if (keys.size() != row["trusted"].size()) continue;
    for (const VerifierKey& key : keys) EXPECT_FALSE(open_checkpoint(*note, key)) << row["why"];
    ++refused;
  }
  EXPECT_EQ(refused, 19);
}

}  // namespace
}  // namespace crypto
