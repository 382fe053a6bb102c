// Table order is precedence: disclosures and attested audits.
#include "tests/rules/precedence.hpp"

namespace rules {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

using How = DocumentDisclosed::How;
const char* const asked_at = "2029-06-01T09:00:00.000Z";

TEST(Precedence, OfADisclosure) {
  using Q = Question<DocumentDisclosed>;
  LedgerBuilder withheld = LedgerBuilder::after("enrolled");
  withheld.given(scene::withheld_agreement(), scene::both());
  const Seq entry = withheld.machine().size() - 1;
  LedgerBuilder told = withheld;
  told.given(scene::disclosure(entry, How::redacted), scene::both());
  Q valid = ask(withheld, asked_at, scene::disclosure(entry, How::redacted));
  valid.body.title = scene::title_of("agreement");  // no text could say so at once
  walk<DocumentDisclosed>(valid,
                          {{"DOC-1", [](Q& q) { q.body.entry = 0; }},
                           {"DOC-2", [&](Q& q) { q.ledger = told; }},
                           {"DOC-3", [](Q& q) { q.body.title->value = "Another"; }},
                           {"DOC-4", [](Q& q) { q.body.redacted_copy->sha256 = q.body.sha256; }}});
}

TEST(Precedence, OfAnAttestedAudit) {
  using Q = Question<AuditAttested>;
  const LedgerBuilder audited = LedgerBuilder::after("issued_cycle");
  AuditAttested body = scene::attestation(audited.machine(), {"VERIFIER-1"});
  body.party = "XHA";
  walk<AuditAttested>(ask(audited, asked_at, body),
                      {{"AUD-1", [](Q& q) { q.body.by = {"XHA-DEV"}; }},
                       {"AUD-2", [](Q& q) { q.body.party = "XCA"; }},
                       {"AUD-3", [](Q& q) { q.body.checkpoint.size = 100'000; }},
                       {"AUD-4", [](Q& q) { q.body.checkpoint.root = {}; }}});
}

TEST(Precedence, OfACommitmentToTheState) {
  using Q = Question<StateCommitted>;
  const LedgerBuilder used = LedgerBuilder::after("used");
  walk<StateCommitted>(ask(used, asked_at, scene::commitment(used.machine())),
                       {{"STA-1", [](Q& q) { q.body.entries = 0; }},
                        {"STA-2",
                         [](Q& q) {
                           q.ledger.given(scene::commitment(q.ledger.machine()), {"operator"});
                           q.body.entries = q.ledger.machine().size();
                         }},
                        {"STA-3", [](Q& q) { q.body.root = {}; }}});
}

}  // namespace
}  // namespace rules
