// Every word of the AEF's cells, in both profiles.
#include <gtest/gtest.h>

#include "replay/aef_words.hpp"
#include "tests/support/scene.hpp"

namespace replay_test {
namespace {

using namespace replay::aef;
using ledger::Act;
using ledger::Purpose;
using replay::AefProfile;
using Until = ledger::AuthorizationGranted::ChangeTerms::Until;

constexpr AefProfile checker = AefProfile::carp_checker;
constexpr AefProfile codes = AefProfile::nomenclature_2026;

TEST(AefWords, OfTypes) {
  const std::pair<ActionType, const char*> words[] = {
      {ActionType::first_transfer, "First transfer"},
      {ActionType::transfer, "Transfer"},
      {ActionType::acquisition, "Acquisition"},
      {ActionType::use, "Use"},
      {ActionType::cancellation, "Cancellation"}};
  for (const auto& [type, word] : words) {
    EXPECT_EQ(word_of(type, checker), word);
    EXPECT_EQ(word_of(type, codes), word);
  }
  EXPECT_EQ(word_of(ActionType::voluntary_cancellation, checker), "Cancellation");
  EXPECT_EQ(word_of(ActionType::voluntary_cancellation, codes), "Voluntary Cancellation");
}

TEST(AefWords, OfSubtypes) {
  const std::pair<Subtype, const char*> words[] = {
      {Subtype::none, "NA"},
      {Subtype::to_another_party, "First transfer to another Party"},
      {Subtype::authorization, "Authorization"},
      {Subtype::issuance, "Issuance"},
      {Subtype::use_or_cancellation, "Use or cancellation"},
      {Subtype::mandatory_omge, "Mandatory cancellation to deliver OMGE"},
      {Subtype::voluntary_omge, "Voluntary cancellation to deliver OMGE"},
      {Subtype::other_cancellations, "Other cancellations"},
      {Subtype::not_yet_defined, "Not yet defined"}};
  for (const auto& [subtype, word] : words) EXPECT_EQ(word_of(subtype), word);
}

TEST(AefWords, OfMetricsMitigationAndDefinitions) {
  for (const AefProfile profile : {checker, codes}) {
    EXPECT_EQ(metric_word("GHG", profile, false), "GHG");
    EXPECT_EQ(metric_word("GHG", profile, true), "GHG");
    EXPECT_EQ(metric_word("MWh", profile, true), "non-GHG");
    EXPECT_EQ(word_of(ledger::Definition::issuance, profile), "Issuance");
  }
  EXPECT_EQ(metric_word("MWh", checker, false), "non-GHG");
  EXPECT_EQ(metric_word("MWh", codes, false), "Non-GHG");
  EXPECT_EQ(word_of(ledger::Mitigation::reductions), "Emission reductions");
  EXPECT_EQ(word_of(ledger::Mitigation::removals), "Removals");
  EXPECT_EQ(word_of(ledger::Definition::authorization, checker), "Authorization");
  EXPECT_EQ(word_of(ledger::Definition::authorization, codes), "Authorisation");
  EXPECT_EQ(word_of(ledger::Definition::use_or_cancellation, checker), "Use of cancellation");
  EXPECT_EQ(word_of(ledger::Definition::use_or_cancellation, codes), "Use or Cancellation");
}

TEST(AefWords, OfPurposes) {
  const std::pair<std::vector<Purpose>, const char*> words[] = {
      {{Purpose::ndc}, "NDC"},
      {{Purpose::imp}, "IMP"},
      {{Purpose::op}, "OP"},
      {{Purpose::imp, Purpose::op}, "OIMP"},
      {{Purpose::ndc, Purpose::imp}, "NDC and IMP"},
      {{Purpose::ndc, Purpose::op}, "NDC and OP"},
      {{Purpose::ndc, Purpose::imp, Purpose::op}, "NDC and OIMP"}};
  for (const auto& [purposes, word] : words) EXPECT_EQ(purposes_word(purposes), word);
}

TEST(AefWords, OfTermsOfChange) {
  const std::pair<ledger::Terms::Change, const char*> words[] = {
      {{Until::never, {"XBA"}, 30}, "Never changes."},
      {{Until::issuance, {}, 0}, "Changes until issuance."},
      {{Until::first_transfer, {}, 0}, "Changes until first transfer."},
      {{Until::first_transfer, {"XBA"}, 0},
       "Changes until first transfer, with the consent of XBA."},
      {{Until::first_transfer, {"XBA", "XCA", "XHA"}, 0},
       "Changes until first transfer, with the consent of XBA, XCA and XHA."},
      {{Until::issuance, {}, 1}, "Changes until issuance, with 1 day's notice."},
      {{Until::issuance, {"XBA", "XHA"}, 90},
       "Changes until issuance, with the consent of XBA and XHA and 90 days' notice."}};
  for (const auto& [change, word] : words) EXPECT_EQ(change_terms(change), word);
}

TEST(AefWords, OfWhatAnEntityMayDo) {
  EXPECT_EQ(may({Act::transfer}), "May transfer.");
  EXPECT_EQ(may({Act::acquire, Act::use}), "May acquire and use.");
  EXPECT_EQ(may({Act::transfer, Act::acquire, Act::use}), "May transfer, acquire and use.");
}

TEST(AefWords, OfTimeframes) {
  replay::AuthorizationVersion version;
  version.terms.vintage_from = 2026;
  version.terms.vintage_to = 2030;
  version.effective = test_support::scene::story::at("2027-02-09T10:00:00.000Z");
  EXPECT_EQ(timeframe(version, checker), "Occurred: from 2026 to 2030");
  EXPECT_EQ(timeframe(version, codes), "2026 - 2030");
  version.terms.use_until = test_support::scene::story::on("2031-12-30");
  EXPECT_EQ(timeframe(version, checker),
            "Occurred: from 2026 to 2030. Use: from 09/02/2027 to 30/12/2031");
  EXPECT_EQ(timeframe(version, codes), "2026 - 2030");
}

TEST(AefWords, OfSteps) {
  using Sort = replay::AuthorizationStep::Sort;
  EXPECT_EQ(word_of(Sort::version), "Stated on");
  EXPECT_EQ(word_of(Sort::notice_of_change), "Notice of a change given on");
  EXPECT_EQ(word_of(Sort::notice_of_revocation), "Notice of revocation given on");
  EXPECT_EQ(word_of(Sort::revocation), "Revoked on");
}

TEST(AefWords, OfParties) {
  EXPECT_EQ(party_name("AFG"), "Afghanistan");
  EXPECT_EQ(party_name("GHA"), "Ghana");
  EXPECT_EQ(party_name("VUT"), "Vanuatu");
  EXPECT_EQ(party_name("ZWE"), "Zimbabwe");
  EXPECT_FALSE(party_name("XHA"));
  EXPECT_FALSE(party_name("ZZZ"));
  EXPECT_FALSE(party_name(""));
  EXPECT_EQ(join({"a", "b", "c"}, " + "), "a + b + c");
  EXPECT_EQ(join({}, ", "), "");
}

TEST(AefWords, OfProfilesAndVersions) {
  for (const AefProfile profile : {checker, codes}) {
    EXPECT_EQ(replay::parse_aef_profile(replay::name_of(profile)), profile);
  }
  EXPECT_EQ(replay::name_of(checker), "carp-checker");
  EXPECT_EQ(replay::name_of(codes), "nomenclature-2026");
  EXPECT_FALSE(replay::parse_aef_profile("carp"));
  for (const char* good : {"1.0", "1.10", "12.3", "123456789.123456789"}) {
    EXPECT_TRUE(replay::is_aef_version(good)) << good;
  }
  for (const char* bad : {"", "1", "1.", ".1", "0.1", "01.0", "1.x", "x.1", "1.0.0", "1234567890.0",
                          "1.1234567890"}) {
    EXPECT_FALSE(replay::is_aef_version(bad)) << bad;
  }
}

}  // namespace
}  // namespace replay_test
