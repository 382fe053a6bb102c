// A government's node: it mirrors a log, cosigns it, and serves its mirror to others.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/support/scratch.hpp"

namespace {

using test_support::ScratchFolder;
using testing::HasSubstr;
using Json = nlohmann::json;

constexpr const char* itmo = "'" ITMO_BIN_DIR "/itmo' ";
constexpr const char* audit = "'" ITMO_BIN_DIR "/itmo-audit' ";

// Runs commands while `itmo serve DIR` serves a directory; $URL is its address.
ScratchFolder::Outcome while_serving(const ScratchFolder& folder, const std::string& directory,
                                     const std::string& commands) {
  return folder.run("rm -f ready; " + std::string(itmo) + "serve " + directory +
                    " --port 0 --ready-file ready > served 2>&1 & served=$!\n"
                    "for i in $(seq 200); do [ -s ready ] && break; sleep 0.05; done\n"
                    "URL=$(cat ready)\n" +
                    commands + "\nkill -TERM $served; wait $served; echo \"served $?\"");
}

struct Node : testing::Test {
  void SetUp() override {
    const auto told = folder.run("'" ITMO_BIN_DIR "/itmo-demo' --once --dir here --json out.json");
    ASSERT_EQ(told.status, 0) << told.output;
    const Json out = Json::parse(folder.read("out.json"));
    ASSERT_EQ(folder
                  .run("cp -r '" + out["bundle"].get<std::string>() + "' log && cp '" +
                       out["vkey"].get<std::string>() + "' log.vkey")
                  .status,
              0);
    size = out["log"]["size"].get<int>();
  }
  ScratchFolder folder;
  int size = 0;
};

TEST_F(Node, ServesItsMirrorWithItsSignature) {
  ASSERT_EQ(folder.run(itmo + std::string("keygen node.pem")).status, 0);
  const auto watched = while_serving(
      folder, "log",
      audit + std::string("watch \"$URL\" --key log.vkey --mirror node --cosigner node.pem "
                          "--name witness.example/XHA --once"));
  EXPECT_THAT(watched.output, HasSubstr("cosigned as witness.example/XHA."));
  EXPECT_THAT(watched.output, HasSubstr("served 0"));
  const auto served = while_serving(
      folder, "node",
      "echo lines $(curl -fsS \"$URL/checkpoint\" | grep -c '^— ')\n" + std::string(audit) +
          "\"$URL\" --key log.vkey\n"
          "curl -sS -o /dev/null -w 'missing %{http_code}\\n' \"$URL/tile/0/000.p/255\"\n"
          "curl -sS -o /dev/null -w 'above %{http_code}\\n' --path-as-is "
          "\"$URL/tile/../log.vkey\"\n"
          "curl -sS -o /dev/null -w 'other %{http_code}\\n' \"$URL/cosigned\"\n"
          "curl -sS -d x -w 'posted %{http_code}\\n' \"$URL/v1/events\"\n"
          "curl -fsSI \"$URL/tile/entries/000.p/" +
          std::to_string(size) + "\" | grep -i '^cache-control'");
  EXPECT_THAT(served.output, HasSubstr("lines 2\n")) << "the log's signature and the node's";
  EXPECT_THAT(served.output, HasSubstr("VALID."));
  EXPECT_THAT(served.output, HasSubstr("missing 404"));
  EXPECT_THAT(served.output, HasSubstr("above 400"));
  EXPECT_THAT(served.output, HasSubstr("other 404"));
  EXPECT_THAT(
      served.output,
      HasSubstr("This is a copy of a log; send events to the log's own server.\nposted 405"));
  EXPECT_THAT(served.output, HasSubstr("immutable"));
}

// As a power loss may leave it; caches would keep it for a year.
TEST_F(Node, ServesNoTileThatIsBroken) {
  const std::string tile = "log/tile/entries/000.p/" + std::to_string(size);
  ASSERT_EQ(folder.run("truncate -s 10 " + tile).status, 0);
  const auto served = while_serving(
      folder, "log", "curl -sS -i \"$URL/tile/entries/000.p/" + std::to_string(size) + "\"");
  EXPECT_THAT(served.output, HasSubstr("500"));
  EXPECT_THAT(served.output, HasSubstr("no-store"));
  EXPECT_THAT(served.output, HasSubstr("This copy of the log has that broken."));
}

TEST_F(Node, ServesNothingThatIsNoCopyOfALog) {
  const auto none = folder.run(itmo + std::string("serve here --port 0"));
  EXPECT_EQ(none.status, 2);
  EXPECT_THAT(none.output, HasSubstr("is no copy of a log: it has no checkpoint."));
  const auto wrong = folder.run(itmo + std::string("serve log --address nowhere --port 0"));
  EXPECT_EQ(wrong.status, 2);
}

}  // namespace
