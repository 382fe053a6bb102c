// An ordinary ledger from nothing, by README's own commands; then a Party that has nothing of ours
// enrols, signs and checks with openssl, jq and the shell alone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "api/key_file.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/programs/readme.hpp"
#include "tests/support/scratch.hpp"
#include "tests/support/static_site.hpp"

namespace {

using programs::commands_of_readme;
using test_support::ScratchFolder;
using testing::HasSubstr;
using Json = nlohmann::json;

void replace(std::string& text, const std::string& what, const std::string& by) {
  const std::size_t at = text.find(what);
  ASSERT_NE(at, std::string::npos) << what;
  text.replace(at, what.size(), by);
}

constexpr const char* start_by_readme = "itmo-ledgerd --config ledgerd.toml";
constexpr const char* started =
    "itmo-ledgerd --config ledgerd.toml --ready-file ready >server.log 2>&1 & "
    "echo $! >pid; for i in $(seq 600); do [ -s ready ] && exit 0; sleep 0.1; done; "
    "cat server.log; exit 1";

struct OrdinaryLedger : testing::Test {
  void SetUp() override {
    std::string commands = commands_of_readme("Run a server", 0);
    replace(commands, "port = 8080", "port = 0");
    replace(commands, start_by_readme, started);
    run(commands);
    read_url();
    run("URL=" + url + "\n" + commands_of_readme("Run a server", 1));
  }
  void read_url() {
    url = folder.read("ready");
    while (url.ends_with('\n')) url.pop_back();
  }
  void restart() {
    TearDown();
    run("rm ready; PATH='" ITMO_BIN_DIR "':$PATH\n" + std::string(started));
    read_url();
  }
  void TearDown() override {
    const auto stopped = folder.run(
        "kill -TERM $(cat pid); for i in $(seq 300); do kill -0 $(cat pid) 2>/dev/null || exit 0; "
        "sleep 0.1; done; kill -KILL $(cat pid); exit 1");
    EXPECT_EQ(stopped.status, 0) << folder.read("server.log");
    EXPECT_THAT(folder.read("server.log"), HasSubstr("stopped at"));
  }

  std::string run(const std::string& commands) {
    const auto done = folder.run(commands);
    EXPECT_EQ(done.status, 0) << commands << "\n---\n" << done.output;
    return done.output;
  }
  std::string itmo(const std::string& arguments) {
    return run("'" ITMO_BIN_DIR "/itmo' " + arguments);
  }
  void make(const std::string& type, const Json& body, const std::string& out) {
    folder.write(out + ".json", body.dump());
    itmo("event make --ledger ledger.example/itmo --type " + type + " --body " + out +
         ".json --expires \"$(date -u -d '+30 days' +%Y-%m-%dT00:00:00.000Z)\" --out " + out);
  }
  // An account of the Party's own, as the file "account".
  void make_account(const std::string& party) {
    make("account.opened",
         {{"id", party + "-1"},
          {"holder", party},
          {"party", party},
          {"registry", party + "99"},
          {"kind", "holding"}},
         "account");
  }
  // What a Party does with nothing of ours: the prefix by printf, the signature by openssl.
  void sign_by_openssl_alone(const std::string& event, const std::string& key) {
    run("type=application/vnd.itmo-ledger.event.v1+json; { printf 'DSSEv1 %d %s %d ' ${#type} "
        "$type "
        "\"$(wc -c <" +
        event + ")\"; cat " + event + "; } >signed; openssl pkeyutl -sign -inkey " + key +
        " -rawin -in signed -out sig");
  }
  std::string submit(const std::string& submission) {
    return itmo("submit " + submission + " --url " + url + " --vkey log.vkey --out receipt.json");
  }

  ScratchFolder folder;
  std::string url;
};

TEST_F(OrdinaryLedger, IsOpenedByReadmesCommandsAndAPartyEnrolsWithOpensslAlone) {
  EXPECT_EQ(Json::parse(folder.read("receipt.json"))["seq"], 0);

  // The newcomer's key, made by openssl; what it is called, by openssl too.
  run("openssl genpkey -algorithm ed25519 -out xca.pem; "
      "openssl pkey -in xca.pem -pubout -out xca.pub.pem");
  std::string key =
      run("openssl pkey -pubin -in xca.pub.pem -outform DER | tail -c 32 | "
          "basenc --base16 -w0 | tr A-F a-f");
  ASSERT_EQ(key.size(), 64U);
  make("participant.admitted",
       {{"id", "XCA"},
        {"kind", "party"},
        {"identity", {{"name", "Government of XCA"}, {"country", "XCA"}, {"number", "1"}}},
        {"office", "Ministry of Environment, registry desk"},
        {"keys", {key}},
        {"thresholds", {{"ordinary", 1}, {"units", 1}, {"keys", 1}}}},
       "admission");
  sign_by_openssl_alone("admission", "xca.pem");
  itmo("event attach admission --key xca.pub.pem --sig sig --out admission-1");
  itmo("sign admission-1 --key XHA.pem --out admission-2");
  itmo("sign admission-2 --key XBA.pem --out admission-3");
  EXPECT_THAT(submit("admission-3"), HasSubstr("Recorded as entry 1."));

  // It acts: an account of its own, signed with openssl alone.
  make_account("XCA");
  sign_by_openssl_alone("account", "xca.pem");
  itmo("event attach account --key xca.pub.pem --sig sig --out account-1");
  EXPECT_THAT(submit("account-1"), HasSubstr("Recorded as entry 2."));

  // And it checks, by README's commands, who admitted it.
  const std::string checked =
      run("URL=" + url + "\nN=1\n" + commands_of_readme("Check a transfer with openssl alone"));
  for (const char* who : {"XHA.pub.pem", "XBA.pub.pem", "xca.pub.pem"}) {
    const std::string fingerprint =
        run("openssl pkey -pubin -in " + std::string(who) + " -outform DER | sha256sum");
    EXPECT_THAT(checked, HasSubstr(fingerprint.substr(0, 64))) << who;
  }

  // The log's own signature is checked by openssl as well: text, key, and 64 bytes behind the key
  // id.
  folder.write("note", run("curl -fsS " + url + "/checkpoint"));
  run("sed '/^$/,$d' note >text; tail -n 1 note | cut -d' ' -f3 | base64 -d | tail -c 64 "
      ">note.sig; "
      "openssl pkeyutl -verify -pubin -inkey keys/log.pub.pem -rawin -in text -sigfile note.sig");
}

// The operator enrols a key for that by README's commands.
TEST_F(OrdinaryLedger, ProvesBalancesOnceItsServerHasAKeyThatCommits) {
  const auto without = folder.run("curl -fsS '" + url + "/v1/ledger?proof=1'");
  EXPECT_NE(without.status, 0);
  EXPECT_THAT(run("URL=" + url + "\n" + commands_of_readme("Run a server", 2)),
              HasSubstr("Recorded as entry 1."));
  restart();
  run("for i in $(seq 100); do curl -fsS '" + url +
      "/v1/accounts/NONE?proof=1' >proof && exit 0; sleep 0.1; done; exit 1");
  const std::string said =
      run("'" ITMO_BIN_DIR "/itmo-audit' balance proof --key log.vkey --account NONE --least 3");
  EXPECT_THAT(said, HasSubstr("PROVEN: proof"));
  EXPECT_THAT(said, HasSubstr("In this state there is no account NONE."));
}

// The operator goes over to another log key by README's commands.
TEST_F(OrdinaryLedger, RetiresItsLogKey) {
  run("cp log.vkey old.vkey; cp receipt.json opened.json");
  run(commands_of_readme("Run a server", 3));
  restart();
  EXPECT_THAT(folder.read("server.log"), HasSubstr("next verifier key"));
  EXPECT_THAT(run("URL=" + url + "\n" + commands_of_readme("Run a server", 4)),
              HasSubstr("Recorded as entry 1."));
  const auto audit = [&](const std::string& keys) {
    return folder.run("'" ITMO_BIN_DIR "/itmo-audit' " + url + " --key " + keys);
  };
  const auto in_the_overlap = audit("old.vkey");
  EXPECT_EQ(in_the_overlap.status, 0) << in_the_overlap.output;
  EXPECT_THAT(in_the_overlap.output, HasSubstr("Log key     the log also names " +
                                               folder.read("next.vkey").substr(0, 60)));
  itmo("bundle copy --vkey log.vkey --url " + url);

  run(commands_of_readme("Run a server", 5));
  run("rm keys/log.pem");
  restart();
  make_account("XHA");
  itmo("sign account --key XHA.pem --out signed-account");
  EXPECT_THAT(submit("signed-account"), HasSubstr("Recorded as entry 2."));
  EXPECT_THAT(itmo("bundle copy --vkey log.vkey --url " + url), HasSubstr("3 entries"));
  for (const char* keys : {"log.vkey", "next.vkey"}) {
    const auto known = audit(keys);
    EXPECT_EQ(known.status, 0) << known.output;
  }
  const auto unknown = audit("old.vkey");
  EXPECT_EQ(unknown.status, 1) << unknown.output;
  EXPECT_THAT(unknown.output, HasSubstr("which the log names, signed it: have a Party confirm"));

  // Whoever has one key alone hears what he cannot check, and that it may be recorded all the same.
  const auto submit_by = [&](const std::string& submission, const std::string& keys) {
    return folder.run("'" ITMO_BIN_DIR "/itmo' submit " + submission + " --url " + url +
                      " --vkey " + keys);
  };
  const auto unchecked = submit_by("signed-account", "old.vkey");
  EXPECT_EQ(unchecked.status, 2) << unchecked.output;
  EXPECT_THAT(unchecked.output, HasSubstr("The event may be recorded all the same"));
  make("account.opened",
       {{"id", "XHA-1"},
        {"holder", "XHA"},
        {"party", "XHA"},
        {"registry", "XHA99"},
        {"kind", "buffer"}},
       "twin");
  itmo("sign twin --key XHA.pem --out signed-twin");
  const auto refused = submit_by("signed-twin", "next.vkey");
  EXPECT_EQ(refused.status, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("The refusal is signed, and could not be proven: "));
  EXPECT_THAT(submit_by("signed-twin", "log.vkey").output,
              HasSubstr("The refusal is signed by the ledger's service key"));

  // A receipt of before is worth what it was, and the log of now goes on from it.
  const std::string receipt =
      run("'" ITMO_BIN_DIR "/itmo-audit' receipt opened.json --key log.vkey --log " + url);
  EXPECT_THAT(receipt, HasSubstr("it begins with this one"));
  EXPECT_THAT(receipt, HasSubstr("Signed by   " + folder.read("old.vkey")));
}

// A Party describes an agreement, withholds half of it, puts what may be read where the server
// finds it, and shows a reviewer the title; an observer fetches what is public beside the log.
TEST_F(OrdinaryLedger, KeepsDocumentsAndTheirTitlesApart) {
  folder.write("agreement.pdf", "the whole agreement");
  folder.write("redacted.pdf", "the agreement, without the price");
  const std::string described =
      run("'" ITMO_BIN_DIR
          "/itmo' document hash agreement.pdf --title 'Agreement with a price' "
          "--kind 'cooperation agreement' --redacted redacted.pdf --basis 'commercial terms' "
          "--by 'Ministry of XHA' --since 2027-01-04 2>told");
  EXPECT_EQ(described.find("with a price"), std::string::npos) << "the title is in no event";
  EXPECT_THAT(folder.read("told"), HasSubstr("agreement.pdf.title.json"));
  EXPECT_THAT(run("stat -c %a agreement.pdf.title.json"), HasSubstr("600"));
  make("approach.established",
       {{"id", "XHA-XBA"}, {"parties", {"XHA", "XBA"}}, {"agreement", Json::parse(described)}},
       "approach");
  itmo("sign approach --key XHA.pem --out approach-1");
  itmo("sign approach-1 --key XBA.pem --out approach-2");
  EXPECT_THAT(submit("approach-2"), HasSubstr("Recorded as entry 1."));

  const std::string add = "document add --config ledgerd.toml --url " + url + " ";
  EXPECT_THAT(itmo(add + "redacted.pdf"), HasSubstr("/v1/documents/"));
  const auto withheld = folder.run("'" ITMO_BIN_DIR "/itmo' " + add + "agreement.pdf");
  EXPECT_EQ(withheld.status, 1);
  EXPECT_THAT(withheld.output, HasSubstr("withheld"));
  folder.write("other.pdf", "something else");
  EXPECT_EQ(folder.run("'" ITMO_BIN_DIR "/itmo' " + add + "other.pdf").status, 1);
  run("curl -fsS -o fetched " + url +
      "/v1/documents/$(sha256sum <redacted.pdf | cut -c1-64); "
      "cmp fetched redacted.pdf");

  EXPECT_THAT(itmo("document check agreement.pdf.title.json --entry receipt.json"),
              HasSubstr("HOLDS. The title \"Agreement with a price\""));
  const std::string commitment = Json::parse(described)["title"];
  const auto other =
      folder.run("'" ITMO_BIN_DIR "/itmo' document check --salt " + std::string(64, '0') +
                 " --title Another --commitment " + commitment);
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.output, HasSubstr("DOES NOT HOLD"));

  itmo("bundle copy --url " + url + " --vkey log.vkey");
  const std::string exported = "document export copy --url " + url + " --vkey log.vkey";
  EXPECT_THAT(itmo(exported), HasSubstr("1 public file in copy/documents"));
  run("cmp copy/documents/$(sha256sum <redacted.pdf | cut -c1-64) redacted.pdf");
  EXPECT_THAT(itmo(exported), HasSubstr("0 fetched now")) << "again: nothing is fetched twice";
  run("rm documents/*; rm copy/documents/*");
  const auto missing = folder.run("'" ITMO_BIN_DIR "/itmo' " + exported);
  EXPECT_EQ(missing.status, 1);
  EXPECT_THAT(missing.output, HasSubstr("NOT THERE"));
}

// What `itmo bundle` leaves is a log that any web server serves: audited from there, copied on from
// there, public files too.
TEST_F(OrdinaryLedger, IsServedAsFilesByAnyWebServer) {
  folder.write("agreement.pdf", "the whole agreement");
  const std::string described = run("'" ITMO_BIN_DIR
                                    "/itmo' document hash agreement.pdf --title Agreement --kind "
                                    "'cooperation agreement' 2>told");
  make("approach.established",
       {{"id", "XHA-XBA"}, {"parties", {"XHA", "XBA"}}, {"agreement", Json::parse(described)}},
       "approach");
  itmo("sign approach --key XHA.pem --out approach-1");
  itmo("sign approach-1 --key XBA.pem --out approach-2");
  submit("approach-2");
  itmo("document add --config ledgerd.toml --url " + url + " agreement.pdf");
  const std::string hash = Json::parse(described)["sha256"];

  const std::string bundle = "bundle site --documents --vkey log.vkey --url " + url;
  EXPECT_THAT(itmo(bundle), HasSubstr(", 2 parts fetched"));
  const test_support::StaticSite site(folder, "site");
  run("cmp site/documents/" + hash + " agreement.pdf && curl -fsS " + site.url() + "/documents/" +
      hash + " | cmp - agreement.pdf");
  const std::string audit = "'" ITMO_BIN_DIR "/itmo-audit' --key log.vkey --json ";
  const std::string audited = run(audit + site.url());
  EXPECT_EQ(Json::parse(audited)["verdict"], "valid");
  EXPECT_EQ(audited, run(audit + url)) << "the server itself is audited alike";

  // It grows: the export is brought up to date, and what was published stays.
  make_account("XHA");
  itmo("sign account --key XHA.pem --out signed-account");
  submit("signed-account");
  EXPECT_THAT(itmo(bundle), HasSubstr(", 2 parts fetched"));
  EXPECT_THAT(itmo(bundle), testing::AllOf(HasSubstr(", 0 parts fetched"), HasSubstr("0 fetched")));
  EXPECT_EQ(Json::parse(run(audit + site.url()))["entries"], 3);
  run("curl -fsS " + site.url() + "/tile/0/000.p/2 >/dev/null");

  // A copy of the copy, and one file of it.
  itmo("bundle second --documents --vkey log.vkey --file log.tar --url " + site.url());
  run("cmp second/checkpoint site/checkpoint && cmp second/documents/" + hash + " agreement.pdf");
  itmo("bundle --vkey log.vkey --file straight.tar --url " + url);
  itmo("bundle site --vkey log.vkey --file packed.tar");
  run("cmp log.tar straight.tar && cmp log.tar packed.tar && tar -tf log.tar");
  EXPECT_EQ(run(audit + "log.tar"), run(audit + "second"));
  const std::string due = "due --party XHA --key log.vkey --log ";
  EXPECT_EQ(itmo(due + "log.tar"), itmo(due + site.url())) << "reports read alike";

  // Where a part is gone nothing is taken for a copy, and nothing that was one is touched.
  run("mv site/tile/0/000.p/3 away");
  for (const char* into : {"third", "second"}) {
    const auto broken = folder.run("'" ITMO_BIN_DIR "/itmo' bundle " + std::string(into) +
                                   " --vkey log.vkey --url " + site.url());
    EXPECT_EQ(broken.status, into == std::string("third") ? 1 : 0) << broken.output;
  }
  run("[ ! -e third/checkpoint ] && [ -s third/checkpoint.refused ]");
  run("mv away site/tile/0/000.p/3");
  EXPECT_THAT(itmo("bundle third --vkey log.vkey --url " + site.url()),
              HasSubstr(", 1 part fetched"));

  // A file that grew behind the hash: no more is taken of it than the log says that it has.
  run("rm second/documents/* site/documents/* && truncate -s 3G site/documents/" + hash);
  const auto longer = folder.run(
      "'" ITMO_BIN_DIR "/itmo' document export second --vkey log.vkey --url " + site.url());
  EXPECT_EQ(longer.status, 1) << longer.output;
  EXPECT_THAT(longer.output, HasSubstr("DIFFERS    " + hash + ": it is longer than the 19 bytes"));
  run("[ -z \"$(ls second/documents)\" ]");
}

TEST_F(OrdinaryLedger, IsNotCopiedOverAnotherLogThatItsKeySigned) {
  itmo("bundle copy --vkey log.vkey --url " + url);
  const std::string had = folder.read("copy/checkpoint");
  // The same key signs another log of one entry.
  const auto key = api::read_secret_key(folder.file("keys/log.pem"));
  ASSERT_TRUE(key) << key.error();
  const crypto::Checkpoint other{"ledger.example/itmo", 1, crypto::leaf_hash("another opening")};
  run("mkdir elsewhere");
  folder.write("elsewhere/checkpoint",
               crypto::sign_note(crypto::checkpoint_text(other), other.origin, *key));
  const test_support::StaticSite site(folder, "elsewhere");
  const auto refused =
      folder.run("'" ITMO_BIN_DIR "/itmo' bundle copy --vkey log.vkey --url " + site.url());
  EXPECT_EQ(refused.status, 1) << refused.output;
  EXPECT_THAT(refused.output, HasSubstr("DOES NOT HOLD: LOG-19: "));
  EXPECT_EQ(folder.read("copy/checkpoint"), had);
  EXPECT_EQ(folder.read("copy/checkpoint.refused"), folder.read("elsewhere/checkpoint"));
}

TEST_F(OrdinaryLedger, RefusesATimeFromTheSubmitter) {
  make_account("XHA");
  itmo("sign account --key XHA.pem --out signed-account");
  const auto refused = folder.run("'" ITMO_BIN_DIR "/itmo' submit signed-account --url " + url +
                                  " --vkey log.vkey --time 2030-01-01T00:00:00.000Z");
  EXPECT_EQ(refused.status, 1);
  EXPECT_THAT(refused.output, HasSubstr("LOG-5"));
}

}  // namespace
