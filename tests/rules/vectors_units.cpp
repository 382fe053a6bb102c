// ISS, PRO, TRF, USE, CAN, ADJ: units from their issuance to a recorded adjustment.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

const char* const day_of_issuance = "2028-06-01T09:30:00.000Z";

AuthorizationGranted second_host_grant() {
  return with(scene::host_grant(), [](auto& body) {
    body.id = "XHA-AUT-2";
    body.activities.front().id = "XHA-SOLAR";
  });
}

void issuing_elsewhere(Family& f) {
  f.given("authorized").before(second_host_grant(), {"XHA"});
  f.refuses("ISS-1", "That authorization does not list the activity.",
            with(scene::issuance(), [](auto& b) { b.activity = "XHA-SOLAR"; }), scene::seller(),
            at(day_of_issuance));
  f.given("enrolled")
      .before(story::approach("XHA-XBA", "XHA", "XBA"), scene::both())
      .before(with(scene::rules(), [](auto& b) { b.carp.reset(); }), scene::both())
      .before(scene::host_grant(), {"XHA"})
      .before(scene::buyer_grant(), {"XBA"});
  f.refuses("ISS-2", "The platform gave the approach no identifier yet.", scene::issuance(),
            scene::seller(), at(day_of_issuance));
  f.given("issued").refuses(
      "ISS-11", "The underlying units back the first lot already.",
      with(scene::issuance(),
           [](auto& b) {
             b.lots = {{15'001, 15'100, 2026, UnitsIssued::Underlying{"GS", 108'901, 109'000}}};
             b.quantity = 100;
           }),
      scene::seller());
}

void issuing_in_another_metric(Family& f) {
  f.given("measured");
  const UnitsIssued more = with(scene::wind_issuance(), [](auto& b) {
    b.lots = {{1'001, 1'100, 2029, {}}};
    b.quantity = 100;
  });
  const scene::Signers xca{"XCA", "XCA-2"};
  f.admits("XCA issues 100 MWh more.", more, xca);
  f.refuses("ISS-9", "The authorization is in MWh.", with(more, [](auto& b) { b.metric = "GHG"; }),
            xca);
  f.before(story::account("XCA-TONNES", "XCA", "XCA99"), {"XCA"});
  f.refuses("ISS-13", "That account is one of tonnes.",
            with(more, [](auto& b) { b.account = "XCA-TONNES"; }), xca);
  ApproachRules next = scene::wind_rules();
  next.version = 2;
  next.deductions = scene::rules_of_every_moment().deductions;
  next.deductions = {next.deductions[1]};
  f.before(next, {"XCA", "XCA-2", "XBA"});
  f.refuses("ISS-13", "The rules name an account of tonnes for a share of them.", more, xca);
}

}  // namespace

Family issuance_vectors() {
  Family f("ISS");
  f.given("authorized");
  const auto asked = at(day_of_issuance);
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(scene::issuance(), edit), scene::seller(), asked);
  };
  f.admits("XHA issues 15,000 units.", scene::issuance(), scene::seller(), asked);
  refuses("ISS-3", "Units are not issued into the buyer's section.",
          [](auto& b) { b.account = "XBA-FUND-XBA"; });
  refuses("ISS-4", "The account's holder is XBA-FUND.", [](auto& b) { b.holder = "XHA"; });
  refuses("ISS-5", "Serial 1 would be left out.", [](auto& b) {
    b.lots = {{2, 101, 2026, {}}};
    b.quantity = 100;
  });
  refuses("ISS-5", "There is a gap between two lots.", [](auto& b) {
    b.lots = {{1, 100, 2026, {}}, {102, 201, 2027, {}}};
    b.quantity = 200;
  });
  refuses("ISS-6", "The lots hold one unit more.", [](auto& b) { b.quantity = 14'999; });
  refuses("ISS-7", "Vintage 2025 is not authorized.",
          [](auto& b) { b.lots.front().vintage = 2025; });
  refuses("ISS-7", "Vintage 2028 is no year of the monitoring period.",
          [](auto& b) { b.lots.back().vintage = 2028; });
  refuses("ISS-8", "The monitoring period begins before the crediting period.",
          [](auto& b) { b.period_from = story::on("2025-12-31"); });
  refuses("ISS-8", "The monitoring period is not over.",
          [](auto& b) { b.period_to = story::on("2028-06-01"); });
  refuses("ISS-9", "The activity reduces and does not remove.",
          [](auto& b) { b.mitigation = Mitigation::removals; });
  refuses("ISS-10", "No authorization lists that registry.",
          [](auto& b) { b.lots.front().underlying->registry = "VCS"; });
  refuses("ISS-10", "8,999 underlying units would back 9,000.",
          [](auto& b) { b.lots.front().underlying->first = 100'002; });
  refuses("ISS-11", "One block would back two lots.", [](auto& b) {
    b.lots.back().underlying = UnitsIssued::Underlying{"GS", 108'999, 114'998};
  });
  refuses("ISS-12", "The certificate is confidential as a whole.",
          [](auto& b) { scene::withhold(b.documents.front()); });
  issuing_elsewhere(f);
  issuing_in_another_metric(f);
  return f;
}

namespace {

void settling_at_other_moments(Family& f) {
  f.given("issued_moments");
  f.refuses("PRO-5", "The share at issuance comes first.",
            with(scene::settlement(),
                 [](auto& b) { b.taken = {scene::taken("second", 2026, 3'808, 4'007, "AF-ACC")}; }),
            scene::seller());
  f.refuses("PRO-8", "Inside the section too, the share at issuance comes first.",
            with(scene::transfer({{1, 100}}),
                 [](auto& b) {
                   b.to = {"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
                   b.authorization.buyer.reset();
                 }),
            {"XBA-FUND", "XHA-CMO"});
  f.given("transferred_moments");
  ProceedsDeducted acquired = scene::settlement();
  acquired.moment = Moment::acquisition;
  acquired.party = "XBA";
  acquired.account = "XBA-FUND-XBA";
  acquired.gross = scene::units({{1, 1'000}});
  acquired.quantity = 1'000;
  acquired.taken = {scene::taken("third", 2026, 991, 1'000, "XBA-SHARE")};
  f.admits("The acquirer settles its share.", acquired, {"XBA"});
  f.refuses("PRO-1", "The host does not settle at acquisition.",
            with(acquired, [](auto& b) { b.party = "XHA"; }), scene::seller());
  f.refuses("PRO-8", "The acquirer's share comes before use.", scene::use({{1, 100}}),
            scene::user());
}

// 7 of each of three settlements: floor(0.35), floor(0.70), floor(1.05) of 5 %.
void settling_in_small_pieces(Family& f) {
  const auto seven = [](Serial first, std::vector<ProceedsDeducted::Taken> taken) {
    return with(scene::settlement(), [&](auto& b) {
      b.gross = scene::units({{first, first + 6}});
      b.quantity = 7;
      b.taken = std::move(taken);
    });
  };
  f.given("issued").before(seven(1, {scene::taken("omge", 2026, 7, 7)}), scene::seller());
  f.before(seven(8, {}), scene::seller());
  f.admits("Rounding is cumulative: the third settlement of seven takes what the first two left.",
           seven(15, {scene::taken("retained", 2026, 21, 21, "XHA-SHARE")}), scene::seller());
  f.refuses("PRO-7", "Splitting into sevens does not avoid the share.", seven(15, {}),
            scene::seller());
}

}  // namespace

Family proceeds_vectors() {
  Family f("PRO");
  f.given("issued");
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit,
                           scene::Signers signers = scene::seller()) {
    f.refuses(clause, why, with(scene::settlement(), edit), std::move(signers));
  };
  f.admits("XHA settles 4,007 units: 81 for OMGE, 200 retained.", scene::settlement(),
           scene::seller());
  refuses("PRO-1", "The buyer does not settle at transfer.", [](auto& b) { b.party = "XBA"; },
          {"XBA"});
  refuses("PRO-1", "The approach has one version of rules.", [](auto& b) { b.rules = 2; });
  refuses("PRO-2", "The account stands in XBA's section.",
          [](auto& b) { b.account = "XBA-FUND-XBA"; });
  refuses("PRO-3", "Serial 15,001 was never issued.", [](auto& b) {
    b.gross = scene::units({{14'001, 15'001}});
    b.quantity = 1'001;
  });
  refuses("PRO-3", "Another account holds the units.",
          [](auto& b) { b.account = "XHA-OTHER-XHA"; });
  refuses("PRO-6", "The ranges hold one unit more.", [](auto& b) { b.quantity = 4'006; });
  refuses("PRO-7", "Nothing would be retained.", [](auto& b) { b.taken.pop_back(); });
  refuses("PRO-7", "OMGE comes before what is retained.", [](auto& b) {
    b.taken = {scene::taken("retained", 2026, 3'727, 3'926, "XHA-SHARE"),
               scene::taken("omge", 2026, 3'927, 4'007)};
  });
  refuses("PRO-7", "2 % of 4,007 is 80.14, and OMGE rounds up.", [](auto& b) {
    b.taken = {scene::taken("omge", 2026, 3'728, 3'807),
               scene::taken("retained", 2026, 3'808, 4'007, "XHA-SHARE")};
  });
  f.refuses("PRO-8", "The share at transfer comes before the transfer.",
            scene::transfer({{1, 100}}), scene::three());
  f.refuses("PRO-8", "The share at transfer comes before a cancellation.",
            with(scene::cancellation({{1, 100}}),
                 [](auto& b) {
                   b.account = "XBA-FUND-XHA";
                   b.party = "XHA";
                 }),
            {"XBA-FUND", "XHA-CMO"});
  f.before(with(scene::rules(), [](auto& b) { b.version = 2; }), scene::both());
  refuses("PRO-4", "The units were issued under version 1.", [](auto& b) { b.rules = 2; });
  f.given("settled");
  refuses("PRO-5", "These units are settled.", [](auto& b) {
    b.gross = scene::units({{1, 3'000}});
    b.quantity = 3'000;
  });
  settling_at_other_moments(f);
  settling_in_small_pieces(f);
  return f;
}

namespace {

void sending_another_metric(Family& f) {
  f.given("measured");
  const UnitsTransferred wind = scene::wind_transfer({{601, 700}}, "XBA");
  const scene::Signers all{"XCA", "XCA-2", "XBA"};
  f.admits("XCA sends 100 MWh.", wind, all);
  f.before(story::account("XBA-TONNES", "XBA", "XBA99"), {"XBA"});
  f.refuses("TRF-8", "That account is one of tonnes.",
            with(wind, [](auto& b) { b.to.account = "XBA-TONNES"; }), all);
  f.before(with(scene::wind_grant(),
                [](auto& b) {
                  b.id = "XBA-AUT-1";
                  b.party = "XBA";
                  b.metric = "GHG";
                  b.gwp = "AR5";
                  b.conversion.reset();
                  b.activities.clear();
                  b.tracking_registry = "XBA99";
                }),
           {"XBA"});
  f.refuses("TRF-5", "XBA-AUT-1 allows to acquire tonnes.",
            with(wind, [](auto& b) { b.authorization.buyer = "XBA-AUT-1"; }), all);
}

}  // namespace

Family transfer_vectors() {
  Family f("TRF");
  f.given("settled");
  const UnitsTransferred t1 = scene::transfer({{1, 3'726}});
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(t1, edit), scene::three());
  };
  f.admits("The first transfer: 3,726 units to XBA.", t1, scene::three());
  f.admits("Executed on a day of the migration window.",
           with(t1, [](auto& b) { b.executed_on = story::on("2028-06-01"); }), scene::three());
  refuses("TRF-1", "There is no such account.", [](auto& b) { b.to.account = "NOWHERE"; });
  f.refuses("TRF-1", "Both sides are one account.",
            with(t1,
                 [](auto& b) {
                   b.to = b.from;
                   b.authorization.buyer.reset();
                 }),
            {"XBA-FUND", "XHA-CMO"});
  refuses("TRF-2", "The legal name is another one.", [](auto& b) { b.to.name = "Fictional Fund"; });
  refuses("TRF-2", "The account that the units leave is in XHA's section.",
          [](auto& b) { b.from.party = "XCA"; });
  refuses("TRF-3", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{15'001, 15'001}});
    b.quantity = 1;
    b.vintages = {{2027, 1}};
  });
  refuses("TRF-3", "Units 3,808 to 4,007 are retained.", [](auto& b) {
    b.units = scene::units({{3'808, 4'007}});
    b.quantity = 200;
    b.vintages = {{2026, 200}};
  });
  refuses("TRF-4", "The ranges hold one unit more.", [](auto& b) { b.quantity = 3'725; });
  refuses("TRF-4", "The units are of 2026.", [](auto& b) { b.vintages = {{2027, 3'726}}; });
  refuses("TRF-6", "XHA declared a trajectory.", [](auto& b) { b.method = Method::averaging; });
  refuses("TRF-7", "The migration window begins with 2028.",
          [](auto& b) { b.executed_on = story::on("2027-12-31"); });
  refuses("TRF-7", "The units were issued a day later.",
          [](auto& b) { b.executed_on = story::on("2028-05-31"); });
  f.before(second_host_grant(), {"XHA"});
  refuses("TRF-5", "The units rest on another authorization of the host.",
          [](auto& b) { b.authorization.host = "XHA-AUT-2"; });
  f.given("transferred");
  refuses("TRF-3", "The units stand in XBA's account by now.", [](auto&) {});
  sending_another_metric(f);
  return f;
}

namespace {

// Units go to the fund, which is their first transfer, and come home; nobody acquired them.
void using_what_was_never_sold(Family& f) {
  UnitsTransferred to_fund = scene::transfer({{1, 100}});
  to_fund.to = {"AF-ACC", "XCA", "AF", "Fictional AF"};
  to_fund.authorization.buyer.reset();
  UnitsTransferred home = to_fund;
  home.from = to_fund.to;
  home.to = {"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
  const auto own_use = with(scene::use({{1, 100}}), [](auto& b) {
    b.account = "XHA-SHARE";
    b.party = "XHA";
    b.user = "XHA";
    b.user_name = "Government of XHA";
  });
  f.given("issued_oimp")
      .before(to_fund, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"})
      .before(home, {"AF", "XCA", "XCA-2", "XHA-CMO", "XHA"});
  f.refuses("USE-10", "The host would use what its own adjustment added, and bought none of it.",
            own_use, {"XHA"});
}

void using_at_home(Family& f) {
  f.given("issued_oimp");
  const auto at_home = [](auto edit) {
    return with(scene::use({{1, 100}}), [&](auto& b) {
      b.account = "XBA-FUND-XHA";
      b.party = "XHA";
      b.user = "XBA-FUND";
      b.user_name = "Fictional XBA-FUND";
      b.purpose = Purpose::imp;
      b.year.reset();
      b.first_transfer = true;
      edit(b);
    });
  };
  const scene::Signers home{"XBA-FUND", "XHA"};
  f.admits("Use for IMP in the host's section is the first transfer here.", at_home([](auto&) {}),
           home);
  f.refuses("USE-9", "It is the first transfer and does not say so.",
            at_home([](auto& b) { b.first_transfer = false; }), home);
  f.refuses("USE-5", "A use for IMP counts for no year.", at_home([](auto& b) { b.year = 2027; }),
            home);
  f.refuses("USE-6", "A mitigation outcome is not used towards an NDC.", at_home([](auto& b) {
              b.purpose = Purpose::ndc;
              b.year = 2027;
              b.first_transfer = false;
            }),
            home);
}

void using_another_metric(Family& f) {
  f.given("measured");
  f.admits("XBA uses 100 MWh towards its NDC in MWh.", scene::wind_use({{1, 100}}, "XBA"), {"XBA"});
  f.refuses("USE-12", "XHA's NDC of 2029 is in GHG.", scene::wind_use({{401, 500}}, "XHA"),
            {"XHA"});
}

}  // namespace

Family use_vectors() {
  Family f("USE");
  f.given("transferred");
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(scene::use({{1, 1'000}}), edit), scene::user());
  };
  f.admits("XBA uses 1,000 ITMOs towards its NDC.", scene::use({{1, 1'000}}), scene::user());
  refuses("USE-1", "There is no such account.", [](auto& b) { b.account = "NOWHERE"; });
  refuses("USE-1", "The account stands in XBA's section.", [](auto& b) { b.party = "XHA"; });
  refuses("USE-2", "There is no such participant.", [](auto& b) { b.user = "NOBODY"; });
  refuses("USE-2", "The legal name is another one.", [](auto& b) { b.user_name = "XBA"; });
  refuses("USE-3", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{15'001, 15'001}, {15'003, 15'003}});
    b.quantity = 2;
  });
  refuses("USE-3", "Units 3,808 to 4,007 are retained by the host.", [](auto& b) {
    b.units = scene::units({{3'808, 4'007}});
    b.quantity = 200;
  });
  refuses("USE-4", "The ranges hold one unit more.", [](auto& b) { b.quantity = 999; });
  refuses("USE-5", "It does not say for which year.", [](auto& b) { b.year.reset(); });
  refuses("USE-7", "XBA's NDC ends with 2028.", [](auto& b) { b.year = 2029; });
  refuses("USE-8", "The authorizations are for 2026 and 2027.", [](auto& b) { b.year = 2028; });
  refuses("USE-9", "The units were first transferred before.",
          [](auto& b) { b.first_transfer = true; });
  f.before(scene::finding("F-1", {{501, 600}}), {"XBA"});
  refuses("USE-11", "A finding covers units 501 to 600.", [](auto&) {});
  f.admits("It does not cover units 601 to 1,000.", scene::use({{601, 1'000}}), scene::user());
  f.before(scene::resolution("F-1"), {"XHA"});
  f.admits("The finding is resolved.", scene::use({{1, 1'000}}), scene::user());
  f.given("used");
  refuses("USE-3", "The units are used.", [](auto&) {});
  using_at_home(f);
  using_another_metric(f);
  using_what_was_never_sold(f);
  return f;
}

Family cancellation_vectors() {
  Family f("CAN");
  using Reason = UnitsCancelled::Reason;
  f.given("transferred");
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(scene::cancellation({{1, 100}}), edit), scene::user());
  };
  f.admits("XBA's entity cancels 100 ITMOs.", scene::cancellation({{1, 100}}), scene::user());
  f.admits(
      "An authority cancels alone, for administrative reasons.",
      with(scene::cancellation({{1, 100}}), [](auto& b) { b.purpose = Reason::administrative; }),
      {"XBA"});
  refuses("CAN-1", "The account stands in XBA's section.", [](auto& b) { b.party = "XHA"; });
  refuses("CAN-2", "Units 3,808 to 4,007 are retained by the host.", [](auto& b) {
    b.units = scene::units({{3'808, 4'007}});
    b.quantity = 200;
  });
  refuses("CAN-2", "Serial 15,001 was never issued.", [](auto& b) {
    b.units = scene::units({{15'001, 15'001}});
    b.quantity = 1;
  });
  refuses("CAN-3", "The ranges hold one unit more.", [](auto& b) { b.quantity = 99; });
  refuses("CAN-4", "The units were first transferred before.",
          [](auto& b) { b.first_transfer = true; });
  refuses("CAN-5", "ITMOs do not serve the buyer's domestic purposes.",
          [](auto& b) { b.purpose = Reason::domestic; });
  f.given("settled");
  const auto omge = [](bool stated) {
    return with(scene::cancellation({{1, 100}}), [&](auto& b) {
      b.account = "XBA-FUND-XHA";
      b.party = "XHA";
      b.purpose = Reason::omge;
      b.first_transfer = stated;
    });
  };
  f.admits("Cancellation for OMGE is the first transfer.", omge(true), {"XBA-FUND", "XHA-CMO"});
  f.refuses("CAN-4", "It is the first transfer and does not say so.", omge(false),
            {"XBA-FUND", "XHA-CMO"});
  return f;
}

Family adjustment_vectors() {
  Family f("ADJ");
  f.given("used");
  const Seq last = f.machine().size() - 1;
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(scene::adjustment("XHA", 2026, 1, 3'807, 0, last), edit), {"XHA"});
  };
  f.admits("XHA adds what it first transferred of 2026.",
           scene::adjustment("XHA", 2026, 1, 3'807, 0, last), {"XHA"});
  f.admits("XBA subtracts what it used for 2027.",
           scene::adjustment("XBA", 2027, 1, 0, 1'000, last), {"XBA"});
  refuses("ADJ-1", "XHA declared no NDC for 2035.", [](auto& b) { b.year = 2035; });
  refuses("ADJ-2", "The first version is version 1.", [](auto& b) { b.version = 2; });
  refuses("ADJ-3", "XHA declared a trajectory.", [](auto& b) { b.method = Method::averaging; });
  refuses("ADJ-4", "The year moved after that entry.", [](auto& b) { b.as_of = 1; });
  refuses("ADJ-4", "That entry does not exist yet.", [&](auto& b) { b.as_of = last + 1; });
  refuses("ADJ-5", "The OMGE cancellations are left out.", [](auto& b) {
    b.first_transferred = 3'726;
    b.amount_num = 3'726;
  });
  refuses("ADJ-6", "A host adds.", [](auto& b) { b.amount_num = -3'807; });
  refuses("ADJ-6", "The fraction is not in lowest terms.", [](auto& b) {
    b.amount_num = 7'614;
    b.amount_den = 2;
  });

  f.given("averaged");
  const Seq end = f.machine().size() - 1;
  const auto mean = [&](Year year, std::int64_t used, std::int64_t num, std::int64_t den) {
    AdjustmentApplied body = scene::adjustment("XCA", year, 1, 0, used, end);
    body.method = Method::averaging;
    body.amount_num = num;
    body.amount_den = den;
    return body;
  };
  const scene::Signers xca{"XCA", "XCA-2"};
  f.admits("30 used by the second year average to 15.", mean(2027, 30, -15, 1), xca);
  f.admits("50 used by the third year average to 50/3.", mean(2028, 20, -50, 3), xca);
  f.refuses("ADJ-6", "The mean counts the years before, too.", mean(2028, 20, -20, 3), xca);
  f.refuses("ADJ-4", "A year before moved after that entry.",
            with(mean(2029, 0, -25, 2), [&](auto& b) { b.as_of = end - 1; }), xca);
  return f;
}

}  // namespace rules
