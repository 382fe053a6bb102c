// Sentences of the events about documents and about the log itself.
#include "api/itmo_sentences.hpp"

namespace api::itmo {

using namespace ledger;  // NOLINT: this file speaks of nothing else

namespace {

std::string headline(const DocumentDisclosed& body) {
  using How = DocumentDisclosed::How;
  const std::string of =
      " a document that entry " + number(static_cast<std::int64_t>(body.entry)) + " names";
  switch (body.how) {
    case How::opened: return "The title of" + of + " is told";
    case How::published: return "All of" + of + " is public from now on";
    case How::redacted: return "A redacted version of" + of + " is public from now on";
    case How::destroyed: break;
  }
  return "The salt of the title of" + of + " is destroyed";
}

}  // namespace

void say(Lines& lines, const DocumentDisclosed& body) {
  lines.say(headline(body) + '.');
  lines.detail("SHA-256 " + hex_of(body.sha256));
  lines.say("On this ground: " + quoted(body.basis) + '.');
  if (body.redacted_copy) {
    lines.say("The version that may be read: " + number(body.redacted_copy->size) + " bytes.");
    lines.detail("SHA-256 " + hex_of(body.redacted_copy->sha256));
  }
  if (body.title) {
    lines.say("The title is " + quoted(body.title->value) + '.');
    lines.detail("salt " + hex_of(body.title->salt));
  }
  if (body.how == DocumentDisclosed::How::destroyed) {
    lines.say("Nobody can show from now on what the title was.");
  }
}

void say(Lines& lines, const AuditAttested& body) {
  const bool consistent = body.result == AuditAttested::Result::consistent;
  const bool reconciled = body.by.size() > 1;
  lines.say((reconciled ? "Reconciliation by " : "Audit by ") + listed(body.by) +
            (consistent ? ": no inconsistency was found." : ": an inconsistency was found."));
  lines.say("It is of the first " + number(static_cast<std::int64_t>(body.checkpoint.size)) +
            " entries of this ledger, whose root is");
  lines.detail(hex_of(body.checkpoint.root));
  if (body.account) lines.say("Account " + *body.account + " was looked at.");
  if (body.party) lines.say("Party " + *body.party + " was looked at.");
  if (!body.account && !body.party) lines.say("All of the ledger was looked at.");
  say_document(lines, body.document);
}

void say(Lines& lines, const StateCommitted& body) {
  lines.say("The operator commits to the state of the ledger behind the first " +
            number(static_cast<std::int64_t>(body.entries)) + " entries: " + number(body.leaves) +
            " leaves with root");
  lines.detail(hex_of(body.root));
  lines.say("Whoever replays the log finds the same; balances are proven against it.");
}

}  // namespace api::itmo
