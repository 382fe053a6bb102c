// The vectors of reversals, reports and findings.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

using Sort = ReportFiled::Sort;
const scene::Signers both_of_it{"XHA-CMO", "XCA-VVB"};

UnitsCancelled for_the_reversal(scene::Closed closed) {
  UnitsCancelled body = scene::cancellation(std::move(closed));
  body.account = "XHA-BUFFER";
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::reversal;
  body.reason = "reversal";
  return body;
}

void while_a_reversal_is_open(Family& f) {
  const scene::Signers two{"XHA", "XHA-CMO"};
  f.before(scene::reversal(1'400), both_of_it);
  f.refuses("RVS-6", "Units would become ITMOs by the transfer.", scene::transfer({{1, 100}}),
            scene::three());
  f.refuses("RVS-6", "Cancellation for OMGE would be the first transfer.",
            with(scene::cancellation({{1, 100}}),
                 [](auto& b) {
                   b.account = "XBA-FUND-XHA";
                   b.party = "XHA";
                   b.purpose = UnitsCancelled::Reason::omge;
                   b.first_transfer = true;
                 }),
            {"XBA-FUND", "XHA-CMO"});
  f.admits("Units of the buffer make good a part of it.", for_the_reversal({{14'001, 15'000}}),
           two);
  f.refuses("RVS-4", "15,000 were issued and 1,400 are reversed.", scene::reversal(13'601),
            both_of_it);
  f.before(for_the_reversal({{14'001, 15'000}}), two);
  f.refuses("RVS-7", "400 are open, and 401 would be cancelled.",
            with(for_the_reversal({{1, 401}}), [](auto& b) { b.account = "XBA-FUND-XHA"; }),
            {"XBA-FUND", "XHA-CMO"});
  f.before(with(for_the_reversal({{1, 400}}), [](auto& b) { b.account = "XBA-FUND-XHA"; }),
           {"XBA-FUND", "XHA-CMO"});
  f.admits("All of it is made good, so units are sold again.", scene::transfer({{401, 500}}),
           scene::three());
}

}  // namespace

Family reversal_vectors() {
  Family f("RVS");
  f.given("removed");
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit,
                           scene::Signers signers = both_of_it) {
    f.refuses(clause, why, with(scene::reversal(1'400), edit), std::move(signers));
  };
  f.admits("1,400 of the removals are lost again.", scene::reversal(1'400), both_of_it);
  refuses("ID-7", "The verifier has not signed.", [](auto&) {}, {"XHA-CMO"});
  refuses("RVS-2", "XHA's trading house verifies nothing.",
          [](auto& b) { b.verifier = "XHA-OTHER"; }, {"XHA-CMO", "XHA-OTHER"});
  refuses("RVS-3", "It would end before it begins.",
          [](auto& b) { b.period_from = story::on("2028-10-01"); });
  refuses("RVS-3", "It would end after the event.",
          [](auto& b) { b.period_to = story::on("2030-07-01"); });
  refuses("RVS-4", "15,000 were issued.", [](auto& b) { b.quantity = 15'001; });
  refuses("RVS-5", "The report is confidential as a whole.",
          [](auto& b) { scene::withhold(b.document); });
  f.refuses("RVS-7", "Nothing of the activity is reversed.", for_the_reversal({{14'001, 14'100}}),
            {"XHA", "XHA-CMO"});
  while_a_reversal_is_open(f);
  f.given("used").before(scene::newcomer("XCA-VVB", "XCA"), {"XCA", "XCA-2", "XCA-VVB"});
  f.before(scene::verifier("XCA-VVB"), scene::both());
  refuses("RVS-1", "Cookstoves avoid emissions; nothing that they did can be lost again.",
          [](auto&) {});
  return f;
}

Family report_vectors() {
  Family f("RPT");
  f.given("used");
  const scene::Signers xha{"XHA"};
  const ReportFiled initial = scene::report("XHA-INI-1", Sort::initial);
  const ReportFiled aef = scene::report("XHA-AEF-1", Sort::aef);
  f.admits("XHA files its initial report.", initial, xha);
  f.refuses("RPT-9", "XHA has filed no initial report.", aef, xha);
  f.refuses("RPT-8", "There is no initial report to update.",
            scene::report("XHA-UPD-1", Sort::updated_initial), xha);
  f.before(initial, xha);
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(aef, edit), xha);
  };
  f.admits("XHA files its AEF of 2028.", aef, xha);
  f.admits("XHA files its regular information of 2026 to 2028.",
           scene::report("XHA-BTR-1", Sort::btr_annex), xha);
  f.admits("XHA reports on its other approach, too.",
           with(scene::report("XHA-UPD-1", Sort::updated_initial),
                [](auto& b) { b.approaches = {"XHA-XCA"}; }),
           xha);
  f.refuses("RPT-1", "The id is that of the initial report.",
            with(aef, [](auto& b) { b.id = "XHA-INI-1"; }), xha);
  f.refuses("RPT-2", "There is no such Party.", with(aef, [](auto& b) { b.party = "XZZ"; }), xha);
  refuses("RPT-3", "2029 is not over.", [](auto& b) { b.year = 2029; });
  f.refuses("RPT-3", "The period ends before it begins.",
            with(scene::report("XHA-BTR-1", Sort::btr_annex),
                 [](auto& b) {
                   b.period = std::pair<Year, Year>{2028, 2026};
                 }),
            xha);
  refuses("RPT-4", "No version came before it.", [](auto& b) { b.version = "1.1"; });
  refuses("RPT-5", "That entry does not exist yet.", [](auto& b) { b.as_of = 1'000; });
  refuses("RPT-6", "It is about no approach.", [](auto& b) { b.approaches.clear(); });
  refuses("RPT-6", "XHA has no such approach.", [](auto& b) { b.approaches = {"XBA-XCA"}; });
  refuses("RPT-7", "The approach under which XHA authorized is left out.",
          [](auto& b) { b.approaches = {"XHA-XCA"}; });
  refuses("RPT-9", "XHA has not reported on approach XHA-XCA before.", [](auto& b) {
    b.approaches = {"XHA-XBA", "XHA-XCA"};
  });
  refuses("RPT-10", "Nobody could read it.", [](auto& b) { scene::withhold(b.document); });
  f.before(aef, xha);
  f.admits("A revised AEF stands beside the first.",
           with(aef,
                [](auto& b) {
                  b.id = "XHA-AEF-2";
                  b.version = "1.1";
                }),
           xha);
  f.refuses("RPT-4", "Version 1.0 was filed, and what was filed stays.",
            with(aef, [](auto& b) { b.id = "XHA-AEF-2"; }), xha);
  f.refuses("RPT-5", "The version before shows a later entry.",
            with(aef,
                 [](auto& b) {
                   b.id = "XHA-AEF-2";
                   b.version = "2.0";
                   b.as_of -= 1;
                 }),
            xha);
  return f;
}

namespace {

FindingRecorded excess_of(std::int64_t quantity) {
  FindingRecorded body = scene::finding("EXCESS", {});
  body.units.reset();
  body.quantity.reset();
  body.balance = false;
  body.excess = FindingRecorded::Excess{"XHA-STOVES", 2027, quantity};
  return body;
}

void resolving_by_cancelling(Family& f) {
  f.given("used");
  f.admits("The verification is corrected: 600 of 2027 are too many.", excess_of(600), {"XHA"});
  f.refuses("FND-7", "6,000 of 2027 were issued.", excess_of(6'001), {"XHA"});
  f.refuses("FND-7", "There is no such activity.",
            with(excess_of(600), [](auto& b) { b.excess->activity = "NOWHERE"; }), {"XHA"});
  f.before(excess_of(600), {"XHA"})
      .before(with(scene::settlement(),
                   [](auto& b) {
                     b.gross = scene::units({{14'401, 15'000}});
                     b.quantity = 600;
                     b.taken = {scene::taken("omge", 2027, 14'959, 14'970),
                                scene::taken("retained", 2027, 14'971, 15'000, "XHA-SHARE")};
                   }),
              scene::seller());
  f.before(with(scene::cancellation({{14'401, 14'958}}),
                [](auto& b) {
                  b.account = "XBA-FUND-XHA";
                  b.party = "XHA";
                  b.purpose = UnitsCancelled::Reason::administrative;
                }),
           {"XHA"});
  f.admits("42 of them are still open, and resolved by a document.", scene::resolution("EXCESS"),
           {"XBA"});
  f.before(with(scene::cancellation({{14'971, 15'000}}),
                [](auto& b) {
                  b.account = "XHA-SHARE";
                  b.party = "XHA";
                  b.purpose = UnitsCancelled::Reason::administrative;
                }),
           {"XHA"});
  f.admits("Twelve are still open.", scene::resolution("EXCESS"), {"XBA"});
}

void naming_a_report(Family& f) {
  f.given("used").before(scene::report("XHA-INI-1", Sort::initial), {"XHA"});
  f.before(scene::report("XHA-AEF-1", Sort::aef), {"XHA"});
  const FindingRecorded checked = scene::check_of("XHA-AEF-1");
  const FindingRecorded reviewed = scene::review_of("XHA-INI-1");
  f.admits("The AEF was checked.", checked, {"XHA"});
  f.admits("The initial report is being reviewed.", reviewed, {"XHA"});
  f.refuses("FND-1", "A check opens nothing.",
            with(checked, [](auto& b) { b.how = FindingRecorded::How::opens; }), {"XHA"});
  f.refuses("FND-1", "It is a review of nothing.",
            with(reviewed, [](auto& b) { b.report.reset(); }), {"XHA"});
  f.refuses("FND-3", "No such report was filed.",
            with(checked, [](auto& b) { b.report = "XHA-AEF-9"; }), {"XHA"});
  f.refuses("FND-3", "An initial report is reviewed, not checked.",
            with(checked, [](auto& b) { b.report = "XHA-INI-1"; }), {"XHA"});
  f.refuses("FND-3", "An AEF is checked, not reviewed.",
            with(reviewed, [](auto& b) { b.report = "XHA-AEF-1"; }), {"XHA"});
  f.refuses("FND-3", "The report is XHA's, and XHA is not among those concerned.",
            with(checked, [](auto& b) { b.parties = {"XBA"}; }), {"XBA"});
}

}  // namespace

Family finding_vectors() {
  Family f("FND");
  f.given("used");
  const auto known = scene::finding("F-1", {{2'001, 3'000}});
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(known, edit), {"XBA"});
  };
  f.admits("A finding covers units 2,001 to 3,000.", known, {"XBA"});
  refuses("FND-1", "It does not say whether it opens or resolves.", [](auto& b) { b.how.reset(); });
  refuses("FND-1", "It does not say whether it affects the balance.",
          [](auto& b) { b.balance.reset(); });
  f.refuses("FND-2", "XBA-FUND is an entity.",
            with(known,
                 [](auto& b) {
                   b.parties = {"XBA", "XZZ"};
                 }),
            {"XBA"});
  refuses("FND-6", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{14'002, 15'001}});
  });
  refuses("FND-6", "The ranges hold one unit more.", [](auto& b) { b.quantity = 999; });
  f.refuses("FND-5", "It was never opened.", scene::resolution("F-1"), {"XBA"});
  f.before(known, {"XBA"});
  f.refuses("FND-4", "That finding is known.", known, {"XBA"});
  f.admits("The other Party resolves it.", scene::resolution("F-1"), {"XHA"});
  f.refuses(
      "FND-5", "It was opened as an inconsistency.",
      with(scene::resolution("F-1"), [](auto& b) { b.kind = FindingRecorded::Sort::grievance; }),
      {"XBA"});
  f.refuses("FND-5", "XHA is concerned, too.",
            with(scene::resolution("F-1"), [](auto& b) { b.parties = {"XBA"}; }), {"XBA"});
  f.before(scene::resolution("F-1"), {"XHA"});
  f.refuses("FND-5", "It is resolved.", scene::resolution("F-1"), {"XHA"});
  naming_a_report(f);
  resolving_by_cancelling(f);
  return f;
}

}  // namespace rules
