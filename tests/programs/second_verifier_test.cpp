// The verifier in Python that is written from the pages of the specification alone: it agrees on
// every vector, and of a real log, whole or damaged, it says what itmo-audit says.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/scratch.hpp"

namespace {

using test_support::ScratchFolder;
using Json = nlohmann::json;

constexpr const char* second = "python3 -B '" ITMO_SOURCE_DIR "/spec/reference/verify.py' ";
constexpr const char* first = "'" ITMO_BIN_DIR "/itmo-audit' ";

TEST(SecondVerifier, AgreesOnEveryVector) {
  const ScratchFolder folder;
  const auto played =
      folder.run(second + std::string("--vectors '" ITMO_SOURCE_DIR "/spec/vectors'"));
  EXPECT_EQ(played.status, 0) << played.output;
  EXPECT_NE(played.output.find(" agree"), std::string::npos) << played.output;
}

// The demonstration's log, in a folder of the test's own.
struct SecondVerifierOfALog : testing::Test {
  void SetUp() override {
    const auto told = folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json");
    ASSERT_EQ(told.status, 0) << told.output;
    const Json out = Json::parse(folder.read("out.json"));
    const auto bundle = out["bundle"].get<std::string>();
    const auto copied = folder.run("cp -r '" + bundle + "' log && cp -r '" + bundle +
                                   "/../DEMONSTRATION-proofs' proofs && cp '" +
                                   out["vkey"].get<std::string>() + "' log.vkey");
    ASSERT_EQ(copied.status, 0) << copied.output;
    entries = "log/tile/entries/000.p/" + std::to_string(out["log"]["size"].get<int>());
    hashes = "log/tile/0/000.p/" + std::to_string(out["log"]["size"].get<int>());
  }
  // Puts other text in the place of the first `old` behind `from`, both of one length.
  void alter(const std::string& name, const std::string& old, const std::string& other,
             std::size_t from = 0) const {
    std::string bytes = folder.read(name);
    const std::size_t at = bytes.find(old, from);
    ASSERT_NE(at, std::string::npos) << old;
    folder.write(name, bytes.replace(at, old.size(), other));
  }
  // What both say of the log; they agree on all that both state.
  Json agreed() const {
    const auto audit = folder.run(first + std::string("log --key log.vkey --json"));
    const auto verify = folder.run(second + std::string("log --key log.vkey --json"));
    const Json one = Json::parse(audit.output, nullptr, false);
    const Json other = Json::parse(verify.output, nullptr, false);
    EXPECT_EQ(verify.status, audit.status) << verify.output;
    for (const char* name : {"verdict", "level", "checkpoint", "commitment", "entries", "last_time",
                             "opening", "spec", "log_keys", "totals"}) {
      EXPECT_EQ(other.value(name, Json()), one.value(name, Json())) << name;
    }
    for (const char* name : {"clause", "part", "entry", "level"}) {
      EXPECT_EQ(other.value("finding", Json::object()).value(name, Json()),
                one.value("finding", Json::object()).value(name, Json()))
          << name;
    }
    return one;
  }

  // The exit status of both, which is one, for proofs that the demonstration's server gave.
  int balance(const std::string& name) const {
    const std::string options = "balance proofs/" + name + ".json --key log.vkey";
    const auto audit = folder.run(first + options), verify = folder.run(second + options);
    EXPECT_EQ(verify.status, audit.status) << name << ": " << audit.output << verify.output;
    return verify.status;
  }

  ScratchFolder folder;
  std::string entries, hashes;
};

TEST_F(SecondVerifierOfALog, CountsEveryUnitAsTheAuditDoes) {
  const Json report = agreed();
  EXPECT_EQ(report["verdict"], "valid");
  EXPECT_EQ(report["level"], "checkpoint");
  EXPECT_EQ(report["totals"]["units"]["issued"], 15'000 + 11'733 + 51'633 + 3'000);
}

TEST_F(SecondVerifierOfALog, NamesTheSameAlteredQuantity) {
  alter(entries, "\"quantity\":15000", "\"quantity\":15001");
  EXPECT_EQ(agreed()["finding"]["clause"], "SIG-3");
}

TEST_F(SecondVerifierOfALog, NamesTheSameEntryThatIsNotCanonical) {
  alter(entries, "\"type\":\"units.issued\"", "\"type\":\"units.issuer\"");
  EXPECT_EQ(agreed()["finding"]["clause"], "FMT-9");
}

TEST_F(SecondVerifierOfALog, NamesTheSameEntryWhoseTimeWasAltered) {
  alter(entries, ".000Z\"}", ".001Z\"}", 4'000);
  EXPECT_EQ(agreed()["finding"]["clause"], "LOG-2");
}

TEST_F(SecondVerifierOfALog, NamesTheSameTileThatIsNotTheEntries) {
  std::string bytes = folder.read(hashes);
  bytes[40] = static_cast<char>(bytes[40] ^ 1);
  folder.write(hashes, bytes);
  EXPECT_EQ(agreed()["finding"]["clause"], "LOG-15");
}

TEST_F(SecondVerifierOfALog, NamesTheSameMissingPart) {
  ASSERT_EQ(folder.run("rm '" + entries + "'").status, 0);
  EXPECT_EQ(agreed()["finding"]["clause"], "LOG-15");
}

TEST_F(SecondVerifierOfALog, BelievesNoCheckpointOfAnotherKey) {
  alter("log/checkpoint", "\n\n\xe2\x80\x94 demonstration", "\n\n\xe2\x80\x94 demonstratiom");
  EXPECT_EQ(agreed()["verdict"], "invalid");
}

TEST_F(SecondVerifierOfALog, NamesTheNewestCommitmentToTheState) {
  const auto told = folder.run(second + std::string("log --key log.vkey --json"));
  const Json commitment = Json::parse(told.output).value("commitment", Json::object());
  const auto entry = commitment.value("entry", Json()).dump();
  EXPECT_NE(folder.read(entries).find("{\"entries\":" + entry +
                                      ",\"leaves\":" + commitment.value("leaves", Json()).dump() +
                                      ",\"root\":\"" + commitment.value("root", "") + "\"}"),
            std::string::npos)
      << told.output;
}

TEST_F(SecondVerifierOfALog, FindsProofsOfABalanceGood) {
  for (const char* name : {"account", "unit", "no-unit", "ledger"}) EXPECT_EQ(balance(name), 0);
}

TEST_F(SecondVerifierOfALog, FindsNoProofOfAnotherBalance) {
  std::string bytes = folder.read("proofs/account.json");
  const std::string held = R"(\"held\":)";
  const std::size_t at = bytes.find(held);
  ASSERT_NE(at, std::string::npos) << bytes;
  char& digit = bytes[at + held.size()];
  digit = digit == '9' ? '8' : '9';
  folder.write("proofs/account.json", bytes);
  EXPECT_EQ(balance("account"), 1);
}

TEST_F(SecondVerifierOfALog, FindsNoProofUnderAnotherCheckpoint) {
  alter("proofs/unit.json", "\\n\\n\xe2\x80\x94 demonstration", "\\n\\n\xe2\x80\x94 demonstratiom");
  EXPECT_EQ(balance("unit"), 1);
}

}  // namespace
