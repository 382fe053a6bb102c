#include "ledger/rules/authorization_terms.hpp"

#include <algorithm>

#include "ledger/movement.hpp"
#include "ledger/rules/metric.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

using Granting = Case<AuthorizationGranted>;

constexpr std::string_view known_gwp = "AR5";
constexpr std::int64_t max_notice_days = 3'650;
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

bool names(const Granting& c, Purpose purpose) {
  return contains(c.body.purposes, purpose);
}

bool names_oimp(const Granting& c) {
  return names(c, Purpose::imp) || names(c, Purpose::op);
}

const Id* wrong_consent(const Granting& c) {
  const auto& ids = c.body.change_terms.consent;
  const auto it = std::find_if(ids.begin(), ids.end(), [&](const Id& id) {
    return (id != id_of(c, approach_of(c).host) && id != id_of(c, approach_of(c).buyer)) ||
           std::count(ids.begin(), ids.end(), id) > 1;
  });
  return it == ids.end() ? nullptr : &*it;
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

}  // namespace

// ---- metric, cap, vintages ----

bool measure_is_stated(const Granting& c) {
  const bool in_tonnes = c.body.metric == ghg;
  return is_metric(c.body.metric) && c.body.gwp == (in_tonnes ? known_gwp : no_gwp_values) &&
         c.body.conversion.has_value() == !in_tonnes;
}

std::string explain_measure(const Granting& c, const Row*) {
  if (!is_metric(c.body.metric)) return explain_no_metric(c.body.metric);
  const std::string said = "The authorization is in metric " + quoted(c.body.metric) +
                           " with GWP values " + quoted(c.body.gwp) +
                           (c.body.conversion ? " and a conversion" : " and no conversion");
  return said + (c.body.metric == ghg
                     ? ". For GHG state \"AR5\", and leave `conversion` out."
                     : ". For another metric than GHG state \"NA\", and in `conversion` the grams "
                       "of CO2 equivalent that one unit stands for.");
}

namespace {

// What fixes the metric of the vintages otherwise; nothing for the buyer, whose years count what it
// uses (USE-12).
std::optional<std::string> other_metric(const Granting& c) {
  if (!c.facts.of_host) return std::nullopt;
  const auto& b = c.body;
  if (auto ndc =
          other_ndc_metric(c.state, *c.facts.party, b.vintage_from, b.vintage_to, b.metric)) {
    return ndc;
  }
  return other_authorized_metric(c.state, *c.facts.party, b.vintage_from, b.vintage_to, b.metric,
                                 b.id);
}

}  // namespace

bool metric_is_that_of_its_years(const Granting& c) {
  return !other_metric(c);
}

std::string explain_other_metric(const Granting& c, const Row*) {
  return c.body.party + " would authorize vintages " +
         years(c.body.vintage_from, c.body.vintage_to) + " in " + quoted(c.body.metric) + ", and " +
         *other_metric(c) +
         ". What a Party first transfers of one vintage counts in one metric, that of its NDC: "
         "authorize that one, or other vintages.";
}

bool cap_is_some(const Granting& c) {
  return !c.body.cap || *c.body.cap >= 1;
}

std::string explain_cap(const Granting& c, const Row*) {
  return "The cap is " + in_units(*c.body.cap) +
         ". State at least 1 unit, or leave the cap out where there is none.";
}

bool vintages_are_in_order(const Granting& c) {
  return first_vintage <= c.body.vintage_from && c.body.vintage_from <= c.body.vintage_to;
}

std::string explain_vintages(const Granting& c, const Row*) {
  return "The vintages are " + years(c.body.vintage_from, c.body.vintage_to) +
         ". Mitigation from 2021 on is eligible, and the last vintage is not before the first.";
}

// ---- purposes ----

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

bool consent_is_the_parties(const Granting& c) {
  return wrong_consent(c) == nullptr;
}

std::string explain_consent(const Granting& c, const Row*) {
  return "The change terms ask for the consent of " + quoted(*wrong_consent(c)) +
         ", which is no Party of the approach or stands twice. Name " +
         id_of(c, approach_of(c).host) + " or " + id_of(c, approach_of(c).buyer) + ", each once.";
}

bool notice_is_bounded(const Granting& c) {
  return c.body.change_terms.notice_days <= max_notice_days;
}

std::string explain_notice_bound(const Granting& c, const Row*) {
  return "The change terms ask for " + std::to_string(c.body.change_terms.notice_days) +
         " days of notice. Choose 0 to " + std::to_string(max_notice_days) + ".";
}

bool documents_have_public_versions(const Granting& c) {
  return !withheld_document(c.body);
}

std::string explain_documents(const Granting& c, const Row*) {
  return "A document of kind " + quoted(withheld_document(c.body)->kind) +
         " is confidential as a whole, and statements of authorization are public (4/CMA.6, "
         "paragraph 10). Make it public, or redacted with the hash of the redacted version.";
}

}  // namespace ledger
