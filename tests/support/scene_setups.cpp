#include <algorithm>

#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "tests/support/scene.hpp"

// The setups of scene.hpp, act by act.
namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

story::Act act(const std::string& id, Timestamp time, Body body, Signers signers) {
  story::Act out;
  out.time = time;
  out.event.ledger = origin;
  out.event.id = id;
  out.event.date = date_of(time);
  out.event.body = std::move(body);
  if (signers.size() > 1) out.event.expires = plus_days(time, 30);
  out.signers = std::move(signers);
  return out;
}

namespace {

// One setup, written act by act.
class Beginning {
 public:
  Beginning(std::string name, std::string after, std::string about)
      : setup_{std::move(name), std::move(after), std::move(about), {}} {}

  Beginning& add(std::string_view time, Body body, Signers signers) {
    const std::string id = setup_.name + "-" + std::to_string(setup_.acts.size() + 1);
    setup_.acts.push_back(act(id, story::at(time), std::move(body), std::move(signers)));
    return *this;
  }
  [[nodiscard]] Setup done() { return std::move(setup_); }

 private:
  Setup setup_;
};

Setup opened() {
  return Beginning("opened", "", "Three Parties open the ledger; XCA acts with two keys")
      .add("2026-11-23T08:00:00.000Z", opening(), {"operator", "XBA", "XCA", "XCA-2", "XHA"})
      .done();
}

ParticipantAdmitted buying_entity() {
  ParticipantAdmitted body = newcomer("XBA-FUND", "XBA");
  body.keyset.recovery = Recovery{keys_of({"XBA-FUND-R1", "XBA-FUND-R2", "XBA-FUND-R3"}), 2, 7};
  return body;
}

Setup enrolled() {
  return Beginning("enrolled", "opened",
                   "Entities, XHA's secretariat, accounts and the NDCs of 2026 to 2029")
      .add("2026-12-01T08:00:00.000Z", buying_entity(),
           {"XBA", "XBA-FUND", "XBA-FUND-R1", "XBA-FUND-R2", "XBA-FUND-R3"})
      .add("2026-12-01T08:05:00.000Z", newcomer("XHA-CMO", "XHA"), {"XHA", "XHA-CMO"})
      .add("2026-12-01T08:10:00.000Z", secretariat(), {"XHA"})
      .add("2026-12-01T08:15:00.000Z", newcomer("XHA-OTHER", "XHA"), {"XHA-CMO", "XHA-OTHER"})
      .add("2026-12-01T08:20:00.000Z", newcomer("AF", "XCA"), {"XCA", "XCA-2", "AF"})
      .add("2026-12-01T09:00:00.000Z", story::account("XBA-FUND-XHA", "XBA-FUND", "XHA99"),
           {"XHA-CMO", "XBA-FUND"})
      .add("2026-12-01T09:05:00.000Z", story::account("XBA-FUND-XBA", "XBA-FUND", "XBA99"),
           {"XBA", "XBA-FUND"})
      .add("2026-12-01T09:10:00.000Z",
           story::account("XHA-SHARE", "XHA", "XHA99", AccountKind::national_share),
           {"XHA-CMO", "XHA"})
      .add("2026-12-01T09:15:00.000Z",
           story::account("XBA-SHARE", "XBA", "XBA99", AccountKind::national_share), {"XBA"})
      .add("2026-12-01T09:20:00.000Z", story::account("XHA-OTHER-XHA", "XHA-OTHER", "XHA99"),
           {"XHA-CMO", "XHA-OTHER"})
      .add("2026-12-01T09:25:00.000Z", story::account("AF-ACC", "AF", "XCA99", AccountKind::fund),
           {"XCA", "AF"})
      .add("2026-12-01T10:00:00.000Z", story::ndc("XHA", 2026, 2029), {"XHA"})
      .add("2026-12-01T10:05:00.000Z", story::ndc("XBA", 2026, 2028), {"XBA"})
      .done();
}

Setup agreed_by(const std::string& name, const std::string& about, const ApproachRules& body) {
  return Beginning(name, "enrolled", about)
      .add("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), both())
      .add("2026-12-10T09:05:00.000Z", story::approach("XHA-XCA", "XHA", "XCA"), {"XHA", "XCA"})
      .add("2026-12-11T09:00:00.000Z", body, both())
      .done();
}

Setup authorized_after(const std::string& name, const std::string& after, const std::string& about,
                       const AuthorizationGranted& host, const AuthorizationGranted& buyer) {
  return Beginning(name, after, about)
      .add("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .add("2027-01-25T10:00:00.000Z", buyer, {"XBA"})
      .done();
}

Setup issued_after(const std::string& name, const std::string& after) {
  return Beginning(name, after, "XHA issues 15,000 units: 9,000 of 2026, 6,000 of 2027")
      .add("2028-06-01T09:30:00.000Z", issuance(), seller())
      .done();
}

// What is kept for an event, what is frozen, and an account that is.
Setup locked() {
  UnitsLocked account = freeze("LOCK-3", {});
  account.account = "XHA-SHARE";
  return Beginning("locked", "settled",
                   "Units 1 to 1,000 are reserved, 1,001 to 2,000 frozen, XHA's share as a whole")
      .add("2028-11-20T10:00:00.000Z", reservation("LOCK-1", {{1, 1'000}}, crypto::sha256("draft")),
           {"XBA-FUND"})
      .add("2028-11-20T10:05:00.000Z", freeze("LOCK-2", {{1'001, 2'000}}), {"XHA"})
      .add("2028-11-20T10:10:00.000Z", account, {"XHA"})
      .done();
}

// A cancellation for OMGE at issuance of all 15,000, per vintage.
ProceedsDeducted settlement_at_issuance() {
  ProceedsDeducted body = settlement();
  body.moment = Moment::issuance;
  body.gross = units({{1, 15'000}});
  body.quantity = 15'000;
  body.taken = {taken("first", 2026, 8'821, 9'000), taken("first", 2027, 14'881, 15'000)};
  return body;
}

ProceedsDeducted settlement_to_the_fund() {
  ProceedsDeducted body = settlement();
  body.gross = units({{1, 2'000}});
  body.quantity = 2'000;
  body.taken = {taken("second", 2026, 1'901, 2'000, "AF-ACC")};
  return body;
}

void add_the_cycle(std::vector<Setup>& all) {
  all.push_back(
      Beginning("agreed_cycle", "enrolled",
                "Rules that ask for the whole cycle; a developer and two verifiers")
          .add("2026-12-10T09:00:00.000Z", story::approach("XHA-XBA", "XHA", "XBA"), both())
          .add("2026-12-10T09:05:00.000Z", story::approach("XHA-XCA", "XHA", "XCA"), {"XHA", "XCA"})
          .add("2026-12-11T09:00:00.000Z", rules_of_the_cycle(), both())
          .add("2026-12-12T08:00:00.000Z", newcomer("XHA-DEV", "XHA"), {"XHA-CMO", "XHA-DEV"})
          .add("2026-12-12T08:05:00.000Z", newcomer("VERIFIER-1", "XCA"),
               {"XCA", "XCA-2", "VERIFIER-1"})
          .add("2026-12-12T08:10:00.000Z", newcomer("VERIFIER-2", "XCA"),
               {"XCA", "XCA-2", "VERIFIER-2"})
          .add("2026-12-12T08:15:00.000Z", developer("XHA-DEV"), {"XHA"})
          .add("2026-12-12T08:20:00.000Z", verifier("VERIFIER-1"), both())
          .add("2026-12-12T08:25:00.000Z", verifier("VERIFIER-2"), both())
          .done());
  all.push_back(Beginning("proposed", "agreed_cycle", "An idea that XHA approved")
                    .add("2026-12-14T09:00:00.000Z", proposal(), {"XHA-DEV"})
                    .add("2026-12-20T09:00:00.000Z", review(Stage::idea, "XHA"), {"XHA-CMO"})
                    .done());
  all.push_back(Beginning("designed", "proposed", "Both Parties authorize; a design is submitted")
                    .add("2027-01-10T10:00:00.000Z", host_grant(), {"XHA"})
                    .add("2027-01-15T10:00:00.000Z", design(), {"XHA-DEV"})
                    .add("2027-01-25T10:00:00.000Z", buyer_grant(), {"XBA"})
                    .done());
  all.push_back(
      Beginning("validated", "designed", "The design is validated and approved by both Parties")
          .add("2027-02-01T09:00:00.000Z", validation(), {"VERIFIER-1"})
          .add("2027-02-05T09:00:00.000Z", review(Stage::validation, "XHA"), {"XHA-CMO"})
          .add("2027-02-08T09:00:00.000Z", review(Stage::validation, "XBA"), {"XBA"})
          .done());
  all.push_back(Beginning("registered", "validated", "XHA registers the activity")
                    .add("2027-03-01T09:00:00.000Z", registration(), {"XHA-CMO"})
                    .done());
  all.push_back(Beginning("verified", "registered", "The outcomes of 2026 and 2027 are verified")
                    .add("2028-02-01T09:00:00.000Z", monitoring(), {"XHA-DEV"})
                    .add("2028-04-01T09:00:00.000Z", verification(), {"VERIFIER-2"})
                    .done());
  all.push_back(
      Beginning("certified", "verified", "Both Parties approve the verification")
          .add("2028-04-10T09:00:00.000Z", review(Stage::verification, "XHA"), {"XHA-CMO"})
          .add("2028-04-20T09:00:00.000Z", review(Stage::verification, "XBA"), {"XBA"})
          .done());
  all.push_back(Beginning("issued_cycle", "certified", "XHA issues 10,000 of the 15,000 verified")
                    .add(
                        "2028-06-01T09:30:00.000Z",
                        [] {
                          UnitsIssued part = verified_issuance();
                          part.lots = {{1, 6'000, 2026, {}}, {6'001, 10'000, 2027, {}}};
                          part.quantity = 10'000;
                          return part;
                        }(),
                        seller())
                    .done());
}

Setup removed() {
  return Beginning("removed", "agreed_oimp",
                   "15,000 removals of 2026 are issued, 14,001 to 15,000 stand in XHA's buffer; "
                   "XCA-VVB verifies")
      .add("2026-12-14T09:00:00.000Z", newcomer("XCA-VVB", "XCA"), {"XCA", "XCA-2", "XCA-VVB"})
      .add("2026-12-14T09:05:00.000Z", verifier("XCA-VVB"), both())
      .add("2026-12-14T09:10:00.000Z",
           story::account("XHA-BUFFER", "XHA", "XHA99", AccountKind::buffer), {"XHA-CMO", "XHA"})
      .add("2027-01-10T10:00:00.000Z", removal_grant(), {"XHA"})
      .add("2027-01-25T10:00:00.000Z", buyer_grant(), {"XBA"})
      .add("2028-06-01T09:30:00.000Z", removal_issuance(15'000), seller())
      .add("2028-11-20T10:00:00.000Z", to_buffer({{14'001, 15'000}}), {"XBA-FUND", "XHA-CMO"})
      .done();
}

// XHA-AUT-1 is for NDC use alone, XHA-AUT-2 for every purpose, and issuance is the host's first
// transfer for those.
void add_where_attaching_transfers(std::vector<Setup>& all) {
  ApproachRules adopted = rules_for_oimp();
  adopted.first_transfer = {{"XHA", Definition::issuance}};
  all.push_back(agreed_by("agreed_defined",
                          "The same approach without deductions; issuance is the first transfer "
                          "for OIMP",
                          adopted));
  all.push_back(authorized_after("authorized_defined", "agreed_defined",
                                 "Both Parties authorize NDC use", host_grant(), buyer_grant()));
  all.push_back(Beginning("issued_defined", "authorized_defined",
                          "XHA issues 15,000 units, and authorizes IMP and OP too by XHA-AUT-2")
                    .add("2028-06-01T09:30:00.000Z", issuance(), seller())
                    .add("2028-06-01T10:00:00.000Z", for_every_purpose(second_grant()), {"XHA"})
                    .done());
}

// A second authorization, and units that stand under none.
Setup assigned() {
  return Beginning("assigned", "settled",
                   "XHA-AUT-2 is granted; units 1 to 1,000 are released, 1 to 500 of them attached "
                   "to it")
      .add("2028-11-20T10:00:00.000Z", second_grant(), {"XHA"})
      .add("2028-12-28T10:00:00.000Z", release({{1, 1'000}}), both())
      .add("2028-12-28T10:05:00.000Z", attachment({{1, 500}}), {"XHA"})
      .done();
}

// XCA buys 100 units of 2026 and uses 30 of them for 2027, 20 for 2028.
Setup averaged() {
  NdcDeclared ndc = story::ndc("XCA", 2026, 2029);
  ndc.type = NdcType::single_year;
  ndc.method = Method::averaging;
  ApproachRules adopted = rules_for_oimp();
  adopted.approach = "XHA-XCA";
  adopted.carp = "CA9902";
  adopted.both_authorize = false;
  adopted.objection_days = 0;
  AuthorizationGranted host = host_grant();
  host.approach = "XHA-XCA";
  host.parties.clear();
  host.entities.clear();
  host.change_terms.consent.clear();
  host.ndc_periods = {{2026, 2029}};
  UnitsIssued issued = issuance();
  issued.authorization = {"XHA-AUT-1", {}};
  issued.lots = {{1, 100, 2026, {}}};
  issued.quantity = 100;
  UnitsTransferred bought = transfer({{1, 100}});
  bought.to = {"XCA-ACC", "XCA", "XCA", "Government of XCA"};
  bought.authorization = {"XHA-AUT-1", {}};
  const auto used = [](Closed closed, Year year) {
    UnitsUsed body = use(std::move(closed));
    body.account = "XCA-ACC";
    body.party = body.user = "XCA";
    body.user_name = "Government of XCA";
    body.year = year;
    return body;
  };
  const Signers xca{"XCA", "XCA-2"};
  return Beginning("averaged", "enrolled",
                   "XCA, with a single-year NDC and averaging, uses 30 units for 2027, 20 for 2028")
      .add("2026-12-10T09:00:00.000Z", ndc, xca)
      .add("2026-12-10T09:05:00.000Z", story::approach("XHA-XCA", "XHA", "XCA"), {"XHA", "XCA"})
      .add("2026-12-11T09:00:00.000Z", adopted, {"XHA", "XCA"})
      .add("2026-12-11T09:05:00.000Z", story::account("XCA-ACC", "XCA", "XCA99"), {"XCA"})
      .add("2027-01-10T10:00:00.000Z", host, {"XHA"})
      .add("2028-06-01T09:30:00.000Z", issued, seller())
      .add("2028-11-20T10:00:00.000Z", bought, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"})
      .add("2029-03-01T10:00:00.000Z", used({{1, 30}}, 2027), xca)
      .add("2029-03-02T10:00:00.000Z", used({{31, 50}}, 2028), xca)
      .done();
}

// XHA's NDC of 2029 is in GHG, XBA's in MWh.
Setup measured() {
  const Signers xca{"XCA", "XCA-2"};
  return Beginning("measured", "enrolled",
                   "XCA issues 1,000 MWh of 2029; XBA acquires 1 to 400, XHA 401 to 600")
      .add("2027-02-01T09:00:00.000Z", wind_ndc("XCA"), xca)
      .add("2027-02-01T09:05:00.000Z", wind_ndc("XBA"), {"XBA"})
      .add("2027-02-01T09:10:00.000Z", wind_account("XCA", "XCA99"), {"XCA"})
      .add("2027-02-01T09:15:00.000Z", wind_account("XBA", "XBA99"), {"XBA"})
      .add("2027-02-01T09:20:00.000Z", wind_account("XHA", "XHA99"), {"XHA-CMO", "XHA"})
      .add("2027-02-02T09:00:00.000Z", story::approach("XCA-XBA", "XCA", "XBA"),
           {"XCA", "XCA-2", "XBA"})
      .add("2027-02-02T09:05:00.000Z", wind_rules(), {"XCA", "XCA-2", "XBA"})
      .add("2027-02-03T09:00:00.000Z", wind_grant(), xca)
      .add("2030-06-01T09:30:00.000Z", wind_issuance(), xca)
      .add("2030-07-01T09:30:00.000Z", wind_transfer({{1, 400}}, "XBA"), {"XCA", "XCA-2", "XBA"})
      .add("2030-07-02T09:30:00.000Z", wind_transfer({{401, 600}}, "XHA"), {"XCA", "XCA-2", "XHA"})
      .done();
}

std::vector<Setup> all_setups() {
  const Signers two = user();
  const AuthorizationGranted host = host_grant(), buyer = buyer_grant();
  std::vector<Setup> all{
      opened(), enrolled(),
      agreed_by("agreed", "Approach XHA-XBA with deductions at transfer; XHA-XCA without rules",
                rules()),
      authorized_after("authorized", "agreed", "Both Parties authorize, with caps", host, buyer),
      issued_after("issued", "authorized")};
  all.push_back(Beginning("settled", "issued", "Proceeds of units 1 to 4,007 are settled")
                    .add("2028-11-20T09:55:00.000Z", settlement(), seller())
                    .done());
  all.push_back(locked());
  all.push_back(Beginning("transferred", "settled", "Units 1 to 3,726 are ITMOs, held in XBA")
                    .add("2028-11-20T10:00:00.000Z", transfer({{1, 3'726}}), three())
                    .done());
  all.push_back(Beginning("used", "transferred", "XBA uses units 1 to 1,000 for 2027")
                    .add("2029-03-01T10:00:00.000Z", use({{1, 1'000}}), two)
                    .done());
  all.push_back(agreed_by("agreed_moments", "The same approach with a deduction at every moment",
                          rules_of_every_moment()));
  all.push_back(authorized_after("authorized_moments", "agreed_moments", "Both Parties authorize",
                                 host, buyer));
  all.push_back(issued_after("issued_moments", "authorized_moments"));
  all.push_back(Beginning("transferred_moments", "issued_moments",
                          "Settled at issuance and transfer; units 1 to 1,900 are held in XBA")
                    .add("2028-06-01T10:00:00.000Z", settlement_at_issuance(), seller())
                    .add("2028-11-20T09:55:00.000Z", settlement_to_the_fund(), seller())
                    .add("2028-11-20T10:00:00.000Z", transfer({{1, 1'900}}), three())
                    .done());
  all.push_back(agreed_by("agreed_oimp", "The same approach without deductions, for NDC and OIMP",
                          rules_for_oimp()));
  all.push_back(authorized_after("authorized_oimp", "agreed_oimp",
                                 "Both Parties authorize NDC use, IMP and OP",
                                 for_every_purpose(host), for_every_purpose(buyer)));
  all.push_back(issued_after("issued_oimp", "authorized_oimp"));
  add_where_attaching_transfers(all);
  all.push_back(assigned());
  all.push_back(removed());
  all.push_back(averaged());
  all.push_back(measured());
  add_the_cycle(all);
  return all;
}

}  // namespace

const std::vector<Setup>& setups() {
  static const std::vector<Setup> all = all_setups();
  return all;
}

const Setup& setup(std::string_view name) {
  const auto it = std::find_if(setups().begin(), setups().end(),
                               [&](const Setup& each) { return each.name == name; });
  ENSURE(it != setups().end(), "a test names a setup that exists");
  return *it;
}

}  // namespace test_support::scene
