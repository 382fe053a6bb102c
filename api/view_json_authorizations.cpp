// Authorizations in answers, with all their versions.
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

Json of(const TermsAnswer::Entity& entity) {
  Json out;
  out["id"] = entity.id;
  out["may"] = words_of<Json>(entity.may);
  return out;
}

// What every version says.
void tell(Json& out, const TermsAnswer& terms) {
  out["version"] = terms.version;
  put(out, "cap", terms.cap);
  out["metric"] = terms.metric;
  out["gwp"] = terms.gwp;
  put(out, "conversion", terms.conversion);
  out["purposes"] = words_of<Json>(terms.purposes);
  put(out, "oimp", terms.oimp);
  out["parties"] = terms.parties;
  out["entities"] = Json::array();
  for (const auto& entity : terms.entities) out["entities"].push_back(of(entity));
  out["vintages"] = {terms.vintage_from, terms.vintage_to};
  if (terms.issue_until) out["issue_until"] = ledger::format_date(*terms.issue_until);
  if (terms.use_until) out["use_until"] = ledger::format_date(*terms.use_until);
  out["ndc_periods"] = terms.ndc_periods;
  out["activities"] = terms.activities;
  out["standards"] = terms.standards;
  out["change_terms"] = {{"until", word_of(terms.change.until)},
                         {"consent", terms.change.consent},
                         {"notice_days", terms.change.notice_days}};
  out["date"] = ledger::format_date(terms.date);
  out["stated_by"] = terms.entry;
}

Json of(const TermsAnswer& terms) {
  Json out;
  tell(out, terms);
  return out;
}

Json of(const replay::AuthorizationAnswer& granted) {
  Json out;
  out["id"] = granted.id;
  out["approach"] = granted.approach;
  out["party"] = granted.party;
  tell(out, granted);
  out["first_transferred"] = granted.first_transferred;
  out["acquired"] = granted.acquired;
  put(out, "remaining", granted.remaining);
  out["units"] = {{"issued", granted.issued},
                  {"held", granted.held},
                  {"used", granted.used},
                  {"cancelled", granted.cancelled}};
  out["outstanding"] = granted.outstanding;
  out["granted_by"] = granted.granted_by;
  out["effective"] = ledger::format_timestamp(granted.effective);
  out["earlier"] = Json::array();
  for (const TermsAnswer& terms : granted.earlier) out["earlier"].push_back(of(terms));
  put(out, "notice", granted.notice);
  put(out, "revoked_by", granted.revoked_by);
  if (granted.revoked_by) out["released"] = granted.released;
  return out;
}

}  // namespace

std::string describe(const AuthorizationAt& answer, std::string_view checkpoint) {
  Json out = begin_answer<Json>(answer.as_of, checkpoint);
  out["authorization"] = of(answer.authorization);
  return text_of(out);
}

}  // namespace api
