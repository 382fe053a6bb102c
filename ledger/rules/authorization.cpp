// authorization.granted: what one Party allows under an approach (events.md, decision 5; 4/CMA.6
// 5).
#include <algorithm>

#include "ledger/clauses_cycle.hpp"
#include "ledger/clauses_registry.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/movement.hpp"
#include "ledger/rules/coverage.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Granting = Case<AuthorizationGranted>;

constexpr std::string_view known_metric = "GHG";
constexpr std::string_view known_gwp = "AR5";
constexpr Year first_vintage = 2021;  // 2/CMA.3, annex, 1 (e)

const Approach& approach_of(const Granting& c) {
  return c.state.approaches[*c.facts.approach];
}
const RulesVersion& rules_in_force(const Granting& c) {
  return approach_of(c).rules.back();
}
const Id& id_of(const Granting& c, Index participant) {
  return c.state.participants[participant].id;
}

std::string years(Year from, Year to) {
  return std::to_string(from) + " to " + std::to_string(to);
}

// ---- id, approach, Party ----

bool id_is_new(const Granting& c) {
  return !c.state.authorizations.find(c.body.id);
}

std::string explain_id_is_new(const Granting& c, const Row*) {
  return taken("Authorization", c.body.id, c.state.authorizations.lookup(c.body.id)->origin.seq);
}

bool approach_has_rules(const Granting& c) {
  return c.facts.approach && !approach_of(c).rules.empty();
}

std::string explain_approach(const Granting& c, const Row*) {
  if (!c.facts.approach) return unknown_approach(c.body.approach);
  return "Approach " + c.body.approach +
         " has adopted no rules yet. Adopt them first (approach.rules_adopted).";
}

bool approach_is_open(const Granting& c) {
  return !c.facts.approach || is_open(approach_of(c), c.context.time);
}

std::string explain_closed(const Granting& c, const Row*) {
  return explain_ended(approach_of(c));
}

bool party_is_of_the_approach(const Granting& c) {
  return c.facts.party &&
         (*c.facts.party == approach_of(c).host || *c.facts.party == approach_of(c).buyer);
}

std::string explain_party(const Granting& c, const Row*) {
  return c.body.party + " is no Party of approach " + c.body.approach + ", which is that of " +
         id_of(c, approach_of(c).host) + " and " + id_of(c, approach_of(c).buyer) + ".";
}

bool version_is_the_first(const Granting& c) {
  return c.body.version == 1;
}

std::string explain_version(const Granting& c, const Row*) {
  return "The event grants authorization " + c.body.id + " in version " +
         std::to_string(c.body.version) + ". State version 1.";
}

bool host_came_first(const Granting& c) {
  return c.facts.of_host || !rules_in_force(c).host_first || c.facts.host_has_authorized;
}

std::string explain_host_first(const Granting& c, const Row*) {
  return "The rules of approach " + c.body.approach + " put the host first, and " +
         id_of(c, approach_of(c).host) + " has authorized nothing under it. Send " +
         id_of(c, approach_of(c).host) + "'s authorization.granted first.";
}

// ---- metric, cap, vintages ----

bool metric_is_known(const Granting& c) {
  return c.body.metric == known_metric && c.body.gwp == known_gwp;
}

std::string explain_metric(const Granting& c, const Row*) {
  return "The authorization is in metric " + quoted(c.body.metric) + " with GWP values " +
         quoted(c.body.gwp) + "; this spec number knows \"GHG\" with \"AR5\". State these.";
}

bool cap_is_some(const Granting& c) {
  return !c.body.cap || *c.body.cap >= 1;
}

std::string explain_cap(const Granting& c, const Row*) {
  return "The cap is " + tonnes(*c.body.cap) +
         ". State at least 1 t, or leave the cap out where there is none.";
}

bool vintages_are_in_order(const Granting& c) {
  return first_vintage <= c.body.vintage_from && c.body.vintage_from <= c.body.vintage_to;
}

std::string explain_vintages(const Granting& c, const Row*) {
  return "The vintages are " + years(c.body.vintage_from, c.body.vintage_to) +
         ". Mitigation from 2021 on is eligible, and the last vintage is not before the first.";
}

// ---- purposes ----

bool names(const Granting& c, Purpose purpose) {
  return contains(c.body.purposes, purpose);
}
bool names_oimp(const Granting& c) {
  return names(c, Purpose::imp) || names(c, Purpose::op);
}

bool purposes_are_some(const Granting& c) {
  return !c.body.purposes.empty() && !first_repeated(c.body.purposes);
}

std::string explain_purposes(const Granting& c, const Row*) {
  if (c.body.purposes.empty()) return "No purpose is named. Name NDC, IMP or OP, or several.";
  return "Purpose " + std::string(name_of(*first_repeated(c.body.purposes))) +
         " is named twice. Name it once.";
}

bool oimp_is_said(const Granting& c) {
  return names_oimp(c) == c.body.oimp.has_value();
}

std::string explain_oimp(const Granting& c, const Row*) {
  return c.body.oimp
             ? "`oimp` belongs to an authorization for IMP or OP. Leave it out, or name that "
               "purpose."
             : "The authorization names IMP or OP. Say in `oimp` which use it means, as "
               "\"CORSIA\".";
}

bool oimp_is_defined(const Granting& c) {
  return !names_oimp(c) || rules_in_force(c).host_definition.has_value();
}

std::string explain_oimp_defined(const Granting& c, const Row*) {
  return "The rules of approach " + c.body.approach +
         " do not say what a first transfer for IMP or "
         "OP is. Adopt rules that define it for " +
         id_of(c, approach_of(c).host) + " first (first_transfer).";
}

bool periods_fit_the_purposes(const Granting& c) {
  const auto& periods = c.body.ndc_periods;
  return names(c, Purpose::ndc) == !periods.empty() &&
         std::all_of(periods.begin(), periods.end(),
                     [](const auto& period) { return period.first <= period.second; });
}

std::string explain_periods(const Granting& c, const Row*) {
  const auto& periods = c.body.ndc_periods;
  if (!names(c, Purpose::ndc)) {
    return "NDC periods are named, and NDC is not among the purposes. Leave them out, or name NDC.";
  }
  if (periods.empty()) return "NDC use is authorized for no period. Name the NDC periods.";
  const auto bad = std::find_if(periods.begin(), periods.end(),
                                [](const auto& period) { return period.first > period.second; });
  return "An NDC period is given as " + years(bad->first, bad->second) +
         ". Exchange the two years.";
}

// ---- standards, registry, dates, terms, documents ----

bool standards_are_named(const Granting& c) {
  return !c.body.standards.empty();
}

std::string explain_standards(const Granting& c, const Row*) {
  return "Authorization " + c.body.id +
         " names no standard or methodology. Name those by which outcomes are measured.";
}

bool tracking_registry_is_its_own(const Granting& c) {
  return belongs_to(c.body.tracking_registry, c.body.party);
}

std::string explain_tracking(const Granting& c, const Row*) {
  return "Registry " + c.body.tracking_registry + " is not one of " + c.body.party +
         ", which authorizes. Name a registry whose code begins with " + c.body.party + ".";
}

bool final_dates_are_ahead(const Granting& c) {
  return (!c.body.issue_until || c.event.date <= *c.body.issue_until) &&
         (!c.body.use_until || c.event.date <= *c.body.use_until);
}

std::string explain_final_dates(const Granting& c, const Row*) {
  const bool issue_is_past = c.body.issue_until && *c.body.issue_until < c.event.date;
  return "Authorization " + c.body.id + " is dated " + format_date(c.event.date) +
         " and would let " +
         (issue_is_past ? "issuance end on " + format_date(*c.body.issue_until)
                        : "use end on " + format_date(*c.body.use_until)) +
         ", before it begins. State a later final date.";
}

const Id* wrong_consent(const Granting& c) {
  const auto& ids = c.body.change_terms.consent;
  const auto it = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return (id != id_of(c, approach_of(c).host) && id != id_of(c, approach_of(c).buyer)) ||
           std::count(ids.begin(), ids.end(), id) > 1;
  });
  return it == ids.end() ? nullptr : &*it;
}

bool consent_is_the_parties(const Granting& c) {
  return wrong_consent(c) == nullptr;
}

std::string explain_consent(const Granting& c, const Row*) {
  return "The change terms ask for the consent of " + quoted(*wrong_consent(c)) +
         ", which is no Party of the approach or stands twice. Name " +
         id_of(c, approach_of(c).host) + " or " + id_of(c, approach_of(c).buyer) + ", each once.";
}

bool is_withheld(const Document& document) {
  return document.access == Access::confidential;
}

const Document* withheld_document(const AuthorizationGranted& body) {
  const auto it = std::find_if(body.documents.begin(), body.documents.end(), is_withheld);
  if (it != body.documents.end()) return &*it;
  const auto& terms = body.change_terms.document;
  return terms && is_withheld(*terms) ? &*terms : nullptr;
}

bool documents_have_public_versions(const Granting& c) {
  return !withheld_document(c.body);
}

std::string explain_documents(const Granting& c, const Row*) {
  return "A document of kind " + quoted(withheld_document(c.body)->kind) +
         " is confidential as a whole, and statements of authorization are public (4/CMA.6, "
         "paragraph 10). Make it public, or redacted with the hash of the redacted version.";
}

constexpr Rule<AuthorizationGranted> table[] = {
    {&APR_8, approach_is_open, nullptr, explain_closed},
    {&ACT_5, activities_were_proposed_so, nullptr, explain_proposed_otherwise},
    {&ACT_8, ideas_came_first, nullptr, explain_ideas},
    {&AUT_1, id_is_new, nullptr, explain_id_is_new},
    {&AUT_2, approach_has_rules, nullptr, explain_approach},
    {&AUT_3, party_is_of_the_approach, nullptr, explain_party},
    {&AUT_10, version_is_the_first, nullptr, explain_version},
    {&AUT_11, host_came_first, nullptr, explain_host_first},
    {&AUT_12, metric_is_known, nullptr, explain_metric},
    {&AUT_13, cap_is_some, nullptr, explain_cap},
    {&AUT_14, vintages_are_in_order, nullptr, explain_vintages},
    {&AUT_15, purposes_are_some, nullptr, explain_purposes},
    {&AUT_16, oimp_is_said, nullptr, explain_oimp},
    {&AUT_17, oimp_is_defined, nullptr, explain_oimp_defined},
    {&AUT_18, periods_fit_the_purposes, nullptr, explain_periods},
    {&AUT_19, using_parties_are_parties, nullptr, explain_using_parties},
    {&AUT_20, entities_can_act, nullptr, explain_entities},
    {&AUT_21, activities_are_listed, nullptr, explain_activities},
    {&AUT_22, crediting_is_in_order, nullptr, explain_crediting},
    {&AUT_23, known_activities_stay, nullptr, explain_known_activities},
    {&AUT_24, buyer_follows_the_host, nullptr, explain_buyer_follows},
    {&AUT_25, standards_are_named, nullptr, explain_standards},
    {&AUT_26, tracking_registry_is_its_own, nullptr, explain_tracking},
    {&AUT_27, final_dates_are_ahead, nullptr, explain_final_dates},
    {&AUT_28, consent_is_the_parties, nullptr, explain_consent},
    {&AUT_29, documents_have_public_versions, nullptr, explain_documents},
};

std::optional<Index> find_named(const State& state, const Id& id, std::string_view what,
                                Causes& causes) {
  const auto index = state.participants.find(id);
  if (index) causes.add(state.participants[*index].origin, std::string(what) + id);
  return index;
}

bool host_has_authorized(const State& state, Index approach) {
  const auto& rows = state.authorizations.rows();
  return std::any_of(rows.begin(), rows.end(), [&](const Authorization& row) {
    return row.approach == approach && row.party == state.approaches[approach].host;
  });
}

}  // namespace

Facts<AuthorizationGranted> resolve(const State& state, const Event&,
                                    const AuthorizationGranted& body, const Context&) {
  Facts<AuthorizationGranted> facts;
  facts.party = state.participants.find(body.party);
  for (const Id& id : body.parties) {
    facts.parties.push_back(find_named(state, id, "Party ", facts.causes));
  }
  for (const auto& entity : body.entities) {
    facts.entities.push_back(find_named(state, entity.id, "entity ", facts.causes));
  }
  for (const auto& listed : body.activities) {
    facts.activities.push_back(state.activities.find(listed.id));
    if (const auto& known = facts.activities.back()) {
      facts.causes.add(state.activities[*known].origin, "activity " + listed.id);
    }
    if (const ActivityCycle* cycle = state.cycles.lookup(listed.id)) {
      facts.causes.add(cycle->origin, "activity " + listed.id);
    }
  }
  facts.approach = state.approaches.find(body.approach);
  if (!facts.approach) return facts;
  const Approach& approach = state.approaches[*facts.approach];
  facts.causes.add(approach.origin, "approach " + body.approach);
  if (!approach.rules.empty()) {
    facts.causes.add(approach.rules.back().origin, "the rules of approach " + body.approach);
  }
  facts.of_host = facts.party == approach.host;
  facts.host_has_authorized = host_has_authorized(state, *facts.approach);
  return facts;
}

template <>
std::span<const Rule<AuthorizationGranted>> rules_of<AuthorizationGranted>() {
  return table;
}

}  // namespace ledger
