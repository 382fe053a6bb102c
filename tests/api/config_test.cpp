// What an operator can write, and what each mistake is told.
#include "api/config.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include "api/key_file.hpp"
#include "tests/support/scratch.hpp"

namespace {

using namespace api;
using test_support::ScratchFolder;

const std::string whole = R"(origin = "ledger.example/a6"
[paths]
data = "log"
views = "views"
lock_slot = "/var/lib/itmo-slot/slot"
[keys]
log = "keys/log.pem"
service = "keys/service.pem"
operator = "keys/operator.pub.pem"
)";

Told<Config> parse(const std::string& text) {
  return parse_config(text, "itmo.toml", "/srv/ledger");
}

std::string mistake(const std::string& text) {
  const Told<Config> config = parse(text);
  return config ? "none" : config.error();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(Config, ResolvesPathsAgainstItsOwnDirectory) {
  const Told<Config> config = parse(whole);
  ASSERT_TRUE(config) << config.error();
  EXPECT_EQ(config->origin, "ledger.example/a6");
  EXPECT_EQ(config->data, "/srv/ledger/log");
  EXPECT_EQ(config->lock_slot, "/var/lib/itmo-slot/slot");
  EXPECT_EQ(config->log_key, "/srv/ledger/keys/log.pem");
  EXPECT_EQ(config->address, "127.0.0.1");
  EXPECT_EQ(config->http.connections, HttpLimits{}.connections);
}

TEST(Config, TakesEveryLimit) {
  const Told<Config> config = parse(whole + R"([listen]
address = "::1"
port = 0
[limits]
connections = 10
requests_per_connection = 20
header_bytes = 4096
bodies_bytes = 16777216
handler_threads = 3
idle_seconds = 1
header_seconds = 2
body_seconds = 3
answer_seconds = 4
write_seconds = 5
drain_seconds = 6
batch_lines = 30
batch_bytes = 1048576
waiting = 40
waiting_bytes = 2097152
commit_together = 50
views_behind = 60
)");
  ASSERT_TRUE(config) << config.error();
  EXPECT_EQ(config->address, "::1");
  EXPECT_EQ(config->port, 0);
  EXPECT_EQ(config->http.connections, 10u);
  EXPECT_EQ(config->http.requests_per_connection, 20u);
  EXPECT_EQ(config->http.header_bytes, 4'096u);
  EXPECT_EQ(config->http.bodies_bytes, 16'777'216u);
  EXPECT_EQ(config->http.handler_threads, 3u);
  EXPECT_EQ(config->http.idle, std::chrono::seconds(1));
  EXPECT_EQ(config->http.header, std::chrono::seconds(2));
  EXPECT_EQ(config->http.body, std::chrono::seconds(3));
  EXPECT_EQ(config->http.answer, std::chrono::seconds(4));
  EXPECT_EQ(config->http.write, std::chrono::seconds(5));
  EXPECT_EQ(config->http.drain, std::chrono::seconds(6));
  EXPECT_EQ(config->batch_lines, 30u);
  EXPECT_EQ(config->batch_bytes, 1'048'576u);
  EXPECT_EQ(config->commit.waiting, 40u);
  EXPECT_EQ(config->commit.waiting_bytes, 2'097'152u);
  EXPECT_EQ(config->commit.batch, 50u);
  EXPECT_EQ(config->commit.views_behind, 60u);
}

TEST(Config, NamesTheLineOfEveryMistake) {
  EXPECT_EQ(mistake(whole + "colour = \"green\"\n"),
            "itmo.toml:10: `colour` in [keys] is not a setting of this server.");
  EXPECT_EQ(mistake("colour = \"green\"\n" + whole),
            "itmo.toml:1: `colour` is not a setting of this server.");
  EXPECT_EQ(mistake(whole + "[paint]\ncolour = \"green\"\n"),
            "itmo.toml:10: `paint` is not a setting of this server.");
  EXPECT_EQ(mistake(whole + "[listen]\nport = 65536\n"),
            "itmo.toml:11: listen.port is a whole number from 0 to 65535.");
  EXPECT_EQ(mistake(whole + "[listen]\nport = \"80\"\n"),
            "itmo.toml:11: listen.port is a whole number from 0 to 65535.");
  EXPECT_EQ(mistake(replaced(whole, "\"views\"", "7")),
            "itmo.toml:4: paths.views is a text in quotes.");
  for (const std::string line : {"= 1", "[listen]\naddress = 127.0.0.1", "[listen"}) {
    const std::string said = mistake(whole + line + '\n');
    EXPECT_TRUE(said.starts_with("itmo.toml:1")) << said;
    EXPECT_TRUE(said.ends_with("and a text stands in quotes.")) << said;
  }
}

TEST(Config, SaysWhyAFileCannotBeRead) {
  ScratchFolder folder;
  const auto said = [&](const char* name) {
    const Told<Config> config = read_config(folder.file(name));
    return config ? "nothing" : config.error();
  };
  EXPECT_NE(said("nowhere").find("nowhere: No such file or directory. Its settings are in"),
            std::string::npos)
      << said("nowhere");
  EXPECT_NE(said(".").find("Is a directory"), std::string::npos) << said(".");
  folder.write("empty", "");
  EXPECT_NE(said("empty").find("origin is missing"), std::string::npos) << said("empty");
}

TEST(Config, NamesWhatIsMissing) {
  EXPECT_EQ(mistake(replaced(whole, "lock_slot = \"/var/lib/itmo-slot/slot\"\n", "")),
            "itmo.toml: paths.lock_slot is missing.");
  EXPECT_EQ(mistake(""), "itmo.toml: origin is missing.");
}

TEST(Config, KeepsTheLockSlotOutOfEveryDirectoryThatABackupTakes) {
  for (const char* inside : {"log/slot", "log/deep/slot", "views/slot", "log", "./x/../log/slot"}) {
    const std::string told = mistake(replaced(whole, "/var/lib/itmo-slot/slot", inside));
    EXPECT_NE(told.find("lock_slot lies inside"), std::string::npos) << inside << ": " << told;
  }
  EXPECT_EQ(mistake(replaced(whole, "/var/lib/itmo-slot/slot", "log-slot")), "none");
}

TEST(Config, FollowsLinksBeforeItSaysThatTheLockSlotIsOutside) {
  ScratchFolder folder;
  std::filesystem::create_directory(folder.file("log"));
  std::filesystem::create_directory_symlink(folder.file("log"), folder.file("outside"));
  const Told<Config> config = parse_config(
      replaced(whole, "/var/lib/itmo-slot/slot", "outside/slot"), "itmo.toml", folder.path());
  ASSERT_FALSE(config);
  EXPECT_NE(config.error().find("lock_slot lies inside"), std::string::npos) << config.error();
}

TEST(Config, KeepsViewsAndLogApart) {
  EXPECT_NE(mistake(replaced(whole, "\"views\"", "\"log/views\"")).find("neither inside"),
            std::string::npos);
  EXPECT_NE(mistake(replaced(whole, "\"views\"", "\"log\"")).find("neither inside"),
            std::string::npos);
}

TEST(Config, WantsAnOriginThatALogKeyCanBeNamedBy) {
  for (const char* bad : {"https://ledger.example", "Ledger.example", "ledger.example/", "a b"}) {
    EXPECT_NE(mistake(replaced(whole, "ledger.example/a6", bad)), "none") << bad;
  }
}

TEST(Config, WantsABatchToFitIntoTheQueue) {
  EXPECT_NE(mistake(whole + "[limits]\nbatch_lines = 5000\n"), "none");
  EXPECT_EQ(mistake(whole + "[limits]\nbatch_lines = 5000\nwaiting = 5000\n"), "none");
}

TEST(Config, TakesWhoVouchesForTheLog) {
  const Told<Config> config =
      parse(replaced(whole, "[keys]", "cosignatures = \"cosignatures\"\n[keys]") + R"([witnesses]
policy = "watchers.policy"
mirrors = ["http://127.0.0.1:9000", "http://[::1]:9001/copy"]
hold = ["units.transferred", "units.issued"]
hold_seconds = 7
answer_seconds = 8
pause_seconds = 9
)");
  ASSERT_TRUE(config) << config.error();
  EXPECT_EQ(config->witnesses.policy, "/srv/ledger/watchers.policy");
  EXPECT_EQ(config->witnesses.cosignatures, "/srv/ledger/cosignatures");
  EXPECT_EQ(config->witnesses.mirrors.size(), 2u);
  EXPECT_EQ(config->witnesses.held,
            (std::vector<std::string>{"units.transferred", "units.issued"}));
  EXPECT_EQ(config->witnesses.hold, std::chrono::seconds(7));
  EXPECT_EQ(config->witnesses.answer, std::chrono::seconds(8));
  EXPECT_EQ(config->witnesses.longest_pause, std::chrono::seconds(9));
}

TEST(Config, NamesWhatIsWrongWithItsWitnesses) {
  const std::string file = replaced(whole, "[keys]", "cosignatures = \"cosignatures\"\n[keys]");
  const std::string asked = replaced(file, "[keys]", "[keys]\nstate = \"keys/state.pem\"") +
                            "[witnesses]\npolicy = \"p\"\n";
  EXPECT_EQ(mistake(asked), "none");
  EXPECT_NE(mistake(file).find("belong together"), std::string::npos);
  EXPECT_NE(mistake(whole + "[witnesses]\npolicy = \"p\"\n").find("belong together"),
            std::string::npos);
  EXPECT_NE(mistake(replaced(asked, "\"cosignatures\"", "\"log/c\"")).find("lies inside"),
            std::string::npos);
  for (const char* taken : {"p", "/var/lib/itmo-slot/slot", "keys/log.pem",
                            "keys/../keys/service.pem", "keys/state.pem"}) {
    const std::string told =
        mistake(replaced(asked, "\"cosignatures\"", '"' + std::string(taken) + '"'));
    EXPECT_NE(told.find("which it would replace"), std::string::npos) << taken << ": " << told;
  }
  EXPECT_EQ(mistake(asked + "mirrors = \"http://m\"\n"),
            "itmo.toml:14: witnesses.mirrors is a list of texts in quotes.");
  EXPECT_EQ(mistake(asked + "mirrors = [7]\n"),
            "itmo.toml:14: witnesses.mirrors is a text in quotes.");
  EXPECT_NE(mistake(asked + "mirrors = [\"https://m\"]\n").find("plain HTTP"), std::string::npos);
  EXPECT_NE(mistake(asked + "hold = [\"units.moved\"]\n").find("`units.moved` is no type of event"),
            std::string::npos);
  EXPECT_NE(mistake(whole + "[witnesses]\nhold = [\"units.used\"]\n").find("which is missing"),
            std::string::npos);
  EXPECT_NE(mistake(asked + "hold = [\"units.used\"]\nhold_seconds = 60\n").find("is less than"),
            std::string::npos);
}

// ---- keys ----

struct KeyFiles : testing::Test {
  void SetUp() override {
    config.log_key = folder.file("log.pem");
    config.service_key = folder.file("service.pem");
    config.operator_key = folder.file("operator.pub.pem");
    ASSERT_TRUE(write_secret_key(config.log_key, crypto::SecretKey::generate()));
    ASSERT_TRUE(write_secret_key(config.service_key, crypto::SecretKey::generate()));
    ASSERT_TRUE(write_public_key(config.operator_key, crypto::SecretKey::generate().public_key()));
  }
  std::string mistake() {
    const Told<Keys> keys = read_keys(config);
    return keys ? "none" : keys.error();
  }
  ScratchFolder folder;
  Config config;
};

TEST_F(KeyFiles, AreReadAsTheyWereWritten) {
  const crypto::SecretKey key = crypto::SecretKey::generate();
  ASSERT_TRUE(write_secret_key(folder.file("k"), key));
  const auto read = read_secret_key(folder.file("k"));
  ASSERT_TRUE(read) << read.error();
  EXPECT_EQ(read->public_key(), key.public_key());
  EXPECT_EQ(mistake(), "none");
}

TEST_F(KeyFiles, AreThoseOfOpenssl) {
  const auto outcome = folder.run(
      "openssl genpkey -algorithm ed25519 -out made.pem && chmod 400 made.pem && "
      "openssl pkey -in made.pem -pubout -out made.pub.pem");
  ASSERT_EQ(outcome.status, 0) << outcome.output;
  const auto secret = read_secret_key(folder.file("made.pem"));
  ASSERT_TRUE(secret) << secret.error();
  EXPECT_EQ(*read_public_key(folder.file("made.pub.pem")), secret->public_key());
}

TEST_F(KeyFiles, AreForTheirOwnerAlone) {
  namespace fs = std::filesystem;
  for (const auto mode : {fs::perms(0640), fs::perms(0604), fs::perms(0644), fs::perms(0700),
                          fs::perms(0660), fs::perms(04600)}) {
    fs::permissions(config.log_key, mode);
    EXPECT_NE(mistake().find("chmod 600"), std::string::npos) << static_cast<unsigned>(mode);
  }
  fs::permissions(config.log_key, fs::perms(0400));
  EXPECT_EQ(mistake(), "none");
}

TEST_F(KeyFiles, AreNeverOverwritten) {
  const std::string before = folder.read("log.pem");
  const auto again = write_secret_key(config.log_key, crypto::SecretKey::generate());
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().find("never overwritten"), std::string::npos);
  EXPECT_EQ(folder.read("log.pem"), before);
}

TEST_F(KeyFiles, MustBeOfThreeDifferentKeys) {
  config.service_key = config.log_key;
  EXPECT_EQ(mistake().find("keys.log and keys.service are the same key,"), 0U) << mistake();
  config.service_key = folder.file("service.pem");
  const auto log = read_secret_key(config.log_key);
  ASSERT_TRUE(write_public_key(folder.file("same.pub.pem"), log->public_key()));
  config.operator_key = folder.file("same.pub.pem");
  EXPECT_EQ(mistake().find("keys.log and keys.operator are the same key,"), 0U) << mistake();
}

TEST_F(KeyFiles, OfTheNextLogKeyIsReadAndIsAnotherOne) {
  EXPECT_FALSE(read_keys(config)->next_log);
  config.next_log_key = folder.file("next.pem");
  EXPECT_NE(mistake().find("next.pem"), std::string::npos);
  const crypto::SecretKey next = crypto::SecretKey::generate();
  ASSERT_TRUE(write_secret_key(config.next_log_key, next));
  EXPECT_EQ(read_keys(config)->next_log->public_key(), next.public_key());
  config.next_log_key = config.log_key;
  EXPECT_EQ(mistake().find("keys.log and keys.next_log are the same key,"), 0U) << mistake();
  config.next_log_key = config.service_key;
  EXPECT_EQ(mistake().find("keys.service and keys.next_log are the same key,"), 0U) << mistake();
}

TEST_F(KeyFiles, OfTheStateMayBeTheOperatorsAndNoOtherOne) {
  config.state_key = config.log_key;
  EXPECT_EQ(mistake().find("keys.log and keys.state are the same key,"), 0U) << mistake();
  config.state_key = config.service_key;
  EXPECT_EQ(mistake().find("keys.service and keys.state are the same key,"), 0U) << mistake();
  const crypto::SecretKey own = crypto::SecretKey::generate();
  config.state_key = folder.file("operator.pem");
  ASSERT_TRUE(write_secret_key(config.state_key, own));
  config.operator_key = folder.file("operators.pub.pem");
  ASSERT_TRUE(write_public_key(config.operator_key, own.public_key()));
  EXPECT_EQ(mistake(), "none");
}

TEST_F(KeyFiles, AreRefusedWithTheirNameAndNothingOfTheirText) {
  config.log_key = folder.file("none.pem");
  EXPECT_NE(mistake().find("none.pem"), std::string::npos);
  config.log_key = folder.file("odd.pem");
  folder.write("odd.pem", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n");
  std::filesystem::permissions(config.log_key, std::filesystem::perms(0600));
  const std::string told = mistake();
  EXPECT_NE(told.find("odd.pem is not an unencrypted Ed25519"), std::string::npos) << told;
  EXPECT_EQ(told.find("c2VjcmV0"), std::string::npos);
  config.log_key = folder.path();
  EXPECT_NE(mistake().find("not a regular file"), std::string::npos);
}

}  // namespace
