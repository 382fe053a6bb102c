#include "replay/statement.hpp"

#include <algorithm>
#include <limits>

#include "replay/answers.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::UnitPurpose;
using ledger::UnitStatus;

std::string_view noun(const ledger::Standing& standing) {
  return standing.first_transferred ? "ITMO" : "mitigation outcome";
}

std::string_view stopped(const ledger::Standing& standing) {
  if (standing.frozen) return standing.reserved ? "frozen and reserved" : "frozen";
  return standing.reserved ? "reserved" : "";
}

std::string ending_words(const ledger::Standing& standing, const Occasion& occasion) {
  if (standing.status == UnitStatus::used) {
    if (occasion.used_for) return "used towards the NDC for " + std::to_string(*occasion.used_for);
    return standing.purpose == UnitPurpose::imp ? "used for IMP" : "used for OP";
  }
  switch (standing.purpose) {
    case UnitPurpose::omge: return "cancelled for OMGE";
    case UnitPurpose::op: return "cancelled for OP";
    case UnitPurpose::voluntary: return "cancelled voluntarily";
    case UnitPurpose::domestic: return "cancelled for a domestic purpose";
    case UnitPurpose::reversal: return "cancelled for a reversal";
    default: break;
  }
  return "cancelled administratively";
}

// Reads the books as the holder of one account.
class AccountReader {
 public:
  AccountReader(const Books& books, Index account) : books_(books), account_(account) {}

  void read_moves(StatementAccount& out) const {
    for (const Happening& happening : books_.happenings()) read_move(happening, out);
    for (const UndoneHappening& undone : books_.undone()) read_undone(undone, out);
    std::stable_sort(out.moves.begin(), out.moves.end(),
                     [](const auto& a, const auto& b) { return a.entry < b.entry; });
    for (StatementMove& move : out.moves) {
      out.balance += move.change;
      move.balance = out.balance;
    }
  }

  void read_blocks(const std::vector<Stands>& stands, StatementAccount& out) const {
    for (std::size_t scope = 0; scope < stands.size(); ++scope) {
      ledger::Serial end = 0;
      const ledger::Standing* last = nullptr;
      for (const auto& [first, stand] : stands[scope]) {
        const ledger::Standing& standing = stand.standing;
        if (!is_here(standing)) continue;
        const auto at = static_cast<Index>(scope);
        if (last == nullptr || end != first || last->lot != standing.lot ||
            last->first_transferred != standing.first_transferred ||
            last->frozen != standing.frozen || last->reserved != standing.reserved) {
          out.blocks.push_back({identifier(at, standing.lot, first),
                                {},
                                std::string(noun(standing)),
                                std::string(stopped(standing)),
                                0,
                                books_.lots()[standing.lot].vintage,
                                0});
        }
        StatementBlock& block = out.blocks.back();
        block.last_id = identifier(at, standing.lot, stand.end - 1);
        block.quantity += stand.end - first;
        block.since = std::max(block.since, stand.since);
        end = stand.end;
        last = &standing;
      }
    }
  }

 private:
  // Whether the account has a line of it: not of what was elsewhere, or of a mere mark.
  bool read_move(const Happening& happening, StatementAccount& out) const {
    const ledger::UnitEffect& unit = happening.unit;
    const bool was = unit.before && is_here(*unit.before), is = is_here(unit.after);
    if (was == is) return false;
    const Occasion& occasion = books_.occasions()[happening.occasion];
    StatementMove move;
    move.entry = occasion.seq;
    move.time = occasion.time;
    move.what = words_of(unit, occasion, is);
    move.noun = noun(unit.after);
    move.first_id = identifier(unit.scope, unit.after.lot, unit.range.first);
    move.last_id = identifier(unit.scope, unit.after.lot, unit.range.last());
    move.change = is ? unit.range.quantity() : -unit.range.quantity();
    move.executed_on = occasion.executed_on;
    out.moves.push_back(std::move(move));
    return true;
  }

  // What it was, and that it was taken back.
  void read_undone(const UndoneHappening& undone, StatementAccount& out) const {
    if (!read_move(undone.happening, out)) return;
    StatementMove back = out.moves.back();
    out.moves.back().what += ", undone by entry " + std::to_string(undone.by);
    back.what = "undone: entry " + std::to_string(back.entry);
    back.entry = undone.by;
    back.time = undone.time;
    back.change = -back.change;
    const auto& before = undone.happening.unit.before;
    if (before) back.noun = noun(*before);
    back.executed_on.reset();
    out.moves.push_back(std::move(back));
  }

  [[nodiscard]] bool is_here(const ledger::Standing& standing) const {
    return standing.status == UnitStatus::held && standing.account == account_;
  }

  [[nodiscard]] std::string words_of(const ledger::UnitEffect& unit, const Occasion& occasion,
                                     bool comes) const {
    if (!unit.before) return "issued";
    if (!comes && unit.after.status != UnitStatus::held) return ending_words(unit.after, occasion);
    const Index other = comes ? unit.before->account : unit.after.account;
    const ledger::Account& account = books_.accounts()[other];
    std::string words = (comes ? "received from " : "sent to ") + account.id + " (" +
                        books_.participants()[account.party].id + ")";
    if (occasion.deduction) words += ", share of proceeds";
    if (unit.first_transfer) words += ", first transfer";
    return words;
  }

  [[nodiscard]] std::string identifier(Index scope, Index lot_index, ledger::Serial serial) const {
    const ledger::Lot& lot = books_.lots()[lot_index];
    return format_unit_name({books_.approaches()[lot.approach].carp.value_or(""),
                             books_.scopes()[scope], books_.participants()[lot.host].id, serial,
                             lot.vintage});
  }

  const Books& books_;
  Index account_;
};

}  // namespace

std::optional<Statement> make_statement(const Books& books, const ledger::Id& participant,
                                        const Provenance& provenance) {
  const std::optional<Index> index = books.find(participant);
  if (!index) return std::nullopt;
  Statement out{provenance, books.participants()[*index], books.size() - 1, books.time(), {}};
  const std::vector<Stands> now = books.stands_before({std::numeric_limits<std::int64_t>::max()});
  for (std::size_t i = 0; i < books.accounts().size(); ++i) {
    const ledger::Account& account = books.accounts()[i];
    if (account.holder != *index) continue;
    StatementAccount& row = out.accounts.emplace_back();
    row.account = account;
    row.party = books.participants()[account.party].id;
    const AccountReader reader(books, static_cast<Index>(i));
    reader.read_moves(row);
    reader.read_blocks(now, row);
    for (const ledger::Lock& lock : books.locks()) {
      if (lock.account != i || lock.ended_at) continue;
      row.locks.push_back({lock, lock.scope ? books.scopes()[*lock.scope] : std::string()});
    }
  }
  return out;
}

}  // namespace replay
