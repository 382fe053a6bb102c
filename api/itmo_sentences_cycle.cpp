// The events of an activity's cycle in sentences: idea, design, validation, registration,
// monitoring, verification, reviews; and what rules ask of it.
#include "api/itmo_sentences.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

using itmo::word_of;  // beside those of this file

std::string_view word_of(Stage stage) {
  constexpr std::string_view words[] = {"idea", "validated design", "verification"};
  return words[static_cast<std::size_t>(stage)];
}

std::string_view word_of(CycleStep step) {
  constexpr std::string_view words[] = {"an approved idea before design and authorization",
                                        "registration before issuance",
                                        "verification of what is issued"};
  return words[static_cast<std::size_t>(step)];
}

std::string_view word_of(ActivityValidated::Opinion opinion) {
  constexpr std::string_view words[] = {"positive", "positive on conditions", "negative"};
  return words[static_cast<std::size_t>(opinion)];
}

std::string_view word_of(ReviewDecided::Decision decision) {
  constexpr std::string_view words[] = {"approves", "returns", "rejects", "objects to",
                                        "is deemed, its time being over, to approve"};
  return words[static_cast<std::size_t>(decision)];
}

std::string days(Date from, Date to) {
  return format_date(from) + " to " + format_date(to);
}

void say_quantities(Lines& lines, const std::vector<VintageQuantity>& quantities) {
  for (const auto& [vintage, quantity] : quantities) {
    lines.detail("vintage " + std::to_string(vintage) + ": " + amount(quantity));
  }
}

void say_documents(Lines& lines, const std::vector<Document>& documents) {
  for (const Document& document : documents) say_document(lines, document);
}

std::string version(std::int64_t number) {
  return ", version " + std::to_string(number);
}

}  // namespace

void say_cycle(Lines& lines, const CycleRules& rules) {
  if (rules.steps.empty()) lines.say("No step of an activity's cycle is asked for.");
  for (const CycleStep step : rules.steps) {
    lines.say("Of activities the rules ask for " + std::string(word_of(step)) + '.');
  }
  for (const ReviewAsked& review : rules.reviews) {
    lines.say(std::string("The ") + (review.by == Reviewer::host ? "host" : "buyer") +
              " reviews each " + std::string(word_of(review.stage)) + ", in place " +
              std::to_string(review.order) +
              (review.days ? "; after " + counted(static_cast<std::size_t>(*review.days), "day") +
                                 " its approval may be deemed"
                           : "; its approval is never deemed") +
              '.');
  }
  lines.say(rules.separate_verifier
                ? "Nobody both validates an activity's design and verifies a report of it."
                : "Whoever validates an activity's design may verify its reports too.");
}

void say(Lines& lines, const ActivityProposed& body) {
  lines.say("Proposal of activity " + body.id + ": " + body.title + version(body.version) + '.');
  lines.say("Developer " + body.developer + " proposes it under approach " + body.approach + '.');
  lines.say("Place: " + body.place + ". Sector: " + body.sector + '.');
  say_documents(lines, body.documents);
}

void say(Lines& lines, const DesignSubmitted& body) {
  lines.say("Design of activity " + body.activity + version(body.version) + '.');
  lines.say("Type: " + body.type + ". Mitigation: " + std::string(word_of(body.mitigation)) +
            ". Methodology: " + body.methodology + '.');
  lines.say("Crediting period: " + days(body.crediting_from, body.crediting_to) + '.');
  lines.say("Components monitored apart: " + listed(body.components) + '.');
  lines.say(body.expected.empty() ? "It states no expected outcomes." : "Expected outcomes:");
  say_quantities(lines, body.expected);
  say_documents(lines, body.documents);
}

void say(Lines& lines, const ActivityValidated& body) {
  lines.say("Validation of the design of activity " + body.activity + version(body.version) + '.');
  lines.say("The opinion of verifier " + body.verifier + " is " +
            std::string(word_of(body.opinion)) + '.');
  say_documents(lines, body.documents);
}

void say(Lines& lines, const ActivityRegistered& body) {
  lines.say("Registration of activity " + body.activity + " by its design" + version(body.version) +
            '.');
  lines.say("Crediting period: " + days(body.crediting_from, body.crediting_to) + '.');
  lines.say("Host's authorization " + body.authorization.host + "; buyer's authorization " +
            body.authorization.buyer.value_or("none named") + '.');
}

void say(Lines& lines, const ActivityClosed& body) {
  lines.say("Activity " + body.activity + " is " +
            (body.how == ActivityClosed::How::closed ? "closed" : "deregistered") +
            "; reason: " + body.reason + '.');
  lines.say("Nothing is monitored or issued for it any more; units that exist stay as they are.");
}

void say(Lines& lines, const MonitoringSubmitted& body) {
  lines.say("Monitoring report " + body.id + " of activity " + body.activity +
            (body.component ? ", component " + *body.component : ", as a whole") + '.');
  lines.say("Monitoring period: " + days(body.period_from, body.period_to) + ". It claims:");
  say_quantities(lines, body.claims);
  say_documents(lines, body.documents);
}

void say(Lines& lines, const MonitoringVerified& body) {
  lines.say("Verification of monitoring report " + body.monitoring + version(body.version) + '.');
  lines.say("Verifier " + body.verifier +
            (body.verified.empty() ? " verified nothing." : " verified:"));
  say_quantities(lines, body.verified);
  say_documents(lines, body.documents);
}

void say(Lines& lines, const ReviewDecided& body) {
  lines.say(body.party + ' ' + std::string(word_of(body.decision)) + " the " +
            std::string(word_of(body.stage)) + " of activity " + body.activity +
            (body.monitoring ? ", monitoring report " + *body.monitoring : "") +
            version(body.version) + '.');
  lines.say(body.quantities.empty() ? "It certifies no quantities." : "It certifies:");
  say_quantities(lines, body.quantities);
  say_documents(lines, body.documents);
}

}  // namespace api::itmo
