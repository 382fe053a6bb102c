#include "ledger/movement.hpp"

#include <algorithm>

namespace ledger {
namespace {

// The moments whose share of proceeds must be settled before the step, as bits.
std::uint8_t moments_before(const State& state, const Row& row, Step step) {
  const std::uint8_t issuance = cleared_bit(Moment::issuance);
  const std::uint8_t transfer = cleared_bit(Moment::transfer);
  if (step == Step::move_inside) return issuance;
  const Lot& lot = state.lots[row.run.standing.lot];
  const Index section = state.accounts[row.run.standing.account].party;
  // The buyer settles what it acquired before the units go on; nobody else could.
  const bool acquired =
      step == Step::end ? section != lot.host : section == state.approaches[lot.approach].buyer;
  return acquired ? issuance | transfer | cleared_bit(Moment::acquisition) : issuance | transfer;
}

}  // namespace

void AuthorizationSums::add(Index authorization, std::int64_t quantity) {
  const auto it = std::lower_bound(sums_.begin(), sums_.end(), authorization,
                                   [](const auto& sum, Index index) { return sum.first < index; });
  if (it != sums_.end() && it->first == authorization) {
    it->second += quantity;
  } else {
    sums_.insert(it, {authorization, quantity});
  }
}

bool is_first_transfer(const State& state, const Lot& lot, const Terms& terms,
                       Occurrence occurrence) {
  // The newest rules: units may be older than the definition, which stays once IMP or OP is
  // authorized (RUL-5).
  const RulesVersion& rules = state.approaches[lot.approach].rules.back();
  const bool by_definition = has_oimp(terms) && rules.host_definition.has_value();
  switch (occurrence) {
    case Occurrence::issuance:
      return by_definition && *rules.host_definition != Definition::use_or_cancellation;
    case Occurrence::leaving_host: return has_purpose(terms, Purpose::ndc);
    case Occurrence::oimp_use:
    case Occurrence::op_cancellation:
      return by_definition && *rules.host_definition == Definition::use_or_cancellation;
    case Occurrence::to_fund:
    case Occurrence::omge: return true;
    case Occurrence::other: break;
  }
  return false;
}

void find_units(const State& state, const Units& units, UnitFacts& facts) {
  facts.named = units.ranges.quantity();
  facts.scope = state.scopes.find(units.scope);
  if (!facts.scope) return;
  std::vector<Piece> pieces;
  pieces.reserve(units.ranges.ranges().size());
  state.scopes[*facts.scope].units.resolve(units.ranges.ranges(), pieces);
  facts.rows.reserve(pieces.size());
  const Lot* lot = nullptr;
  Index last_lot = 0;
  for (const Piece& piece : pieces) {
    const std::int64_t quantity = piece.run.range.end - piece.run.range.first;
    facts.rows.push_back({*facts.scope, piece.run});
    facts.found += quantity;
    if (lot == nullptr || piece.run.standing.lot != last_lot) {
      last_lot = piece.run.standing.lot;
      lot = &state.lots[last_lot];
      facts.causes.add(lot->origin, "the issuance of its units");
    }
    auto it =
        std::lower_bound(facts.vintages.begin(), facts.vintages.end(), lot->vintage,
                         [](const VintageQuantity& v, Year year) { return v.vintage < year; });
    if (it != facts.vintages.end() && it->vintage == lot->vintage) {
      it->quantity += quantity;
    } else {
      facts.vintages.insert(it, {lot->vintage, quantity});
    }
  }
}

void note_lot(UnitFacts& facts, Index lot) {
  std::vector<Index>& lots = facts.transferring_lots;
  if (lots.empty() || lots.back() != lot) lots.push_back(lot);
}

void note_first_transfer(UnitFacts& facts, Index lot, Index authorization, std::int64_t quantity) {
  facts.first_transfers.add(authorization, quantity);
  note_lot(facts, lot);
}

void mark_first_transfers(const State& state, Occurrence occurrence, UnitFacts& facts) {
  std::optional<Index> last_lot;
  bool would_be = false;
  for (Row& row : facts.rows) {
    const Standing& standing = row.run.standing;
    if (!last_lot || *last_lot != standing.lot) {
      last_lot = standing.lot;
      const Lot& lot = state.lots[standing.lot];
      would_be = is_first_transfer(state, lot, host_terms(state, lot), occurrence);
    }
    row.first_transfer = would_be && !standing.first_transferred;
    if (row.first_transfer) {
      note_first_transfer(facts, standing.lot, state.lots[standing.lot].host_authorization,
                          row.run.range.quantity());
    }
  }
}

// ---- caps and activity ----

namespace {

struct Excess {
  const Authorization* authorization = nullptr;
  std::int64_t so_far = 0, asked = 0;
  bool acquisition = false;
};

Excess first_excess(const State& state, const AuthorizationSums& first_transfers,
                    const AuthorizationSums& acquisitions) {
  for (const auto& [index, asked] : first_transfers.sums()) {
    const Authorization& row = state.authorizations[index];
    if (row.cap && asked > *row.cap - row.first_transferred) {
      return {&row, row.first_transferred, asked, false};
    }
  }
  for (const auto& [index, asked] : acquisitions.sums()) {
    const Authorization& row = state.authorizations[index];
    if (row.cap && asked > *row.cap - row.acquired) return {&row, row.acquired, asked, true};
  }
  return {};
}

}  // namespace

bool within_caps(const State& state, const AuthorizationSums& first_transfers,
                 const AuthorizationSums& acquisitions) {
  return first_excess(state, first_transfers, acquisitions).authorization == nullptr;
}

std::string over_issued(const Authorization& row) {
  if (!row.cap || row.issued <= *row.cap) return "";
  return " " + in_units(row.issued) + " rest on it, " + in_units(row.issued - *row.cap) +
         " more than it lets be first transferred.";
}

std::string explain_caps(const State& state, const AuthorizationSums& first_transfers,
                         const AuthorizationSums& acquisitions) {
  const Excess e = first_excess(state, first_transfers, acquisitions);
  const std::int64_t left = *e.authorization->cap - e.so_far;
  return state.participants[e.authorization->party].identity.name + "'s authorization " +
         e.authorization->id + " v" + std::to_string(e.authorization->version) + " allows " +
         in_units(*e.authorization->cap) + "; " + in_units(e.so_far) + " are " +
         (e.acquisition ? "acquired" : "first transferred") + "; these " + in_units(e.asked) +
         " would make " + in_units(e.so_far + e.asked) + ", " + in_units(e.asked - left) +
         " too many. " +
         (left > 0 ? "Send at most " + in_units(left) + ", or change the authorization first."
                   : "Change the authorization first.") +
         over_issued(*e.authorization);
}

bool all_active(const State& state, const AuthorizationSums& sums, Timestamp time) {
  return std::all_of(sums.sums().begin(), sums.sums().end(), [&](const auto& sum) {
    return active_at(state.authorizations[sum.first], time);
  });
}

std::string explain_inactive(const State& state, const AuthorizationSums& sums, Timestamp time) {
  for (const auto& [index, quantity] : sums.sums()) {
    const Authorization& row = state.authorizations[index];
    if (!active_at(row, time)) return explain_inactive(state, row, time);
  }
  return "";
}

namespace {

std::string explain_inactive(const State& state, const Authorization& row, const Terms& terms,
                             Timestamp time) {
  std::string who = state.participants[row.party].id + "'s authorization " + row.id;
  if (time < row.effective) {
    return who + " takes effect at " + format_timestamp(row.effective) + "; the entry's time is " +
           format_timestamp(time) + ". Wait until then.";
  }
  if (row.revoked) return who + " was revoked at entry " + std::to_string(row.revoked->seq) + ".";
  return who + " ended with its final date " + format_date(*terms.use_until) +
         "; the entry's time is " + format_timestamp(time) + ".";
}

}  // namespace

std::string explain_inactive(const State& state, const Authorization& row, Timestamp time) {
  const std::string why = explain_inactive(state, row, row, time);
  return time < row.effective ? why : why + " Name another authorization, or have one granted.";
}

bool all_active(const State& state, const std::vector<Index>& lots, Timestamp time) {
  return std::all_of(lots.begin(), lots.end(),
                     [&](Index lot) { return active_for(state, state.lots[lot], time); });
}

bool all_open(const State& state, const std::vector<Index>& lots, Timestamp time) {
  return std::all_of(lots.begin(), lots.end(), [&](Index lot) {
    return is_open(state.approaches[state.lots[lot].approach], time);
  });
}

std::string explain_ended(const State& state, const std::vector<Index>& lots, Timestamp time) {
  for (const Index lot : lots) {
    const Approach& approach = state.approaches[state.lots[lot].approach];
    if (!is_open(approach, time)) return explain_ended(approach);
  }
  return "";
}

std::string explain_inactive(const State& state, const std::vector<Index>& lots, Timestamp time) {
  for (const Index index : lots) {
    const Lot& lot = state.lots[index];
    if (active_for(state, lot, time)) continue;
    const Authorization& host = state.authorizations[lot.host_authorization];
    std::string why =
        lot.released ? "They were released from authorization " + host.id + " and stand under none."
                     : explain_inactive(state, host, host_terms(state, lot), time);
    if (!lot.released && time < host.effective) return why;
    return why +
           " Units that were not first transferred before do not become ITMOs any more: move them "
           "inside their section, or cancel them for a domestic, voluntary or administrative "
           "purpose.";
  }
  return "";
}

std::string explain_ended(const Approach& approach) {
  return "Approach " + approach.id + " ended at " + format_timestamp(approach.ended->from) +
         " by entry " + std::to_string(approach.ended->origin.seq) +
         ", and nothing new begins under it. What is an ITMO already stays valid; for anything "
         "new establish another approach.";
}

// ---- rows ----

bool held_in(const Row& row, std::optional<Index> account) {
  return account && row.run.standing.status == UnitStatus::held &&
         row.run.standing.account == *account;
}

std::string explain_not_held(const State& state, const Row& row, std::optional<Index> account) {
  const Standing& standing = row.run.standing;
  const std::string where = state.accounts[standing.account].id;
  std::string text = "Units " + describe(state, row);
  if (standing.status == UnitStatus::used) {
    text += " are used";
  } else if (standing.status == UnitStatus::cancelled) {
    text += " are cancelled";
  } else {
    text += " are held in account " + where;
  }
  if (account) text += ", not held in account " + state.accounts[*account].id;
  return text + ". Name only units that the account holds.";
}

std::string explain_not_issued(const State& state, const UnitFacts& facts, const Units& units) {
  if (!facts.scope) return "Registry " + units.scope + " has issued no units in this ledger.";
  const Serial next = state.scopes[*facts.scope].units.next();
  return "Registry " + units.scope + " has issued serials 1 to " + std::to_string(next - 1) + "; " +
         std::to_string(facts.named - facts.found) +
         " of the units named lie beyond. Name only issued units.";
}

const Terms& governing(const State& state, const Row& row) {
  const Standing& standing = row.run.standing;
  if (standing.acquirer_authorization != 0) {
    const Authorization& acquirer = state.authorizations[standing.acquirer_authorization - 1];
    if (acquirer.party == state.accounts[standing.account].party) {
      return version_of(acquirer, standing.acquirer_version);
    }
  }
  return host_terms(state, standing);
}

bool is_acquisition(const State& state, const Row& row, Index to) {
  const Account& after = state.accounts[to];
  if (after.kind == AccountKind::fund || after.party == state.lots[row.run.standing.lot].host) {
    return false;
  }
  return after.party != state.accounts[row.run.standing.account].party ||
         governing(state, row).party != after.party;
}

namespace {

// Shares are taken of ITMOs, and of what may become one.
bool owes_shares(const State& state, const Row& row, Timestamp time) {
  const Lot& lot = state.lots[row.run.standing.lot];
  return row.run.standing.first_transferred ||
         (active_for(state, lot, time) && is_open(state.approaches[lot.approach], time));
}

}  // namespace

bool proceeds_settled(const State& state, const Row& row, Step step, Timestamp time) {
  const std::uint8_t needed = moments_before(state, row, step);
  if ((row.run.standing.cleared & needed) == needed) return true;
  return step != Step::leave_section && !owes_shares(state, row, time);
}

std::string explain_unsettled(const State& state, const Row& row, Step step) {
  const std::uint8_t missing =
      moments_before(state, row, step) & static_cast<std::uint8_t>(~row.run.standing.cleared);
  for (const Moment moment : {Moment::issuance, Moment::transfer, Moment::acquisition}) {
    if ((missing & cleared_bit(moment)) == 0) continue;
    return "The share of proceeds at " + std::string(name_of(moment)) + " is not settled for " +
           describe(state, row) +
           ". Send proceeds.deducted for them first, then name what is left.";
  }
  return "";
}

// ---- words ----

std::string describe(const State& state, const Row& row) {
  const Lot& lot = state.lots[row.run.standing.lot];
  const Approach& approach = state.approaches[lot.approach];
  return approach.carp.value_or(approach.id) + "-" + state.scopes[row.scope].registry + "-" +
         state.participants[lot.host].id + "-" + closed(row.run.range) + " (vintage " +
         std::to_string(lot.vintage) + ")";
}

std::string closed(const Range& range) {
  return std::to_string(range.first) + " to " + std::to_string(range.last());
}

std::string grouped(std::int64_t number) {
  std::string text = std::to_string(number);
  const std::size_t sign = number < 0 ? 1 : 0;
  for (std::size_t at = text.size(); at > 3 + sign; at -= 3) text.insert(at - 3, 1, ',');
  return text;
}

std::string in_units(std::int64_t quantity) {
  return grouped(quantity) + (quantity == 1 || quantity == -1 ? " unit" : " units");
}

std::string_view name_of(AccountKind kind) {
  constexpr std::string_view names[] = {"holding", "national_share", "fund", "buffer"};
  return names[static_cast<std::size_t>(kind)];
}

std::string_view name_of(UnitStatus status) {
  constexpr std::string_view names[] = {"held", "used", "cancelled"};
  return names[static_cast<std::size_t>(status)];
}

std::string_view name_of(UnitPurpose purpose) {
  constexpr std::string_view names[] = {
      "none", "NDC", "IMP", "OP", "OMGE", "voluntary", "domestic", "administrative", "reversal"};
  return names[static_cast<std::size_t>(purpose)];
}

std::string_view name_of(Purpose purpose) {
  constexpr std::string_view names[] = {"NDC", "IMP", "OP"};
  return names[static_cast<std::size_t>(purpose)];
}

std::string_view name_of(Moment moment) {
  constexpr std::string_view names[] = {"issuance", "transfer", "acquisition"};
  return names[static_cast<std::size_t>(moment)];
}

std::string_view name_of(Definition definition) {
  constexpr std::string_view names[] = {"authorization", "issuance", "use or cancellation"};
  return names[static_cast<std::size_t>(definition)];
}

}  // namespace ledger
