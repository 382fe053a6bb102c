#include "ledger/rules/wording.hpp"

#include "crypto/text.hpp"

namespace ledger {

std::string short_form(const crypto::PublicKey& key) {
  return crypto::to_hex(key.view()).substr(0, 16) + "…";
}

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string counted(std::size_t number, std::string_view noun) {
  return counted(number, noun, std::string(noun) + 's');
}

std::string counted(std::size_t number, std::string_view one, std::string_view many) {
  return std::to_string(number) + ' ' + std::string(number == 1 ? one : many);
}

std::string taken(std::string_view what, std::string_view id, Seq since) {
  return std::string(what) + ' ' + quoted(id) + " exists since entry " + std::to_string(since) +
         ". Choose another id.";
}

std::string not_a_party(const State& state, std::string_view id) {
  const Participant* row = state.participants.lookup(id);
  if (row == nullptr) return quoted(id) + " is not a participant of this ledger.";
  if (row->kind == Participant::Sort::operator_) return quoted(id) + " runs it and is no Party.";
  return quoted(id) + " is an entity, not a Party.";
}

std::string no_participant(const State& state, std::string_view id) {
  if (state.participants.find(id)) return quoted(id) + " runs the ledger and takes no part in it.";
  return quoted(id) +
         " is not a participant of this ledger. Admit it first "
         "(participant.admitted), or correct the id.";
}

std::string unknown_approach(std::string_view id) {
  return "Approach " + quoted(id) +
         " is not established in this ledger. Establish it first "
         "(approach.established), or correct the id.";
}

std::string no_rules_of(const State& state, std::string_view approach) {
  if (!state.approaches.find(approach)) return unknown_approach(approach);
  return "Approach " + std::string(approach) +
         " has adopted no rules yet. Adopt them first (approach.rules_adopted).";
}

bool belongs_to(std::string_view registry, std::string_view party) {
  return registry.size() == party.size() + 2 && registry.starts_with(party);
}

bool is_party(const State& state, std::optional<Index> participant) {
  return participant && state.participants[*participant].kind == Participant::Sort::party;
}

bool may_act(const State& state, std::optional<Index> participant) {
  return participant && state.participants[*participant].kind != Participant::Sort::operator_;
}

}  // namespace ledger
