// Documents that events name: none is forgotten, and a title is told by its salt alone.
#include "ledger/documents.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "crypto/text.hpp"
#include "ledger/codec.hpp"
#include "tests/support/ledger_builder.hpp"
#include "tests/support/sample_events.hpp"

namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace scene = test_support::scene;
using json = nlohmann::json;
using How = DocumentDisclosed::How;

// Objects that are documents by their members, wherever in the text.
std::size_t documents_in(const json& value) {
  std::size_t count = value.is_object() && value.contains("sha256") && value.contains("media");
  if (value.is_structured()) {
    for (const json& member : value) count += documents_in(member);
  }
  return count;
}

// The text of an event and its effects come to the same number of documents.
TEST(Documents, EveryOneThatAnEventNamesIsKept) {
  std::size_t seen = 0;
  for (const scene::Setup& setup : scene::setups()) {
    test_support::LedgerBuilder ledger = test_support::LedgerBuilder::after(setup.after);
    for (const scene::story::Act& act : setup.acts) {
      const std::size_t before = ledger.state().documents.size();
      ASSERT_TRUE(ledger.send(act).admitted()) << act.event.id;
      const std::size_t named = documents_in(json::parse(encode_event(act.event)));
      EXPECT_EQ(ledger.state().documents.size() - before, named) << act.event.id;
      seen += named;
    }
  }
  EXPECT_GT(seen, 20U);
}

TEST(Documents, AreFoundByEntryAndHash) {
  test_support::LedgerBuilder ledger = test_support::LedgerBuilder::after("enrolled");
  ledger.given(scene::withheld_agreement(), scene::both());
  const Seq entry = ledger.machine().size() - 1;
  const crypto::Hash hash = scene::withheld_agreement().agreement.sha256;
  const auto index = document_of(ledger.state(), entry, hash);
  ASSERT_TRUE(index);
  const NamedDocument& document = ledger.state().documents[*index];
  EXPECT_EQ(document.access, Access::confidential);
  EXPECT_EQ(ledger.state().participants[document.by].id, "XHA");
  ASSERT_TRUE(document.and_by);
  EXPECT_EQ(ledger.state().participants[*document.and_by].id, "XBA");
  EXPECT_FALSE(document_of(ledger.state(), entry - 1, hash));
  EXPECT_FALSE(document_of(ledger.state(), entry, {}));
}

// The example of spec/events.md.
TEST(Documents, ATitleIsCommittedToBySaltAndValue) {
  EXPECT_EQ(crypto::to_hex(commitment_of({{}, "Letter"}).view()),
            "219e93c6e5a65040fe517c54d65826dd5ab2d57904d01d26a2f7bf0f037047cb");
}

TEST(Documents, OfAFindingAreThePartysThatSignedIt) {
  test_support::LedgerBuilder ledger = test_support::LedgerBuilder::after("used");
  ledger.given(scene::finding("F-1", {{2'001, 3'000}}), {"XHA-CMO"});
  EXPECT_EQ(ledger.state().participants[ledger.state().documents.back().by].id, "XHA");
  ledger.given(scene::resolution("F-1"), {"XBA"});
  EXPECT_EQ(ledger.state().participants[ledger.state().documents.back().by].id, "XBA");
}

TEST(Documents, ADisclosureChangesWhatItSays) {
  test_support::LedgerBuilder ledger = test_support::LedgerBuilder::after("enrolled");
  ledger.given(scene::withheld_agreement(), scene::both());
  const Seq entry = ledger.machine().size() - 1;
  const auto document = [&]() -> const NamedDocument& { return ledger.state().documents.back(); };
  ledger.given(scene::disclosure(entry, How::redacted), scene::both());
  EXPECT_EQ(document().access, Access::redacted);
  ledger.given(scene::disclosure(entry, How::opened), scene::both());
  EXPECT_TRUE(document().opened);
  ledger.given(scene::disclosure(entry, How::published), scene::both());
  EXPECT_EQ(document().access, Access::open);
  EXPECT_FALSE(document().destroyed);
}

// The root of every size at the end of a day is kept, and of no other.
TEST(Documents, RootsAreKeptOfTheEndsOfDays) {
  Machine machine;
  std::map<Seq, crypto::Hash> ends;
  for (const char* name : {"opened", "enrolled"}) {
    for (const scene::story::Act& act : scene::setup(name).acts) {
      const bool next_day = machine.size() > 0 && date_of(act.time) != date_of(machine.time());
      if (next_day) ends[machine.size()] = machine.tree().root;
      const auto answer =
          test_support::submit(machine, scene::story::submission_of(act, scene::cast(), true));
      ASSERT_TRUE(answer.admitted()) << answer;
    }
  }
  EXPECT_EQ(machine.state().day_ends, ends);
  EXPECT_EQ(ends.size(), 1U);
  EXPECT_GT(machine.size(), 2U);
}

}  // namespace
