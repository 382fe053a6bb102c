// `itmo` as a person runs it, without any server: keys, events, signatures, sentences.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "crypto/checkpoint.hpp"
#include "crypto/ed25519.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/support/scratch.hpp"

namespace {

using test_support::ScratchFolder;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* body =
    "{ \"registry\": \"XHA99\", \"id\": \"XBA-FUND-XHA\", \"party\": \"XHA\",\n"
    "  \"holder\": \"XBA-FUND\", \"kind\": \"holding\" }\n";

struct CommandLine : testing::Test {
  ScratchFolder::Outcome itmo(const std::string& arguments) {
    return folder.run("'" ITMO_BIN_DIR "/itmo' " + arguments);
  }
  ScratchFolder::Outcome shell(const std::string& command) { return folder.run(command); }

  void must(const ScratchFolder::Outcome& done) { ASSERT_EQ(done.status, 0) << done.output; }

  void make_event() {
    folder.write("body.json", body);
    must(
        itmo("event make --ledger demonstration.example/itmo --type account.opened --id A-1"
             " --date 2026-12-01 --expires 2026-12-31T09:00:00.000Z --body body.json"
             " --out event"));
  }

  ScratchFolder folder;
};

TEST_F(CommandLine, DescribesADocumentAndKeepsItsTitleForItsOwnerAlone) {
  folder.write("letter.pdf", "a letter");
  const std::string hash = "document hash letter.pdf --title Letter --kind 'letter' ";
  const auto made = itmo(hash + "--secret secret.json 2>told");
  must(made);
  const auto document = nlohmann::json::parse(made.output);
  EXPECT_EQ(document["access"], "public");
  EXPECT_EQ(document["size"], 8);
  EXPECT_EQ(document["sha256"].get<std::string>(),
            shell("sha256sum <letter.pdf").output.substr(0, 64));
  const auto secret = nlohmann::json::parse(folder.read("secret.json"));
  EXPECT_EQ(secret["commitment"], document["title"]);
  struct stat status {};
  ASSERT_EQ(stat(folder.file("secret.json").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  // By the shell alone: SHA-256 over the salt and the title.
  const std::string salt = secret["salt"];
  EXPECT_EQ(shell("{ printf " + salt +
                  " | tr a-f A-F | basenc --base16 -d; printf Letter; } | "
                  "sha256sum")
                .output.substr(0, 64),
            document["title"].get<std::string>());

  const std::string commitment = " --commitment " + document["title"].get<std::string>();
  EXPECT_THAT(itmo("document check secret.json" + commitment).output, StartsWith("HOLDS"));
  const auto other = itmo("document check --salt " + salt + " --title Lettre" + commitment);
  EXPECT_EQ(other.status, 1);
  EXPECT_THAT(other.output, StartsWith("DOES NOT HOLD"));

  EXPECT_EQ(itmo(hash + "--secret secret.json").status, 2) << "a secret is never overwritten";
  EXPECT_EQ(itmo(hash + "--secret 2.json --confidential").status, 2) << "and on what ground?";
  EXPECT_EQ(itmo(hash + "--secret 2.json --basis 'no reason'").status, 2);
  EXPECT_EQ(itmo(hash + "--secret 2.json --redacted letter.pdf --basis a --by b --since 2027-01-04")
                .status,
            2)
      << "the whole is no redacted version";
  EXPECT_NE(stat(folder.file("2.json").c_str(), &status), 0);
}

TEST_F(CommandLine, MakesAKeyForItsOwnerAloneAndNeverOverwritesOne) {
  const auto made = itmo("keygen gha.pem");
  must(made);
  struct stat status {};
  ASSERT_EQ(stat(folder.file("gha.pem").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  must(shell("openssl pkey -in gha.pem -pubout -out by-openssl.pem"));
  EXPECT_EQ(folder.read("by-openssl.pem"), folder.read("gha.pub.pem"));

  const std::string secret = folder.read("gha.pem");
  const auto again = itmo("keygen gha.pem --public other.pem");
  EXPECT_EQ(again.status, 2);
  EXPECT_THAT(again.output, HasSubstr("never overwritten"));
  const auto over_public = itmo("keygen new.pem --public gha.pub.pem");
  EXPECT_EQ(over_public.status, 2);
  EXPECT_EQ(folder.read("gha.pem"), secret);
  EXPECT_NE(stat(folder.file("new.pem").c_str(), &status), 0) << "no half of a pair is left";
}

TEST_F(CommandLine, SaysNothingOfASecret) {
  const auto made = itmo("keygen gha.pem");
  const auto der = *crypto::from_base64([&] {
    const std::string pem = folder.read("gha.pem");
    const std::size_t begin = pem.find('\n') + 1;
    return pem.substr(begin, pem.find('\n', begin) - begin);
  }());
  const std::string seed = der.substr(16, 32);
  make_event();
  const auto signed_ = itmo("sign event --key gha.pem --out signed --yes");
  must(signed_);
  for (const std::string& output : {made.output, signed_.output, folder.read("signed")}) {
    EXPECT_THAT(output, Not(HasSubstr(crypto::to_hex(seed))));
    EXPECT_THAT(output, Not(HasSubstr(crypto::to_base64(der).substr(20, 40))));
    EXPECT_THAT(output, Not(HasSubstr("PRIVATE KEY")));
  }
}

TEST_F(CommandLine, NamesAKeyAsOpensslDoes) {
  must(itmo("keygen gha.pem"));
  const auto named = itmo("key gha.pub.pem --origin ledger.example/a6");
  must(named);
  const auto by_openssl = shell(
      "openssl pkey -pubin -in gha.pub.pem -outform DER | sha256sum | cut -c1-64 | tr -d '\\n'");
  EXPECT_THAT(named.output, HasSubstr("fingerprint  " + by_openssl.output + '\n'));
  EXPECT_THAT(named.output, HasSubstr("verifier key ledger.example/a6+"));
}

TEST_F(CommandLine, MakesTheCanonicalBytesOfWhatAPersonWrote) {
  make_event();
  EXPECT_EQ(folder.read("event"),
            "{\"body\":{\"holder\":\"XBA-FUND\",\"id\":\"XBA-FUND-XHA\",\"kind\":\"holding\","
            "\"party\":\"XHA\",\"registry\":\"XHA99\"},\"date\":\"2026-12-01\","
            "\"expires\":\"2026-12-31T09:00:00.000Z\",\"id\":\"A-1\","
            "\"ledger\":\"demonstration.example/itmo\",\"type\":\"account.opened\"}");
  folder.write("other.json", body);
  const auto without_id = itmo("event make --ledger x --type account.opened --body other.json");
  must(without_id);
  EXPECT_THAT(without_id.output, HasSubstr("\"id\":\"account.opened-"));
}

TEST_F(CommandLine, RefusesABodyThatIsNoEventAndSaysWhere) {
  const auto made_of = [&](const std::string& text) {
    folder.write("wrong.json", text);
    return itmo("event make --ledger x --type account.opened --body wrong.json --out e");
  };
  const auto unknown = made_of(R"({"registry":"XHA99","id":"A","party":"XHA","holder":"B",)"
                               R"("kind":"holding","colour":"green"})");
  EXPECT_EQ(unknown.status, 1);
  EXPECT_THAT(unknown.output, HasSubstr("FMT-10"));
  EXPECT_THAT(unknown.output, HasSubstr("colour"));
  EXPECT_EQ(made_of(R"({"registry":"XHA99"})").status, 1);
  EXPECT_THAT(made_of(R"({"id":"A","id":"B"})").output, HasSubstr("\"id\" twice"));
  EXPECT_THAT(made_of("[1]").output, HasSubstr("not a JSON object"));
  EXPECT_FALSE(std::filesystem::exists(folder.file("e")));
}

TEST_F(CommandLine, SignsExactlyAsOpensslDoes) {
  make_event();
  must(
      shell("openssl genpkey -algorithm ed25519 -out xha.pem && chmod 600 xha.pem && "
            "openssl pkey -in xha.pem -pubout -out xha.pub.pem"));
  must(itmo("event pae event --out pae"));
  EXPECT_EQ(folder.read("pae"), "DSSEv1 41 application/vnd.itmo-ledger.event.v1+json " +
                                    std::to_string(folder.read("event").size()) + ' ' +
                                    folder.read("event"));
  must(shell("openssl pkeyutl -sign -inkey xha.pem -rawin -in pae -out sig"));
  must(itmo("event attach event --key xha.pub.pem --sig sig --out by-openssl"));
  must(itmo("sign event --key xha.pem --out by-itmo --yes"));
  EXPECT_EQ(folder.read("by-openssl"), folder.read("by-itmo"));
  EXPECT_TRUE(ledger::decode_submission(folder.read("by-itmo")));
}

TEST_F(CommandLine, CollectsSignaturesInAnyOrderIntoOneSubmission) {
  make_event();
  must(itmo("keygen a.pem"));
  must(itmo("keygen b.pem"));
  must(itmo("sign event --key a.pem --out one --yes"));
  must(itmo("sign event --key b.pem --out two --yes"));
  must(itmo("sign one --key b.pem --out chained --yes"));
  must(itmo("event join one two --out joined"));
  must(itmo("event join two one event --out turned"));
  EXPECT_EQ(folder.read("joined"), folder.read("chained"));
  EXPECT_EQ(folder.read("joined"), folder.read("turned"));
  EXPECT_EQ(ledger::decode_submission(folder.read("joined"))->signed_event.signatures.size(), 2U);

  must(itmo("event make --ledger x --type account.opened --body body.json --out other"));
  must(itmo("sign other --key a.pem --out three --yes"));
  EXPECT_THAT(itmo("event join one three").output, HasSubstr("another event"));
}

TEST_F(CommandLine, AttachesOnlyASignatureThatVerifies) {
  make_event();
  must(itmo("keygen a.pem"));
  must(shell("openssl pkeyutl -sign -inkey a.pem -rawin -in event -out wrong-bytes"));
  const auto wrong = itmo("event attach event --key a.pub.pem --sig wrong-bytes --out out");
  EXPECT_EQ(wrong.status, 1);
  EXPECT_THAT(wrong.output, HasSubstr("does not verify"));
  folder.write("short", "abc");
  EXPECT_THAT(itmo("event attach event --key a.pub.pem --sig short").output,
              HasSubstr("a signature has 64"));
  EXPECT_FALSE(std::filesystem::exists(folder.file("out")));
}

TEST_F(CommandLine, RefusesAKeyFileThatOthersCanRead) {
  make_event();
  must(itmo("keygen a.pem"));
  must(shell("chmod 644 a.pem"));
  const auto refused = itmo("sign event --key a.pem --out signed --yes");
  EXPECT_EQ(refused.status, 2);
  EXPECT_THAT(refused.output, HasSubstr("chmod 600"));
  EXPECT_FALSE(std::filesystem::exists(folder.file("signed")));
}

TEST_F(CommandLine, ShowsADraftFromItsBytesAlone) {
  make_event();
  const auto shown = itmo("show event");
  must(shown);
  EXPECT_EQ(shown.output,
            "Opening of holding account XBA-FUND-XHA for XBA-FUND.\n"
            "It stands in the section of XHA, registry XHA99.\n"
            "\n"
            "Event A-1 of type account.opened, for ledger demonstration.example/itmo.\n"
            "Dated 2026-12-01. Expires 2026-12-31 09:00:00.000 UTC: not valid later.\n"
            "Event hash (SHA-256 of its 230 bytes): " +
                shell("sha256sum event | cut -c1-64").output + "Nobody has signed it yet.\n");
}

TEST_F(CommandLine, ShowsWhenASignatureIsBad) {
  make_event();
  must(itmo("keygen a.pem"));
  must(itmo("sign event --key a.pem --out signed --yes"));
  std::string bad = folder.read("signed");
  bad[bad.find("XBA-FUND")] = 'Y';
  folder.write("bad", bad);
  EXPECT_THAT(itmo("show signed").output, HasSubstr("  the signature verifies"));
  const auto shown = itmo("show bad");
  EXPECT_EQ(shown.status, 1);
  EXPECT_THAT(shown.output, HasSubstr("THE SIGNATURE DOES NOT VERIFY"));
  const auto refused = itmo("sign bad --key a.pem --out worse --yes");
  EXPECT_EQ(refused.status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder.file("worse")));
}

TEST_F(CommandLine, SaysWhichOfTheTwoAnswersAFileHolds) {
  folder.write("log.vkey", crypto::format_vkey(crypto::make_verifier_key(
                               "ledger.example/itmo", crypto::SecretKey::generate().public_key())));
  must(itmo("keygen service.pem"));
  folder.write("refusal", R"({"title":"Refused","status":422,"detail":"ID-1. Another ledger."})");
  const auto refusal = itmo("receipt refusal --vkey log.vkey");
  EXPECT_EQ(refusal.status, 2);
  EXPECT_EQ(refusal.output,
            "itmo: this is a refusal and no receipt: check it with itmo receipt --service-key.\n");
  EXPECT_EQ(itmo("receipt refusal --service-key service.pub.pem").output,
            "DOES NOT HOLD: ID-1. Another ledger.\n");
  folder.write("receipt", R"({"entry":"{}","proof":"c2sp.org/tlog-proof@v1\n"})");
  const auto receipt = itmo("receipt receipt --service-key service.pub.pem");
  EXPECT_EQ(receipt.status, 1);
  EXPECT_EQ(receipt.output,
            "DOES NOT HOLD: this is a receipt and no refusal: check it with --vkey.\n");
}

TEST_F(CommandLine, SaysWhatIsWrongWithACall) {
  EXPECT_EQ(itmo("").status, 2);
  EXPECT_EQ(itmo("show").status, 2);
  const auto unknown = itmo("nonsense");
  EXPECT_EQ(unknown.status, 2);
  EXPECT_THAT(unknown.output, StartsWith("itmo: there is no command nonsense. itmo --help"));
  EXPECT_EQ(itmo("--help").status, 0);
  EXPECT_EQ(itmo("event make --help").status, 0);
  EXPECT_EQ(itmo("rules whatif x").output,
            "itmo: there is no command whatif. itmo rules --help lists those there are.\n");
  EXPECT_EQ(itmo("sign event --kye a.pem --out b").output,
            "itmo: there is no option --kye. itmo sign --help lists those there are.\n")
      << "not that --key is missing, which is why";
  const auto mistyped = shell("'" ITMO_BIN_DIR "/itmo-audit' copy --kye=log.vkey");
  EXPECT_EQ(mistyped.status, 2);
  EXPECT_EQ(mistyped.output,
            "itmo-audit: there is no option --kye. itmo-audit --help lists those there are.\n");
  EXPECT_EQ(itmo("sign event --out b").output,
            "itmo: --key is required. itmo sign --help says what it takes.\n");
  const auto missing = itmo("show no-such-file");
  EXPECT_EQ(missing.status, 2);
  EXPECT_THAT(missing.output, StartsWith("itmo: cannot open no-such-file: No such file"));
  must(itmo("keygen a.pem"));
  const auto nameless = itmo("key a.pub.pem --origin 'a ledger'");
  EXPECT_EQ(nameless.status, 2);
  EXPECT_THAT(nameless.output, StartsWith("itmo: origin is the address of the log without scheme"));
  EXPECT_EQ(itmo("key a.pub.pem --origin ''").status, 2);
  EXPECT_THAT(itmo("get ledger 5 --url http://127.0.0.1:1").output,
              StartsWith("itmo: there is one answer of ledger: leave 5 out."));
  folder.write("trailing", "{}\n");
  EXPECT_THAT(itmo("show trailing").output, HasSubstr("FMT-"));
}

}  // namespace
