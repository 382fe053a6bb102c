#include "replay/aef_words.hpp"

#include <algorithm>

namespace replay::aef {

std::string_view word_of(ActionType type, AefProfile profile) {
  switch (type) {
    case ActionType::first_transfer: return "First transfer";
    case ActionType::transfer: return "Transfer";
    case ActionType::acquisition: return "Acquisition";
    case ActionType::use: return "Use";
    case ActionType::cancellation: return "Cancellation";
    case ActionType::voluntary_cancellation: break;
  }
  // The checker's list has the decision's five types only; the subtype says the rest.
  return profile == AefProfile::carp_checker ? "Cancellation" : "Voluntary Cancellation";
}

std::string_view word_of(Subtype subtype) {
  switch (subtype) {
    case Subtype::none: break;
    case Subtype::to_another_party: return "First transfer to another Party";
    case Subtype::authorization: return "Authorization";
    case Subtype::issuance: return "Issuance";
    case Subtype::use_or_cancellation: return "Use or cancellation";
    case Subtype::mandatory_omge: return "Mandatory cancellation to deliver OMGE";
    case Subtype::voluntary_omge: return "Voluntary cancellation to deliver OMGE";
    case Subtype::other_cancellations: return "Other cancellations";
    case Subtype::not_yet_defined: return "Not yet defined";
  }
  return not_applicable;
}

std::string_view metric_word(std::string_view metric, AefProfile profile, bool in_actions) {
  if (metric == "GHG") return "GHG";
  return profile == AefProfile::nomenclature_2026 && !in_actions ? "Non-GHG" : "non-GHG";
}

std::string_view word_of(ledger::Mitigation mitigation) {
  return mitigation == ledger::Mitigation::reductions ? "Emission reductions" : "Removals";
}

std::string_view word_of(ledger::Definition definition, AefProfile profile) {
  const bool checker = profile == AefProfile::carp_checker;
  switch (definition) {
    case ledger::Definition::authorization: return checker ? "Authorization" : "Authorisation";
    case ledger::Definition::issuance: return "Issuance";
    case ledger::Definition::use_or_cancellation: break;
  }
  return checker ? "Use of cancellation" : "Use or Cancellation";  // the checker's own spelling
}

std::string_view purposes_word(const std::vector<ledger::Purpose>& purposes) {
  const auto has = [&](ledger::Purpose purpose) {
    return std::find(purposes.begin(), purposes.end(), purpose) != purposes.end();
  };
  const bool imp = has(ledger::Purpose::imp), op = has(ledger::Purpose::op);
  if (has(ledger::Purpose::ndc)) {
    if (imp && op) return "NDC and OIMP";
    return imp ? "NDC and IMP" : op ? "NDC and OP" : "NDC";
  }
  return imp && op ? "OIMP" : imp ? "IMP" : "OP";
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

namespace {

// "a", "a and b", "a, b and c".
std::string enumerate(const std::vector<std::string>& parts) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? " and " : ", ";
    out += parts[i];
  }
  return out;
}

}  // namespace

std::string change_terms(const ledger::Terms::Change& change) {
  using Until = ledger::AuthorizationGranted::ChangeTerms::Until;
  if (change.until == Until::never) return "Never changes.";
  std::string out =
      change.until == Until::issuance ? "Changes until issuance" : "Changes until first transfer";
  if (!change.consent.empty()) out += ", with the consent of " + enumerate(change.consent);
  if (change.notice_days > 0) {
    out += (change.consent.empty() ? ", with " : " and ") + std::to_string(change.notice_days) +
           (change.notice_days == 1 ? " day's notice" : " days' notice");
  }
  return out + ".";
}

std::string may(const std::vector<ledger::Act>& acts) {
  constexpr std::string_view names[] = {"transfer", "acquire", "use"};
  std::vector<std::string> words;
  for (const ledger::Act act : acts) words.emplace_back(names[static_cast<std::size_t>(act)]);
  return "May " + enumerate(words) + ".";
}

std::string_view word_of(AuthorizationStep::Sort step) {
  switch (step) {
    case AuthorizationStep::Sort::version: break;
    case AuthorizationStep::Sort::notice_of_change: return "Notice of a change given on";
    case AuthorizationStep::Sort::notice_of_revocation: return "Notice of revocation given on";
    case AuthorizationStep::Sort::revocation: return "Revoked on";
  }
  return "Stated on";
}

std::string timeframe(const AuthorizationVersion& version, AefProfile profile) {
  const ledger::Terms& terms = version.terms;
  const std::string from = std::to_string(terms.vintage_from),
                    to = std::to_string(terms.vintage_to);
  if (profile == AefProfile::nomenclature_2026) return from + " - " + to;
  std::string out = "Occurred: from " + from + " to " + to;
  if (terms.use_until) {
    out += ". Use: from " + slashed(ledger::date_of(version.effective)) + " to " +
           slashed(*terms.use_until);
  }
  return out;
}

}  // namespace replay::aef
