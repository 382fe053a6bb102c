// ACT, MON, REV: an activity from its idea to the issuance of what was verified.
#include "tests/rules/vectors.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

using Decision = ReviewDecided::Decision;

const char* const day_of_registration = "2027-03-01T09:00:00.000Z";
const char* const day_of_report = "2028-02-01T09:00:00.000Z";
const char* const day_of_issuance = "2028-06-01T09:30:00.000Z";

const scene::Signers dev{"XHA-DEV"};
const scene::Signers first_verifier{"VERIFIER-1"};
const scene::Signers second_verifier{"VERIFIER-2"};
const scene::Signers xba{"XBA"};

ActivityClosed closing() {
  return {"XHA-STOVES", ActivityClosed::How::closed, "crediting_over"};
}

template <class E>
E confidential(E body) {
  scene::withhold(body.documents.front());
  return body;
}

ReviewDecided decided(Stage stage, const Id& party, Decision decision) {
  return with(scene::review(stage, party), [&](auto& b) {
    b.decision = decision;
    b.quantities.clear();
  });
}

MonitoringVerified restated(std::int64_t version, std::vector<VintageQuantity> verified) {
  return with(scene::verification(), [&](auto& b) {
    b.version = version;
    b.verified = std::move(verified);
  });
}

MonitoringSubmitted second_report() {
  return with(scene::monitoring(), [](auto& b) { b.id = "XHA-MON-2"; });
}

// Rules that ask for nothing of the cycle, as the next version.
ApproachRules without_the_cycle() {
  return with(scene::rules_of_the_cycle(), [](auto& b) {
    b.version = 2;
    b.cycle.reset();
  });
}

// The developer and the verifier's own interest: XHA-DEV appointed as a verifier, too.
RoleGranted developer_as_verifier() {
  return with(scene::verifier("XHA-DEV"), [](auto& b) { b.id = "XHA-DEV-VERIFIER"; });
}

void proposing(Family& f) {
  const auto edited = [](auto edit) { return with(scene::proposal(), edit); };
  f.given("agreed_cycle");
  f.admits("XHA-DEV proposes an activity.", scene::proposal(), dev);
  f.refuses("ACT-1", "There is no such approach.", edited([](auto& b) { b.approach = "NOWHERE"; }),
            dev);
  f.refuses("ACT-1", "Approach XHA-XCA has no rules yet.",
            edited([](auto& b) { b.approach = "XHA-XCA"; }), dev);
  f.refuses("ACT-2", "XHA-OTHER is no developer of XHA's.",
            edited([](auto& b) { b.developer = "XHA-OTHER"; }), {"XHA-OTHER"});
  f.refuses("ACT-3", "A first version is version 1.", edited([](auto& b) { b.version = 2; }), dev);
  f.refuses("ACT-8", "Nothing is authorized before its idea.", scene::host_grant(), {"XHA"});
  const auto again = edited([](auto& b) { b.version = 2; });
  f.before(scene::proposal(), dev);
  f.admits("It is proposed better before XHA decided.", again, dev);
  f.refuses("ACT-8", "The idea is not approved yet.", scene::design(), dev);
  f.refuses("ACT-8", "Nor is it authorized.", scene::host_grant(), {"XHA"});
  f.before(decided(Stage::idea, "XHA", Decision::returned), scene::seller());
  f.admits("What was returned is proposed again.", again, dev);
  f.refuses("ACT-8", "A returned idea is not approved.", scene::design(), dev);
  ApproachRules looser = scene::rules_of_the_cycle();
  looser.version = 2;
  std::erase_if(looser.cycle->reviews, [](const auto& each) { return each.stage == Stage::idea; });
  f.before(looser, scene::both());
  f.refuses("ACT-8", "Nor once no review of ideas is asked any more.", scene::design(), dev);
  f.given("agreed_cycle").before(scene::proposal(), dev);
  f.before(decided(Stage::idea, "XHA", Decision::rejected), scene::seller());
  f.refuses("ACT-4", "What was rejected is not proposed again.", again, dev);
  f.given("proposed");
  f.refuses("ACT-4", "The idea is approved; changes belong into the design.", again, dev);
  f.refuses(
      "ACT-5", "It was proposed in another sector.",
      with(scene::host_grant(), [](auto& b) { b.activities.front().sector = "Transportation"; }),
      {"XHA"});
  f.given("authorized")
      .before(scene::newcomer("XHA-DEV", "XHA"), {"XHA-CMO", "XHA-DEV"})
      .before(scene::developer("XHA-DEV"), {"XHA"});
  f.admits("Without a step for ideas an activity is proposed after its authorization.",
           scene::proposal(), dev);
  f.refuses("ACT-5", "It was authorized in another sector.",
            edited([](auto& b) { b.sector = "Transportation"; }), dev);
}

void designing(Family& f) {
  const auto edited = [](auto edit) { return with(scene::design(), edit); };
  f.given("proposed");
  f.admits("XHA-DEV submits a design.", scene::design(), dev);
  f.admits("It may have components.", edited([](auto& b) {
             b.components = {"north", "south"};
           }),
           dev);
  f.refuses("ACT-3", "A first version is version 1.", edited([](auto& b) { b.version = 2; }), dev);
  f.refuses("ACT-6", "There is no such activity.", edited([](auto& b) { b.activity = "XHA-WIND"; }),
            dev);
  f.refuses("ACT-9", "2031 is no year of the crediting period.", edited([](auto& b) {
              b.expected = {{2026, 9'000}, {2031, 9'000}};
            }),
            dev);
  f.refuses("ACT-10", "The design document is confidential as a whole.",
            confidential(scene::design()), dev);
  f.refuses("AUT-22", "The crediting period ends before it begins.", edited([](auto& b) {
              b.crediting_to = story::on("2025-12-31");
              b.expected.clear();
            }),
            dev);
  f.before(RoleEnded{"XHA-DEV-ROLE", RoleEnded::How::ended, RoleEnded::Reason::ceased}, {"XHA"});
  f.refuses("ACT-2", "XHA-DEV is no developer any more.", scene::design(), dev);
  f.given("designed");
  f.refuses("ACT-18", "Version 1 waits for its opinion.", edited([](auto& b) { b.version = 2; }),
            dev);
  f.given("registered");
  f.admits("A registered activity changes its design.", edited([](auto& b) { b.version = 2; }),
           dev);
  f.before(closing(), scene::seller());
  f.refuses("ACT-7", "A closed activity is not designed any more.",
            edited([](auto& b) { b.version = 2; }), dev);
}

void validating(Family& f) {
  const auto edited = [](auto edit) { return with(scene::validation(), edit); };
  f.given("designed");
  f.admits("VERIFIER-1 validates the design.", scene::validation(), first_verifier);
  f.refuses("ACT-6", "There is no such activity.", edited([](auto& b) { b.activity = "XHA-WIND"; }),
            first_verifier);
  f.refuses("ACT-10", "The validation report is confidential as a whole.",
            confidential(scene::validation()), first_verifier);
  f.refuses("ACT-11", "There is no version 2.", edited([](auto& b) { b.version = 2; }),
            first_verifier);
  f.refuses("ACT-12", "Nobody appointed XHA-OTHER as a verifier.",
            edited([](auto& b) { b.verifier = "XHA-OTHER"; }), {"XHA-OTHER"});
  f.refuses("ACT-12", "The appointment ended with 2034.", scene::validation(), first_verifier,
            at("2035-01-01T00:00:00.000Z"));
  f.before(developer_as_verifier(), scene::both());
  f.refuses("ACT-13", "XHA-DEV would judge its own design.",
            edited([](auto& b) { b.verifier = "XHA-DEV"; }), dev);
  const auto own_organ =
      with(scene::verifier("XHA-CMO"), [](auto& b) { b.id = "XHA-CMO-VERIFIER"; });
  const auto own_party = with(scene::verifier("XBA"), [](auto& b) { b.id = "XBA-VERIFIER"; });
  f.before(own_organ, scene::both()).before(own_party, scene::both());
  f.refuses("ACT-13", "XHA-CMO is XHA's secretariat.",
            edited([](auto& b) { b.verifier = "XHA-CMO"; }), scene::seller());
  f.refuses("ACT-13", "XBA is a Party, and would buy.", edited([](auto& b) { b.verifier = "XBA"; }),
            xba);
  f.before(RoleEnded{"VERIFIER-1-ROLE", RoleEnded::How::suspended, RoleEnded::Reason::compromised},
           {"XBA"});
  f.refuses("ACT-12", "The appointment is suspended.", scene::validation(), first_verifier);
  f.given("validated")
      .refuses("ACT-11", "That version is validated already.", scene::validation(), first_verifier);
  f.given("verified").before(with(scene::design(), [](auto& b) { b.version = 2; }), dev);
  f.refuses("MON-8", "VERIFIER-2 verified a report.", edited([](auto& b) {
              b.version = 2;
              b.verifier = "VERIFIER-2";
            }),
            second_verifier);
}

// The design fits its authorizations in everything but its type.
void add_design_of_another_type(Family& f) {
  f.given("proposed")
      .before(scene::host_grant(), {"XHA"})
      .before(scene::buyer_grant(), {"XBA"})
      .before(with(scene::design(), [](auto& b) { b.type = "Wind energy"; }), dev)
      .before(scene::validation(), first_verifier)
      .before(scene::review(Stage::validation, "XHA"), scene::seller())
      .before(scene::review(Stage::validation, "XBA"), xba);
}

void registering(Family& f) {
  const auto asked = at(day_of_registration);
  const auto edited = [](auto edit) { return with(scene::registration(), edit); };
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, edited(edit), scene::seller(), asked);
  };
  f.given("validated");
  f.refuses("AUT-5", "The buyer's authorization takes effect on 24 February.",
            scene::registration(), scene::seller(), at("2027-02-20T09:00:00.000Z"));
  f.admits("Both authorizations are in effect, the design is approved.", scene::registration(),
           scene::seller(), asked);
  refuses("ACT-6", "There is no such activity.", [](auto& b) { b.activity = "XHA-WIND"; });
  refuses("ACT-14", "There is no version 2.", [](auto& b) { b.version = 2; });
  refuses("ACT-14", "The design says another crediting period.",
          [](auto& b) { b.crediting_to = story::on("2029-12-31"); });
  refuses("AUT-8", "The buyer's authorization is not named.",
          [](auto& b) { b.authorization.buyer.reset(); });
  f.given("registered")
      .refuses("ACT-14", "That version is registered.", scene::registration(), scene::seller());
  f.given("designed")
      .refuses("ACT-15", "The design is not validated.", scene::registration(), scene::seller(),
               asked);
  f.before(scene::validation(), first_verifier);
  f.refuses("ACT-15", "No Party reviewed the validation.", scene::registration(), scene::seller(),
            asked);
  f.before(scene::review(Stage::validation, "XHA"), scene::seller());
  f.before(decided(Stage::validation, "XBA", Decision::objection), xba);
  f.refuses("ACT-15", "XBA objects to it.", scene::registration(), scene::seller(), asked);
  f.given("designed")
      .before(with(scene::validation(),
                   [](auto& b) { b.opinion = ActivityValidated::Opinion::conditional; }),
              first_verifier);
  f.refuses("ACT-15", "The opinion has conditions.", scene::registration(), scene::seller(), asked);
  f.given("designed")
      .before(scene::validation(), first_verifier)
      .before(decided(Stage::validation, "XHA", Decision::returned), scene::seller())
      .before(without_the_cycle(), scene::both());
  f.refuses("ACT-15", "XHA returned it, though the rules ask for no review any more.",
            scene::registration(), scene::seller(), asked);
  add_design_of_another_type(f);
  f.refuses("ACT-16", "The activity is authorized as another type.", scene::registration(),
            scene::seller(), asked);
}

void closing_down(Family& f) {
  f.given("registered");
  f.admits("XHA closes the activity.", closing(), scene::seller());
  f.refuses("ACT-6", "There is no such activity.",
            with(closing(), [](auto& b) { b.activity = "XHA-WIND"; }), scene::seller());
  f.before(closing(), scene::seller());
  f.refuses("ACT-7", "It is closed already.", closing(), scene::seller());
  f.given("validated")
      .refuses("ACT-17", "What is not registered is not closed.", closing(), scene::seller());
}

void reporting(Family& f) {
  const auto asked = at(day_of_report);
  const auto edited = [](auto edit) { return with(scene::monitoring(), edit); };
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, edited(edit), dev, asked);
  };
  f.given("registered");
  f.admits("XHA-DEV reports 2026 and 2027.", scene::monitoring(), dev, asked);
  refuses("ACT-6", "There is no such activity.", [](auto& b) { b.activity = "XHA-WIND"; });
  f.refuses("ACT-10", "The report is confidential as a whole.", confidential(scene::monitoring()),
            dev, asked);
  refuses("MON-2", "The design has no components.", [](auto& b) { b.component = "north"; });
  refuses("MON-3", "The period begins before the crediting period.",
          [](auto& b) { b.period_from = story::on("2025-12-31"); });
  f.refuses("MON-3", "The period is not over.", scene::monitoring(), dev,
            at("2027-06-01T09:00:00.000Z"));
  refuses("MON-5", "It claims nothing.", [](auto& b) { b.claims.clear(); });
  refuses("MON-5", "2028 is no year of the period.", [](auto& b) {
    b.claims = {{2026, 9'000}, {2028, 6'000}};
  });
  f.given("validated")
      .refuses("MON-2", "The activity is not registered.", scene::monitoring(), dev, asked);
  f.given("verified");
  f.refuses("MON-1", "That report exists.", scene::monitoring(), dev);
  f.refuses("MON-4", "The same days would be monitored twice.", second_report(), dev);
  f.before(restated(2, {}), second_verifier);
  f.admits("Of the first report nothing is verified, so its days are free.", second_report(), dev);
  f.before(second_report(), dev);
  f.refuses("MON-4", "They are the second report's now.", restated(3, {{2026, 1}}),
            second_verifier);
  f.admits("That nothing is verified of the first may be said again.", restated(3, {}),
           second_verifier);
}

// What a Party sent back gives its days up, under whatever rules, until it is verified anew.
void reporting_after_a_return(Family& f) {
  f.given("verified").before(decided(Stage::verification, "XBA", Decision::returned), xba);
  f.admits("XBA returned the first report.", second_report(), dev);
  f.admits("Nobody else reported its days, so that it is verified anew.",
           restated(2, {{2026, 8'000}}), second_verifier);
  f.before(second_report(), dev);
  f.refuses("MON-4", "The second report has its days.", restated(2, {{2026, 8'000}}),
            second_verifier);
  f.before(scene::review(Stage::verification, "XHA"), scene::seller());
  f.before(with(scene::rules_of_the_cycle(),
                [](auto& b) {
                  b.version = 2;
                  std::erase_if(b.cycle->reviews, [](const ReviewAsked& asked) {
                    return asked.stage == Stage::verification && asked.by == Reviewer::buyer;
                  });
                }),
           scene::both());
  f.refuses("MON-12", "XBA returned it, though the rules ask XBA no more.",
            scene::verified_issuance(), scene::seller(), at(day_of_issuance));
}

// The next version of the design, with these components, as far as its registration.
void registers_again(Family& f, std::vector<Id> components) {
  const ActivityCycle& cycle = *f.machine().state().cycles.lookup("XHA-STOVES");
  const auto version = static_cast<std::int64_t>(cycle.designs.size()) + 1;
  const auto next = [&](auto body) {
    body.version = version;
    return body;
  };
  DesignSubmitted design = next(scene::design());
  design.components = std::move(components);
  f.before(design, dev)
      .before(next(scene::validation()), first_verifier)
      .before(next(scene::review(Stage::validation, "XHA")), scene::seller())
      .before(next(scene::review(Stage::validation, "XBA")), xba)
      .before(next(scene::registration()), scene::seller());
}

// Two components are monitored in the same days, each once.
void reporting_by_component(Family& f) {
  f.given("proposed")
      .before(scene::host_grant(), {"XHA"})
      .before(scene::buyer_grant(), {"XBA"})
      .before(with(scene::design(),
                   [](auto& b) {
                     b.components = {"north", "south"};
                   }),
              dev)
      .before(scene::validation(), first_verifier)
      .before(scene::review(Stage::validation, "XHA"), scene::seller())
      .before(scene::review(Stage::validation, "XBA"), xba)
      .before(scene::registration(), scene::seller(), at(day_of_registration))
      .before(with(scene::monitoring(), [](auto& b) { b.component = "north"; }), dev,
              at(day_of_report));
  const auto of = [](const char* component) {
    return with(scene::monitoring(), [&](auto& b) {
      b.id = "XHA-MON-2";
      b.component = component;
    });
  };
  f.admits("Another component, the same days.", of("south"), dev);
  f.refuses("MON-4", "The same component, the same days.", of("north"), dev);
  f.refuses("MON-2", "There is no such component.", of("west"), dev);
  f.refuses("MON-2", "No component is named.",
            with(of("north"), [](auto& b) { b.component.reset(); }), dev);
  registers_again(f, {"south", "upland"});
  f.refuses("MON-4", "The north is called upland now.", of("upland"), dev);
  f.refuses("MON-4", "Nobody says that the south is what it was beside the north.", of("south"),
            dev);
  registers_again(f, {});
  f.refuses("MON-4", "The whole has the north in it.",
            with(of("north"), [](auto& b) { b.component.reset(); }), dev);
}

void verifying(Family& f) {
  const auto edited = [](auto edit) { return with(scene::verification(), edit); };
  f.given("registered").before(scene::monitoring(), dev, at(day_of_report));
  f.admits("VERIFIER-2 verifies all that is claimed.", scene::verification(), second_verifier);
  f.admits("It may verify less, or nothing.", edited([](auto& b) { b.verified.clear(); }),
           second_verifier);
  f.refuses("ACT-10", "The verification report is confidential as a whole.",
            confidential(scene::verification()), second_verifier);
  f.refuses("ACT-12", "Nobody appointed XHA-OTHER as a verifier.",
            edited([](auto& b) { b.verifier = "XHA-OTHER"; }), {"XHA-OTHER"});
  f.refuses("MON-6", "There is no such report.", edited([](auto& b) { b.monitoring = "NONE"; }),
            second_verifier);
  f.refuses("MON-7", "Nothing was verified before it.", edited([](auto& b) { b.version = 2; }),
            second_verifier);
  f.refuses("MON-8", "VERIFIER-1 validated the design.",
            edited([](auto& b) { b.verifier = "VERIFIER-1"; }), first_verifier);
  f.refuses("MON-9", "One tonne more than claimed.", edited([](auto& b) {
              b.verified = {{2026, 9'001}};
            }),
            second_verifier);
  f.before(developer_as_verifier(), scene::both());
  f.refuses("ACT-13", "XHA-DEV would verify its own report.",
            edited([](auto& b) { b.verifier = "XHA-DEV"; }), dev);
  f.given("issued_cycle")
      .admits("It is restated, below what is issued even.",
              restated(2, {{2026, 5'000}, {2027, 4'000}}), second_verifier);
  f.before(scene::newcomer("VERIFIER-3", "XCA"), {"XCA", "XCA-2", "VERIFIER-3"});
  f.before(scene::verifier("VERIFIER-3"), scene::both());
  f.refuses("MON-14", "VERIFIER-3 did not verify it first.",
            with(restated(2, {}), [](auto& b) { b.verifier = "VERIFIER-3"; }), {"VERIFIER-3"});
  const auto own_holder =
      with(scene::verifier("XBA-FUND"), [](auto& b) { b.id = "XBA-FUND-VERIFIER"; });
  f.before(own_holder, scene::both());
  f.refuses("ACT-13", "XBA-FUND has units of the activity.",
            with(restated(2, {}), [](auto& b) { b.verifier = "XBA-FUND"; }), {"XBA-FUND"});
}

void issuing_what_was_verified(Family& f) {
  const auto asked = at(day_of_issuance);
  const auto edited = [](auto edit) { return with(scene::verified_issuance(), edit); };
  const auto refuses = [&](std::string_view clause, std::string_view why, auto edit) {
    f.refuses(clause, why, edited(edit), scene::seller(), asked);
  };
  f.given("certified");
  f.admits("XHA issues what was verified and approved.", scene::verified_issuance(),
           scene::seller(), asked);
  refuses("MON-11", "It names no report.", [](auto& b) { b.monitoring.reset(); });
  refuses("MON-11", "There is no such report.", [](auto& b) { b.monitoring = "NONE"; });
  refuses("MON-11", "The report is of another period.",
          [](auto& b) { b.period_to = story::on("2027-12-30"); });
  refuses("MON-13", "One tonne more than was verified.", [](auto& b) {
    b.lots = {{1, 9'001, 2026, {}}};
    b.quantity = 9'001;
  });
  f.before(closing(), scene::seller());
  refuses("ACT-7", "The activity is closed.", [](auto&) {});
  f.given("validated");
  refuses("MON-10", "The activity is not registered.", [](auto&) {});
  f.given("registered").before(scene::monitoring(), dev, at(day_of_report));
  refuses("MON-12", "Nothing is verified.", [](auto&) {});
  f.given("verified");
  refuses("MON-12", "No Party reviewed the verification.", [](auto&) {});
  f.before(with(scene::review(Stage::verification, "XHA"),
                [](auto& b) {
                  b.quantities = {{2026, 8'000}, {2027, 6'000}};
                }),
           scene::seller());
  f.before(scene::review(Stage::verification, "XBA"), xba);
  refuses("MON-13", "XHA certified less than was verified.", [](auto&) {});
}

void issuing_the_rest(Family& f) {
  const auto rest = [](Serial of_2026, Serial of_2027) {
    return with(scene::verified_issuance(), [&](auto& b) {
      b.lots = {{10'001, 10'000 + of_2026, 2026, {}},
                {10'001 + of_2026, 10'000 + of_2026 + of_2027, 2027, {}}};
      b.quantity = of_2026 + of_2027;
    });
  };
  f.given("issued_cycle");
  f.admits("Exactly the rest.", rest(3'000, 2'000), scene::seller());
  f.refuses("MON-13", "One tonne would be issued twice.", rest(3'000, 2'001), scene::seller());
  f.before(with(scene::verification(),
                [](auto& b) {
                  b.version = 2;
                  b.verified = {{2026, 6'500}, {2027, 4'000}};
                }),
           second_verifier);
  f.refuses("MON-12", "What was restated is not approved yet.", rest(1, 1), scene::seller());
}

// The rules change between two issuances, from reports to none and back.
void issuing_under_other_rules(Family& f) {
  const auto more = [](std::optional<Id> report, Date from, Date to) {
    return with(scene::verified_issuance(), [&](auto& b) {
      b.monitoring = std::move(report);
      b.period_from = from;
      b.period_to = to;
      b.lots = {{10'001, 10'100, year_of(from), {}}};
      b.quantity = 100;
    });
  };
  f.given("issued_cycle").before(without_the_cycle(), scene::both());
  f.admits("Of the report the rest is issued.",
           more("XHA-MON-1", story::on("2026-01-01"), story::on("2027-12-31")), scene::seller());
  f.refuses("MON-15", "The days are those of a report.",
            more({}, story::on("2027-12-31"), story::on("2028-05-31")), scene::seller());
  f.admits("Of other days none was issued.",
           more({}, story::on("2028-01-01"), story::on("2028-05-31")), scene::seller());
  f.given("certified").before(without_the_cycle(), scene::both());
  f.before(scene::issuance(), scene::seller(), at(day_of_issuance));
  f.refuses("MON-15", "Units of the days were issued without the report.",
            with(scene::verified_issuance(),
                 [](auto& b) {
                   b.lots = {{15'001, 15'100, 2026, {}}};
                   b.quantity = 100;
                 }),
            scene::seller());
}

// VERIFIER-2 has an account in XHA's section.
void issuing_to_a_verifier(Family& f) {
  f.given("certified")
      .before(story::account("VERIFIER-2-XHA", "VERIFIER-2", "XHA99"), {"XHA-CMO", "VERIFIER-2"});
  f.refuses("MON-16", "VERIFIER-2 verified what is issued.",
            with(scene::verified_issuance(),
                 [](auto& b) {
                   b.account = "VERIFIER-2-XHA";
                   b.holder = "VERIFIER-2";
                 }),
            scene::seller(), at(day_of_issuance));
}

void reviewing_ideas(Family& f) {
  const auto edited = [](auto edit) { return with(scene::review(Stage::idea, "XHA"), edit); };
  f.given("agreed_cycle").before(scene::proposal(), dev);
  f.admits("XHA approves the idea.", scene::review(Stage::idea, "XHA"), scene::seller());
  f.refuses("REV-1", "There is no such activity.", edited([](auto& b) { b.activity = "XHA-WIND"; }),
            scene::seller());
  f.refuses("REV-1", "An idea has no monitoring report.",
            edited([](auto& b) { b.monitoring = "XHA-MON-1"; }), scene::seller());
  f.refuses("REV-2", "The rules let XHA alone review ideas.", scene::review(Stage::idea, "XBA"),
            xba);
  f.refuses("REV-3", "There is no version 2.", edited([](auto& b) { b.version = 2; }),
            scene::seller());
  f.refuses("REV-3", "There is no design to review.", scene::review(Stage::validation, "XHA"),
            scene::seller());
  f.refuses("REV-6", "The rules give no time for ideas.",
            decided(Stage::idea, "XHA", Decision::deemed), xba, at("2027-12-31T09:00:00.000Z"));
  f.refuses("REV-7", "An idea has no quantities.", edited([](auto& b) {
              b.quantities = {{2026, 1}};
            }),
            scene::seller());
  f.refuses("ID-7", "XBA does not approve for XHA.", scene::review(Stage::idea, "XHA"), xba);
}

void reviewing_validations(Family& f) {
  f.given("designed").before(scene::validation(), first_verifier, at("2027-02-01T09:00:00.000Z"));
  const auto of_host = scene::review(Stage::validation, "XHA");
  const auto of_buyer = scene::review(Stage::validation, "XBA");
  f.refuses("REV-4", "XHA decides before XBA.", of_buyer, xba);
  f.before(decided(Stage::validation, "XHA", Decision::objection), scene::seller());
  f.admits("After an objection XHA decides again.", of_host, scene::seller());
  f.refuses("REV-6", "An objection is not deemed away.",
            decided(Stage::validation, "XHA", Decision::deemed), xba,
            at("2027-12-31T09:00:00.000Z"));
  f.given("designed")
      .before(scene::validation(), first_verifier, at("2027-02-01T09:00:00.000Z"))
      .before(of_host, scene::seller(), at("2027-02-05T09:00:00.000Z"));
  f.refuses("REV-5", "XHA decided before.", decided(Stage::validation, "XHA", Decision::rejected),
            scene::seller());
  const auto deemed = decided(Stage::validation, "XBA", Decision::deemed);
  f.refuses("REV-6", "XBA's 28 days count from XHA's decision.", deemed, scene::seller(),
            at("2027-03-05T08:59:59.999Z"));
  f.admits("XBA let its 28 days pass, and XHA records it.", deemed, scene::seller(),
           at("2027-03-05T09:00:00.000Z"));
  f.admits("Late is not never: XBA decides itself.", of_buyer, xba, at("2027-04-05T09:00:00.000Z"));
  f.before(with(scene::rules_of_the_cycle(),
                [](auto& b) {
                  b.version = 2;
                  for (ReviewAsked& asked : b.cycle->reviews) asked.days = 7;
                }),
           scene::both(), at("2027-02-20T09:00:00.000Z"));
  f.refuses("REV-6", "By newer rules XBA has 7 days, from these rules on.", deemed, scene::seller(),
            at("2027-02-27T08:59:59.999Z"));
  f.admits("These are over.", deemed, scene::seller(), at("2027-02-27T09:00:00.000Z"));
}

void reviewing_verifications(Family& f) {
  const auto edited = [](auto edit) {
    return with(scene::review(Stage::verification, "XBA"), edit);
  };
  f.given("verified");
  f.admits("The buyer approves the verification, beside the host.",
           scene::review(Stage::verification, "XBA"), xba);
  f.refuses("REV-1", "It names no report.", edited([](auto& b) { b.monitoring.reset(); }), xba);
  f.refuses("REV-1", "There is no such report.", edited([](auto& b) { b.monitoring = "NONE"; }),
            xba);
  f.refuses("REV-7", "The approval certifies nothing.",
            edited([](auto& b) { b.quantities.clear(); }), xba);
  f.refuses("REV-7", "One tonne more than was verified.", edited([](auto& b) {
              b.quantities = {{2026, 9'001}};
            }),
            xba);
  f.refuses("REV-7", "What is returned certifies nothing.",
            edited([](auto& b) { b.decision = Decision::returned; }), xba);
  f.before(decided(Stage::verification, "XBA", Decision::objection), xba);
  f.before(restated(2, {{2026, 8'000}}), second_verifier);
  const auto second = [](ReviewDecided body) {
    body.version = 2;
    return body;
  };
  f.refuses("REV-6", "XBA objected to version 1, so its silence says nothing of version 2.",
            second(decided(Stage::verification, "XBA", Decision::deemed)), scene::seller(),
            at("2029-01-01T09:00:00.000Z"));
  f.admits("It approves version 2 itself.", second(edited([](auto& b) {
             b.quantities = {{2026, 8'000}};
           })),
           xba);
  f.given("registered").before(scene::monitoring(), dev, at(day_of_report));
  f.refuses("REV-3", "Nothing is verified yet.", scene::review(Stage::verification, "XBA"), xba);
}

}  // namespace

Family activity_vectors() {
  Family f("ACT");
  proposing(f);
  designing(f);
  validating(f);
  registering(f);
  closing_down(f);
  return f;
}

Family monitoring_vectors() {
  Family f("MON");
  reporting(f);
  reporting_after_a_return(f);
  reporting_by_component(f);
  verifying(f);
  issuing_what_was_verified(f);
  issuing_the_rest(f);
  issuing_under_other_rules(f);
  issuing_to_a_verifier(f);
  return f;
}

Family review_vectors() {
  Family f("REV");
  reviewing_ideas(f);
  reviewing_validations(f);
  reviewing_verifications(f);
  return f;
}

}  // namespace rules
