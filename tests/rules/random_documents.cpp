#include "tests/rules/random_documents.hpp"

#include <iterator>
#include <vector>

#include "crypto/hash.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using How = DocumentDisclosed::How;

namespace {

std::string name_of(const Id& approach) {
  return "agreement " + approach;
}

// What may still be told of a document.
std::vector<How> untold(const test_support::Registers::Document& document) {
  std::vector<How> out;
  if (document.access == Access::confidential) out.push_back(How::redacted);
  if (document.access != Access::open) out.push_back(How::published);
  if (document.opened || document.destroyed) return out;
  out.push_back(How::opened);
  out.push_back(How::destroyed);
  return out;
}

}  // namespace

Document withheld_agreement_of(const Id& approach) {
  return scene::withheld_document(name_of(approach), "cooperation agreement");
}

void disclose(History& h, const Move& move) {
  const auto& withheld = h.chores.withheld;
  if (withheld.empty()) return;
  const auto& [entry, approach] = withheld[static_cast<std::size_t>(move.from) % withheld.size()];
  DocumentDisclosed body;
  body.entry = entry;
  body.sha256 = withheld_agreement_of(approach).sha256;
  const std::vector<How> left = untold(h.model().registers().documents.at(body.sha256));
  if (left.empty()) return;
  body.how = left[static_cast<std::size_t>(move.length) % left.size()];
  body.basis = "Drawn at random";
  if (body.how == How::redacted) {
    body.redacted_copy = Document::Copy{crypto::sha256("redacted " + approach), 90'000};
  }
  if (body.how == How::opened) body.title = scene::title_of(name_of(approach));
  h.send(body, scene::both());
}

void attest(History& h, const Move& move) {
  AuditAttested body = scene::attestation(h.machine(), {"XBA", "XHA"});
  const auto& days = h.state().day_ends;
  if (!days.empty() && move.gaps) {
    const auto day = std::next(days.begin(), move.from % static_cast<std::ptrdiff_t>(days.size()));
    body.checkpoint = {day->second, day->first};
  }
  if (move.length % 2 == 0) body.result = AuditAttested::Result::inconsistent;
  h.send(body, scene::both());
}

void commit(History& h) {
  if (h.state().committed_at == h.size() - 1) return;
  h.send(scene::commitment(h.machine()), {"operator"});
}

}  // namespace rules
