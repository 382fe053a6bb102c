// Every register of the state, beside the model's.
#include <rapidcheck.h>

#include "tests/rules/random_registers.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Registers;

namespace {

Registers::ByYear by_year(const std::vector<VintageQuantity>& list) {
  Registers::ByYear out;
  for (const auto& [vintage, quantity] : list) out[vintage] = quantity;
  return out;
}

void add_people(const State& state, Registers& out) {
  for (const Participant& row : state.participants.rows()) {
    out.participants.insert(row.id);
    out.keys[row.id];
  }
  for (const auto& [key, row] : state.keys) {
    if (!row.recovery && !row.retired_at)
      out.keys[state.participants[row.participant].id].insert(key);
  }
  for (const Grant& row : state.grants.rows()) out.grants[row.id] = !row.ended_at;
  for (const Account& row : state.accounts.rows()) {
    out.accounts[row.id] = state.participants[row.holder].id;
  }
}

void add_agreements(const State& state, Registers& out) {
  for (const Approach& row : state.approaches.rows()) {
    out.approaches[row.id] = {static_cast<std::int64_t>(row.rules.size()), row.ended.has_value()};
  }
  for (const Ndc& row : state.ndcs) {
    out.ndcs.emplace(state.participants[row.party].id, row.from, row.to);
  }
  for (const auto& [key, row] : state.inventories) {
    out.inventories[{state.participants[key.first].id, key.second}] = {row.version, row.value};
  }
  for (const Authorization& row : state.authorizations.rows()) {
    out.authorizations[row.id] = {row.version, row.revoked.has_value()};
  }
}

void add_cycles(const State& state, Registers& out) {
  for (const ActivityCycle& row : state.cycles.rows()) {
    out.cycles[row.id] = {row.idea_version, static_cast<std::int64_t>(row.designs.size()),
                          row.registered, row.closed_at.has_value()};
  }
  for (const Monitoring& row : state.monitorings.rows()) {
    out.monitorings[row.id] = {row.version, by_year(row.verified), by_year(row.issued)};
  }
}

void add_statements(const State& state, Registers& out) {
  for (const auto& [key, row] : state.party_years) {
    if (row.version == 0) continue;
    out.statements[{state.participants[key.first].id, key.second}] = {
        row.version, row.recorded_first_transferred, row.recorded_used};
  }
  for (const Report& row : state.reports.rows()) out.reports.push_back(row.id);
  for (const Finding& row : state.findings.rows()) {
    Registers::Finding& each = out.findings[row.id];
    each.open = !row.resolved_at;
    if (row.excess) each.excess = row.excess->open;
  }
  for (const auto& [activity, row] : state.reversals) {
    out.reversals[state.activities[activity].id] = {row.recorded, row.settled};
  }
  for (const auto& [event, rows] : state.withdrawals) out.withdrawals.insert(event);
}

// The agreements that were withheld when they were named.
void add_documents(const State& state, const Registers& model, Registers& out) {
  for (const NamedDocument& row : state.documents) {
    if (!model.documents.contains(row.sha256)) continue;
    out.documents[row.sha256] = {row.access, row.opened, row.destroyed};
  }
}

}  // namespace

void expect_equal_registers(const History& h) {
  Registers state;
  add_people(h.state(), state);
  add_agreements(h.state(), state);
  add_cycles(h.state(), state);
  add_statements(h.state(), state);
  const Registers& model = h.model().registers();
  add_documents(h.state(), model, state);
  RC_ASSERT(h.state().spec == model.spec);
  RC_ASSERT(h.state().log_keys == model.log_keys);
  RC_ASSERT(state.participants == model.participants);
  RC_ASSERT(state.keys == model.keys);
  RC_ASSERT(state.grants == model.grants);
  RC_ASSERT(state.accounts == model.accounts);
  RC_ASSERT(state.approaches == model.approaches);
  RC_ASSERT(state.ndcs == model.ndcs);
  RC_ASSERT(state.inventories == model.inventories);
  RC_ASSERT(state.authorizations == model.authorizations);
  RC_ASSERT(state.cycles == model.cycles);
  RC_ASSERT(state.monitorings == model.monitorings);
  RC_ASSERT(state.statements == model.statements);
  RC_ASSERT(state.reports == model.reports);
  RC_ASSERT(state.findings == model.findings);
  RC_ASSERT(state.reversals == model.reversals);
  RC_ASSERT(state.withdrawals == model.withdrawals);
  RC_ASSERT(state.documents == model.documents);
}

}  // namespace rules
