// The events of authorizations in sentences.
#include "api/itmo_sentences.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

using itmo::word_of;  // beside those of this file

std::string_view word_of(ledger::Act act) {
  constexpr std::string_view words[] = {"transfer", "acquire", "use"};
  return words[static_cast<std::size_t>(act)];
}

std::string_view word_of(AuthorizationGranted::ChangeTerms::Until until) {
  constexpr std::string_view words[] = {"until issuance", "until first transfer", "never"};
  return words[static_cast<std::size_t>(until)];
}

void say_activity(Lines& lines, const AuthorizationGranted::Activity& activity) {
  lines.say("Activity " + activity.id + ": " + activity.sector + ", " + activity.type + ", " +
            std::string(word_of(activity.mitigation)) + ", crediting period " +
            format_date(activity.crediting_from) + " to " + format_date(activity.crediting_to) +
            '.');
}

std::vector<std::string> words_of(const std::vector<Purpose>& purposes) {
  std::vector<std::string> words;
  words.reserve(purposes.size());
  for (const Purpose each : purposes) words.emplace_back(word_of(each));
  return words;
}

void say_entity(Lines& lines, const AuthorizationGranted::Entity& entity) {
  std::vector<std::string> may;
  for (const ledger::Act act : entity.may) may.emplace_back(word_of(act));
  lines.say("Entity " + entity.id + " may " + listed(may, "do nothing") + '.');
}

void say_windows(Lines& lines, const AuthorizationGranted& body) {
  lines.say("Vintages " + std::to_string(body.vintage_from) + " to " +
            std::to_string(body.vintage_to) + '.');
  if (body.issue_until) lines.say("Issuance until " + format_date(*body.issue_until) + '.');
  if (body.use_until) lines.say("Use until " + format_date(*body.use_until) + '.');
  for (const auto& [from, to] : body.ndc_periods) {
    lines.say("Use towards NDCs of the years " + std::to_string(from) + " to " +
              std::to_string(to) + '.');
  }
}

void say_change_terms(Lines& lines, const AuthorizationGranted::ChangeTerms& terms) {
  lines.say("The authorization can be changed: " + std::string(word_of(terms.until)) +
            "; consent needed of: " + listed(terms.consent) +
            "; notice: " + counted(static_cast<std::size_t>(terms.notice_days), "day") + '.');
  if (terms.document) say_document(lines, *terms.document);
}

void say_terms(Lines& lines, const AuthorizationGranted& body) {
  lines.say("Authorization " + body.id + ", version " + std::to_string(body.version) + "; metric " +
            body.metric + ", GWP " + body.gwp + '.');
  if (body.conversion) {
    lines.say("One unit of that metric stands for " + number(*body.conversion) +
              " g CO2 equivalent.");
  }
  lines.say("Authorized purposes: " + listed(words_of(body.purposes)) +
            (body.oimp ? "; meaning " + *body.oimp : "") + '.');
  lines.say("Parties that may use: " + listed(body.parties, "any") + '.');
  if (body.entities.empty()) lines.say("Any entity may take part.");
  for (const auto& each : body.entities) say_entity(lines, each);
  say_windows(lines, body);
  for (const auto& each : body.activities) say_activity(lines, each);
  lines.say("Standards: " + listed(body.standards) + '.');
  lines.say("Tracked in registry " + body.tracking_registry +
            "; underlying registries: " + listed(body.underlying_registries) + '.');
  say_change_terms(lines, body.change_terms);
  for (const Document& document : body.documents) say_document(lines, document);
}

std::string cap_of(const AuthorizationGranted& body) {
  return body.cap ? "up to " + amount(*body.cap) : std::string("without a cap");
}

}  // namespace

void say(Lines& lines, const AuthorizationGranted& body) {
  lines.say(body.party + " authorizes " + cap_of(body) + " under approach " + body.approach + '.');
  say_terms(lines, body);
}

void say(Lines& lines, const AuthorizationChanged& body) {
  const bool notice = body.stage == ChangeStage::notice;
  lines.say(body.terms.party + (notice ? " gives notice of a change of" : " changes") +
            " authorization " + body.terms.id + " under approach " + body.terms.approach +
            ": from then on " + cap_of(body.terms) + '.');
  lines.say(notice ? "Nothing changes by this event."
                   : "What was first transferred before keeps the terms that it was transferred "
                     "under. From now on, in whole:");
  say_terms(lines, body.terms);
}

void say(Lines& lines, const AuthorizationRevoked& body) {
  const bool notice = body.stage == ChangeStage::notice;
  lines.say(
      (notice ? "Notice of the revocation of authorization " : "Revocation of authorization ") +
      body.authorization + '.');
  lines.say(notice
                ? "Nothing changes by this event."
                : "Nothing more is issued, first transferred or acquired under it. What was first "
                  "transferred before goes on.");
  lines.say("Reason: " + body.reason + '.');
  for (const Document& document : body.documents) say_document(lines, document);
}

}  // namespace api::itmo
