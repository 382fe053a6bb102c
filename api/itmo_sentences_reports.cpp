// The events of reversals, reports and findings in sentences.
#include "api/itmo_sentences.hpp"
#include "ledger/time.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

std::string_view word_of(ReportFiled::Sort kind) {
  constexpr std::string_view words[] = {"initial report", "updated initial report",
                                        "agreed electronic format (AEF)",
                                        "regular information (BTR annex)"};
  return words[static_cast<std::size_t>(kind)];
}

std::string_view word_of(FindingRecorded::Mark mark) {
  constexpr std::string_view words[] = {"Checked, no inconsistencies identified",
                                        "Checked, inconsistencies identified",
                                        "Null, information for check not available"};
  return words[static_cast<std::size_t>(mark)];
}

std::string_view word_of(FindingRecorded::Status status) {
  constexpr std::string_view words[] = {
      "Review pending",
      "Review finalized and no inconsistencies identified",
      "Review finalized and inconsistencies identified",
      "Review finalized and significant inconsistencies identified",
      "Review finalized and persistent inconsistencies identified",
      "Review finalized and significant inconsistencies and persistent inconsistencies identified",
      "Review finalized and consistencies identified that are both significant and persistent"};
  return words[static_cast<std::size_t>(status)];
}

std::string years(const ReportFiled& body) {
  if (body.year) return " for the calendar year " + std::to_string(*body.year);
  if (!body.period) return "";
  return " for the years " + std::to_string(body.period->first) + " to " +
         std::to_string(body.period->second);
}

std::string headline(const FindingRecorded& body) {
  const std::string finding = body.finding ? ' ' + *body.finding : "";
  const std::string what = body.how == FindingRecorded::How::resolves ? "Resolution" : "Opening";
  switch (body.kind) {
    case FindingRecorded::Sort::consistency: return "Result of a consistency check" + finding;
    case FindingRecorded::Sort::review: return "Status of a technical expert review" + finding;
    case FindingRecorded::Sort::inconsistency: return what + " of inconsistency" + finding;
    case FindingRecorded::Sort::grievance: break;
  }
  return what + " of grievance" + finding;
}

}  // namespace

void say(Lines& lines, const ReversalRecorded& body) {
  lines.say("Reversal of " + amount(body.quantity) + " of removals of activity " + body.activity +
            '.');
  lines.say("They were lost again from " + format_date(body.period_from) + " to " +
            format_date(body.period_to) + ", as verifier " + body.verifier + " found.");
  lines.say(
      "Until as many units are cancelled for it, nothing of the activity is first "
      "transferred.");
  say_document(lines, body.document);
}

void say(Lines& lines, const ReportFiled& body) {
  lines.say(body.party + " filed its " + std::string(word_of(body.kind)) + years(body) +
            ", version " + body.version + '.');
  lines.say("Report " + body.id + " is about the approaches " + listed(body.approaches) +
            " and shows the ledger at entry " + number(static_cast<std::int64_t>(body.as_of)) +
            '.');
  say_document(lines, body.document);
}

void say(Lines& lines, const FindingRecorded& body) {
  lines.say(headline(body) + '.');
  lines.say("It concerns " + listed(body.parties) +
            (body.report ? " and report " + *body.report : "") + '.');
  if (body.how) {
    lines.say(*body.how == FindingRecorded::How::opens ? "A finding is opened."
                                                       : "The finding is resolved.");
  }
  if (body.mark) lines.say("Mark: " + quoted(word_of(*body.mark)) + '.');
  if (body.status) lines.say("Status: " + quoted(word_of(*body.status)) + '.');
  if (body.balance) {
    lines.say(*body.balance ? "It affects the emissions balance: the units that it covers are not "
                              "used towards an NDC while it is open."
                            : "It does not affect the emissions balance.");
  }
  if (body.units) {
    lines.say("It covers units: registry " + body.units->scope + ", serials " +
              serials(body.units->ranges) + '.');
  }
  if (body.quantity) lines.say("Units that it covers: " + amount(*body.quantity) + '.');
  if (body.units && body.quantity && body.units->ranges.quantity() != *body.quantity) {
    lines.say("ATTENTION: these are " + amount(body.units->ranges.quantity()) +
              ", but the text states " + amount(*body.quantity) + '.');
  }
  if (body.excess) {
    lines.say("Too many by " + amount(body.excess->quantity) + ": activity " +
              body.excess->activity + ", vintage " + std::to_string(body.excess->vintage) + '.');
  }
  say_document(lines, body.document);
}

void say(Lines& lines, const EntryCorrected& body) {
  const bool voids = body.how == EntryCorrected::How::voided;
  const std::string entry =
      "entry " + number(static_cast<std::int64_t>(body.entry)) + " (" + body.type + ')';
  lines.say(voids ? "Undoing of " + entry + ", as if it never happened."
                  : "Restatement of " + entry + '.');
  lines.say("Reason of the correction: " + body.reason + '.');
  if (body.units) {
    lines.say("The units that it touched: registry " + body.units->scope + ", serials " +
              serials(body.units->ranges) + '.');
  }
  if (body.quantity) lines.say("Units in all: " + amount(*body.quantity) + '.');
  if (body.units && body.quantity && body.units->ranges.quantity() != *body.quantity) {
    lines.say("ATTENTION: these are " + amount(body.units->ranges.quantity()) +
              ", but the text states " + amount(*body.quantity) + '.');
  }
  if (voids) {
    lines.say(
        "They go back to where they stood before, first-transfer marks, years and caps "
        "too. Reports that were filed stay and differ.");
  }
  if (!body.restated) return;
  if (body.restated->beneficiary) {
    lines.say("It was for the benefit of " + quoted(*body.restated->beneficiary) + '.');
  }
  if (body.restated->reason) lines.say("Its reason was " + *body.restated->reason + '.');
}

}  // namespace api::itmo
