// How the events that come before units change the state; total after check.
#include "ledger/facts_registry.hpp"

namespace ledger {
namespace {

template <class E>
Origin origin_of(const Case<E>& c) {
  return {c.event.date, c.context.seq};
}

Index add_participant(State& state, Participant row, Effects& effects) {
  const Id id = row.id;
  const Index index = state.participants.add(id, std::move(row));
  effects.rows.push_back(ParticipantEffect{index, state.participants[index]});
  return index;
}

void enrol(State& state, const std::vector<crypto::PublicKey>& keys, const KeyRecord& record,
           Effects& effects) {
  for (const crypto::PublicKey& key : keys) {
    state.keys.emplace(key, record);
    effects.rows.push_back(KeyEffect{key, record});
  }
}

void retire(State& state, const std::vector<crypto::PublicKey>& keys, Effects& effects) {
  for (const crypto::PublicKey& key : keys) {
    KeyRecord& record = state.keys.at(key);
    record.retired_at = effects.seq;
    effects.rows.push_back(KeyEffect{key, record});
  }
}

// What is told of the ledger itself.
LedgerEffect head_of(const State& state) {
  return {state.origin,   state.mode,        state.spec,     state.quorum,
          state.log_keys, state.service_key, state.migration};
}

// The names of a deduction line resolved; its account was found or not needed.
RulesVersion::Deduction resolved(const ApproachRules::Deduction& line,
                                 std::optional<Index> account) {
  return {line.name, line.moment, line.by, line.kind, line.rate_bp, line.rounding, account};
}

}  // namespace

void evolve(State& state, const Case<LedgerOpened>& c, Effects& effects) {
  const LedgerOpened& body = c.body;
  state.origin = c.event.ledger;
  state.mode = body.mode;
  state.spec = body.spec;
  state.quorum = body.quorum;
  state.log_keys = {body.log_key};
  state.service_key = body.service_key;
  if (body.migration) state.migration = {body.migration->from, body.migration->to};
  const auto found = [&](const Id& id, Participant::Sort kind, const auto& founder) {
    Participant row;
    row.id = id;
    row.kind = kind;
    row.founding = kind == Participant::Sort::party;
    row.identity = founder.identity;
    row.thresholds = founder.thresholds;
    row.origin = origin_of(c);
    const Index index = add_participant(state, std::move(row), effects);
    enrol(state, founder.keys, {index, false, c.context.time, std::nullopt}, effects);
  };
  found(Id(operator_id), Participant::Sort::operator_, body.operator_);
  for (const auto& party : body.parties) found(party.id, Participant::Sort::party, party);
  effects.rows.push_back(head_of(state));
}

void evolve(State& state, const Case<SpecAdopted>& c, Effects& effects) {
  state.spec = c.body.number;
  effects.rows.push_back(head_of(state));
}

void evolve(State& state, const Case<LogKeyAnnounced>& c, Effects& effects) {
  state.log_keys.push_back(c.body.log_key);
  effects.rows.push_back(head_of(state));
}

void evolve(State& state, const Case<ParticipantAdmitted>& c, Effects& effects) {
  const ParticipantAdmitted& body = c.body;
  Participant row;
  row.id = body.id;
  row.kind = body.kind == ParticipantAdmitted::Sort::party ? Participant::Sort::party
                                                           : Participant::Sort::entity;
  row.identity = body.identity;
  row.sponsor = c.facts.sponsor;
  row.thresholds = body.keyset.thresholds;
  row.recovery = body.keyset.recovery;
  row.origin = origin_of(c);
  const Index index = add_participant(state, std::move(row), effects);
  enrol(state, body.keyset.keys, {index, false, c.context.time, std::nullopt}, effects);
  if (!body.keyset.recovery) return;
  enrol(state, body.keyset.recovery->keys, {index, true, c.context.time, std::nullopt}, effects);
}

void evolve(State& state, const Case<KeysChanged>& c, Effects& effects) {
  const KeysChanged& body = c.body;
  const Index index = *c.facts.participant;
  retire(state, body.remove, effects);
  enrol(state, body.add, {index, false, c.facts.active_from, std::nullopt}, effects);
  Participant& row = state.participants[index];
  if (body.recovery) {  // the whole set is replaced
    retire(state, c.facts.recovery, effects);
    enrol(state, body.recovery->keys, {index, true, c.context.time, std::nullopt}, effects);
    row.recovery = body.recovery;
  }
  if (body.thresholds) row.thresholds = *body.thresholds;
  if (body.recovery || body.thresholds) effects.rows.push_back(ParticipantEffect{index, row});
}

void evolve(State& state, const Case<RoleGranted>& c, Effects& effects) {
  Grant row;
  row.id = c.body.id;
  row.role = c.body.role;
  row.parties = c.facts.parties;
  row.participant = *c.facts.participant;
  row.approaches = c.facts.approaches;
  row.from = c.body.from;
  row.until = c.body.until;
  row.origin = origin_of(c);
  const Index index = state.grants.add(c.body.id, std::move(row));
  effects.rows.push_back(GrantEffect{index, state.grants[index]});
}

void evolve(State& state, const Case<RoleEnded>& c, Effects& effects) {
  Grant& grant = state.grants[*c.facts.grant];
  grant.ended_at = c.context.seq;
  grant.suspended = c.body.how == RoleEnded::How::suspended;
  effects.rows.push_back(GrantEffect{*c.facts.grant, grant});
}

void evolve(State& state, const Case<AccountOpened>& c, Effects& effects) {
  Account row{c.body.id,       *c.facts.holder, *c.facts.party,
              c.body.registry, c.body.kind,     origin_of(c)};
  if (c.body.metric) row.metric = *c.body.metric;
  const Index index = state.accounts.add(c.body.id, std::move(row));
  effects.rows.push_back(AccountEffect{index, state.accounts[index]});
}

void evolve(State& state, const Case<ApproachEstablished>& c, Effects& effects) {
  Approach row;
  row.id = c.body.id;
  row.host = *c.facts.host;
  row.buyer = *c.facts.buyer;
  row.origin = origin_of(c);
  const Index index = state.approaches.add(c.body.id, std::move(row));
  effects.rows.push_back(ApproachEffect{index, state.approaches[index]});
}

void evolve(State& state, const Case<ApproachRules>& c, Effects& effects) {
  Approach& approach = state.approaches[*c.facts.approach];
  RulesVersion version;
  version.host_definition = c.facts.host_definition;
  version.both_authorize = c.body.both_authorize;
  version.host_first = c.body.host_first;
  version.objection_days = c.body.objection_days;
  for (const auto& signer : c.body.extra_signers) {  // Parties of the approach: RUL-7
    version.extra_signers.push_back(
        {signer.event, *state.participants.find(signer.party), signer.role});
  }
  for (std::size_t i = 0; i < c.body.deductions.size(); ++i) {
    version.deductions.push_back(resolved(c.body.deductions[i], c.facts.accounts[i]));
  }
  if (c.body.clocks) version.notice_days = c.body.clocks->notice_days;
  if (c.body.cycle) version.cycle = *c.body.cycle;
  version.adopted = c.context.time;
  version.origin = origin_of(c);
  approach.rules.push_back(std::move(version));
  if (c.body.carp) approach.carp = c.body.carp;
  effects.rows.push_back(ApproachEffect{*c.facts.approach, approach});
}

void evolve(State& state, const Case<ApproachEnded>& c, Effects& effects) {
  Approach& approach = state.approaches[*c.facts.approach];
  approach.ended = Approach::Ending{c.body.from, origin_of(c)};
  effects.rows.push_back(ApproachEffect{*c.facts.approach, approach});
}

void evolve(State& state, const Case<NdcDeclared>& c, Effects& effects) {
  state.ndcs.push_back({*c.facts.party, c.body.from, c.body.to, c.body.type, c.body.method,
                        c.body.metric, origin_of(c)});
  effects.rows.push_back(NdcEffect{state.ndcs.back()});
}

void evolve(State& state, const Case<InventoryReported>& c, Effects& effects) {
  const Inventory row{c.body.version, c.body.value, origin_of(c)};
  state.inventories[{*c.facts.party, c.body.year}] = row;
  effects.rows.push_back(InventoryEffect{*c.facts.party, c.body.year, row});
}

}  // namespace ledger
