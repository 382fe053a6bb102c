// The pages of the spec that speak of bytes: their commands are run, and their numbers looked up in
// the vectors.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include "crypto/text.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/vectors.hpp"

namespace crypto {
namespace {

using test_support::Json;
using test_support::ScratchFolder;

std::string page(const std::string& name) {
  std::ifstream in(std::string(ITMO_SOURCE_DIR) + "/spec/" + name, std::ios::binary);
  EXPECT_TRUE(in) << name;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// The first block of shell commands on the page, or the first below that heading of it.
std::string commands_on(const std::string& name, const std::string& heading) {
  const std::string text = page(name);
  const std::string fence = "```sh\n";
  const std::size_t begin = text.find(fence, text.find(heading));
  EXPECT_NE(begin, std::string::npos) << name << heading;
  const std::size_t end = text.find("```", begin + fence.size());
  return text.substr(begin + fence.size(), end - begin - fence.size());
}

ScratchFolder::Outcome run_commands_on(const std::string& name, const ScratchFolder& folder,
                                       const std::string& heading = "# ") {
  folder.write("commands", commands_on(name, heading));
  return folder.run("sh -e commands");
}

std::vector<std::string> all_matches(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
    found.push_back(it->str());
  }
  return found;
}

std::string all_vectors() {
  std::string out;
  for (const char* name : {"ed25519", "merkle", "notes", "state"}) {
    out += test_support::vectors(name).dump();
  }
  return out;
}

// A line as the log holds it, with the worked example as its event and both signatures.
std::string entry_line() {
  std::string event, signatures;
  for (const Json& row : test_support::vectors("ed25519")["signing"]) {
    event = row["body"].get<std::string>();
    signatures += (signatures.empty() ? "" : ",") + std::string("{\"key\":\"") +
                  row["key"].get<std::string>() + "\",\"sig\":\"" +
                  row["signature"].get<std::string>() + "\"}";
  }
  return "{\"event\":" + event + ",\"prev\":\"" + std::string(64, '0') +
         "\",\"seq\":0,\"signatures\":[" + signatures +
         "],\"time\":\"2027-02-20T08:00:00.123Z\"}\n";
}

TEST(SignaturesPage, ItsCommandsCheckAnEntryWithOpensslAlone) {
  const ScratchFolder folder;
  folder.write("entry.json", entry_line());
  const auto outcome = run_commands_on("signatures.md", folder);
  EXPECT_EQ(outcome.status, 0) << outcome.output;
  const Json& first = test_support::vectors("ed25519")["signing"][0];
  EXPECT_EQ(folder.read("pae"), first["pae"].get<std::string>());
  EXPECT_NE(outcome.output.find("Signature Verified Successfully"), std::string::npos);
  EXPECT_NE(outcome.output.find(first["fingerprint"].get<std::string>()), std::string::npos);
}

TEST(SignaturesPage, ItsCommandsRefuseAnEntryWithOneByteChanged) {
  const ScratchFolder folder;
  std::string line = entry_line();
  line.replace(line.find("worked"), 6, "Worked");
  folder.write("entry.json", line);
  EXPECT_NE(run_commands_on("signatures.md", folder).status, 0);
}

TEST(TreePage, ItsCommandsCheckACheckpointWithOpensslAlone) {
  const Json& file = test_support::vectors("notes");
  for (const Json& row : file["notes"]) {
    if (!row["why"].get<std::string>().starts_with("checkpoint of size")) continue;
    const ScratchFolder folder;
    folder.write("vkey", file["vkey"].get<std::string>() + "\n");
    folder.write("checkpoint", row["note"].get<std::string>());
    const auto outcome = run_commands_on("tree.md", folder);
    EXPECT_EQ(outcome.status, 0) << row["why"] << outcome.output;
  }
}

TEST(TreePage, ItsCommandsRefuseACheckpointWithOneByteChanged) {
  const Json& file = test_support::vectors("notes");
  const ScratchFolder folder;
  std::string note = file["notes"][3]["note"].get<std::string>();
  note.replace(note.find("\n600\n"), 5, "\n601\n");
  folder.write("vkey", file["vkey"].get<std::string>() + "\n");
  folder.write("checkpoint", note);
  EXPECT_NE(run_commands_on("tree.md", folder).status, 0);
}

// A note of the vectors, by what its lines are said to be, beside the key of its witness.
ScratchFolder::Outcome check_cosignature(const Json& row) {
  const Json& file = test_support::vectors("notes")["cosignatures"];
  const ScratchFolder folder;
  folder.write("witness.vkey", file["vkey"].get<std::string>() + "\n");
  folder.write("checkpoint",
               file["text"].get<std::string>() + "\n" + row["lines"].get<std::string>());
  return run_commands_on("tree.md", folder, "\n## 8. Cosignatures\n");
}

TEST(TreePage, ItsCommandsCheckACosignatureWithOpensslAlone) {
  std::size_t valid = 0;
  for (const Json& row : test_support::vectors("notes")["cosignatures"]["lines"]) {
    if (row["verdict"] != "valid") continue;
    const auto outcome = check_cosignature(row);
    EXPECT_EQ(outcome.status, 0) << row["why"] << outcome.output;
    ++valid;
  }
  EXPECT_GE(valid, 6u);
}

TEST(TreePage, ItsCommandsRefuseACosignatureThatIsWrong) {
  std::size_t wrong = 0;
  for (const Json& row : test_support::vectors("notes")["cosignatures"]["lines"]) {
    if (row["verdict"] == "valid") continue;
    EXPECT_NE(check_cosignature(row).status, 0) << row["why"];
    ++wrong;
  }
  EXPECT_GE(wrong, 6u);
}

TEST(SpecPages, ShowNoNumberThatIsNotInTheVectors) {
  const std::string known = all_vectors();
  for (const char* name : {"signatures.md", "tree.md", "state.md"}) {
    const std::string text = page(name);
    std::vector<std::string> shown = all_matches(text, "\\b[0-9a-f]{64}\\b");
    for (const char* pattern :
         {"[A-Za-z0-9+/]{43}=", "[A-Za-z0-9+/]{86}==", "\u2014 ledger.*=",
          "ledger.example/vectors\\+.*", "witness.example/Zeugin.*", "MCow.*="}) {
      for (std::string& match : all_matches(text, pattern)) shown.push_back(std::move(match));
    }
    EXPECT_GE(shown.size(), 4u) << name;
    for (const std::string& number : shown) {
      EXPECT_NE(known.find(number), std::string::npos) << name << " shows " << number;
    }
  }
}

}  // namespace
}  // namespace crypto
