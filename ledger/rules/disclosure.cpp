// document.disclosed: DOC.
#include "crypto/text.hpp"
#include "ledger/clauses_documents.hpp"
#include "ledger/documents.hpp"
#include "ledger/facts_documents.hpp"

namespace ledger {
namespace {

using Disclosure = Case<DocumentDisclosed>;
using How = DocumentDisclosed::How;

const NamedDocument& document_of(const Disclosure& c) {
  return c.state.documents[*c.facts.document];
}

std::string entry_of(const Disclosure& c) {
  return "entry " + std::to_string(c.body.entry);
}

bool document_is_named(const Disclosure& c) {
  return c.facts.document.has_value();
}

std::string explain_named(const Disclosure& c, const Row*) {
  return "No document with SHA-256 " + crypto::to_hex(c.body.sha256.view()) + " is named by " +
         entry_of(c) + ". State the entry that names it, and the hash of the whole document.";
}

bool something_is_told(const Disclosure& c) {
  const NamedDocument& document = document_of(c);
  switch (c.body.how) {
    case How::opened:
    case How::destroyed: return !document.opened && !document.destroyed;
    case How::published: return document.access != Access::open;
    case How::redacted: break;
  }
  return document.access == Access::confidential;
}

std::string explain_told(const Disclosure& c, const Row*) {
  const NamedDocument& document = document_of(c);
  const std::string what = "The document that " + entry_of(c) + " names ";
  switch (c.body.how) {
    case How::opened:
    case How::destroyed: break;
    case How::published: return what + "is public already. Nothing is left to disclose.";
    case How::redacted:
      return what +
             (document.access == Access::open
                  ? "is public already. Nothing is left to disclose."
                  : "has a redacted version already. Make the whole of it public, or leave the "
                    "event out.");
  }
  if (document.opened) return what + "has a title that was told already. Nothing is left to do.";
  return what +
         "has a title whose salt was destroyed: nobody can show it any more. Leave the "
         "event out.";
}

bool title_is_the_committed(const Disclosure& c) {
  return !c.body.title || commitment_of(*c.body.title) == document_of(c).title;
}

std::string explain_title(const Disclosure& c, const Row*) {
  return "The title was committed to as " + crypto::to_hex(document_of(c).title.view()) +
         "; SHA-256 over this salt and this title is " +
         crypto::to_hex(commitment_of(*c.body.title).view()) +
         ". Take salt and title from the secret file that was made with the document.";
}

bool version_is_another_file(const Disclosure& c) {
  return !c.body.redacted_copy || c.body.redacted_copy->sha256 != c.body.sha256;
}

std::string explain_version(const Disclosure&, const Row*) {
  return "The redacted version has the hash of the whole document. State the hash of the file "
         "that may be read, or make the whole document public.";
}

constexpr Rule<DocumentDisclosed> table[] = {
    {&DOC_1, document_is_named, nullptr, explain_named},
    {&DOC_2, something_is_told, nullptr, explain_told},
    {&DOC_3, title_is_the_committed, nullptr, explain_title},
    {&DOC_4, version_is_another_file, nullptr, explain_version},
};

}  // namespace

Facts<DocumentDisclosed> resolve(const State& state, const Event&, const DocumentDisclosed& body,
                                 const Context&) {
  Facts<DocumentDisclosed> facts;
  facts.document = document_of(state, body.entry, body.sha256);
  if (!facts.document) return facts;
  const NamedDocument& document = state.documents[*facts.document];
  facts.causes.add({document.date, document.entry}, "the document");
  return facts;
}

template <>
std::span<const Rule<DocumentDisclosed>> rules_of<DocumentDisclosed>() {
  return table;
}

}  // namespace ledger
