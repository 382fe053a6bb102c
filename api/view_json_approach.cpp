// Approaches and their activities as JSON (spec/api.md).
#include <nlohmann/json.hpp>
#include <optional>

#include "api/view_json.hpp"
#include "api/view_json_parts.hpp"
#include "api/view_words.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using namespace replay;  // NOLINT: this file speaks of its answers alone

// What lists are made of; the members of each below.
Json of(const RulesAnswer& rules);
Json of(const RulesAnswer::Deduction& line);
Json of(const ledger::ApproachRules::ExtraSigner& signer);
Json of(const ledger::ReviewAsked& review);
Json of(const ActivityAnswer& activity);
Json of(const ProceedsAnswer& proceeds);
Json of(const ReviewAnswer& review);
Json of(const DesignAnswer& design);
Json of(const MonitoringAnswer& report);

template <class T>
Json list_of(const std::vector<T>& values) {
  Json out = Json::array();
  for (const T& value : values) out.push_back(of(value));
  return out;
}

Json days(const ledger::Date& from, const ledger::Date& to) {
  return {ledger::format_date(from), ledger::format_date(to)};
}

Json of(const std::vector<ledger::VintageQuantity>& quantities) {
  Json out = Json::object();
  for (const auto& [vintage, quantity] : quantities) out[std::to_string(vintage)] = quantity;
  return out;
}

Json of(const ReviewAnswer& review) {
  Json out{{"party", review.party},
           {"decision", word_of(review.decision)},
           {"time", ledger::format_timestamp(review.time)}};
  if (!review.quantities.empty()) out["certified"] = of(review.quantities);
  out["decided_by"] = review.entry;
  return out;
}

Json of(const DesignAnswer& design) {
  Json out;
  out["version"] = design.version;
  out["components"] = design.components;
  out["crediting"] = days(design.crediting_from, design.crediting_to);
  out["type"] = design.type;
  out["mitigation"] = word_of(design.mitigation);
  if (design.opinion) out["opinion"] = word_of(*design.opinion);
  if (design.validator) out["validator"] = *design.validator;
  out["reviews"] = list_of(design.reviews);
  return out;
}

Json of(const MonitoringAnswer& report) {
  Json out;
  out["id"] = report.id;
  if (report.component) out["component"] = *report.component;
  out["period"] = days(report.period_from, report.period_to);
  out["claims"] = of(report.claims);
  out["version"] = report.version;
  out["verified"] = of(report.verified);
  out["reviews"] = list_of(report.reviews);
  out["issued"] = of(report.issued);
  out["since"] = report.entry;
  return out;
}

Json of(const RulesAnswer::Deduction& line) {
  Json out;
  out["name"] = line.name;
  out["moment"] = word_of(line.moment);
  out["by"] = word_of(line.by);
  out["kind"] = word_of(line.kind);
  out["rate_bp"] = line.rate_bp;
  out["rounding"] = word_of(line.rounding);
  put(out, "account", line.account);
  return out;
}

Json of(const ledger::ApproachRules::ExtraSigner& signer) {
  return {{"event", signer.event}, {"party", signer.party}, {"role", word_of(signer.role)}};
}

Json of(const ledger::ReviewAsked& review) {
  Json out{{"stage", word_of(review.stage)}, {"order", review.order}, {"by", word_of(review.by)}};
  put(out, "days", review.days);
  return out;
}

Json of(const RulesAnswer& rules) {
  Json out;
  if (rules.host_definition) out["host_definition"] = word_of(*rules.host_definition);
  out["both_authorize"] = rules.both_authorize;
  out["host_first"] = rules.host_first;
  out["objection_days"] = rules.objection_days;
  out["extra_signers"] = list_of(rules.extra_signers);
  out["deductions"] = list_of(rules.deductions);
  put(out, "notice_days", rules.notice_days);
  out["cycle"] = {{"steps", words_of<Json>(rules.cycle.steps)},
                  {"reviews", list_of(rules.cycle.reviews)},
                  {"separate_verifier", rules.cycle.separate_verifier}};
  out["adopted_by"] = rules.entry;
  return out;
}

Json of(const ActivityAnswer& activity) {
  Json out;
  out["id"] = activity.id;
  out["crediting"] = days(activity.terms.crediting_from, activity.terms.crediting_to);
  out["sector"] = activity.terms.sector;
  out["type"] = activity.terms.type;
  out["mitigation"] = word_of(activity.terms.mitigation);
  out["units"] = {{"issued", activity.issued},
                  {"held", activity.held},
                  {"used", activity.used},
                  {"cancelled", activity.cancelled}};
  out["first_transferred"] = activity.first_transferred;
  if (activity.reversed > 0) {
    out["reversals"] = {{"recorded", activity.reversed}, {"made_good", activity.made_good}};
  }
  return out;
}

Json of(const ProceedsAnswer& proceeds) {
  Json out;
  out["activity"] = proceeds.activity;
  out["vintage"] = proceeds.vintage;
  out["line"] = proceeds.line;
  out["moment"] = word_of(proceeds.moment);
  out["base"] = proceeds.base;
  out["taken"] = proceeds.taken;
  return out;
}

}  // namespace

std::string describe(const ApproachAt& answer, std::string_view checkpoint) {
  const ApproachAnswer& approach = answer.approach;
  Json out = begin_answer<Json>(approach.as_of, checkpoint);
  out["approach"] = {{"id", approach.id}, {"host", approach.host}, {"buyer", approach.buyer}};
  put(out["approach"], "carp", approach.carp);
  out["approach"]["established_by"] = approach.entry;
  if (approach.ended) {
    out["approach"]["ended"] = {{"from", ledger::format_timestamp(approach.ended->from)},
                                {"by", approach.ended->entry}};
  }
  out["rules"] = list_of(approach.rules);
  out["activities"] = list_of(approach.activities);
  out["proposed"] = approach.proposed;
  out["proceeds"] = list_of(answer.proceeds);
  return text_of(out);
}

std::string describe(const CycleAnswer& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["activity"] = {{"id", answer.id},
                     {"approach", answer.approach},
                     {"developer", answer.developer},
                     {"sector", answer.sector}};
  if (answer.closed_by) out["activity"]["closed_by"] = *answer.closed_by;
  out["activity"]["registered"] = answer.registered;
  out["idea"] = {{"version", answer.idea_version}, {"reviews", list_of(answer.idea_reviews)}};
  out["designs"] = list_of(answer.designs);
  out["monitoring"] = list_of(answer.reports);
  return text_of(out);
}

}  // namespace api
