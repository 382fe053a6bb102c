// Table order is precedence: the events that come before units.
#include "crypto/checkpoint.hpp"
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

const char* const later = "2027-03-01T09:00:00.000Z";

std::vector<crypto::PublicKey> one_key(const std::string& name) {
  return scene::keys_of({name});
}

LedgerBuilder after(std::string_view setup) {
  return LedgerBuilder::after(setup);
}

TEST(Precedence, OfAnOpening) {
  using Q = Question<LedgerOpened>;
  walk<LedgerOpened>(
      ask({}, "2026-11-23T08:00:00.000Z", scene::opening()),
      {{"LED-1", [](Q& q) { q.ledger = after("opened"); }},
       {"LED-2", [](Q& q) { q.body.spec = 0; }},
       {"LED-3", [](Q& q) { q.body.service_key = q.body.operator_.keys.front(); }},
       {"LED-4",
        [](Q& q) {
          q.body.log_key = crypto::format_vkey(
              crypto::make_verifier_key("ledger.example/other", scene::cast().public_key("log")));
        }},
       {"LED-5", [](Q& q) { q.body.quorum = 0; }},
       {"LED-6",
        [](Q& q) {
          q.body.parties.push_back(q.body.parties.front());
          q.body.parties.back().keys = one_key("twin");
          q.body.quorum = 3;
        }},
       {"LED-7",
        [](Q& q) {
          q.body.migration = {story::on("2028-02-01"), story::on("2028-01-01")};
        }},
       {"PAR-2", [](Q& q) { q.body.parties[1].id = "Atlantis"; }},
       {"PAR-3", [](Q& q) { q.body.parties[0].identity.country = "XQQ"; }},
       {"PAR-6", [](Q& q) { q.body.operator_.identity = q.body.parties[2].identity; }},
       {"KEY-2", [](Q& q) { q.body.service_key = {}; }},
       {"KEY-8", [](Q& q) { q.body.parties[1].keys.clear(); }},
       {"KEY-9", [](Q& q) { q.body.parties[0].thresholds.units = 9; }}});
}

TEST(Precedence, OfAnAdoption) {
  using Q = Question<SpecAdopted>;
  Q adoption = ask(after("enrolled"), later, SpecAdopted{2});
  adoption.knows = 2;
  walk<SpecAdopted>(adoption, {{"LED-8", [](Q& q) { q.body.number = 1; }},
                               {"LED-9", [](Q& q) { q.body.number = 3; }}});
}

TEST(Precedence, OfALogKey) {
  using Q = Question<LogKeyAnnounced>;
  const auto named = [](const std::string& name, const crypto::PublicKey& key) {
    return crypto::format_vkey(crypto::make_verifier_key(name, key));
  };
  walk<LogKeyAnnounced>(
      ask(after("enrolled"), later, scene::announcement("log-2")),
      {{"LED-3", [=](Q& q) { q.body.log_key = named("other", scene::cast().public_key("log")); }},
       {"LED-4", [=](Q& q) { q.body.log_key = named("other", {}); }},
       {"KEY-2", [=](Q& q) { q.body.log_key = named(scene::origin, {}); }}});
}

TEST(Precedence, OfAnAdmission) {
  using Q = Question<ParticipantAdmitted>;
  const auto as_party = [](Q& q, const Id& id) {
    q.body.kind = ParticipantAdmitted::Sort::party;
    q.body.id = id;
  };
  const auto recovering = [](Q& q, std::uint32_t threshold, std::uint32_t wait) {
    q.body.keyset.recovery = Recovery{one_key("recovery"), threshold, wait};
  };
  walk<ParticipantAdmitted>(
      ask(after("enrolled"), later, scene::newcomer("XBA-NEW", "XBA")),
      {{"PAR-1", [](Q& q) { q.body.id = "XHA-CMO"; }},
       {"PAR-2", [&](Q& q) { as_party(q, "Atlantis"); }},
       {"PAR-3",
        [&](Q& q) {
          as_party(q, "XDA");
          q.body.sponsor = "XBA";
        }},
       {"PAR-4", [](Q& q) { q.body.sponsor.reset(); }},
       {"PAR-5", [](Q& q) { q.body.sponsor = "XQQ"; }},
       {"PAR-6", [](Q& q) { q.body.identity = scene::newcomer("XHA-CMO", "XHA").identity; }},
       {"KEY-2", [](Q& q) { q.body.keyset.keys = {crypto::PublicKey{}}; }},
       {"KEY-3", [](Q& q) { q.body.keyset.keys = one_key("XBA"); }},
       {"KEY-8", [](Q& q) { q.body.keyset.keys.clear(); }},
       {"KEY-9", [](Q& q) { q.body.keyset.thresholds.keys = 9; }},
       {"KEY-10", [&](Q& q) { recovering(q, 5, 0); }},
       {"KEY-11", [&](Q& q) { recovering(q, 1, 0); }}});
}

TEST(Precedence, OfAChangeOfKeys) {
  using Q = Question<KeysChanged>;
  KeysChanged body;
  body.participant = "XBA-FUND";
  body.add = one_key("XBA-FUND-2");
  const auto recovering = [](Q& q, std::uint32_t threshold) {
    q.body.recovery = Recovery{one_key("recovery"), threshold, 0};
  };
  walk<KeysChanged>(ask(after("enrolled"), later, body),
                    {{"KEY-1", [](Q& q) { q.body.participant = "NOBODY"; }},
                     {"KEY-2", [](Q& q) { q.body.add = {crypto::PublicKey{}}; }},
                     {"KEY-3", [](Q& q) { q.body.add = one_key("XBA-FUND"); }},
                     {"KEY-4", [](Q& q) { q.body.route = KeysChanged::Route::sponsor; }},
                     {"KEY-5",
                      [](Q& q) {
                        q.body.route = KeysChanged::Route::recovery;
                        q.body.thresholds = Thresholds{};
                      }},
                     {"KEY-6", [](Q& q) { q.body.remove = one_key("XHA-CMO"); }},
                     {"KEY-7",
                      [](Q& q) {
                        q.body = KeysChanged{};
                        q.body.participant = "XBA-FUND";
                      }},
                     {"KEY-8",
                      [](Q& q) {
                        q.body.add.clear();
                        q.body.remove = one_key("XBA-FUND");
                      }},
                     {"KEY-9",
                      [](Q& q) {
                        q.body.thresholds = Thresholds{1, 1, 99};
                      }},
                     {"KEY-10", [&](Q& q) { recovering(q, 5); }},
                     {"KEY-11", [&](Q& q) { recovering(q, 1); }}});
}

TEST(Precedence, OfAGrantOfARole) {
  using Q = Question<RoleGranted>;
  RoleGranted body = scene::secretariat();
  body.id = "XHA-SEC-2";
  body.participant = "XHA-OTHER";
  walk<RoleGranted>(ask(after("agreed"), later, body),
                    {{"ROL-1", [](Q& q) { q.body.id = "XHA-SEC-1"; }},
                     {"ROL-2", [](Q& q) { q.body.participant = "NOBODY"; }},
                     {"ROL-3", [](Q& q) { q.body.parties = {"XQQ"}; }},
                     {"ROL-4", [](Q& q) { q.body.approaches = {"NOWHERE"}; }},
                     {"ROL-5", [](Q& q) { q.body.role = Organ::verifier; }},
                     {"ROL-6",
                      [](Q& q) {
                        q.body.parties = {"XBA"};
                        q.body.approaches = {"XHA-XCA"};
                      }},
                     {"ROL-7", [](Q& q) { q.body.participant = "XCA"; }},
                     {"ROL-8", [](Q& q) { q.body.until = q.body.from; }}});
}

TEST(Precedence, OfTheEndOfARole) {
  using Q = Question<RoleEnded>;
  const RoleEnded body{"XHA-SEC-1", RoleEnded::How::ended, RoleEnded::Reason::superseded};
  walk<RoleEnded>(ask(after("agreed"), later, body),
                  {{"ROL-9", [](Q& q) { q.body.grant = "NONE"; }},
                   {"ROL-10", [&](Q& q) { q.ledger.given(body, {"XHA"}); }}});
}

TEST(Precedence, OfAnAccount) {
  using Q = Question<AccountOpened>;
  walk<AccountOpened>(
      ask(after("enrolled"), later, story::account("XHA-OTHER-2", "XHA-OTHER", "XHA99")),
      {{"ACC-1", [](Q& q) { q.body.id = "XHA-SHARE"; }},
       {"ACC-2", [](Q& q) { q.body.registry = "XBA99"; }},
       {"ACC-3",
        [](Q& q) {
          q.body.party = "XQQ";
          q.body.registry = "XQQ99";
        }},
       {"ACC-4", [](Q& q) { q.body.holder = "NOBODY"; }},
       {"ACC-5", [](Q& q) { q.body.kind = AccountKind::national_share; }},
       {"ACC-6", [](Q& q) { q.body.metric = "ghg"; }}});
}

TEST(Precedence, OfAnApproach) {
  using Q = Question<ApproachEstablished>;
  walk<ApproachEstablished>(ask(after("agreed"), later, story::approach("XBA-XCA", "XBA", "XCA")),
                            {{"APR-1", [](Q& q) { q.body.id = "XHA-XBA"; }},
                             {"APR-2", [](Q& q) { q.body.buyer = "XQQ"; }},
                             {"APR-3", [](Q& q) { q.body.host = q.body.buyer; }}});
}

// A version of rules with one line more than the scene's.
ApproachRules third_version() {
  ApproachRules body = scene::rules();
  body.version = 3;
  body.first_transfer = {{"XHA", Definition::use_or_cancellation}};
  return body;
}

void add_line(Question<ApproachRules>& q, const Id& name,
              const std::function<void(ApproachRules::Deduction&)>& edit) {
  ApproachRules::Deduction line;
  line.name = name;
  line.kind = ApproachRules::Deduction::Sort::omge;
  edit(line);
  q.body.deductions.push_back(line);
}

TEST(Precedence, OfRulesOfAnApproach) {
  using Q = Question<ApproachRules>;
  using Deduction = ApproachRules::Deduction;
  ApproachRules second = third_version();
  second.version = 2;
  LedgerBuilder given = after("authorized_oimp");
  given.given(second, scene::both());
  walk<ApproachRules>(
      ask(given, later, third_version()),
      {{"APR-8",
        [](Q& q) {
          q.body.approach = "XHA-XBA";
          end_the_approach(q);
        }},
       {"RUL-1", [](Q& q) { q.body.approach = "NOWHERE"; }},
       {"RUL-2", [](Q& q) { q.body.version = 9; }},
       {"RUL-3", [](Q& q) { q.body.carp = "CA0001"; }},
       {"RUL-4",
        [](Q& q) {
          q.body.first_transfer = {{"XCA", Definition::issuance}};
        }},
       {"RUL-5",
        [](Q& q) {
          q.body.first_transfer = {{"XHA", Definition::issuance}};
        }},
       {"RUL-6", [](Q& q) { q.body.objection_days = -1; }},
       {"RUL-7",
        [](Q& q) {
          q.body.extra_signers = {{"units.issued", "XHA", Organ::developer}};
        }},
       {"RUL-8", [](Q& q) { add_line(q, "omge", [](Deduction& line) { line.rate_bp = 200; }); }},
       {"RUL-9", [](Q& q) { q.body.deductions.front().rate_bp = 300; }},
       {"RUL-10",
        [](Q& q) {
          add_line(q, "ten", [](Deduction& line) { line.by = Deduction::By::acquirer; });
        }},
       {"RUL-11",
        [](Q& q) { add_line(q, "eleven", [](Deduction& line) { line.rate_bp = 10'001; }); }},
       {"RUL-12",
        [](Q& q) { add_line(q, "twelve", [](Deduction& line) { line.account = "XHA-SHARE"; }); }},
       {"RUL-13",
        [](Q& q) {
          add_line(q, "thirteen", [](Deduction& line) {
            line.kind = Deduction::Sort::fund;
            line.account = "NOWHERE";
          });
        }},
       {"RUL-14", [](Q& q) { q.body.clocks = ApproachRules::Clocks{-1}; }},
       {"RUL-15",
        [](Q& q) {
          q.body.cycle =
              CycleRules{{CycleStep::verification}, {{Stage::idea, 1, Reviewer::host, {}}}, false};
        }},
       {"RUL-16", [](Q& q) {
          q.body.cycle = CycleRules{{CycleStep::verification}, {}, false};
        }}});
}

TEST(Precedence, OfTheEndOfAnApproach) {
  using Q = Question<ApproachEnded>;
  const ApproachEnded body{
      "XHA-XBA", story::at("2030-01-01T00:00:00.000Z"), {"XBA", "XHA"}, "fulfilled"};
  walk<ApproachEnded>(
      ask(after("agreed"), later, body),
      {{"APR-4", [](Q& q) { q.body.approach = "NOWHERE"; }},
       {"APR-5", [](Q& q) { q.body.parties = {"XCA"}; }},
       {"APR-6", end_the_approach<ApproachEnded>},
       {"APR-7", [](Q& q) { q.body.from = story::at("2027-01-01T00:00:00.000Z"); }}});
}

LedgerBuilder where_xca_authorized_tonnes() {
  AuthorizationGranted grant = scene::wind_grant();
  grant.metric = "GHG";
  grant.gwp = "AR5";
  grant.conversion.reset();
  LedgerBuilder ledger = after("enrolled");
  const scene::Signers both{"XCA", "XCA-2", "XBA"};
  ledger.given(story::approach("XCA-XBA", "XCA", "XBA"), both)
      .given(scene::wind_rules(), both)
      .given(grant, {"XCA", "XCA-2"});
  return ledger;
}

TEST(Precedence, OfAnNdc) {
  using Q = Question<NdcDeclared>;
  walk<NdcDeclared>(ask(after("enrolled"), later, story::ndc("XCA", 2026, 2030)),
                    {{"NDC-1", [](Q& q) { q.body.party = "XQQ"; }},
                     {"NDC-2",
                      [](Q& q) {
                        q.body.party = "XHA";
                        q.body.from = 2029;
                      }},
                     {"NDC-3",
                      [](Q& q) {
                        q.body.from = 2030;
                        q.body.to = 2026;
                      }},
                     {"NDC-4",
                      [](Q& q) {
                        q.body.type = NdcType::multi_year;
                        q.body.method = Method::averaging;
                      }},
                     {"NDC-6", [](Q& q) { q.body.metric = "non-GHG"; }},
                     {"NDC-7", [](Q& q) {
                        q.ledger = where_xca_authorized_tonnes();
                        q.body.metric = "MWh";
                      }}});
}

TEST(Precedence, OfAnInventory) {
  using Q = Question<InventoryReported>;
  const InventoryReported body{"XHA", 2026, 1, "GHG", 41'500'000, {}};
  walk<InventoryReported>(ask(after("enrolled"), "2028-03-01T09:00:00.000Z", body),
                          {{"INV-1", [](Q& q) { q.body.year = 2050; }},
                           {"INV-2", [](Q& q) { q.body.version = 2; }},
                           {"INV-3", [](Q& q) { q.body.metric = "MWh"; }},
                           {"INV-4", [](Q& q) { q.date = story::on("2026-12-31"); }}});
}

TEST(Precedence, OfAnAuthorization) {
  using Q = Question<AuthorizationGranted>;
  AuthorizationGranted body = scene::host_grant();
  body.id = "XHA-AUT-2";
  walk<AuthorizationGranted>(
      ask(after("authorized"), later, body),
      {{"APR-8",
        [](Q& q) {
          q.body.approach = "XHA-XBA";
          end_the_approach(q);
        }},
       {"ACT-5",
        [](Q& q) {
          q.ledger = after("proposed");
          q.body.approach = "XHA-XBA";
          q.body.activities = scene::host_grant().activities;
          q.body.activities.front().sector = "Waste";
        }},
       {"ACT-8",
        [](Q& q) {
          q.ledger = after("agreed_cycle");
          q.body.approach = "XHA-XBA";
        }},
       {"AUT-1",
        [](Q& q) {
          q.ledger = after("authorized");
          q.body.id = "XHA-AUT-1";
        }},
       {"AUT-2", [](Q& q) { q.body.approach = "XHA-XCA"; }},
       {"AUT-3", [](Q& q) { q.body.party = "XCA"; }},
       {"AUT-10", [](Q& q) { q.body.version = 2; }},
       {"AUT-11",
        [](Q& q) {
          q.ledger = after("agreed");
          q.body.party = "XBA";
        }},
       {"AUT-12", [](Q& q) { q.body.gwp = "AR6"; }},
       {"AUT-13", [](Q& q) { q.body.cap = 0; }},
       {"AUT-14", [](Q& q) { q.body.vintage_from = 2020; }},
       {"AUT-15", [](Q& q) { q.body.purposes.clear(); }},
       {"AUT-16",
        [](Q& q) {
          q.body.purposes = {Purpose::ndc};
          q.body.oimp = "CORSIA";
        }},
       {"AUT-17",
        [](Q& q) {
          q.body.purposes = {Purpose::ndc, Purpose::op};
          q.body.oimp = "Voluntary market";
        }},
       {"AUT-18",
        [](Q& q) {
          q.body.ndc_periods = {{2027, 2026}};
        }},
       {"AUT-19", [](Q& q) { q.body.parties = {"XQQ"}; }},
       {"AUT-20", [](Q& q) { q.body.entities.front().may.clear(); }},
       {"AUT-21", [](Q& q) { q.body.activities.push_back(q.body.activities.front()); }},
       {"AUT-22", [](Q& q) { q.body.activities.front().crediting_to = story::on("2020-01-01"); }},
       {"AUT-23",
        [](Q& q) {
          q.body.activities = scene::host_grant().activities;
          q.body.activities.front().sector = "Transportation";
        }},
       {"AUT-24",
        [](Q& q) {
          q.body.party = "XBA";
          q.body.activities.front().id = "XHA-SOLAR";
        }},
       {"AUT-25", [](Q& q) { q.body.standards.clear(); }},
       {"AUT-26", [](Q& q) { q.body.tracking_registry = "XCA99"; }},
       {"AUT-27", [](Q& q) { q.body.issue_until = story::on("2026-01-01"); }},
       {"AUT-28", [](Q& q) { q.body.change_terms.consent = {"XCA"}; }},
       {"AUT-29", [](Q& q) { q.body.documents.front().access = Access::confidential; }},
       {"AUT-37", [](Q& q) { q.body.change_terms.notice_days = 3'651; }},
       {"AUT-38", [](Q& q) {
          q.body.metric = "MWh";
          q.body.gwp = "NA";
          q.body.conversion = 582'000;
        }}});
}

}  // namespace
}  // namespace rules
