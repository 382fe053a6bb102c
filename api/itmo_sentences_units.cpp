// The events of units in sentences. Until the text itself shows that units were first transferred,
// they are mitigation outcomes; "ITMOs" only afterwards (architecture.md 8).
#include "api/itmo_sentences.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

using itmo::word_of;  // beside those of this file

std::string_view word_of(UnitsCancelled::Reason purpose) {
  constexpr std::string_view words[] = {"other purposes (OP)",
                                        "a voluntary purpose",
                                        "overall mitigation in global emissions (OMGE)",
                                        "the host's domestic purposes",
                                        "administrative correction",
                                        "the settlement of a reversal"};
  return words[static_cast<std::size_t>(purpose)];
}

// A registry's code begins with its Party's: "XHA99" is of XHA.
bool originates_in(const Units& units, const Id& party) {
  return units.scope.substr(0, 3) == party;
}

void say_authorizations(Lines& lines, const AuthorizationPair& pair) {
  lines.say("Resting on authorization " + pair.host + " of the host" +
            (pair.buyer ? " and " + *pair.buyer + " of the buyer." : " alone."));
}

std::string side(const Side& side) {
  return "account " + side.account + " in the section of " + side.party + ", held by " +
         side.participant + ", " + quoted(side.name);
}

void say_first_transfer(Lines& lines, bool first_transfer) {
  lines.say(first_transfer ? "This is their first transfer." : "This is not their first transfer.");
}

}  // namespace

void say(Lines& lines, const UnitsIssued& body) {
  lines.say("Issuance of " + amount(body.quantity) + " of mitigation outcomes (" +
            std::string(word_of(body.mitigation)) + ") of activity " + body.activity + '.');
  lines.say("Into account " + body.account + ", held by " + body.holder + '.');
  std::int64_t sum = 0;
  for (const auto& lot : body.lots) {
    sum += lot.last - lot.first + 1;
    lines.say("Vintage " + std::to_string(lot.vintage) + ": registry " + body.scope + ", serials " +
              serials(lot.first, lot.last) + ", " + amount(lot.last - lot.first + 1) + '.');
    if (lot.underlying) {
      lines.detail("in place of units " + serials(lot.underlying->first, lot.underlying->last) +
                   " of registry " + lot.underlying->registry);
    }
  }
  if (sum != body.quantity) {
    lines.say("ATTENTION: these are " + amount(sum) + ", but the text states " +
              amount(body.quantity) + '.');
  }
  lines.say("Monitoring period " + format_date(body.period_from) + " to " +
            format_date(body.period_to) + "; metric " + body.metric + ", GWP " + body.gwp + '.');
  if (body.monitoring) lines.say("Issued of monitoring report " + *body.monitoring + '.');
  say_authorizations(lines, body.authorization);
  for (const Document& document : body.documents) say_document(lines, document);
}

void say(Lines& lines, const UnitsAssigned& body) {
  const bool attached = body.how == UnitsAssigned::How::attached;
  lines.say(body.party + (attached ? " attaches " : " releases ") + amount(body.quantity) +
            " of mitigation outcomes " + (attached ? "to" : "from") + " authorization " +
            body.authorization.host +
            (body.authorization.buyer ? " and the buyer's " + *body.authorization.buyer : "") +
            '.');
  lines.say("They stay in account " + body.account + '.');
  say_units(lines, body.units, body.quantity);
  say_first_transfer(lines, body.first_transfer);
  if (!attached) lines.say("They then stand under no authorization and cannot become ITMOs.");
}

void say(Lines& lines, const ProceedsDeducted& body) {
  lines.say(body.party + " settles the proceeds of " + amount(body.quantity) + " at " +
            std::string(word_of(body.moment)) + '.');
  lines.say("Under version " + std::to_string(body.rules) + " of the rules of approach " +
            body.approach + ", from account " + body.account + '.');
  say_units(lines, body.gross, body.quantity);
  std::int64_t taken = 0;
  for (const auto& each : body.taken) {
    taken += each.quantity;
    lines.say("Taken for " + each.line + ": " + amount(each.quantity) + " of vintage " +
              std::to_string(each.vintage) + " of activity " + each.activity + ", serials " +
              serials(each.ranges) + (each.account ? ", into account " + *each.account : "") + '.');
    if (each.ranges.quantity() != each.quantity) {
      lines.say("ATTENTION: these are " + amount(each.ranges.quantity()) + '.');
    }
  }
  lines.say("Taken in all " + amount(taken) + "; the other " + amount(body.quantity - taken) +
            " are cleared.");
}

void say(Lines& lines, const UnitsTransferred& body) {
  const bool international = body.from.party != body.to.party;
  const bool at_home = originates_in(body.units, body.from.party);
  const std::string what = !at_home && body.purpose == Purpose::ndc ? "ITMOs"
                           : at_home                                ? "mitigation outcomes"
                                                                    : "units";
  lines.say("Transfer of " + amount(body.quantity) + " of " + what + " from " + body.from.party +
            " to " + body.to.party + '.');
  lines.say("From " + side(body.from) + '.');
  lines.say("To " + side(body.to) + '.');
  say_units(lines, body.units, body.quantity);
  std::int64_t sum = 0;
  for (const VintageQuantity& each : body.vintages) {
    sum += each.quantity;
    lines.say("Vintage " + std::to_string(each.vintage) + ": " + amount(each.quantity) + '.');
  }
  if (sum != body.quantity) lines.say("ATTENTION: the vintages hold " + amount(sum) + '.');
  if (international) {
    lines.say("Signing, " + body.from.party + " and " + body.to.party + " recognise this transfer" +
              (at_home ? "; units not first transferred before become ITMOs by it." : "."));
  } else {
    lines.say("The units stay in the section of " + body.from.party + '.');
  }
  say_authorizations(lines, body.authorization);
  lines.say("Purpose: " + std::string(word_of(body.purpose)) +
            "; adjustment method: " + std::string(word_of(body.method)) + '.');
  if (body.executed_on) {
    lines.say("Executed elsewhere on " + format_date(*body.executed_on) + " and taken over.");
  }
}

void say(Lines& lines, const UnitsUsed& body) {
  const bool itmos = body.purpose == Purpose::ndc;
  lines.say("Use of " + amount(body.quantity) + " of " +
            (itmos                 ? "ITMOs"
             : body.first_transfer ? "mitigation outcomes"
                                   : "units") +
            " for " + std::string(word_of(body.purpose)) +
            (body.year ? ", for the year " + std::to_string(*body.year) : "") + '.');
  lines.say("By " + body.user + ", " + quoted(body.user_name) + ", under Party " + body.party +
            ", from account " + body.account + '.');
  say_units(lines, body.units, body.quantity);
  say_first_transfer(lines, body.first_transfer);
  lines.say("Used units are used up: they cannot be used, moved or cancelled again.");
}

void say(Lines& lines, const UnitsCancelled& body) {
  const bool outcomes = body.first_transfer || body.purpose == UnitsCancelled::Reason::domestic;
  lines.say("Cancellation of " + amount(body.quantity) + " of " +
            (outcomes ? "mitigation outcomes" : "units") + " for " +
            std::string(word_of(body.purpose)) + '.');
  lines.say("From account " + body.account + " in the section of " + body.party + '.');
  say_units(lines, body.units, body.quantity);
  say_first_transfer(lines, body.first_transfer);
  if (body.beneficiary) lines.say("For the benefit of " + quoted(*body.beneficiary) + '.');
  lines.say("Reason: " + body.reason + '.');
}

void say(Lines& lines, const AdjustmentApplied& body) {
  const std::string sum =
      number(body.amount_num) + (body.amount_den == 1 ? "" : "/" + number(body.amount_den));
  lines.say("Corresponding adjustment of " + body.party + " for the year " +
            std::to_string(body.year) + ", version " + std::to_string(body.version) + '.');
  lines.say("First transferred " + amount(body.first_transferred) + ", used " + amount(body.used) +
            ": adjustment " + sum + ", method " + std::string(word_of(body.method)) + '.');
  lines.say("As the log stood at entry " + number(static_cast<std::int64_t>(body.as_of)) + '.');
}

void say(Lines& lines, const SignatureWithdrawn& body) {
  lines.say("The signer takes its signature back from event " + body.id + '.');
  lines.say("The event with hash " + hex_of(body.event) + " can then never be committed.");
}

}  // namespace api::itmo
