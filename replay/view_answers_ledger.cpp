// Answers about the ledger itself.
#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"

namespace replay {
namespace {

using ledger::Scan;

std::vector<LedgerAnswer::Attestation> attestations_of(RowLookup& lookup) {
  std::vector<LedgerAnswer::Attestation> answers;
  const std::string prefix = Key(Rows::attested).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    const Seq seq = KeyParts(key.substr(prefix.size())).number(8);
    const auto row = lookup.decoded<ledger::AttestationEffect>(value);
    if (!row || seq >= lookup.size()) return Scan::stop;
    LedgerAnswer::Attestation answer;
    answer.entry = seq;
    answer.by = lookup.ids_of(Register::participant, row->by);
    answer.size = row->size;
    answer.root = row->root;
    answer.result = row->result;
    if (row->account) answer.account = lookup.id_of(Register::account, *row->account);
    if (row->party) answer.party = lookup.id_of(Register::participant, *row->party);
    answer.sha256 = row->sha256;
    answer.date = row->date;
    answers.push_back(std::move(answer));
    return Scan::go_on;
  });
  return answers;
}

std::optional<LedgerAnswer::Commitment> commitment_of(RowLookup& lookup) {
  const std::string prefix = Key(Rows::committed).take();
  const auto last = lookup.last_in(prefix, Key(Rows::committed).seq(lookup.size()).take());
  if (!last) return std::nullopt;
  const auto row = lookup.decoded<ledger::CommitmentEffect>(last->value);
  if (!row) return std::nullopt;
  const Seq seq = KeyParts(std::string_view(last->key).substr(prefix.size())).number(8);
  return LedgerAnswer::Commitment{seq, row->leaves, row->root};
}

// What the opening said, and every spec number and log key since.
void put_head(RowLookup& lookup, LedgerAnswer& answer) {
  const std::string prefix = Key(Rows::ledger).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view value) {
    const Seq seq = KeyParts(key.substr(prefix.size())).number(8);
    const auto row = lookup.decoded<ledger::LedgerEffect>(value);
    if (!row || seq >= lookup.size()) return Scan::stop;
    answer.origin = row->origin;
    answer.mode = row->mode;
    answer.quorum = row->quorum;
    for (std::size_t i = answer.log_keys.size(); i < row->log_keys.size(); ++i) {
      answer.log_keys.push_back({row->log_keys[i], seq});
    }
    answer.service_key = row->service_key;
    answer.migration = row->migration;
    if (answer.specs.empty() || answer.specs.back().number != row->spec) {
      answer.specs.push_back({row->spec, seq});
    }
    return Scan::go_on;
  });
}

}  // namespace

ledger::Result<LedgerAnswer> ViewReader::totals() const {
  RowLookup lookup(*snapshot_, size_);
  LedgerAnswer answer;
  answer.as_of = replay::as_of(lookup);
  put_head(lookup, answer);
  answer.attestations = attestations_of(lookup);
  answer.commitment = commitment_of(lookup);
  lookup.each_sum(sum_key(Sum::section), [&](KeyParts rest, std::int64_t quantity) {
    rest.index();  // the Party
    const Year vintage = rest.year();
    const std::uint64_t standing = rest.number(1);
    add_to(answer.total, standing, quantity);
    add_to(answer.by_vintage[vintage], standing, quantity);
  });
  return lookup.answer(std::move(answer));
}

}  // namespace replay
