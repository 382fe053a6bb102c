#include "tests/rules/random_registers.hpp"

#include <rapidcheck.h>

#include <algorithm>

#include "api/story_cycle.hpp"
#include "crypto/hash.hpp"
#include "tests/rules/random_documents.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
namespace story = api::story;

namespace {

std::string numbered(const char* name, int number) {
  return name + std::to_string(number);
}

// ---- people ----

void admit(History& h) {
  const Id id = numbered("E-", ++h.chores.people);
  h.send(scene::newcomer(id, "XHA"), {"XHA-CMO", id});
}

void change_keys(History& h) {
  const std::string next = numbered("XHA-OTHER-", ++h.chores.keys);
  KeysChanged body;
  body.participant = "XHA-OTHER";
  body.add = scene::keys_of({next});
  body.remove = scene::keys_of({h.chores.other});
  h.send(body, {h.chores.other, next});
  h.chores.other = next;
}

RoleGranted developer(History& h, const Id& approach) {
  return {numbered("GRANT-", ++h.chores.grants),
          {"XHA"},
          "XHA-OTHER",
          Organ::developer,
          {approach},
          h.now(),
          {}};
}

void end_role(History& h) {
  const auto& grants = h.model().registers().grants;
  const auto grant = std::find_if(grants.begin(), grants.end(), [](const auto& each) {
    return each.second && each.first.starts_with("GRANT-");
  });
  if (grant == grants.end()) return;
  h.send(RoleEnded{grant->first, RoleEnded::How::ended, RoleEnded::Reason::superseded}, {"XHA"});
}

void withdraw(History& h) {
  const Id draft = numbered("draft-", ++h.chores.drafts);
  h.send(SignatureWithdrawn{crypto::sha256(draft), draft}, {"XHA"});
}

void enrol(History& h, const Move& move) {
  switch (move.length % 7) {
    case 0: return admit(h);
    case 1: return change_keys(h);
    case 2: return h.send(developer(h, "XHA-XBA"), {"XHA"});
    case 3: return end_role(h);
    case 4:
      return h.send(story::account(numbered("ACC-", ++h.chores.accounts), "XHA-OTHER", "XHA99"),
                    {"XHA-CMO", h.chores.other});
    default: return withdraw(h);
  }
}

// ---- agreements ----

void adopt(History& h, const Id& approach, int number) {
  ApproachRules body = scene::rules_for_oimp();
  body.approach = approach;
  body.carp = numbered("CA", 9'910 + number);
  body.version = h.model().registers().approaches.at(approach).rules + 1;
  h.send(body, scene::both());
}

void establish(History& h) {
  ApproachEstablished body = story::approach(numbered("AP-", ++h.chores.approaches), "XHA", "XBA");
  body.agreement = withheld_agreement_of(body.id);
  h.chores.withheld.emplace_back(h.size(), body.id);
  h.send(body, scene::both());
}

void end_approach(History& h, const Id& approach) {
  h.send(ApproachEnded{approach, {h.now().ms + 7'200'000}, {"XBA", "XHA"}, "fulfilled"},
         scene::both());
}

void report_emissions(History& h, std::int64_t value) {
  const auto& known = h.model().registers().inventories;
  const auto newest = known.find({"XHA", 2026});
  InventoryReported body;
  body.party = "XHA";
  body.year = 2026;
  body.version = newest == known.end() ? 1 : newest->second.first + 1;
  body.metric = "GHG";
  body.value = value;
  body.documents = {story::document("inventory", "inventory report")};
  h.send(body, {"XHA"});
}

void adopt_rules(History& h) {
  const std::int64_t next = h.model().registers().spec + 1;
  if (next <= History::knows) h.send(SpecAdopted{next}, {"XBA", "XHA"});
}

void announce_log_key(History& h) {
  const std::string key = "log-" + std::to_string(h.model().registers().log_keys.size());
  h.send(scene::announcement(key), {"XBA", "XHA"});
}

void agree(History& h, const Move& move) {
  const int number = h.chores.approaches;
  const Id newest = numbered("AP-", number);
  const bool open = number > 0 && !h.model().registers().approaches.at(newest).ended;
  switch (move.length % 7) {
    case 0: return establish(h);
    case 1: return open ? adopt(h, newest, number) : void();
    case 2: return open ? end_approach(h, newest) : void();
    case 3: {
      const Year from = 2'030 + 2 * h.chores.ndcs++;
      return h.send(story::ndc("XCA", from, from + 1), {"XCA"});
    }
    case 4: return adopt_rules(h);
    case 5: return announce_log_key(h);
    default: return report_emissions(h, move.from);
  }
}

// ---- the cycle of an activity under XHA-XCA, whose rules ask for everything ----

constexpr const char* approach = "XHA-XCA";
constexpr const char* verifier = "VERIFIER-1";
constexpr const char* developers_account = "DEV-XHA";
constexpr std::int64_t verified = 400, issued = 300, lost = 100;

void prepare_cycles(History& h) {
  ApproachRules rules = scene::rules_for_oimp();
  rules.approach = approach;
  rules.carp = "CA9902";
  rules.first_transfer.clear();
  rules.both_authorize = false;
  rules.objection_days = 0;
  rules.cycle = story::cycle_rules();
  rules.cycle->separate_verifier = false;
  h.send(rules, {"XHA", "XCA"});
  h.send(scene::newcomer(verifier, "XCA"), {"XCA", "XCA-2", verifier});
  RoleGranted role = scene::verifier(verifier);
  role.parties = {"XCA", "XHA"};
  role.approaches = {approach};
  h.send(role, {"XHA", "XCA", "XCA-2"});
  RoleGranted developing = developer(h, approach);
  developing.id = "DEVELOPER";
  h.send(developing, {"XHA"});
  h.send(story::account(developers_account, "XHA-OTHER", "XHA99"), {"XHA-CMO", h.chores.other});
}

struct Names {
  Id activity, grant, monitoring;
  Mitigation mitigation;
};
Names names_of(int number) {
  return {numbered("C-", number), numbered("AUT-C-", number), numbered("M-", number),
          number % 2 == 0 ? Mitigation::reductions : Mitigation::removals};
}

void decide(History& h, const Names& n, Stage stage, const Id& party) {
  ReviewDecided body = scene::review(stage, party);
  body.activity = n.activity;
  if (stage == Stage::verification) {
    body.monitoring = n.monitoring;
    body.quantities = {{2026, verified}};
  }
  h.send(body, {party == "XHA" ? "XHA-CMO" : party});
}

void propose(History& h, const Names& n) {
  ActivityProposed body = scene::proposal();
  body.id = n.activity;
  body.approach = approach;
  body.developer = "XHA-OTHER";
  h.send(body, {h.chores.other});
}

void submit_design(History& h, const Names& n) {
  DesignSubmitted body = scene::design();
  body.activity = n.activity;
  body.mitigation = n.mitigation;
  h.send(body, {h.chores.other});
}

void authorize(History& h, const Names& n) {
  AuthorizationGranted body = scene::host_grant();
  body.id = n.grant;
  body.approach = approach;
  body.activities[0].id = n.activity;
  body.activities[0].mitigation = n.mitigation;
  body.cap.reset();
  body.parties.clear();
  body.entities.clear();
  body.change_terms.consent.clear();
  h.send(body, {"XHA"});
}

void validate(History& h, const Names& n) {
  ActivityValidated body = scene::validation();
  body.activity = n.activity;
  body.verifier = verifier;
  h.send(body, {verifier});
}

void register_it(History& h, const Names& n) {
  ActivityRegistered body = scene::registration();
  body.activity = n.activity;
  body.authorization = {n.grant, {}};
  h.send(body, {"XHA-CMO"});
}

void monitor(History& h, const Names& n) {
  MonitoringSubmitted body = scene::monitoring();
  body.id = n.monitoring;
  body.activity = n.activity;
  body.period_to = story::on("2026-12-31");
  body.claims = {{2026, 500}};
  h.send(body, {h.chores.other});
}

void verify(History& h, const Names& n) {
  MonitoringVerified body = scene::verification();
  body.monitoring = n.monitoring;
  body.verifier = verifier;
  body.verified = {{2026, verified}};
  h.send(body, {verifier});
}

void issue(History& h, const Names& n) {
  UnitsIssued body = scene::verified_issuance();
  body.activity = n.activity;
  body.authorization = {n.grant, {}};
  body.period_to = story::on("2026-12-31");
  body.mitigation = n.mitigation;
  body.account = developers_account;
  body.holder = "XHA-OTHER";
  body.monitoring = n.monitoring;
  h.chores.batch = static_cast<Serial>(h.model().units().size()) + 1;
  body.lots = {{h.chores.batch, h.chores.batch + issued - 1, 2026, {}}};
  body.quantity = issued;
  h.send(body, {"XHA-CMO"});
}

void reverse(History& h, const Names& n) {
  if (n.mitigation != Mitigation::removals) return;
  ReversalRecorded body = scene::reversal(lost);
  body.activity = n.activity;
  body.verifier = verifier;
  body.period_from = story::on("2027-01-01");
  body.period_to = story::on("2027-03-31");
  h.send(body, {"XHA-CMO", verifier});
}

void make_good(History& h, const Names& n) {
  if (n.mitigation != Mitigation::removals) return;
  UnitsCancelled body = scene::cancellation({{h.chores.batch, h.chores.batch + lost - 1}});
  body.account = developers_account;
  body.party = "XHA";
  body.purpose = UnitsCancelled::Reason::reversal;
  body.reason = "reversal";
  h.send(body, {h.chores.other, "XHA-CMO"});
}

void close(History& h, const Names& n) {
  h.send(ActivityClosed{n.activity, ActivityClosed::How::closed, "ended"}, {"XHA-CMO"});
}

void review_idea(History& h, const Names& n) {
  decide(h, n, Stage::idea, "XHA");
}
void review_validation(History& h, const Names& n) {
  decide(h, n, Stage::validation, "XHA");
  decide(h, n, Stage::validation, "XCA");
}
void review_verification(History& h, const Names& n) {
  decide(h, n, Stage::verification, "XHA");
  decide(h, n, Stage::verification, "XCA");
}

using Step = void (*)(History&, const Names&);
constexpr Step cycle_steps[] = {
    propose, review_idea, submit_design,       authorize, validate, review_validation, register_it,
    monitor, verify,      review_verification, issue,     reverse,  make_good,         close};

void walk_cycle(History& h, const Move& move) {
  if (h.chores.cycle == 0) {
    prepare_cycles(h);
    h.chores.cycle = 1;
  }
  for (int steps = 1 + move.length % 8; steps > 0; --steps) {
    cycle_steps[h.chores.step](h, names_of(h.chores.cycle));
    if (++h.chores.step < std::size(cycle_steps)) continue;
    h.chores.step = 0;
    ++h.chores.cycle;
  }
}

// ---- statements and findings ----

void adjust(History& h, const Id& party, Year year) {
  const auto figure = [&](const auto& figures) {
    const auto it = figures.find({party, year});
    return it == figures.end() ? std::int64_t{0} : it->second;
  };
  const auto& known = h.model().registers().statements;
  const auto newest = known.find({party, year});
  const std::int64_t version = newest == known.end() ? 1 : newest->second.version + 1;
  h.send(scene::adjustment(party, year, version, figure(h.model().first_transferred()),
                           figure(h.model().used()), h.size() - 1),
         {party});
}

void file_report(History& h) {
  const int number = h.chores.reports++;
  const auto kind = number == 0 ? ReportFiled::Sort::initial : ReportFiled::Sort::aef;
  ReportFiled body = scene::report(numbered("REPORT-", number), kind);
  body.approaches = {"XHA-XBA", "XHA-XCA"};
  body.as_of = h.size() - 1;
  if (number > 0) {
    body.year = 2026;
    body.version = "1." + std::to_string(number - 1);
  }
  h.send(body, {"XHA"});
  if (number > 0) h.send(scene::check_of(body.id), {"XHA"});
}

void state_something(History& h, const Move& move) {
  switch (move.length % 6) {
    case 0: return adjust(h, "XHA", 2026 + move.from % 2);
    case 1: return adjust(h, "XBA", 2027);
    case 2: return file_report(h);
    case 3: return disclose(h, move);
    case 4: return attest(h, move);
    case 5: return commit(h);
    default: return h.restate(move);
  }
}

void resolve(History& h) {
  const auto& findings = h.model().registers().findings;
  const auto finding = std::find_if(findings.begin(), findings.end(),
                                    [](const auto& each) { return each.second.open; });
  if (finding != findings.end()) h.send(scene::resolution(finding->first), {"XBA"});
}

void find(History& h, const Move& move) {
  if (move.length % 3 == 0) return resolve(h);
  FindingRecorded body = scene::finding(numbered("F-", ++h.chores.findings), {{1, 1}});
  if (move.length % 3 == 1) {
    const auto last = static_cast<Serial>(h.model().units().size());
    const Serial from = 1 + last * move.from / 1'000;
    body.units = scene::units({{from, std::min(last, from + move.length)}});
    body.quantity = body.units->ranges.quantity();
    body.balance = !move.gaps;
  } else {
    body.units.reset();
    body.quantity.reset();
    body.balance = false;
    body.excess = FindingRecorded::Excess{"XHA-STOVES", 2026, move.length};
  }
  h.send(body, {"XHA"});
}

}  // namespace

void make_register_move(History& h, const Move& move) {
  switch (move.kind) {
    case Kind::enrol: return enrol(h, move);
    case Kind::agree: return agree(h, move);
    case Kind::cycle: return walk_cycle(h, move);
    case Kind::state: return state_something(h, move);
    default: return find(h, move);
  }
}

}  // namespace rules
