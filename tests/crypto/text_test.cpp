// One text for each value: hex, base64 and decimals, exhaustively where that is small.
#include "crypto/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <string>

namespace crypto {
namespace {

std::string every_byte() {
  std::string out;
  for (int byte = 0; byte < 256; ++byte) out += static_cast<char>(byte);
  return out;
}

// Puts each of the 256 characters at each place of the text, and counts what `decode` accepts.
template <class Decode>
int accepted_neighbours(const std::string& text, Decode decode) {
  int accepted = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const char c : every_byte()) {
      std::string changed = text;
      changed[at] = c;
      if (decode(changed)) ++accepted;
    }
  }
  return accepted;
}

// --- Hex -----------------------------------------------------------------------------------------

TEST(Hex, WritesTwoLowerCaseDigitsAByte) {
  EXPECT_EQ(to_hex(""), "");
  EXPECT_EQ(to_hex(std::string("\x00\x0f\xf0\xff", 4)), "000ff0ff");
}

TEST(Hex, ReadsWhatItWrites) {
  EXPECT_EQ(from_hex(to_hex(every_byte())), every_byte());
}

TEST(Hex, AcceptsSixteenDigitsAtEachPlaceAndNothingElse) {
  EXPECT_EQ(accepted_neighbours("0000", from_hex), 4 * 16);
}

TEST(Hex, RefusesAnOddCountUpperCaseAndPrefixes) {
  for (const char* text : {"0", "000", "0A", "0x00", " 00", "00 ", "00\n"}) {
    EXPECT_FALSE(from_hex(text)) << text;
  }
}

TEST(Hex, FillsExactlyTheBytesThatAreAskedFor) {
  std::array<std::uint8_t, 2> bytes{};
  EXPECT_TRUE(read_hex("0aff", bytes));
  EXPECT_EQ(bytes, (std::array<std::uint8_t, 2>{0x0a, 0xff}));
  for (const char* text : {"", "0a", "0aff0", "0aff00", "0aFF"}) {
    EXPECT_FALSE(read_hex(text, bytes)) << text;
  }
  std::string out = "0x";
  append_hex(out, "\x0a");
  EXPECT_EQ(out, "0x0a");
}

// --- Base64 --------------------------------------------------------------------------------------

TEST(Base64, WritesTheExamplesOfRfc4648) {
  EXPECT_EQ(to_base64(""), "");
  EXPECT_EQ(to_base64("f"), "Zg==");
  EXPECT_EQ(to_base64("fo"), "Zm8=");
  EXPECT_EQ(to_base64("foo"), "Zm9v");
  EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
  EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
}

TEST(Base64, ReadsWhatItWritesOfEveryLength) {
  const std::string bytes = every_byte();
  for (std::size_t length = 0; length <= bytes.size(); ++length) {
    const std::string part = bytes.substr(bytes.size() - length);
    EXPECT_EQ(from_base64(to_base64(part)), part) << length;
  }
}

TEST(Base64, HasOneTextForEachByteAndOneForEachPairOfBytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  int single = 0, pairs = 0;
  for (const char a : digits) {
    for (const char b : digits) {
      single += from_base64(std::string{a, b, '=', '='}).has_value();
      for (const char c : digits) pairs += from_base64(std::string{a, b, c, '='}).has_value();
    }
  }
  EXPECT_EQ(single, 256);
  EXPECT_EQ(pairs, 65536);
}

TEST(Base64, AcceptsAChangedCharacterOnlyWhereItIsAnotherDigit) {
  EXPECT_EQ(accepted_neighbours("AAAAAAAA", from_base64), 8 * 64 + 1);  // and one pad at the end
  EXPECT_EQ(accepted_neighbours("AAAAAAA=", from_base64), 6 * 64 + 16 + 1 + 64 + 1);
}

TEST(Base64, RefusesWhatOtherDecodersRepair) {
  for (const char* text :
       {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v=", "====", "=",
        "Z===", "Zg==Zg==", "Zg=a", "-_-_", "Zm9vY", "Zm9v===="}) {
    EXPECT_FALSE(from_base64(text)) << text;
  }
}

TEST(Base64, FillsExactlyTheBytesThatAreAskedFor) {
  std::array<std::uint8_t, 2> bytes{};
  EXPECT_TRUE(read_base64("Zm8=", bytes));
  EXPECT_EQ(bytes, (std::array<std::uint8_t, 2>{'f', 'o'}));
  for (const char* text : {"", "Zg==", "Zm9v", "Zm8", "Zm8=Zm8=", "Zm9="}) {
    EXPECT_FALSE(read_base64(text, bytes)) << text;
  }
  std::string out = "sig ";
  append_base64(out, "fo");
  EXPECT_EQ(out, "sig Zm8=");
}

// --- Decimals ------------------------------------------------------------------------------------

TEST(Decimal, ReadsWhatToStringWrites) {
  for (const std::uint64_t number :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{10}, std::uint64_t{9'007'199'254'740'993},
        std::numeric_limits<std::uint64_t>::max()}) {
    EXPECT_EQ(from_decimal(std::to_string(number)), number);
  }
}

TEST(Decimal, RefusesEveryOtherWayToWriteANumber) {
  for (const char* text : {"", "00", "01", "+1", "-1", "-0", " 1", "1 ", "1\n", "1.0", "1e3", "0x1",
                           "18446744073709551616", "99999999999999999999999"}) {
    EXPECT_FALSE(from_decimal(text)) << text;
  }
}

}  // namespace
}  // namespace crypto
