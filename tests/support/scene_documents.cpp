// Bodies of documents that are withheld, disclosed and attested.
#include "crypto/hash.hpp"
#include "ledger/documents.hpp"
#include "tests/support/scene.hpp"

namespace test_support::scene {

using namespace ledger;  // NOLINT: this file speaks of nothing else

DocumentDisclosed::Opening title_of(const std::string& name) {
  return {crypto::sha256("salt of " + name), "Title of " + name};
}

void withhold(Document& document) {
  document.access = Access::confidential;
  document.basis = "Commercial terms (synthetic)";
  document.by = "Ministry (synthetic)";
  document.since = story::on("2026-12-01");
}

Document withheld_document(const std::string& name, const std::string& kind) {
  Document document = story::document(name, kind);
  withhold(document);
  document.title = commitment_of(title_of(name));
  return document;
}

ApproachEstablished withheld_agreement() {
  ApproachEstablished body = story::approach("XHA-XBA", "XHA", "XBA");
  body.agreement = withheld_document("agreement", "cooperation agreement");
  return body;
}

DocumentDisclosed disclosure(Seq entry, DocumentDisclosed::How how) {
  using How = DocumentDisclosed::How;
  DocumentDisclosed body;
  body.entry = entry;
  body.sha256 = withheld_agreement().agreement.sha256;
  body.how = how;
  body.basis = "Request of a reviewer (synthetic)";
  if (how == How::redacted) {
    body.redacted_copy = Document::Copy{crypto::sha256("redacted agreement"), 90'000};
  }
  if (how == How::opened) body.title = title_of("agreement");
  return body;
}

AuditAttested attestation(const Machine& machine, const std::vector<Id>& by) {
  AuditAttested body;
  body.by = by;
  body.checkpoint = {machine.tree().root, machine.size()};
  body.document = story::document("audit report", "audit report");
  return body;
}

StateCommitted commitment(const Machine& machine) {
  const StateRoot is = machine.state_root();
  return {machine.size(), is.leaves, is.root};
}

}  // namespace test_support::scene
