#include "replay/authorization_summary.hpp"

#include <algorithm>
#include <limits>

#include "ledger/movement.hpp"
#include "replay/aef_words.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using ledger::Index;

// What rests on each host's authorization.
struct Resting {
  std::int64_t outstanding = 0, released = 0;
};

std::vector<Resting> resting_on(const Books& books) {
  std::vector<Resting> out(books.authorizations().size());
  for (const Stands& stands : books.stands_before({std::numeric_limits<std::int64_t>::max()})) {
    for (const auto& [first, stand] : stands) {
      const ledger::Standing& standing = stand.standing;
      if (standing.status != ledger::UnitStatus::held || standing.first_transferred) continue;
      const ledger::Lot& lot = books.lots()[standing.lot];
      if (lot.released) continue;
      Resting& resting = out[lot.host_authorization];
      (books.is_authorized(lot) ? resting.outstanding : resting.released) += stand.end - first;
    }
  }
  return out;
}

// Under the cap of the newest version, and no more than revocation left.
std::optional<std::int64_t> remaining_of(const AuthorizationBook& book, const Resting& resting) {
  std::optional<std::int64_t> out;
  if (book.row.cap) {
    out = *book.row.cap - book.count.first_transferred - book.count.acquired;
  }
  if (book.row.revoked) out = std::min(out.value_or(resting.outstanding), resting.outstanding);
  return out;
}

std::string parties_of(const ledger::Terms& row, const Books& books) {
  std::vector<std::string> ids;
  for (const Index index : row.parties) ids.push_back(books.participants()[index].id);
  return ids.empty() ? "any Party" : aef::join(ids, ", ");
}

void add_version(const AuthorizationVersion& version, const Books& books, std::string& out) {
  const ledger::Terms& row = version.terms;
  out += "    version " + std::to_string(row.version) + ", " +
         ledger::format_date(row.stated.date) + ", entry " + std::to_string(row.stated.seq) +
         "\n      " + (row.cap ? "up to " + ledger::in_units(*row.cap) : "no upper limit") +
         ", for " + std::string(aef::purposes_word(row.purposes)) + ", vintages " +
         std::to_string(row.vintage_from) + " to " + std::to_string(row.vintage_to) +
         ", for use by " + parties_of(row, books) + "\n      effective from " +
         ledger::format_timestamp(version.effective) + "\n";
  if (row.issue_until) out += "      issued until " + ledger::format_date(*row.issue_until) + "\n";
  if (row.use_until) out += "      used until " + ledger::format_date(*row.use_until) + "\n";
  for (const auto& entity : row.entities) {
    const ledger::Participant& participant = books.participants()[entity.participant];
    out += "      " + participant.identity.name + " (" + participant.id +
           "): " + aef::may(entity.may) + "\n";
  }
  out += "      " + aef::change_terms(row.change) + "\n";
}

}  // namespace

std::optional<AuthorizationSummary> make_authorization_summary(const Books& books,
                                                               const ledger::Id& party,
                                                               const Provenance& provenance) {
  const std::optional<Index> index = books.find_party(party);
  if (!index) return std::nullopt;
  AuthorizationSummary out{party, provenance, books.size() - 1, books.time(), {}};
  const std::vector<Resting> resting = resting_on(books);
  for (std::size_t i = 0; i < books.authorizations().size(); ++i) {
    const AuthorizationBook& book = books.authorizations()[i];
    if (book.row.party != *index) continue;
    AuthorizationLine& line = out.lines.emplace_back();
    line.authorization = static_cast<Index>(i);
    line.versions = book.versions();
    for (const AuthorizationStep& step : book.steps) {
      if (step.kind != AuthorizationStep::Sort::version) line.notices.push_back(step);
    }
    line.count = book.count;
    line.remaining = remaining_of(book, resting[i]);
    line.issued = book.count.issued;
    line.outstanding = resting[i].outstanding;
    line.released = resting[i].released;
  }
  return out;
}

std::string describe(const AuthorizationSummary& summary, const Books& books) {
  std::string out;
  if (summary.provenance.demonstration) out += std::string(demonstration_mark) + "\n";
  out += "Authorizations of " + summary.party + "\nLedger " + summary.provenance.ledger +
         ", as of entry " + std::to_string(summary.entry) + " (" +
         ledger::format_timestamp(summary.time) + ")\n";
  if (summary.lines.empty()) out += "\nNone.\n";
  for (const AuthorizationLine& line : summary.lines) {
    const ledger::Authorization& newest = books.authorization(line.authorization);
    const ledger::Approach& approach = books.approaches()[newest.approach];
    out += "\n  " + newest.id + ", cooperative approach " + approach.carp.value_or(approach.id) +
           "\n    first transferred " + ledger::in_units(line.count.first_transferred) +
           ", acquired " + ledger::in_units(line.count.acquired) + ", remaining " +
           (line.remaining ? ledger::in_units(*line.remaining) : "without limit") + "\n";
    if (newest.party == approach.host) {
      out += "    resting on it " + ledger::in_units(line.issued) +
             ", of which not first transferred and held " + ledger::in_units(line.outstanding) +
             "\n";
      if (line.released != 0) {
        out += "    released by the revocation, authorized for no first transfer " +
               ledger::in_units(line.released) + "\n";
      }
    }
    for (const AuthorizationStep& step : line.notices) {
      out += "    " + std::string(aef::word_of(step.kind)) + " " +
             ledger::format_date(step.origin.date) + ", entry " + std::to_string(step.origin.seq) +
             "\n";
    }
    for (const AuthorizationVersion& version : line.versions) add_version(version, books, out);
  }
  return out;
}

}  // namespace replay
