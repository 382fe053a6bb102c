// Authorizations in answers, with all their versions.
#include <nlohmann/json.hpp>
#include <optional>

#include "api/view_json.hpp"
#include "api/view_words.hpp"
#include "ledger/time.hpp"

namespace api {
namespace {

using Json = nlohmann::ordered_json;
using namespace replay;  // NOLINT: this file speaks of its answers alone

template <class T>
void put(Json& out, const char* name, const std::optional<T>& value) {
  if (value) out[name] = *value;
}

template <class E>
Json words_of(const std::vector<E>& values) {
  Json out = Json::array();
  for (const E value : values) out.push_back(word_of(value));
  return out;
}

Json of(const TermsAnswer::Entity& entity) {
  Json out;
  out["id"] = entity.id;
  out["may"] = words_of(entity.may);
  return out;
}

// What every version says.
void tell(Json& out, const TermsAnswer& terms) {
  out["version"] = terms.version;
  put(out, "cap", terms.cap);
  out["metric"] = terms.metric;
  out["gwp"] = terms.gwp;
  out["purposes"] = words_of(terms.purposes);
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
  Json out;
  out["as_of"]["size"] = answer.as_of.size;
  if (answer.as_of.size > 0) out["as_of"]["entry"] = answer.as_of.size - 1;
  if (answer.as_of.time) out["as_of"]["time"] = ledger::format_timestamp(*answer.as_of.time);
  out["checkpoint"] = checkpoint;
  out["authorization"] = of(answer.authorization);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace api
