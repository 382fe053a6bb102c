// Documents over HTTP: what the log names, and the files of those that may be read.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "api/document_store.hpp"
#include "crypto/hash.hpp"
#include "crypto/text.hpp"
#include "tests/api/raw_client.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
using ledger::DocumentDisclosed;
using replay::PublicFile;
using testing::HasSubstr;

std::string hex(const crypto::Hash& hash) {
  return crypto::to_hex(hash.view());
}

PublicFile file_of(std::string_view bytes) {
  return {crypto::sha256(bytes), static_cast<std::int64_t>(bytes.size())};
}

// A ledger with an agreement of which a redacted version may be read, and a place for files.
struct Documents : testing::Test {
  Documents() : served([this](api::Config& config) { config.documents = folder.file("public"); }) {}
  void SetUp() override {
    served.tell("enrolled");
    ledger::ApproachEstablished body = scene::withheld_agreement();
    body.agreement.sha256 = file_of(whole).sha256;
    body.agreement.size = file_of(whole).size;
    body.agreement.media = "application/pdf";
    body.agreement.access = ledger::Access::redacted;
    body.agreement.redacted_copy =
        ledger::Document::Copy{file_of(redacted).sha256, file_of(redacted).size};
    send(body, "2026-12-10T09:00:00.000Z");
    named = entry;
  }
  void send(ledger::Body body, std::string_view time) {
    const api::Response answer = served.send(scene::act(
        "doc-" + std::to_string(++sent), scene::story::at(time), std::move(body), scene::both()));
    ASSERT_EQ(answer.status, 201) << answer.body;
    entry = json_of(answer)["seq"];
  }
  void put(std::string_view bytes) {
    const api::DocumentStore store(served.config().documents);
    ASSERT_TRUE(store.put_bytes(bytes, file_of(bytes)));
  }
  api::Response get(std::string_view bytes) {
    return served.get("/v1/documents/" + hex(file_of(bytes).sha256));
  }
  void disclose(DocumentDisclosed::How how, std::string_view time) {
    DocumentDisclosed body = scene::disclosure(named, how);
    body.sha256 = file_of(whole).sha256;
    send(body, time);
  }
  Json agreement(const std::string& query = "?limit=1000") {
    const Json documents = served.get_json("/v1/documents" + query)["documents"];
    return documents.back();
  }

  const std::string whole = std::string(300'000, 'w');  // more than a piece
  const std::string redacted = std::string(200'000, 'r') + "end";
  test_support::ScratchFolder folder;
  Served served;
  int sent = 0;
  ledger::Seq entry = 0;
  ledger::Seq named = 0;  // the entry of the agreement
};

TEST_F(Documents, AreListedAsTheLogNamesThem) {
  const Json document = agreement();
  EXPECT_EQ(document["entry"], named);
  EXPECT_EQ(document["type"], "approach.established");
  EXPECT_EQ(document["by"], (Json{"XHA", "XBA"}));
  EXPECT_EQ(document["access"], "redacted");
  EXPECT_EQ(document["basis"], "Commercial terms (synthetic)");
  EXPECT_EQ(document["decided_by"], "Ministry (synthetic)");
  EXPECT_EQ(document["since"], "2026-12-01");
  EXPECT_EQ(document["public"]["sha256"], hex(file_of(redacted).sha256));
  EXPECT_EQ(document["public"]["here"], false);
  put(redacted);
  EXPECT_EQ(agreement()["public"]["here"], true);
}

TEST_F(Documents, ServeTheFileThatMayBeReadAndNoOther) {
  EXPECT_EQ(get(redacted).status, 404);
  EXPECT_THAT(get(redacted).body, HasSubstr("not kept here"));
  put(redacted);
  put(whole);  // by mistake
  const api::Response file = get(redacted);
  ASSERT_EQ(file.status, 200) << file.body;
  EXPECT_EQ(file.body, redacted);
  EXPECT_EQ(file.field("Content-Type"), "application/pdf");
  EXPECT_EQ(file.field("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(file.field("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(file.field("ETag"), '"' + hex(file_of(redacted).sha256) + '"');
  EXPECT_THAT(std::string(*file.field("Content-Security-Policy")), HasSubstr("sandbox"));
  EXPECT_EQ(file.field("Content-Disposition"),
            "attachment; filename=\"" + hex(file_of(redacted).sha256) + ".pdf\"");
  const api::Response kept = get(whole);
  EXPECT_EQ(kept.status, 404) << "it lies there, and the log withholds it";
  EXPECT_THAT(kept.body, HasSubstr("Commercial terms (synthetic)"));
  EXPECT_THAT(kept.body, HasSubstr(hex(file_of(redacted).sha256)));
}

TEST_F(Documents, AreServedOnceTheyAreDisclosed) {
  put(whole);
  disclose(DocumentDisclosed::How::published, "2026-12-11T09:00:00.000Z");
  const api::Response file = get(whole);
  EXPECT_EQ(file.status, 200);
  EXPECT_EQ(file.body, whole);
  disclose(DocumentDisclosed::How::opened, "2026-12-11T10:00:00.000Z");
  const Json document = agreement();
  EXPECT_EQ(document["access"], "public");
  EXPECT_EQ(document["title"]["value"], "Title of agreement");
  ASSERT_EQ(document["disclosures"].size(), 2U);
  EXPECT_EQ(document["disclosures"][0]["how"], "public");
  EXPECT_EQ(document["disclosures"][0]["disclosed_by"], named + 1);
  const Json before = agreement("?limit=1000&at=" + std::to_string(named));
  EXPECT_EQ(before["access"], "redacted");
  EXPECT_FALSE(before["title"].contains("value"));
  served.make_views_again();
  EXPECT_EQ(agreement(), document);
}

TEST_F(Documents, ADestroyedSaltIsToldOfItsTitle) {
  disclose(DocumentDisclosed::How::destroyed, "2026-12-11T09:00:00.000Z");
  EXPECT_EQ(agreement()["title"]["destroyed"], true);
}

TEST_F(Documents, ComeInPages) {
  const Json all = served.get_json("/v1/documents?limit=1000");
  EXPECT_FALSE(all.contains("next"));
  Json collected = Json::array();
  std::string target = "/v1/documents?limit=1";
  while (!target.empty()) {
    const Json page = served.get_json(target);
    ASSERT_EQ(page["documents"].size(), 1U);
    collected.push_back(page["documents"][0]);
    target = page.contains("next") ? "/v1/documents?limit=1&from=" + page["next"].dump() : "";
  }
  EXPECT_EQ(collected, all["documents"]);
}

TEST_F(Documents, AFileThatIsNotWhatTheLogSaysIsNotServed) {
  put(redacted);
  const auto path =
      std::filesystem::path(served.config().documents) / hex(file_of(redacted).sha256);
  std::ofstream(path, std::ios::app) << "more";
  EXPECT_EQ(get(redacted).status, 404);
  std::filesystem::remove(path);
  std::filesystem::create_symlink("/etc/hostname", path);
  EXPECT_EQ(get(redacted).status, 404) << "a link is not followed";
}

TEST_F(Documents, AreNamedByAHashAndByNothingElse) {
  EXPECT_EQ(served.get("/v1/documents/agreement.pdf").status, 400);
  EXPECT_EQ(served.get("/v1/documents/" + std::string(64, 'A')).status, 400);
  EXPECT_EQ(served.get("/v1/documents/" + std::string(64, 'a')).status, 404);
  EXPECT_EQ(served.get("/v1/documents/..%2fkeys").status, 400);
  EXPECT_EQ(served.get("/v1/documents?from=x").status, 400);
}

TEST(DocumentStore, PutsAFileWholeOrNotAtAll) {
  const test_support::ScratchFolder folder;
  const api::DocumentStore store(folder.file("public"));
  const std::string bytes(100'000, 'x');
  folder.write("letter.pdf", bytes);
  PublicFile wanted = file_of(bytes);
  EXPECT_EQ(api::hash_file(folder.file("letter.pdf")).value(), wanted);
  wanted.size += 1;
  const auto refused = store.put(folder.file("letter.pdf"), wanted);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error(), HasSubstr("It is another file"));
  EXPECT_TRUE(std::filesystem::is_empty(folder.file("public"))) << "nothing half is left";
  EXPECT_FALSE(store.has(wanted));
  ASSERT_TRUE(store.put(folder.file("letter.pdf"), file_of(bytes)));
  EXPECT_TRUE(store.has(file_of(bytes)));
  EXPECT_EQ(store.piece(file_of(bytes).sha256, 65'536).size(), 100'000U - 65'536U);
  EXPECT_EQ(store.piece(file_of(bytes).sha256, 100'000), "");
}

TEST(DocumentStore, WithoutADirectoryFindsNothing) {
  EXPECT_FALSE(api::DocumentStore({}).has(file_of("x")));
  EXPECT_FALSE(api::DocumentStore({}).is_kept());
}

}  // namespace
