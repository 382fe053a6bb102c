// Submissions over HTTP: receipts that verify offline, refusals that are signed, batches in order.
#include <gtest/gtest.h>

#include <sstream>

#include "api/refusal.hpp"
#include "crypto/envelope.hpp"
#include "crypto/hash.hpp"
#include "crypto/pem.hpp"
#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/api/served.hpp"

namespace {

using namespace api_test;  // NOLINT: what this test is made of
namespace story = scene::story;

std::string event_hash(const Act& act) {
  return crypto::to_hex(crypto::sha256(ledger::encode_event(act.event)).view());
}

const Act& opening_act() {
  return scene::setup("opened").acts.front();
}

std::vector<Json> lines_of(const std::string& body) {
  std::vector<Json> lines;
  std::istringstream in(body);
  for (std::string line; std::getline(in, line);) lines.push_back(Json::parse(line));
  return lines;
}

// ---- the opening ----

TEST(Opening, FindsAnEmptyServerWithTheCheckpointOfNothing) {
  Served served;
  const auto checkpoint = crypto::open_checkpoint(served.get("/checkpoint").body, scene_log_key());
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->size, 0u);
  EXPECT_EQ(checkpoint->root, crypto::empty_root());
}

TEST(Opening, IsAdmittedOnlyWhereItFitsTheConfiguration) {
  Served served;
  const auto refused = [&](const std::function<void(ledger::LedgerOpened&, Act&)>& change) {
    Act act = opening_act();
    change(std::get<ledger::LedgerOpened>(act.event.body), act);
    const api::Response response = served.send(act);
    EXPECT_EQ(response.status, 422);
    return json_of(response).value("code", "");
  };
  EXPECT_EQ(refused([](ledger::LedgerOpened& body, Act&) {
              body.log_key = crypto::format_vkey(crypto::make_verifier_key(
                  scene::origin, scene::cast().public_key("another log")));
            }),
            "LOG-6");
  EXPECT_EQ(refused([](ledger::LedgerOpened& body, Act&) {
              body.service_key = scene::cast().public_key("another service");
            }),
            "LOG-6");
  EXPECT_EQ(refused([](ledger::LedgerOpened& body, Act& act) {
              body.operator_.keys = {scene::cast().public_key("another operator")};
              for (std::string& name : act.signers) {
                if (name == "operator") name = "another operator";
              }
            }),
            "LOG-6");
  EXPECT_EQ(served.get("/v1/entries").body, "");
  EXPECT_EQ(served.send(opening_act()).status, 201);
}

// ---- receipts ----

TEST(Receipt, VerifiesOfflineAndIsFoundAgain) {
  Served served;
  const api::Response response = served.send(opening_act());
  ASSERT_EQ(response.status, 201) << response.body;
  EXPECT_EQ(response.field("Location"), "/v1/entries/0");
  const Json receipt = json_of(response);
  EXPECT_EQ(receipt_problem(receipt), "");
  EXPECT_EQ(json_of(served.get("/v1/entries/0")), receipt);
}

TEST(Receipt, OfTheSameEventAgainIsTheFirstOne) {
  Served served;
  served.tell("enrolled");
  const Act act = account_act("XHA-again", "2029-01-01T08:00:00.000Z");
  const api::Response first = served.send(act);
  ASSERT_EQ(first.status, 201) << first.body;
  served.open_accounts(300);  // so that its tile is full by then
  const api::Response again = served.send(act);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(again.field("Location"), first.field("Location"));
  served.stop();
  served.start();
  EXPECT_EQ(served.send(act).body, first.body);
  EXPECT_EQ(receipt_problem(json_of(first)), "");
}

TEST(Receipt, OfOtherBytesWithATakenIdIsARefusal) {
  Served served;
  served.tell("enrolled");
  ASSERT_EQ(served.send(account_act("XHA-one", "2029-01-01T08:00:00.000Z")).status, 201);
  Act other = account_act("XHA-two", "2029-01-01T08:00:00.000Z");
  other.event.id = "open-XHA-one";
  const api::Response response = served.send(other);
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(refusal_problem(json_of(response), "ID-2", event_hash(other)), "");
}

// ---- refusals ----

TEST(Refusal, HasTheFormOfAProblemAndIsSigned) {
  Served served;
  served.tell("enrolled");
  Act act = account_act("XHA-late", "2029-01-01T08:00:00.000Z");
  act.event.expires = story::at("2028-12-31T00:00:00.000Z");
  const api::Response response = served.send(act);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(response.field("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.field("Cache-Control"), "no-store");
  const Json problem = json_of(response);
  EXPECT_EQ(problem["type"], "/v1/clauses#ID-3");
  EXPECT_EQ(problem["status"], 422);
  EXPECT_EQ(problem["statement"],
            "An event is committed no later than the moment at which it expires.");
  const std::string detail = problem["detail"];
  EXPECT_TRUE(detail.starts_with("ID-3. ")) << detail;
  EXPECT_TRUE(detail.ends_with("Nothing was recorded.")) << detail;
  EXPECT_EQ(refusal_problem(problem, "ID-3", event_hash(act)), "");
  const auto refusal = api::decode_refusal(problem["signed"].get<std::string>());
  const auto newest = crypto::open_checkpoint(served.get("/checkpoint").body, scene_log_key());
  EXPECT_EQ(refusal->checkpoint.size, newest->size);
  EXPECT_EQ(refusal->checkpoint.root, newest->root);
}

TEST(Refusal, IsVerifiedByOpensslAlone) {
  Served served;
  const Json problem = json_of(served.send(account_act("XHA-none", "2029-01-01T08:00:00.000Z")));
  const auto& folder = served.folder();
  folder.write("pae", crypto::pae(crypto::refusal_type, problem["signed"].get<std::string>()));
  folder.write("signature", *crypto::from_base64(problem["signature"].get<std::string>()));
  folder.write("service.pem", crypto::format_public_pem(scene::cast().public_key("service")));
  const auto outcome = folder.run(
      "openssl pkeyutl -verify -pubin -inkey service.pem -rawin -in pae -sigfile signature");
  EXPECT_EQ(outcome.status, 0) << outcome.output;
}

TEST(Refusal, OfWhatIsMalformedNamesTheHashOfTheBody) {
  Served served;
  for (const std::string& body :
       {std::string(), std::string("{"), std::string("[]"), std::string("{\"event\":1.5}"),
        submission_of(opening_act()) + "\n", " " + submission_of(opening_act()),
        std::string("\xff\xfe"), std::string(60'000, '[')}) {
    const api::Response response = served.post(body);
    EXPECT_EQ(response.status, 400) << body.substr(0, 50);
    const Json problem = json_of(response);
    const std::string code = problem.value("code", "");
    EXPECT_TRUE(code.starts_with("FMT-")) << code;
    EXPECT_EQ(refusal_problem(problem, code, crypto::to_hex(crypto::sha256(body).view())), "");
  }
}

TEST(Refusal, OfABadSignatureNamesTheEvent) {
  Served served;
  std::string submission = submission_of(opening_act());
  const std::size_t sig = submission.find("\"sig\":\"") + 7;
  submission[sig + 10] = submission[sig + 10] == 'A' ? 'B' : 'A';
  const api::Response response = served.post(submission);
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(refusal_problem(json_of(response), "SIG-3", event_hash(opening_act())), "");
}

TEST(Refusal, OfTooLongABodyIsOfHttp) {
  Served served;
  const api::Response response = served.post(std::string(70'000, ' '));
  EXPECT_EQ(response.status, 413);
  EXPECT_EQ(json_of(response)["status"], 413);
}

TEST(Refusal, OfATimeInAnOrdinaryLedger) {
  Served served;
  Act act = opening_act();
  std::get<ledger::LedgerOpened>(act.event.body).mode = ledger::LedgerOpened::Mode::ordinary;
  std::get<ledger::LedgerOpened>(act.event.body).migration.reset();
  act.event.expires = ledger::plus_days(api::now(), 30);
  EXPECT_EQ(json_of(served.post(submission_of(act, true))).value("code", ""), "LOG-5");
  const api::Response admitted = served.post(submission_of(act, false));
  EXPECT_EQ(admitted.status, 201) << admitted.body;
  EXPECT_FALSE(json_of(admitted).contains("demonstration"));
  EXPECT_FALSE(admitted.field("Itmo-Demonstration"));
}

// ---- demonstration ----

TEST(Demonstration, IsSaidInEveryAnswer) {
  Served served;
  served.tell("transferred");
  const std::string mark = "DEMONSTRATION – not a record of any government";
  for (const char* target :
       {"/v1/entries/0", "/v1/accounts/XBA-FUND-XBA", "/v1/parties/XHA", "/v1/clauses",
        "/v1/authorizations/XHA-AUT-1", "/v1/approaches/XHA-XBA",
        "/v1/units/CA9901-XHA99-XHA-1-2026", "/nothing", "/v1/accounts/NOBODY"}) {
    const api::Response response = served.get(target);
    EXPECT_EQ(json_of(response).value("demonstration", ""), mark) << target;
    EXPECT_TRUE(response.field("Itmo-Demonstration")) << target;
  }
  for (const char* target : {"/checkpoint", "/tile/0/000.p/1", "/v1/entries", "/livez"}) {
    EXPECT_TRUE(served.get(target).field("Itmo-Demonstration")) << target;
  }
  EXPECT_EQ(json_of(served.post("{")).value("demonstration", ""), mark);
  EXPECT_EQ(lines_of(served.post_batch("{").body)[0].value("demonstration", ""), mark);
}

// ---- batches ----

TEST(Batch, AnswersEachLineInOrder) {
  Served served;
  served.tell("enrolled");
  const Act first = account_act("XHA-1", "2029-01-01T08:00:00.000Z");
  const Act second = account_act("XHA-2", "2029-01-01T08:00:00.000Z");
  Act refused = account_act("XHA-3", "2029-01-01T08:00:00.000Z");
  refused.signers = {"XHA"};
  const api::Response response =
      served.post_batch(submission_of(first) + "\n" + submission_of(first) + "\n\nnothing\n" +
                        submission_of(refused) + "\n" + submission_of(second));
  ASSERT_EQ(response.status, 200);
  const std::vector<Json> lines = lines_of(response.body);
  ASSERT_EQ(lines.size(), 6u);
  const std::vector<int> statuses = {201, 200, 400, 400, 422, 201};
  for (std::size_t i = 0; i < lines.size(); ++i) EXPECT_EQ(lines[i]["status"], statuses[i]) << i;
  EXPECT_EQ(lines[0]["seq"], lines[1]["seq"]);
  EXPECT_EQ(lines[0]["proof"], lines[1]["proof"]);
  EXPECT_EQ(lines[5]["seq"], lines[0]["seq"].get<int>() + 1);
  for (const std::size_t i : {0u, 1u, 5u}) EXPECT_EQ(receipt_problem(lines[i]), "");
  EXPECT_EQ(refusal_problem(lines[4], lines[4]["code"], event_hash(refused)), "");
}

TEST(Batch, LetsALineRestOnTheOneBefore) {
  Served served;
  std::string lines;
  for (const Act& act : scene::setup("opened").acts) lines += submission_of(act) + "\n";
  for (const Act& act : scene::setup("enrolled").acts) lines += submission_of(act) + "\n";
  for (const Json& line : lines_of(served.post_batch(lines).body)) {
    EXPECT_EQ(line["status"], 201) << line;
  }
}

TEST(Batch, HasALimitOfLinesAndIsNotEmpty) {
  Served served([](api::Config& config) { config.batch_lines = 3; });
  EXPECT_EQ(served.post_batch("").status, 400);
  EXPECT_EQ(served.post_batch("a\nb\nc\n").status, 200);
  const api::Response refused = served.post_batch("a\nb\nc\nd\n");
  EXPECT_EQ(refused.status, 413);
  EXPECT_NE(refused.body.find("at most 3 lines"), std::string::npos) << refused.body;
}

TEST(Batch, ThatFindsNoRoomIsToldToComeBack) {
  Served served([](api::Config& config) {
    config.commit.waiting = 2;
    config.batch_lines = 100;
  });
  const api::Response refused = served.post_batch("a\nb\nc\n");
  EXPECT_EQ(refused.status, 503);
  EXPECT_EQ(refused.field("Retry-After"), "1");
  EXPECT_EQ(json_of(refused)["code"], "LOG-8");
}

}  // namespace
