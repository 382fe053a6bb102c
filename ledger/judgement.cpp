#include "ledger/judgement.hpp"

#include "ledger/documents.hpp"
#include "ledger/ensure.hpp"
#include "ledger/facts_authorizations.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/facts_cycle.hpp"
#include "ledger/facts_documents.hpp"
#include "ledger/facts_locks.hpp"
#include "ledger/facts_registry.hpp"
#include "ledger/facts_reports.hpp"
#include "ledger/facts_units.hpp"
#include "ledger/identity.hpp"

namespace ledger {
namespace {

// Judges one body by its own rules and hands the case to `then`.
template <class Then>
Result<> judge_body(const State& state, const Event& event, const Context& context, Then then) {
  return std::visit(
      [&](const auto& body) -> Result<> {
        const auto facts = resolve(state, event, body, context);
        if (Result<> ok = check_causes(event, facts.causes); !ok) return ok;
        using E = std::decay_t<decltype(body)>;
        const Case<E> c{state, event, body, facts, context};
        if (Result<> ok = check<E>(c); !ok) return ok;
        then(c);
        return {};
      },
      event.body);
}

}  // namespace

Context context_of(const Entry& entry, const crypto::Frontier& tree, std::int64_t newest) {
  Context context{entry.seq, entry.time, entry.event.signatures(), entry.event.hash(), newest, {}};
  if (std::holds_alternative<AuditAttested>(entry.event.event().body)) context.root = tree.root();
  return context;
}

void keep_day_end(State& state, const crypto::Frontier& tree, Timestamp last, Timestamp next) {
  if (tree.size() == 0 || date_of(last) == date_of(next)) return;
  state.day_ends.emplace(tree.size(), tree.root());
}

Result<> judge(const State& state, const Event& event, const Context& context) {
  if (Result<> ok = check_identity(state, event, context); !ok) return ok;
  return judge_body(state, event, context, [](const auto&) {});
}

Result<Effects> evolve_if_admitted(State& state, const Event& event, const Context& context) {
  Result<> identity = check_identity(state, event, context);
  if (!identity) return tl::unexpected(std::move(identity).error());
  Effects effects;
  effects.seq = context.seq;
  effects.time = context.time;
  effects.type = type_of(event.body);
  Result<> judged = judge_body(state, event, context, [&](const auto& c) {
    evolve(state, c, effects);
    name_documents(state, event, context, effects);
  });
  if (!judged) return tl::unexpected(std::move(judged).error());
  if (!effects.units.empty() && is_journaled(effects.type)) state.journal.append(effects);
  const bool fresh = state.events.insert(event.id, context.seq);
  ENSURE(fresh, "ID-2 held, so the id is new");
  return effects;
}

}  // namespace ledger
