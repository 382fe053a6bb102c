// The second verifier, of the same altered bytes: it says what the audit says, and so names the
// same entry.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/replay/remembered_signatures.hpp"
#include "tests/replay/tampered_log.hpp"
#include "tests/support/scratch.hpp"

namespace replay_test {
namespace {

using Json = nlohmann::json;

// Audits a directory once for each line of `bytes` ("path place mask"), in which that byte is then
// another, and prints the report of each. A signature that was verified is not verified again.
constexpr const char* driver = R"(
import functools, json, sys
sys.path.insert(0, sys.argv[1])
import ed25519, verify
from audit import Audit
ed25519.verifies = functools.lru_cache(maxsize=None)(ed25519.verifies)
key = verify.read_keys("log.vkey")
print(json.dumps(Audit("log", key).run()))
for line in open("bytes", encoding="ascii"):
    path, place, mask = line.split()
    with open("log/" + path, "rb") as file:
        whole = file.read()
    altered = bytearray(whole)
    altered[int(place)] ^= int(mask)
    with open("log/" + path, "wb") as file:
        file.write(altered)
    report = Audit("log", key).run()
    with open("log/" + path, "wb") as file:
        file.write(whole)
    print(json.dumps(report))
)";

struct SecondVerifierOfTamperedBytes : testing::Test {
  void SetUp() override {
    ASSERT_FALSE(replay::copy_bundle(bundle_of_600(), scratch.file("log")).problem);
    scratch.write("log.vkey", crypto::format_vkey(log_key()) + "\n");
    scratch.write("driver.py", driver);
    bundle.parts = bundle_of_600().parts;
  }
  // The report of the whole log, then one for each byte.
  std::vector<Json> second(const std::vector<Tampering>& bytes) const {
    std::string lines;
    for (const Tampering& each : bytes) {
      lines += each.path + " " + std::to_string(each.at) + " " + std::to_string(each.mask) + "\n";
    }
    scratch.write("bytes", lines);
    const auto outcome = scratch.run("python3 -B driver.py '" ITMO_SOURCE_DIR "/spec/reference'");
    EXPECT_EQ(outcome.status, 0) << outcome.output;
    std::vector<Json> reports;
    std::istringstream in(outcome.output);
    for (std::string line; std::getline(in, line);) {
      reports.push_back(Json::parse(line, nullptr, false));
    }
    return reports;
  }
  Json first() {
    const replay::AuditReport report = replay::audit(bundle, log_key(), {}, workers);
    return Json::parse(replay::to_json(report));
  }
  // What differs between two reports, of all that both state.
  static std::string difference(const Json& one, const Json& other) {
    for (const char* name : {"verdict", "level", "checkpoint", "entries", "last_time", "opening",
                             "spec", "log_keys", "totals"}) {
      if (one.value(name, Json()) != other.value(name, Json())) return name;
    }
    const Json none = Json::object();
    for (const char* name : {"clause", "part", "entry", "level"}) {
      if (one.value("finding", none).value(name, Json()) !=
          other.value("finding", none).value(name, Json())) {
        return "finding." + std::string(name);
      }
    }
    return {};
  }

  // Every `step`th byte, and of every file the one in its middle.
  static std::vector<Tampering> sample(std::size_t step) {
    std::vector<Tampering> some;
    const std::vector<Tampering> all = every_byte();
    for (std::size_t i = 0; i < all.size(); ++i) {
      const std::size_t middle = bundle_of_600().parts.at(all[i].path).size() / 2;
      if (i % step == 0 || all[i].at == middle) some.push_back(all[i]);
    }
    return some;
  }

  RememberedSignatures signatures;
  replay::Workers workers{1};
  MemoryBundle bundle;
  test_support::ScratchFolder scratch;
};

TEST_F(SecondVerifierOfTamperedBytes, NamesTheSameEntryAsTheAudit) {
  const std::vector<Tampering> bytes = sample(16'001);
  ASSERT_GT(bytes.size(), 20u);
  const std::vector<Json> reports = second(bytes);
  ASSERT_EQ(reports.size(), 1 + bytes.size());
  EXPECT_EQ(reports[0]["verdict"], "valid");
  EXPECT_EQ(difference(first(), reports[0]), "");
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    tamper(bundle, bytes[i]);
    EXPECT_EQ(difference(first(), reports[i + 1]), "")
        << bytes[i].path << ", byte " << bytes[i].at << " xor " << int{bytes[i].mask} << ": "
        << first()["finding"] << reports[i + 1]["finding"];
    tamper(bundle, bytes[i]);
  }
}

}  // namespace
}  // namespace replay_test
