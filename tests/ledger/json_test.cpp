// Our canonical reader and writer, beside nlohmann_json, which shares no code with them.
#include "ledger/json.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "crypto/text.hpp"
#include "ledger/clauses_format.hpp"
#include "ledger/codec.hpp"
#include "ledger/json_characters.hpp"
#include "tests/support/json_agreement.hpp"
#include "tests/support/json_judge.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::json_fault;

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string object_of_depth(std::size_t depth) {
  return repeat("{\"a\":", depth - 1) + "{}" + repeat("}", depth - 1);
}

std::string object_of_members(std::size_t count) {
  std::string out = "{";
  for (std::size_t i = 0; i < count; ++i) {
    const std::string digits = std::to_string(1000 + i);
    out += (i > 0 ? ",\"m" : "\"m") + digits + "\":0";
  }
  return out + "}";
}

std::string object_of_string(std::string_view inside) {
  return "{\"a\":\"" + std::string(inside) + "\"}";
}

void expect_accepted(const std::string& text) {
  json::Document document;
  const auto verdict = document.parse(text);
  EXPECT_TRUE(verdict) << text.substr(0, 80) << "\n" << (verdict ? "" : verdict.error().detail);
  EXPECT_EQ(json_fault(text), "") << text.substr(0, 80);
}

void expect_refused(const std::string& text, const Clause& clause, std::size_t byte) {
  json::Document document;
  const auto verdict = document.parse(text);
  ASSERT_FALSE(verdict) << text.substr(0, 80);
  EXPECT_EQ(verdict.error().clause->id, clause.id) << verdict.error().detail;
  EXPECT_EQ(test_support::refused_byte(verdict.error()), byte) << verdict.error().detail;
  EXPECT_EQ(json_fault(text), "") << text.substr(0, 80);
}

// ---- what is accepted, and what is not ----------------------------------------------------------

TEST(Json, AcceptsCanonicalText) {
  for (const std::string& text :
       {std::string("{}"), std::string(R"({"a":[]})"), std::string(R"({"a":[[],{},[{"b":null}]]})"),
        std::string(R"({"a":true,"b":false,"c":null})"), std::string(R"({"a":0,"b":-1,"c":10})"),
        std::string(R"({"a":"","b":"a \" b \\ c / d"})"),
        std::string(R"({"a":1,"a0":2,"a_":3,"ab":4})"),
        std::string("{\"a\":\"Côte d’Ivoire 日本 🌍\"}"),
        std::string(R"({"a":9007199254740991,"b":-9007199254740991})")}) {
    expect_accepted(text);
  }
}

TEST(Json, RefusesWhatIsNotWellFormedUtf8AtTheByteThatBreaksIt) {
  expect_refused(object_of_string("\xc0\x80"), FMT_2, 6);
  expect_refused(object_of_string("\xed\xa0\x80"), FMT_2, 6);      // a surrogate
  expect_refused(object_of_string("x\xe2\x82"), FMT_2, 7);         // cut short
  expect_refused(object_of_string("\xf4\x90\x80\x80"), FMT_2, 6);  // above U+10FFFF
  expect_refused("\xff{}", FMT_2, 0);
  expect_refused("{\"\xff\":1}", FMT_2, 2);
  expect_refused("{}\x80", FMT_2, 2);
}

TEST(Json, RefusesWhatIsNoJsonAtTheByteThatBreaksIt) {
  expect_refused("", FMT_3, 0);
  expect_refused("{\"a\":1", FMT_3, 6);
  expect_refused("{\"a\": 1}", FMT_3, 5);
  expect_refused("{\"a\":1}\n", FMT_3, 7);
  expect_refused(" {}", FMT_3, 0);
  expect_refused("{}{}", FMT_3, 2);
  expect_refused("{\"a\":1,}", FMT_3, 7);
  expect_refused("{\"a\":[1,]}", FMT_3, 8);
  expect_refused("{'a':1}", FMT_3, 1);
  expect_refused("{\"a\":1/**/}", FMT_3, 6);
  expect_refused("{\"a\":+1}", FMT_3, 5);
  expect_refused("{\"a\":NaN}", FMT_3, 5);
  expect_refused("{\"a\":nul}", FMT_3, 8);
  expect_refused("{\"a\":True}", FMT_3, 5);
  expect_refused("{\"a\"1}", FMT_3, 4);
  expect_refused("{\"a\":[1}", FMT_3, 7);
  expect_refused("{\"a\":1]", FMT_3, 6);
  expect_refused(std::string("{}\0", 3), FMT_3, 2);
  expect_refused("\xef\xbb\xbf{}", FMT_3, 0);
}

TEST(Json, RefusesATextThatIsNoObject) {
  for (const char* text : {"[]", "\"x\"", "1", "-1", "true", "false", "null"}) {
    expect_refused(text, FMT_4, 0);
  }
}

TEST(Json, RefusesTheNinthLevelWhereItOpens) {
  expect_accepted(object_of_depth(8));
  expect_refused(object_of_depth(9), FMT_5, 8 * 5);
  expect_accepted("{\"a\":" + repeat("[", 7) + repeat("]", 7) + "}");
  expect_refused("{\"a\":" + repeat("[", 60'000), FMT_5, 5 + 7);
}

TEST(Json, RefusesANumberThatIsNoShortExactInteger) {
  expect_refused("{\"a\":9007199254740992}", FMT_6, 20);
  expect_refused("{\"a\":-9007199254740992}", FMT_6, 21);
  expect_refused("{\"a\":18446744073709551616}", FMT_6, 21);
  expect_refused("{\"a\":" + repeat("9", 400) + "}", FMT_6, 20);
  expect_refused("{\"a\":1.0}", FMT_6, 6);
  expect_refused("{\"a\":1e2}", FMT_6, 6);
  expect_refused("{\"a\":12345678E1}", FMT_6, 13);
  expect_refused("{\"a\":-0}", FMT_6, 6);
  expect_refused("{\"a\":01}", FMT_6, 6);
  expect_refused("{\"a\":-}", FMT_6, 6);
  expect_refused("{\"a\":-Infinity}", FMT_6, 6);
  expect_refused("{\"a\":0x1}", FMT_3, 6);
}

TEST(Json, RefusesAStringThatIsLongerThan4096Bytes) {
  expect_accepted(object_of_string(repeat("x", 4'096)));
  expect_refused(object_of_string(repeat("x", 4'097)), FMT_7, 6 + 4'096);
  expect_accepted(object_of_string(repeat("\\\"", 4'096)));  // counted after unescaping
  expect_refused(object_of_string(repeat("\\\"", 4'097)), FMT_7, 6 + 2 * 4'096);
  expect_accepted(object_of_string("x" + repeat("é", 2'047)));
  expect_refused(object_of_string("x" + repeat("é", 2'048)), FMT_7, 7 + 2 * 2'047);
}

TEST(Json, RefusesAnEscapeThatIsNotNeeded) {
  expect_refused(object_of_string("\\u0041"), FMT_7, 7);
  expect_refused(object_of_string("\\/"), FMT_7, 7);
  expect_refused(object_of_string("x\\ny"), FMT_7, 8);
  expect_refused(object_of_string("\\ud83c\\udf0d"), FMT_7, 7);
}

TEST(Json, RefusesACharacterThatAPersonCouldNotSee) {
  expect_refused(object_of_string("\t"), FMT_7, 6);
  expect_refused(object_of_string("\x7f"), FMT_7, 6);
  expect_refused(object_of_string("x\u202ey"), FMT_7, 7);
  expect_refused(object_of_string("\uffff"), FMT_7, 6);
  expect_refused(object_of_string("\ufeff"), FMT_7, 6);
}

TEST(Json, RefusesANameThatIsMalformedOrOutOfOrder) {
  expect_refused("{\"A\":1}", FMT_8, 2);
  expect_refused("{\"\":1}", FMT_8, 2);
  expect_refused("{\"é\":1}", FMT_8, 2);
  expect_refused("{\"__proto__\":1}", FMT_8, 2);
  expect_refused("{\"aB\":1}", FMT_8, 3);
  expect_refused("{\"b\":1,\"a\":2}", FMT_8, 8);
  expect_refused("{\"a\":1,\"a\":2}", FMT_8, 9);
  expect_refused("{\"ab\":1,\"a\":2}", FMT_8, 10);
  expect_refused("{\"a\":1,\"\\u0061\":2}", FMT_8, 8);
  expect_refused("{\"o\":{\"x\":1,\"x\":1}}", FMT_8, 14);
  expect_accepted("{\"" + repeat("n", 64) + "\":1}");
  expect_refused("{\"" + repeat("n", 65) + "\":1}", FMT_8, 2 + 64);
  expect_accepted(object_of_members(256));
  expect_refused(object_of_members(257), FMT_8, object_of_members(256).size() - 1);
}

TEST(Json, RefusesATextThatIsLongerThanItsLimitBeforeAnythingElse) {
  const json::Limits limits{.bytes = 9};
  json::Document document;
  EXPECT_TRUE(document.parse("{\"a\":123}", limits));
  const auto verdict = document.parse("\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", limits);
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().clause, &FMT_1);
  EXPECT_EQ(test_support::refused_byte(verdict.error()), 9u);
}

TEST(Json, KeepsNarrowerLimitsToTheByte) {
  const json::Limits limits{.bytes = 100, .depth = 2, .string = 3, .members = 2};
  for (const char* text :
       {"{\"a\":[]}", "{\"a\":[[]]}", "{\"a\":\"xyz\"}", "{\"a\":\"xyzz\"}", "{\"a\":\"é\\\"\"}",
        "{\"a\":\"éé\"}", "{\"a\":1,\"b\":2}", "{\"a\":1,\"b\":2,\"c\":3}"}) {
    EXPECT_EQ(json_fault(text, limits), "") << text;
  }
}

TEST(Json, AllowsExactlyTheCharactersThatTheSpecAllows) {
  for (char32_t code = 0; code <= 0x10ffff; ++code) {
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;  // never well-formed, so never asked
    if (surrogate) continue;
    ASSERT_EQ(json::is_allowed(code), test_support::judge_allows(code))
        << std::hex << static_cast<std::uint32_t>(code);
  }
}

// ---- against vectors and damage -----------------------------------------------------------------

// The vectors' own limit is 32 KiB, and theirs alone ask for normal form C (spec/encoding.md).
bool differs_on_purpose(const test_support::Json& vector) {
  const std::string reason = vector.value("reason", "");
  return reason == "not-nfc" || reason == "too-big";
}

TEST(Json, AgreesWithTheOutsideVectors) {
  const auto file = test_support::outside_vectors("json_vectors.json");
  if (!file) GTEST_SKIP() << test_support::no_outside_vectors;
  std::size_t different = 0;
  for (const auto& vector : file->at("cases")) {
    const auto text = crypto::from_base64(vector.at("b64").get<std::string>());
    ASSERT_TRUE(text);
    json::Document document;
    const bool accepted = document.parse(*text).has_value();
    different += differs_on_purpose(vector) ? 1 : 0;
    const bool expected = vector.at("accept").get<bool>() || differs_on_purpose(vector);
    EXPECT_EQ(accepted, expected) << vector.at("name");
    EXPECT_EQ(json_fault(*text), "") << vector.at("name");
  }
  EXPECT_EQ(file->at("cases").size(), 66u);
  EXPECT_EQ(different, 3u);
}

// An event with every kind of value.
std::string event_text() {
  return encode_event(sample::fullest()[2]);
}

TEST(Json, AgreesWithTheJudgeWhereverABitOfAnEventFlips) {
  const std::string good = event_text();
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string text = good;
      text[byte] = static_cast<char>(text[byte] ^ (1 << bit));
      ASSERT_EQ(json_fault(text), "") << text;
    }
  }
}

TEST(Json, AgreesWithTheJudgeWhereverAnEventIsCutOrLosesAByte) {
  const std::string good = event_text();
  for (std::size_t byte = 0; byte < good.size(); ++byte) {
    ASSERT_EQ(json_fault(good.substr(0, byte)), "") << byte;
    ASSERT_EQ(json_fault(good.substr(0, byte) + good.substr(byte + 1)), "") << byte;
  }
}

TEST(Json, AgreesWithTheJudgeWhateverIsInsertedIntoAnEvent) {
  const std::string good = event_text();
  const std::string_view pieces[] = {" ",      "0",   "\"",  "\\",       ",",   "{",
                                     "]",      "a",   "-",   "\n",       "é",   "\xe9",
                                     "\u202e", "\\n", "1.5", ",\"a\":1", "null"};
  for (std::size_t byte = 0; byte <= good.size(); ++byte) {
    for (const std::string_view piece : pieces) {
      ASSERT_EQ(json_fault(good.substr(0, byte) + std::string(piece) + good.substr(byte)), "")
          << byte << " " << piece;
    }
  }
}

// ---- reading values -----------------------------------------------------------------------------

TEST(Json, GivesTheValuesOfAText) {
  const std::string text =
      R"({"a":[1,-2,[]],"b":{"x":"q\"\\"},"c":true,"d":null,"e":9007199254740991})";
  json::Document document;
  ASSERT_TRUE(document.parse(text));
  const json::Value root = document.root();
  EXPECT_EQ(root.size(), 5u);
  std::string names;
  for (const json::Member& member : root.members()) names += member.name;
  EXPECT_EQ(names, "abcde");
  auto element = root.find("a")->elements().begin();
  EXPECT_EQ((*element++).integer(), 1);
  EXPECT_EQ((*element++).integer(), -2);
  EXPECT_EQ((*element).size(), 0u);
  EXPECT_EQ(root.find("b")->find("x")->string(), "q\"\\");
  EXPECT_TRUE(root.find("c")->boolean());
  EXPECT_TRUE(root.find("d")->is_null());
  EXPECT_EQ(root.find("e")->integer(), json::max_integer);
  EXPECT_FALSE(root.find("f"));
}

TEST(Json, GivesTheVeryBytesOfAValue) {
  const std::string text = R"({"a":1,"event":{"s":"x \" y","v":[1,2]},"z":2})";
  json::Document document;
  ASSERT_TRUE(document.parse(text));
  const json::Value event = *document.root().find("event");
  EXPECT_EQ(event.raw(), R"({"s":"x \" y","v":[1,2]})");
  EXPECT_EQ(event.raw().data(), text.data() + event.offset());
}

TEST(Json, ReadsIntegersOfEveryLengthExactly) {
  std::int64_t value = 1;
  for (int digits = 1; digits <= 15; ++digits, value = value * 10 + digits % 10) {
    for (const std::int64_t number : {value, -value, value - 1}) {
      const std::string text = "{\"a\":" + std::to_string(number) + "}";
      json::Document document;
      ASSERT_TRUE(document.parse(text)) << text;
      EXPECT_EQ(document.root().find("a")->integer(), number);
    }
  }
}

TEST(Json, ADocumentReadsManyTextsAndForgetsARefusedOne) {
  json::Document document;
  ASSERT_TRUE(document.parse(object_of_string(repeat("\\\\", 100))));
  ASSERT_TRUE(document.parse(R"({"a":"x\"y"})"));
  EXPECT_EQ(document.root().find("a")->string(), "x\"y");
  ASSERT_FALSE(document.parse("{"));
  EXPECT_DEATH(static_cast<void>(document.root()), "without having been parsed");
  ASSERT_TRUE(document.parse(object_of_members(256)));
  EXPECT_EQ(document.root().size(), 256u);
}

TEST(Json, AskingForAnotherTypeIsAProgrammersFault) {
  json::Document document;
  ASSERT_TRUE(document.parse("{\"a\":1}"));
  EXPECT_DEATH(static_cast<void>(document.root().find("a")->string()), "no string");
}

// ---- writing ------------------------------------------------------------------------------------

TEST(Json, WritesCanonicalText) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  writer.name("a").begin_array().integer(-1).boolean(false).string("é \" \\").end_array();
  writer.name("b").begin_object().end_object();
  writer.name("c").raw("[null]");
  writer.end_object();
  EXPECT_EQ(out, R"({"a":[-1,false,"é \" \\"],"b":{},"c":[null]})");
  EXPECT_EQ(json_fault(out), "");
}

TEST(Json, WritingWhatNobodyMayReadIsAProgrammersFault) {
  std::string out;
  json::Writer writer(out);
  writer.begin_object();
  EXPECT_DEATH(writer.name("B"), "malformed");
  EXPECT_DEATH(writer.integer(1), "without a name");
  writer.name("b");
  EXPECT_DEATH(writer.string("\n"), "would refuse");
  EXPECT_DEATH(writer.integer(json::max_integer + 1), "beyond");
  EXPECT_DEATH(writer.end_array(), "wrongly");
  writer.integer(1);
  EXPECT_DEATH(writer.name("a"), "not above");
}

TEST(Json, KnowsWhichStringsAndNamesMayBeWritten) {
  EXPECT_TRUE(json::is_plain_string(repeat("é", 2'048)));
  EXPECT_FALSE(json::is_plain_string(repeat("é", 2'048) + "x"));
  EXPECT_FALSE(json::is_plain_string("\xff"));
  EXPECT_FALSE(json::is_plain_string("\u202e"));
  EXPECT_TRUE(json::is_name("a_1"));
  EXPECT_FALSE(json::is_name("1a"));
  EXPECT_FALSE(json::is_name(repeat("n", 65)));
  EXPECT_EQ(json::quote("a\"b\\"), R"("a\"b\\")");
}

}  // namespace
