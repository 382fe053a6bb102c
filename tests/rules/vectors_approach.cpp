// APR, RUL, NDC, and the granting side of AUT: what Parties agree before there are units.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

using Deduction = ApproachRules::Deduction;

// The next version of XHA-XBA's rules, unchanged.
ApproachRules second_version() {
  return with(scene::rules(), [](auto& body) { body.version = 2; });
}

// The next version with one more line: an honest one, as a test leaves it.
ApproachRules with_line(const std::function<void(Deduction&)>& edit) {
  return with(second_version(), [&](auto& body) {
    Deduction line;
    line.name = "more";
    line.kind = Deduction::Sort::omge;
    line.rate_bp = 100;
    edit(line);
    body.deductions.push_back(line);
  });
}

void definitions(Family& f) {
  f.given("authorized_oimp");
  const auto defined = [](Definition definition) {
    return with(scene::rules_for_oimp(), [&](auto& body) {
      body.version = 2;
      body.first_transfer = {{"XHA", definition}};
    });
  };
  f.admits("The host's definition stays.", defined(Definition::use_or_cancellation), scene::both());
  f.refuses("RUL-5", "The host would call issuance the first transfer, having authorized OP.",
            defined(Definition::issuance), scene::both());
  f.refuses("RUL-5", "The host would drop its definition, having authorized OP.",
            with(defined(Definition::issuance), [](auto& body) { body.first_transfer.clear(); }),
            scene::both());
}

void deductions(Family& f) {
  f.given("agreed");
  f.refuses("RUL-8", "Two lines are called omge.",
            with_line([](auto& line) { line.name = "omge"; }), scene::both());
  f.refuses("RUL-9", "Line omge would take 3 % and took 2 % before.",
            with(second_version(), [](auto& b) { b.deductions.front().rate_bp = 300; }),
            scene::both());
  f.refuses("RUL-10", "The acquirer would take from the host's section.",
            with_line([](auto& line) { line.by = Deduction::By::acquirer; }), scene::both());
  f.refuses("RUL-11", "More than the whole is taken by one line.",
            with_line([](auto& line) { line.rate_bp = 10'001; }), scene::both());
  f.refuses("RUL-11", "More than the whole is taken by all lines together.",
            with_line([](auto& line) { line.rate_bp = 9'301; }), scene::both());
  f.refuses("RUL-12", "A retained line names no account.",
            with_line([](auto& line) { line.kind = Deduction::Sort::retained; }), scene::both());
  f.refuses("RUL-12", "Cancelled units need no account.",
            with_line([](auto& line) { line.account = "XHA-SHARE"; }), scene::both());
  f.refuses("RUL-13", "What the host retains would go to the buyer's account.",
            with_line([](auto& line) {
              line.kind = Deduction::Sort::retained;
              line.account = "XBA-SHARE";
            }),
            scene::both());
  f.refuses("RUL-13", "What is for the fund would go to the host.", with_line([](auto& line) {
              line.kind = Deduction::Sort::fund;
              line.account = "XHA-SHARE";
            }),
            scene::both());
}

const char* const end_of_2028 = "2028-12-31T00:00:00.000Z";

// Both Parties end the approach at that moment.
ApproachEnded ended(std::string_view from) {
  return {"XHA-XBA", story::at(from), {"XBA", "XHA"}, "fulfilled"};
}

void ending(Family& f) {
  f.given("agreed");
  const auto edited = [](auto edit) { return with(ended(end_of_2028), edit); };
  const auto alone = edited([](auto& b) { b.parties = {"XHA"}; });
  f.admits("Both Parties end the approach.", ended(end_of_2028), scene::both());
  f.refuses("APR-4", "There is no such approach.", edited([](auto& b) { b.approach = "NOWHERE"; }),
            scene::both());
  f.refuses("APR-5", "XCA has no part in it.", edited([](auto& b) { b.parties = {"XCA"}; }),
            {"XCA", "XCA-2"});
  f.refuses("APR-7", "It would end before its entry.", ended("2026-12-01T00:00:00.000Z"),
            scene::both());
  f.refuses("APR-7", "It would end in the year 9999.", ended("9999-12-31T00:00:00.000Z"),
            scene::both());
  f.refuses("APR-7", "No rules state a notice, so XHA alone does not end it.", alone, {"XHA"});
  f.refuses("ID-7", "XBA is named among those who end it, and has not signed.", ended(end_of_2028),
            {"XHA"});
  f.before(with(second_version(), [](auto& b) { b.clocks = ApproachRules::Clocks{90}; }),
           scene::both());
  f.admits("XHA alone ends it, by a longer notice than the rules ask for.", alone, {"XHA"});
  f.refuses("APR-7", "Ninety days of notice are not met.",
            with(alone, [](auto& b) { b.from = story::at("2027-01-01T00:00:00.000Z"); }), {"XHA"});
}

// What an ended approach refuses, and what it leaves alone.
void after_the_end(Family& f) {
  const auto asked = at("2029-01-01T00:00:00.000Z");
  f.given("agreed").before(ended(end_of_2028), scene::both());
  f.refuses("APR-6", "It ends then already.", ended(end_of_2028), scene::both());
  f.admits("It ends earlier than was said.", ended("2028-06-30T00:00:00.000Z"), scene::both());
  f.before(ended("2028-06-30T00:00:00.000Z"), scene::both());
  f.refuses("APR-8", "The earlier end holds.", second_version(), scene::both(),
            at("2028-06-30T00:00:00.000Z"));
  f.given("agreed").before(ended(end_of_2028), scene::both());
  f.refuses("APR-8", "Rules would be adopted for an ended approach.", second_version(),
            scene::both(), asked);
  f.refuses("APR-8", "XHA would authorize under it.", scene::host_grant(), {"XHA"}, asked);
  f.given("authorized").before(ended(end_of_2028), scene::both());
  f.admits("Until it ends, units are issued.", scene::issuance(), scene::seller(),
           at("2028-12-30T23:59:59.999Z"));
  f.refuses("APR-8", "Units would be issued under it.", scene::issuance(), scene::seller(),
            at(end_of_2028));
  f.given("transferred").before(ended(end_of_2028), scene::both());
  f.refuses("APR-8", "OMGE would be first transferred.",
            with(scene::settlement(),
                 [](auto& b) {
                   b.gross = scene::units({{4'008, 5'007}});
                   b.quantity = 1'000;
                   b.taken = {scene::taken("omge", 2026, 4'938, 4'957),
                              scene::taken("retained", 2026, 4'958, 5'007, "XHA-SHARE")};
                 }),
            scene::seller(), asked);
  f.admits("ITMOs are used all the same.", scene::use({{1, 100}}), scene::user(), asked);
  f.given("issued_oimp").before(ended(end_of_2028), scene::both());
  f.refuses("APR-8", "Units would become ITMOs.", scene::transfer({{1, 100}}), scene::three(),
            asked);
  const auto used_at_home = with(scene::use({{1, 100}}), [](auto& b) {
    b.account = "XBA-FUND-XHA";
    b.party = "XHA";
    b.purpose = Purpose::imp;
    b.year.reset();
    b.user = "XBA-FUND";
    b.user_name = "Fictional XBA-FUND";
    b.first_transfer = true;
  });
  f.refuses("APR-8", "Use for IMP would be the first transfer.", used_at_home, {"XBA-FUND", "XHA"},
            asked);
  f.refuses("APR-8", "Cancellation for OP would be the first transfer.",
            with(scene::cancellation({{1, 100}}),
                 [](auto& b) {
                   b.account = "XBA-FUND-XHA";
                   b.party = "XHA";
                   b.purpose = UnitsCancelled::Reason::op;
                   b.first_transfer = true;
                 }),
            {"XBA-FUND", "XHA-CMO"}, asked);
  f.admits("What was never first transferred may be cancelled at home.",
           with(scene::cancellation({{1, 100}}),
                [](auto& b) {
                  b.account = "XBA-FUND-XHA";
                  b.party = "XHA";
                }),
           {"XBA-FUND", "XHA-CMO"}, asked);
}

void asking_for_the_cycle(Family& f) {
  const auto asked = [](auto edit) {
    return with(scene::rules_of_the_cycle(), [&](auto& b) {
      b.version = 2;
      edit(*b.cycle);
    });
  };
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, asked(edit), scene::both());
  };
  f.admits("The rules ask for the whole cycle.", asked([](auto&) {}), scene::both());
  f.admits("Or for a part of it.", asked([](auto& cycle) {
             cycle.steps = {CycleStep::registration};
             cycle.reviews.clear();
           }),
           scene::both());
  refuses("RUL-15", "Ideas would be reviewed that nobody asks for.", [](auto& cycle) {
    cycle.steps = {CycleStep::registration, CycleStep::verification};
  });
  refuses("RUL-15", "The host would review ideas twice.", [](auto& cycle) {
    cycle.reviews.insert(cycle.reviews.begin() + 1, {Stage::idea, 2, Reviewer::host, {}});
  });
  refuses("RUL-15", "More than ten years to review.",
          [](auto& cycle) { cycle.reviews.back().days = 3'651; });
  refuses("RUL-15", "There are not so many reviews.",
          [](auto& cycle) { cycle.reviews.back().order = 65; });
  refuses("RUL-16", "What is not registered is not verified.", [](auto& cycle) {
    cycle.steps = {CycleStep::idea, CycleStep::verification};
    cycle.reviews.clear();
  });
}

}  // namespace

Family approach_vectors() {
  Family f("APR");
  f.given("enrolled");
  f.admits("XHA and XBA establish an approach.", story::approach("XHA-XBA", "XHA", "XBA"),
           scene::both());
  f.refuses("APR-2", "XQQ is no Party of this ledger.", story::approach("XHA-XQQ", "XHA", "XQQ"),
            {"XHA"});
  f.refuses("APR-3", "XHA would cooperate with itself.", story::approach("XHA-XHA", "XHA", "XHA"),
            {"XHA"});
  f.given("agreed").refuses("APR-1", "That approach exists.",
                            story::approach("XHA-XBA", "XHA", "XBA"), scene::both());
  ending(f);
  after_the_end(f);
  return f;
}

Family rules_vectors() {
  Family f("RUL");
  f.given("agreed");
  const auto edited = [](auto edit) { return with(second_version(), edit); };
  f.admits("Both Parties adopt a second version.", second_version(), scene::both());
  f.refuses("RUL-1", "There is no such approach.", edited([](auto& b) { b.approach = "NOWHERE"; }),
            {"XHA"});
  f.refuses("RUL-2", "Version 3 would follow version 1.", edited([](auto& b) { b.version = 3; }),
            scene::both());
  f.refuses("RUL-3", "The approach has an identifier, and it stays.",
            edited([](auto& b) { b.carp = "CA9902"; }), scene::both());
  f.refuses("RUL-3", "That identifier is approach XHA-XBA's.",
            with(scene::rules(),
                 [](auto& b) {
                   b.approach = "XHA-XCA";
                   b.deductions.clear();
                 }),
            {"XHA", "XCA"});
  f.refuses("RUL-4", "XCA is no Party of the approach.", edited([](auto& b) {
              b.first_transfer = {{"XCA", Definition::issuance}};
            }),
            scene::both());
  f.refuses("RUL-6", "More than ten years to object.",
            edited([](auto& b) { b.objection_days = 3'651; }), scene::both());
  f.refuses("RUL-7", "XCA is no Party of the approach.", edited([](auto& b) {
              b.extra_signers = {{"units.issued", "XCA", Organ::authority}};
            }),
            scene::both());
  f.refuses("RUL-7", "Opening an account names no approach.", edited([](auto& b) {
              b.extra_signers = {{"account.opened", "XBA", Organ::authority}};
            }),
            scene::both());
  f.refuses("RUL-14", "A notice of more than ten years.",
            edited([](auto& b) { b.clocks = ApproachRules::Clocks{3'651}; }), scene::both());
  asking_for_the_cycle(f);
  f.before(edited([](auto& b) {
             b.extra_signers = {{"authorization.granted", "XBA", Organ::secretariat}};
           }),
           scene::both());
  f.refuses("ID-7", "The rules let XBA co-sign authorizations, and it has not.",
            scene::host_grant(), {"XHA"});
  f.admits("XBA co-signed, as the rules ask.", scene::host_grant(), scene::both());
  definitions(f);
  deductions(f);
  return f;
}

Family ndc_vectors() {
  Family f("NDC");
  f.given("enrolled");
  const NdcDeclared ndc = story::ndc("XCA", 2026, 2030);
  const auto edited = [&](auto edit) { return with(ndc, edit); };
  f.admits("XCA declares a multi-year NDC.", ndc, {"XCA"});
  f.refuses("NDC-1", "There is no such Party.", edited([](auto& b) { b.party = "XQQ"; }), {"XCA"});
  f.refuses("NDC-2", "XHA declared 2029 before.", story::ndc("XHA", 2029, 2033), {"XHA"});
  f.refuses("NDC-3", "It would end before it begins.", story::ndc("XCA", 2030, 2026), {"XCA"});
  f.refuses("NDC-4", "Averaging is not for multi-year NDCs.",
            edited([](auto& b) { b.method = Method::averaging; }), {"XCA"});
  f.admits("XCA declares an NDC in another metric.", scene::wind_ndc("XCA"), {"XCA"});
  f.refuses("NDC-6", "That it is another metric does not name it.",
            edited([](auto& b) { b.metric = "non-GHG"; }), {"XCA"});
  f.admits("XCA declares a single-year NDC with averaging.", edited([](auto& b) {
             b.type = NdcType::single_year;
             b.method = Method::averaging;
           }),
           {"XCA"});
  f.given("agreed").before(with(scene::host_grant(), [](auto& b) { b.vintage_to = 2031; }),
                           {"XHA"});
  const NdcDeclared next = story::ndc("XHA", 2030, 2034);
  f.admits("The next NDC is in GHG too.", next, {"XHA"});
  f.refuses("NDC-7", "XHA authorized vintages of 2030 and 2031 in GHG.",
            with(next, [](auto& b) { b.metric = scene::megawatt_hours; }), {"XHA"});
  return f;
}

Family inventory_vectors() {
  Family f("INV");
  f.given("enrolled");
  const InventoryReported inventory{
      "XHA", 2026, 1, "GHG", 41'500'000, {story::document("inventory 2026", "national inventory")}};
  const auto edited = [&](auto edit) { return with(inventory, edit); };
  const auto asked = at("2028-03-01T09:00:00.000Z");
  f.admits("XHA reports its inventory of 2026.", inventory, {"XHA"}, asked);
  f.admits("Removals may be more than emissions.", edited([](auto& b) { b.value = -7'000; }),
           {"XHA"}, asked);
  f.refuses("INV-1", "XHA declared no NDC for 2030.", edited([](auto& b) { b.year = 2030; }),
            {"XHA"}, asked);
  f.refuses("INV-2", "Nothing was reported before it.", edited([](auto& b) { b.version = 2; }),
            {"XHA"}, asked);
  f.refuses("INV-3", "The NDC is in GHG.", edited([](auto& b) { b.metric = "MWh"; }), {"XHA"},
            asked);
  f.refuses("INV-4", "The year is not over.", edited([](auto& b) { b.year = 2028; }), {"XHA"},
            asked);
  f.before(inventory, {"XHA"}, asked);
  f.admits("It is reported anew.", edited([](auto& b) {
             b.version = 2;
             b.value = 41'400'000;
           }),
           {"XHA"});
  f.refuses("INV-2", "Version 1 was reported before.", inventory, {"XHA"});
  return f;
}

namespace {

void granting_the_host(Family& f) {
  f.given("agreed");
  const auto host = [](auto edit) { return with(scene::host_grant(), edit); };
  const scene::Signers xha{"XHA"};
  f.admits("The host authorizes.", scene::host_grant(), xha);
  f.refuses("AUT-2", "There is no such approach.", host([](auto& b) { b.approach = "NOWHERE"; }),
            xha);
  f.refuses("AUT-2", "Approach XHA-XCA has no rules yet.",
            host([](auto& b) { b.approach = "XHA-XCA"; }), xha);
  f.refuses("AUT-3", "XCA is no Party of the approach.", host([](auto& b) { b.party = "XCA"; }),
            {"XCA", "XCA-2"});
  f.refuses("AUT-10", "A first version is version 1.", host([](auto& b) { b.version = 2; }), xha);
  f.refuses("AUT-11", "The rules put the host first.", scene::buyer_grant(), {"XBA"});
  f.refuses("AUT-12", "AR6 values are not agreed.", host([](auto& b) { b.gwp = "AR6"; }), xha);
  f.refuses("AUT-12", "A tonne stands for itself.", host([](auto& b) { b.conversion = 1'000'000; }),
            xha);
  f.refuses("AUT-38", "The NDC of XHA for these years is in GHG.", host([](auto& b) {
              b.metric = scene::megawatt_hours;
              b.gwp = "NA";
              b.conversion = 582'000;
            }),
            xha);
  f.refuses("AUT-13", "A cap of nothing.", host([](auto& b) { b.cap = 0; }), xha);
  f.refuses("AUT-14", "Mitigation of 2020 is not eligible.",
            host([](auto& b) { b.vintage_from = 2020; }), xha);
  f.refuses("AUT-14", "The last vintage is before the first.",
            host([](auto& b) { b.vintage_to = 2025; }), xha);
  f.refuses("AUT-15", "It authorizes nothing.", host([](auto& b) { b.purposes.clear(); }), xha);
  f.refuses("AUT-16", "It describes a use for IMP or OP and authorizes none.",
            host([](auto& b) { b.oimp = "CORSIA"; }), xha);
  f.refuses("AUT-17", "The rules do not say what a first transfer for OP is.",
            scene::for_every_purpose(scene::host_grant()), xha);
  f.refuses("AUT-18", "NDC use is authorized for no period.",
            host([](auto& b) { b.ndc_periods.clear(); }), xha);
  f.refuses("AUT-18", "The period ends before it begins.", host([](auto& b) {
              b.ndc_periods = {{2027, 2026}};
            }),
            xha);
}

void granting_to_whom(Family& f) {
  f.given("agreed");
  const auto host = [](auto edit) { return with(scene::host_grant(), edit); };
  const scene::Signers xha{"XHA"};
  f.refuses("AUT-19", "There is no such Party.", host([](auto& b) { b.parties = {"XQQ"}; }), xha);
  f.refuses("AUT-20", "There is no such entity.",
            host([](auto& b) { b.entities.front().id = "NOBODY"; }), xha);
  f.refuses("AUT-20", "A Party is no entity.", host([](auto& b) { b.entities.front().id = "XBA"; }),
            xha);
  f.refuses("AUT-20", "The entity may do nothing.",
            host([](auto& b) { b.entities.front().may.clear(); }), xha);
  f.refuses("AUT-21", "It lists no activity.", host([](auto& b) { b.activities.clear(); }), xha);
  f.refuses("AUT-22", "The crediting period ends before it begins.",
            host([](auto& b) { b.activities.front().crediting_to = story::on("2025-12-31"); }),
            xha);
  f.refuses("AUT-25", "It names no standard.", host([](auto& b) { b.standards.clear(); }), xha);
  f.refuses("AUT-26", "XHA does not track in XBA's registry.",
            host([](auto& b) { b.tracking_registry = "XBA99"; }), xha);
  f.refuses("AUT-27", "Use would end before the grant.",
            host([](auto& b) { b.use_until = story::on("2026-12-01"); }), xha);
  f.refuses("AUT-28", "XCA has no say in a change.",
            host([](auto& b) { b.change_terms.consent = {"XCA"}; }), xha);
  f.refuses("AUT-29", "The letter of authorization is confidential as a whole.",
            host([](auto& b) { scene::withhold(b.documents.front()); }), xha);
}

void granting_again(Family& f) {
  f.given("authorized");
  const auto host = [](auto edit) { return with(scene::host_grant(), edit); };
  f.refuses("AUT-1", "That authorization exists.", scene::host_grant(), {"XHA"});
  f.refuses("AUT-23", "The activity was listed with another sector.", host([](auto& b) {
              b.id = "XHA-AUT-2";
              b.activities.front().sector = "Transportation";
            }),
            {"XHA"});
  f.refuses("AUT-24", "The host has authorized no such activity.",
            with(scene::buyer_grant(),
                 [](auto& b) {
                   b.id = "XBA-AUT-2";
                   b.activities = scene::host_grant().activities;
                   b.activities.front().id = "XHA-SOLAR";
                 }),
            {"XBA"});
}

// What movements ask of authorizations.
void moving(Family& f) {
  const auto all = [](auto edit) {
    return with(scene::transfer({{1, 10'500}}), [&](auto& b) {
      b.vintages = {{2026, 9'000}, {2027, 1'500}};
      edit(b);
    });
  };
  f.given("issued_oimp");
  f.refuses("AUT-4", "The host's cap is 10,000.", all([](auto&) {}), scene::three());
  f.refuses("AUT-4", "The buyer's cap is 9,000.", all([](auto& b) {
              b.units = scene::units({{1, 9'500}});
              b.quantity = 9'500;
              b.vintages = {{2026, 9'000}, {2027, 500}};
            }),
            scene::three());
  f.admits("Exactly the buyer's cap.", scene::transfer({{1, 9'000}}), scene::three());
  f.refuses("AUT-5", "Both authorizations ended with 2031.", scene::transfer({{1, 100}}),
            scene::three(), at("2032-01-01T00:00:00.000Z"));
  f.given("authorized")
      .refuses("AUT-5", "The host's authorization takes effect on 9 February.", scene::issuance(),
               scene::seller(), at("2027-02-09T09:59:59.999Z"));
  f.refuses("AUT-9", "Issuance ended with 2030.", scene::issuance(), scene::seller(),
            at("2031-01-01T00:00:00.000Z"));
  f.given("transferred");
  f.refuses("AUT-9", "Use ended with 2031.", scene::use({{1, 100}}), scene::user(),
            at("2032-01-01T00:00:00.000Z"));
}

void who_and_what_for(Family& f) {
  f.given("authorized")
      .refuses("AUT-6", "No authorization names the trading house.",
               with(scene::issuance(),
                    [](auto& b) {
                      b.account = "XHA-OTHER-XHA";
                      b.holder = "XHA-OTHER";
                    }),
               scene::seller(), at("2028-06-01T09:30:00.000Z"));
  f.given("settled");
  f.refuses("AUT-6", "The trading house would receive units inside XHA's section.",
            with(scene::transfer({{1, 100}}),
                 [](auto& b) {
                   b.to = {"XHA-OTHER-XHA", "XHA", "XHA-OTHER", "Fictional XHA-OTHER"};
                   b.authorization.buyer.reset();
                 }),
            {"XBA-FUND", "XHA-CMO"});
  const auto transfer = [](auto edit) { return with(scene::transfer({{1, 100}}), edit); };
  f.refuses("AUT-7", "Neither authorization names OP.",
            transfer([](auto& b) { b.purpose = Purpose::op; }), scene::three());
  f.refuses("AUT-7", "The host's authorization is unknown, and the buyer's does not name OP.",
            transfer([](auto& b) {
              b.purpose = Purpose::op;
              b.authorization.host = "NONE";
            }),
            scene::three());
  f.refuses("AUT-8", "The host's authorization is unknown.",
            transfer([](auto& b) { b.authorization.host = "NONE"; }), scene::three());
  f.refuses("AUT-8", "The buyer's authorization is not named.",
            transfer([](auto& b) { b.authorization.buyer.reset(); }), scene::three());
  f.refuses("AUT-8", "The host's authorization stands in the place of the buyer's.",
            transfer([](auto& b) { b.authorization.buyer = "XHA-AUT-1"; }), scene::three());
  f.given("transferred");
  f.refuses("AUT-6", "The trading house may not use.",
            with(scene::use({{1, 100}}),
                 [](auto& b) {
                   b.user = "XHA-OTHER";
                   b.user_name = "Fictional XHA-OTHER";
                 }),
            scene::user());
  f.refuses("AUT-7", "Use for IMP is not authorized.",
            with(scene::use({{1, 100}}),
                 [](auto& b) {
                   b.purpose = Purpose::imp;
                   b.year.reset();
                 }),
            scene::user());
  f.refuses("AUT-7", "Cancellation for OP is not authorized.",
            with(scene::cancellation({{1, 100}}),
                 [](auto& b) { b.purpose = UnitsCancelled::Reason::op; }),
            scene::user());
}

void in_another_metric(Family& f) {
  f.given("measured");
  const scene::Signers xca{"XCA", "XCA-2"};
  const AuthorizationGranted second =
      with(scene::wind_grant(), [](auto& b) { b.id = "XCA-AUT-2"; });
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, with(second, edit), xca);
  };
  f.admits("XCA authorizes more, in MWh.", second, xca);
  refuses("AUT-12", "Values of the global warming potential are of gases.",
          [](auto& b) { b.gwp = "AR5"; });
  refuses("AUT-12", "It does not say what a MWh stands for.",
          [](auto& b) { b.conversion.reset(); });
  refuses("AUT-12", "That it is another metric does not name it.",
          [](auto& b) { b.metric = "non-GHG"; });
  refuses("AUT-38", "XCA authorized vintage 2034 of nothing, and 2033 in MWh.", [](auto& b) {
    b.metric = "GHG";
    b.gwp = "AR5";
    b.conversion.reset();
    b.vintage_to = 2034;
  });
  f.admits("XCA-AUT-1 changes its final dates.",
           scene::change(
               with(scene::wind_grant(), [](auto& b) { b.use_until = story::on("2037-12-31"); })),
           xca);
  f.refuses("AUT-31", "A MWh would stand for less.",
            scene::change(with(scene::wind_grant(), [](auto& b) { b.conversion = 500'000; })), xca);
}

}  // namespace

Family authorization_vectors() {
  Family f("AUT");
  granting_the_host(f);
  granting_to_whom(f);
  f.given("agreed_oimp")
      .refuses("AUT-16", "OP is authorized and `oimp` does not say which use.",
               with(scene::for_every_purpose(scene::host_grant()), [](auto& b) { b.oimp.reset(); }),
               {"XHA"});
  granting_again(f);
  moving(f);
  who_and_what_for(f);
  in_another_metric(f);
  add_changes_of_authorizations(f);
  return f;
}

}  // namespace rules
