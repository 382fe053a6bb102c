#include "ledger/roles_parts.hpp"

#include <algorithm>

namespace ledger {

void append_all(std::vector<Index>& out, const std::vector<Index>& more) {
  for (const Index index : more) {
    if (std::find(out.begin(), out.end(), index) == out.end()) out.push_back(index);
  }
}

void RoleParts::need(std::string what, std::vector<Index> who) {
  needs_.roles.push_back({std::move(what), std::move(who), 1, false});
}

void RoleParts::prove(const std::vector<crypto::PublicKey>& keys) {
  needs_.proofs.insert(needs_.proofs.end(), keys.begin(), keys.end());
}

std::optional<Index> RoleParts::participant(std::string_view id) {
  const auto index = state_.participants.find(id);
  if (!index) unresolved();
  return index;
}

void RoleParts::signer(std::string_view what, const Id& id) {
  if (const auto index = participant(id)) need(std::string(what) + id, {*index});
}

void RoleParts::whoever_is(Index index) {
  const Participant& row = state_.participants[index];
  if (row.kind == Participant::Sort::party) return either_organ(index, std::nullopt);
  need(row.id, {index});
}

void RoleParts::organ(std::string_view party, Organ organ_needed) {
  if (const auto index = participant(party)) organ(*index, organ_needed);
}

void RoleParts::organ(Index party, Organ organ_needed) {
  need(state_.participants[party].id + "'s " + std::string(name_of(organ_needed)),
       holders_of(state_, party, organ_needed, context_.time, approach_));
}

void RoleParts::either_organ(Index party, std::optional<Index> approach) {
  need(state_.participants[party].id + " (its secretariat or authority)",
       organs_of(party, approach));
}

std::vector<Index> RoleParts::organs_of(Index party, std::optional<Index> approach) const {
  std::vector<Index> who = holders_of(state_, party, Organ::secretariat, context_.time, approach);
  append_all(who, holders_of(state_, party, Organ::authority, context_.time, approach));
  return who;
}

std::set<Index> RoleParts::lots_of(Index scope, std::span<const Range> ranges) const {
  std::vector<Piece> pieces;
  state_.scopes[scope].units.resolve(ranges, pieces);
  std::set<Index> lots;
  for (const Piece& piece : pieces) lots.insert(piece.run.standing.lot);
  return lots;
}

void RoleParts::consents_of(const std::set<Index>& lots) {
  std::set<Id> parties;
  for (const Index index : lots) {
    const Lot& lot = state_.lots[index];
    if (!is_authorized(state_, lot)) continue;
    const std::vector<Id>& consent = host_terms(state_, lot).change.consent;
    parties.insert(consent.begin(), consent.end());
    parties.erase(state_.participants[lot.host].id);
  }
  for (const Id& party : parties) organ(party, Organ::authority);
}

void RoleParts::quorum_of_parties(std::optional<Index> except) {
  Need need{"a quorum of the founding Parties", {}, static_cast<std::size_t>(state_.quorum)};
  for (Index i = 0; i < state_.participants.size(); ++i) {
    if (state_.participants[i].founding && i != except) need.who.push_back(i);
  }
  // Never nobody: the operator alone decides nothing (decision 13).
  need.at_least = std::max<std::size_t>(1, std::min(need.at_least, need.who.size()));
  needs_.roles.push_back(std::move(need));
}

void RoleParts::under(std::optional<Index> approach, std::string_view type) {
  if (!approach) return unresolved();
  approach_ = approach;
  const Approach& row = state_.approaches[*approach];
  if (row.rules.empty()) return;
  for (const auto& extra : row.rules.back().extra_signers) {
    if (extra.event == type) organ(extra.party, extra.role);
  }
}

bool RoleParts::is_administrative(const Movement& movement) const {
  if (movement.type != "units.cancelled") return false;
  const auto& first = movement.units.front();
  const auto run = state_.scopes[first.scope].units.at(first.range.first);
  return run->standing.purpose == UnitPurpose::administrative;
}

void RoleParts::party_under(const Movement& movement, Index party) {
  const bool by_authority = movement.type == "units.used" || movement.type == "units.assigned" ||
                            is_administrative(movement);
  const Index settling = state_.accounts[movement.units.front().before.account].party;
  if (by_authority) {
    organ(party, Organ::authority);
  } else if (movement.type == "proceeds.deducted" && party == settling) {
    organ(party, Organ::secretariat);
  } else {
    either_organ(party, approach_);
  }
}

}  // namespace ledger
