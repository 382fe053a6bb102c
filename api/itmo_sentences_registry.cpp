// The registry's events in sentences: who takes part, in which role, under which approach.
#include "api/itmo_sentences.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

using itmo::word_of;  // beside those of this file

std::string_view word_of(Definition definition) {
  constexpr std::string_view words[] = {"authorization", "issuance", "use or cancellation"};
  return words[static_cast<std::size_t>(definition)];
}

std::string_view word_of(AccountKind kind) {
  constexpr std::string_view words[] = {"holding", "national share", "fund", "buffer"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(RoleEnded::Reason reason) {
  constexpr std::string_view words[] = {"superseded", "ceased", "compromised"};
  return words[static_cast<std::size_t>(reason)];
}

std::string_view word_of(ApproachRules::Deduction::Sort kind) {
  constexpr std::string_view words[] = {
      "retained at home", "moved to a fund",
      "cancelled for overall mitigation in global emissions (OMGE)", "money, recorded only"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(ApproachRules::Deduction::Rounding rounding) {
  constexpr std::string_view words[] = {"down", "up", "half up"};
  return words[static_cast<std::size_t>(rounding)];
}

void say_deduction(Lines& lines, const ApproachRules::Deduction& line) {
  const bool by_host = line.by == ApproachRules::Deduction::By::host;
  lines.say("Deduction " + line.name + ": " + percent(line.rate_bp) + " at " +
            std::string(word_of(line.moment)) + ", taken by the " +
            (by_host ? "host" : "acquirer") + ", rounded " + std::string(word_of(line.rounding)) +
            "; " + std::string(word_of(line.kind)) +
            (line.account ? ", into account " + *line.account : "") + '.');
}

}  // namespace

void say(Lines& lines, const LedgerOpened& body) {
  const bool demonstration = body.mode == LedgerOpened::Mode::demonstration;
  lines.say("Opening of a ledger by " + counted(body.parties.size(), "Party") + '.');
  lines.say(demonstration ? "DEMONSTRATION – not a record of any government."
                          : "It is an ordinary ledger, not a demonstration.");
  lines.say("Events are judged by spec number " + std::to_string(body.spec) + "; " +
            std::to_string(body.quorum) + " founding Parties are a quorum.");
  lines.say("Operator: " + person(body.operator_.identity) + '.');
  say_keys(lines, "key", body.operator_.keys);
  lines.detail(thresholds(body.operator_.thresholds));
  for (const LedgerOpened::Party& party : body.parties) {
    lines.say("Party " + party.id + ": " + person(party.identity) + '.');
    say_keys(lines, "key", party.keys);
    lines.detail(thresholds(party.thresholds));
  }
  lines.say("Checkpoints are signed by " + body.log_key + '.');
  lines.say("Refusals are signed by key " + hex_of(body.service_key) + '.');
  lines.say(body.migration
                ? "Movements executed from " + format_date(body.migration->from) + " to " +
                      format_date(body.migration->to) + " may be taken over from elsewhere."
                : std::string("No movement is taken over from elsewhere."));
}

void say(Lines& lines, const SpecAdopted& body) {
  lines.say("Adoption of spec number " + std::to_string(body.number) + '.');
  lines.say("Every entry behind this one is judged by that number; those before it are not.");
}

void say(Lines& lines, const LogKeyAnnounced& body) {
  lines.say("Announcement of another log key: " + quoted(body.log_key) + '.');
  lines.say(
      "It may sign checkpoints that cover this entry, alone or beside another; what other keys "
      "signed stays good.");
}

void say(Lines& lines, const ParticipantAdmitted& body) {
  const bool is_party = body.kind == ParticipantAdmitted::Sort::party;
  lines.say("Admission of " + body.id + " as " + (is_party ? "a Party" : "an entity") +
            (body.sponsor ? " under " + *body.sponsor : "") + '.');
  lines.say("It is " + person(body.identity) + '.');
  lines.say("Its keys are those of the office " + quoted(body.office) + '.');
  say_keys(lines, "key", body.keyset.keys);
  lines.detail(thresholds(body.keyset.thresholds));
  if (body.keyset.recovery) say_recovery(lines, *body.keyset.recovery);
}

void say(Lines& lines, const KeysChanged& body) {
  constexpr std::string_view routes[] = {"by its own keys", "by its recovery keys",
                                         "by its sponsor and the operator"};
  lines.say("Change of the keys of " + body.participant + ' ' +
            std::string(routes[static_cast<std::size_t>(body.route)]) + '.');
  say_keys(lines, "adds key", body.add);
  say_keys(lines, "removes key", body.remove);
  if (body.recovery) say_recovery(lines, *body.recovery);
  if (body.thresholds) lines.detail(thresholds(*body.thresholds));
}

void say(Lines& lines, const RoleGranted& body) {
  lines.say(listed(body.parties) + " appoint" + (body.parties.size() == 1 ? "s " : " ") +
            body.participant + " as " + std::string(word_of(body.role)) + '.');
  lines.say(
      "Grant " + body.id + ", for " +
      (body.approaches.empty() ? "all approaches" : "the approaches " + listed(body.approaches)) +
      ", from " + moment(body.from) +
      (body.until ? " until " + moment(*body.until) : ", without an end") + '.');
}

void say(Lines& lines, const RoleEnded& body) {
  const bool suspended = body.how == RoleEnded::How::suspended;
  lines.say("Grant " + body.grant + " is " + (suspended ? "suspended" : "ended") +
            "; reason: " + std::string(word_of(body.reason)) + '.');
}

void say(Lines& lines, const AccountOpened& body) {
  lines.say("Opening of " + std::string(word_of(body.kind)) + " account " + body.id + " for " +
            body.holder + '.');
  lines.say("It stands in the section of " + body.party + ", registry " + body.registry +
            (body.metric ? ", for units of " + *body.metric : "") + '.');
}

void say(Lines& lines, const ApproachEstablished& body) {
  lines.say("Cooperative approach " + body.id + " of host " + body.host + " and buyer " +
            body.buyer + '.');
  say_document(lines, body.agreement);
}

void say(Lines& lines, const ApproachRules& body) {
  lines.say("Rules of approach " + body.approach + ", version " + std::to_string(body.version) +
            '.');
  lines.say(body.carp ? "Its identifier from the centralized platform is " + *body.carp + '.'
                      : std::string("They state no identifier from the centralized platform."));
  lines.say(body.both_authorize ? "Both Parties must authorize."
                                : "The host's authorization is enough.");
  lines.say(body.host_first ? "The host authorizes first." : "Either Party may authorize first.");
  lines.say("An authorization takes effect " +
            counted(static_cast<std::size_t>(body.objection_days), "day") + " after its entry.");
  for (const auto& first : body.first_transfer) {
    lines.say("For purposes other than an NDC, " + first.party + " takes " +
              std::string(word_of(first.definition)) + " as the first transfer.");
  }
  for (const auto& extra : body.extra_signers) {
    lines.say(extra.party + "'s " + std::string(word_of(extra.role)) + " must sign every " +
              extra.event + " too.");
  }
  if (body.deductions.empty()) lines.say("Nothing is deducted.");
  for (const auto& line : body.deductions) say_deduction(lines, line);
  if (body.cycle) say_cycle(lines, *body.cycle);
  if (body.clocks) {
    lines.say("One Party alone may end the approach by a notice of " +
              counted(static_cast<std::size_t>(body.clocks->notice_days), "day") + '.');
  }
}

void say(Lines& lines, const ApproachEnded& body) {
  lines.say("End of approach " + body.approach + ", from " + moment(body.from) + " on.");
  lines.say(listed(body.parties) + (body.parties.size() == 1 ? " ends" : " end") +
            " it; reason: " + body.reason + '.');
  lines.say(
      "Nothing is authorized, issued or first transferred under it then; ITMOs stay what they "
      "are.");
}

void say(Lines& lines, const NdcDeclared& body) {
  const bool single = body.type == NdcType::single_year;
  lines.say("NDC of " + body.party + " for the years " + std::to_string(body.from) + " to " +
            std::to_string(body.to) + '.');
  lines.say(std::string("It is a ") + (single ? "single-year" : "multi-year") +
            " NDC; corresponding adjustments follow the method " +
            std::string(word_of(body.method)) + ", metric " + body.metric + '.');
  lines.say("Sectors: " + listed(body.sectors) + '.');
  lines.say("Gases: " + listed(body.gases) + '.');
}

void say(Lines& lines, const InventoryReported& body) {
  lines.say("Inventory of " + body.party + " for " + std::to_string(body.year) + ", version " +
            std::to_string(body.version) + '.');
  lines.say("It states " + number(body.value) + " in the metric " + body.metric + '.');
  for (const Document& document : body.documents) say_document(lines, document);
}

}  // namespace api::itmo
