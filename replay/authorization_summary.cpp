#include "replay/authorization_summary.hpp"

#include <limits>

#include "ledger/movement.hpp"
#include "replay/aef_words.hpp"
#include "replay/audit_words.hpp"

namespace replay {
namespace {

using ledger::Index;

// What rests on each host's authorization.
struct Resting {
  std::int64_t issued = 0, outstanding = 0;
};

std::vector<Resting> resting_on(const Books& books) {
  std::vector<Resting> out(books.authorizations().size());
  for (const ledger::Lot& lot : books.lots()) {
    out[lot.host_authorization].issued += lot.last - lot.first + 1;
  }
  for (const Stands& stands : books.stands_before({std::numeric_limits<std::int64_t>::max()})) {
    for (const auto& [first, stand] : stands) {
      const ledger::Standing& standing = stand.standing;
      if (standing.status != ledger::UnitStatus::held || standing.first_transferred) continue;
      out[books.lots()[standing.lot].host_authorization].outstanding += stand.end - first;
    }
  }
  return out;
}

std::string parties_of(const ledger::Authorization& row, const Books& books) {
  std::vector<std::string> ids;
  for (const Index index : row.parties) ids.push_back(books.participants()[index].id);
  return ids.empty() ? "any Party" : aef::join(ids, ", ");
}

void add_version(const AuthorizationVersion& version, const Books& books, std::string& out) {
  const ledger::Authorization& row = version.row;
  out += "    version " + std::to_string(row.version) + ", " + ledger::format_date(version.date) +
         ", entry " + std::to_string(version.seq) + "\n      " +
         (row.cap ? "up to " + ledger::tonnes(*row.cap) : "no upper limit") + ", for " +
         std::string(aef::purposes_word(row.purposes)) + ", vintages " +
         std::to_string(row.vintage_from) + " to " + std::to_string(row.vintage_to) +
         ", for use by " + parties_of(row, books) + "\n      effective from " +
         ledger::format_timestamp(row.effective) + "\n";
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
    const auto& versions = books.authorizations()[i];
    const ledger::Authorization& newest = versions.back().row;
    if (newest.party != *index) continue;
    AuthorizationLine line{
        versions, books.authorization_counts()[i], {}, resting[i].issued, resting[i].outstanding};
    if (newest.cap) {
      line.remaining = *newest.cap - line.count.first_transferred - line.count.acquired;
    }
    out.lines.push_back(std::move(line));
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
    const ledger::Authorization& newest = line.versions.back().row;
    const ledger::Approach& approach = books.approaches()[newest.approach];
    out += "\n  " + newest.id + ", cooperative approach " + approach.carp.value_or(approach.id) +
           "\n    first transferred " + ledger::tonnes(line.count.first_transferred) +
           ", acquired " + ledger::tonnes(line.count.acquired) + ", remaining " +
           (line.remaining ? ledger::tonnes(*line.remaining) : "without limit") + "\n";
    if (newest.party == approach.host) {
      out += "    issued under it " + ledger::tonnes(line.issued) +
             ", of which not first transferred and held " + ledger::tonnes(line.outstanding) + "\n";
    }
    for (const AuthorizationVersion& version : line.versions) add_version(version, books, out);
  }
  return out;
}

}  // namespace replay
