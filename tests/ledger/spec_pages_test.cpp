// spec/events.md and spec/encoding.md say what the code does: their examples are read and written.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/support/sample_events.hpp"
#include "tests/support/vectors.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Json;

std::string page(const std::string& name) {
  std::ifstream in(std::string(ITMO_SOURCE_DIR) + "/spec/" + name + ".md");
  std::ostringstream out;
  out << in.rdbuf();
  EXPECT_FALSE(out.str().empty()) << name;
  return out.str();
}

// The insides of the page's ```json fences.
std::vector<std::string> json_blocks(const std::string& text) {
  const std::string open = "```json\n", close = "\n```";
  std::vector<std::string> out;
  for (std::size_t at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    out.push_back(text.substr(at, text.find(close, at) - at));
  }
  return out;
}

// The sections of a page by their headings, in alphabetical order.
std::map<std::string, std::string> sections(const std::string& text) {
  std::map<std::string, std::string> out;
  std::string heading;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) heading = line.substr(3);
    out[heading] += line + '\n';
  }
  return out;
}

// Every name of a member below the value.
void collect_names(const Json& value, std::set<std::string>& names) {
  if (value.is_object()) {
    for (const auto& [name, member] : value.items()) names.insert(name);
  }
  for (const Json& below : value) {
    if (below.is_structured()) collect_names(below, names);
  }
}

TEST(EventsPage, EveryExampleIsAnEvent) {
  const auto blocks = json_blocks(page("events"));
  ASSERT_GE(blocks.size(), event_types().size());
  for (const std::string& block : blocks) {
    const auto event = decode_event(block);
    ASSERT_TRUE(event) << block << "\n" << event.error().detail;
    EXPECT_EQ(encode_event(*event), block);
  }
}

TEST(EventsPage, EveryTypeHasASectionThatShowsItsSample) {
  const auto all = sections(page("events"));
  for (std::size_t i = 0; i < event_types().size(); ++i) {
    const auto section = all.find(std::string(event_types()[i]));
    ASSERT_NE(section, all.end()) << event_types()[i];
    const auto blocks = json_blocks(section->second);
    ASSERT_EQ(blocks.size(), 1u) << event_types()[i];
    EXPECT_EQ(blocks[0], encode_event(sample::fullest()[i]));
    EXPECT_NE(section->second.find("Signed by"), std::string::npos) << event_types()[i];
    EXPECT_NE(section->second.find("Changes: "), std::string::npos) << event_types()[i];
  }
}

TEST(EventsPage, EveryMemberOfABodyIsExplained) {
  const auto all = sections(page("events"));
  for (std::size_t i = 0; i < event_types().size(); ++i) {
    const std::string explained = all.at(std::string(event_types()[i])) + all.at("Shared parts");
    std::set<std::string> names;
    collect_names(Json::parse(encode_event(sample::fullest()[i])).at("body"), names);
    for (const std::string& name : names) {
      EXPECT_NE(explained.find('`' + name + '`'), std::string::npos)
          << event_types()[i] << " " << name;
    }
  }
}

TEST(EncodingPage, ShowsASubmissionAndALineOfOneEvent) {
  const std::string text = page("encoding");
  const auto blocks = json_blocks(text);
  ASSERT_EQ(blocks.size(), 2u);
  auto submission = decode_submission(blocks[0]);
  auto line = decode_line(blocks[1]);
  ASSERT_TRUE(submission) << submission.error().detail;
  ASSERT_TRUE(line) << line.error().detail;
  const std::string bytes = submission->signed_event.bytes;
  EXPECT_EQ(line->signed_event.bytes, bytes);
  EXPECT_EQ(line->prev, crypto::leaf_hash("{}"));
  EXPECT_TRUE(authenticate(std::move(submission->signed_event)));
  for (const std::string& said :
       {std::to_string(bytes.size()) + " bytes", crypto::to_hex(crypto::sha256(bytes).view()),
        std::to_string(blocks[1].size()) + " bytes",
        crypto::to_hex(crypto::leaf_hash(blocks[1]).view())}) {
    EXPECT_NE(text.find(said), std::string::npos) << said;
  }
}

TEST(EncodingPage, TheLongestLineHasTheLengthThatIsStated) {
  std::vector<crypto::KeySignature> signatures(max_signatures);
  const std::string line = encode_line(std::string(max_event_bytes, ' '), signatures, {},
                                       (Seq{1} << 53) - 1, Timestamp{0});
  EXPECT_EQ(line.size(), 62'908u);
  EXPECT_NE(page("encoding").find("62,908 bytes"), std::string::npos);
}

}  // namespace
