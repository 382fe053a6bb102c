// AUT-30 on: changing and revoking authorizations.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

using Until = AuthorizationGranted::ChangeTerms::Until;

void changing(Family& f) {
  f.given("transferred");
  const auto change = [](auto edit) { return with(scene::change(scene::host_grant()), edit); };
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, change(edit), scene::both());
  };
  f.admits("XHA raises the cap, and XBA consents.", change([](auto& b) { b.terms.cap = 20'000; }),
           scene::both());
  f.admits("Exactly what was first transferred: 3,726 and 81 for OMGE.",
           change([](auto& b) { b.terms.cap = 3'807; }), scene::both());
  f.refuses("ID-7", "XBA did not consent.", change([](auto& b) { b.terms.cap = 20'000; }), {"XHA"});
  refuses("AUT-30", "There is no such authorization.", [](auto& b) { b.terms.id = "NONE"; });
  refuses("AUT-31", "It stays one in the metric GHG.", [](auto& b) { b.terms.metric = "MWh"; });
  refuses("AUT-31", "It stays one of XHA.", [](auto& b) { b.terms.party = "XBA"; });
  refuses("AUT-32", "Version 2 comes next.", [](auto& b) { b.terms.version = 3; });
  f.refuses("AUT-34", "No notice is asked for.",
            change([](auto& b) { b.stage = ChangeStage::notice; }), {"XHA"});
  refuses("AUT-15", "The next version would have no purpose.",
          [](auto& b) { b.terms.purposes.clear(); });
  refuses("AUT-35", "One unit more was first transferred.", [](auto& b) { b.terms.cap = 3'806; });
  refuses("AUT-37", "A notice of more than ten years.",
          [](auto& b) { b.terms.change_terms.notice_days = 3'651; });
  const Change late = at("2031-06-01T09:00:00.000Z");
  f.admits("Issuance has ended, and the change leaves that day as it is.",
           change([](auto& b) { b.terms.cap = 20'000; }), scene::both(), late);
  f.refuses("AUT-27", "The change moves that day, and it would be past again.",
            change([](auto& b) { b.terms.issue_until = story::on("2031-05-31"); }), scene::both(),
            late);
  f.before(
      ApproachEnded{"XHA-XBA", story::at("2028-12-01T09:00:00.000Z"), {"XBA", "XHA"}, "fulfilled"},
      scene::both(), at("2028-12-01T09:00:00.000Z"));
  f.refuses("APR-8", "The approach ended.", change([](auto& b) { b.terms.cap = 20'000; }),
            scene::both());
  f.admits("What is outstanding is revoked all the same.", scene::revocation("XHA-AUT-1"),
           scene::both());
}

AuthorizationGranted with_notice(std::int64_t days, Until until = Until::first_transfer) {
  return with(scene::host_grant(), [&](auto& b) {
    b.change_terms.notice_days = days;
    b.change_terms.until = until;
  });
}

void giving_notice(Family& f) {
  AuthorizationChanged raised = scene::change(with_notice(90));
  raised.terms.cap = 20'000;
  AuthorizationChanged announced = raised;
  announced.stage = ChangeStage::notice;
  f.given("agreed").before(with_notice(90), {"XHA"});
  f.admits("XHA gives notice alone.", announced, {"XHA"});
  f.refuses("AUT-34", "No notice was given.", raised, scene::both());
  f.before(announced, {"XHA"});
  f.refuses("AUT-34", "Ninety days are not over.", raised, scene::both(),
            at("2027-03-01T09:00:00.000Z"));
  f.admits("Ninety days later it takes effect.", raised, scene::both(),
           at("2027-03-20T09:00:00.000Z"));
  f.refuses("AUT-34", "What was announced is forgotten after another year.", raised, scene::both(),
            at("2028-04-01T09:00:00.000Z"));
  f.refuses("AUT-34", "Another cap was announced.",
            with(raised, [](auto& b) { b.terms.cap = 30'000; }), scene::both(),
            at("2027-03-20T09:00:00.000Z"));
}

void never(Family& f) {
  f.given("agreed").before(with_notice(0, Until::never), {"XHA"});
  f.refuses("AUT-33", "Its terms say that it is never changed.",
            scene::change(with_notice(0, Until::never)), scene::both());
  f.refuses("AUT-33", "Nor is it revoked.", scene::revocation("XHA-AUT-1"), scene::both());
}

void reaching_back(Family& f) {
  ApproachRules rules = scene::rules_for_oimp();
  rules.first_transfer = {{"XHA", Definition::issuance}};
  f.given("enrolled")
      .before(story::approach("XHA-XBA", "XHA", "XBA"), scene::both())
      .before(rules, scene::both())
      .before(scene::host_grant(), {"XHA"})
      .before(scene::buyer_grant(), {"XBA"});
  const auto wider = scene::change(scene::for_every_purpose(scene::host_grant()));
  f.admits("Nothing rests on it yet: IMP and OP join.", wider, scene::both());
  f.before(scene::issuance(), scene::seller(), at("2028-06-01T09:30:00.000Z"));
  f.refuses("AUT-36", "15,000 units would have been first transferred at their issuance.", wider,
            scene::both());
  AuthorizationGranted fixed = scene::host_grant();
  fixed.change_terms.until = Until::issuance;
  f.given("enrolled")
      .before(story::approach("XHA-XBA", "XHA", "XBA"), scene::both())
      .before(rules, scene::both())
      .before(fixed, {"XHA"})
      .before(scene::buyer_grant(), {"XBA"})
      .before(scene::issuance(), scene::seller(), at("2028-06-01T09:30:00.000Z"));
  f.admits("By its terms the change reaches none of the 15,000 units: IMP and OP join.",
           scene::change(scene::for_every_purpose(fixed)), scene::both());
}

void revoking(Family& f) {
  f.given("transferred");
  f.admits("XHA revokes, and XBA consents.", scene::revocation("XHA-AUT-1"), scene::both());
  f.refuses(
      "AUT-29", "The statement of revocation is confidential as a whole.",
      with(scene::revocation("XHA-AUT-1"), [](auto& b) { scene::withhold(b.documents.front()); }),
      scene::both());
  f.before(scene::revocation("XHA-AUT-1"), scene::both());
  f.refuses("AUT-30", "It is revoked already.", scene::revocation("XHA-AUT-1"), scene::both());
  f.refuses("AUT-30", "What is revoked is not changed.", scene::change(scene::host_grant()),
            scene::both());
  f.refuses("AUT-5", "Nothing more is issued under it.",
            with(scene::issuance(),
                 [](auto& b) {
                   b.lots = {{15'001, 15'100, 2026, {}}};
                   b.quantity = 100;
                 }),
            scene::seller());
  f.refuses("AUT-5", "Cancellation for OMGE would be the first transfer.",
            with(scene::settlement(),
                 [](auto& b) {
                   b.gross = scene::units({{4'008, 4'107}});
                   b.quantity = 100;
                   b.taken = {scene::taken("omge", 2026, 4'101, 4'102),
                              scene::taken("retained", 2026, 4'103, 4'107, "XHA-SHARE")};
                 }),
            scene::seller());
  f.admits("ITMOs go on: XBA uses 1,000.", scene::use({{1, 1'000}}), scene::user());
  const auto left = with(scene::cancellation({{4'008, 4'107}}), [](auto& b) {
    b.account = "XBA-FUND-XHA";
    b.party = "XHA";
  });
  f.admits("Nothing is due of what becomes no ITMO: it is cancelled as it is.", left,
           {"XBA-FUND", "XHA-CMO"});
}

}  // namespace

void add_changes_of_authorizations(Family& f) {
  changing(f);
  giving_notice(f);
  never(f);
  reaching_back(f);
  revoking(f);
}

}  // namespace rules
