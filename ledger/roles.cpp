#include "ledger/roles.hpp"

#include <algorithm>
#include <set>

#include "ledger/documents.hpp"
#include "ledger/facts_corrections.hpp"
#include "ledger/locks.hpp"
#include "ledger/roles_parts.hpp"

namespace ledger {
namespace {

// Collects the needs of one event; a name that is unknown leaves them unresolved.
class NeedsOf : RoleParts {
 public:
  using RoleParts::RoleParts;

  Needs collect() {
    needs_.roles.reserve(4);  // few events need more
    std::visit([this](const auto& body) { add(body); }, event_.body);
    return std::move(needs_);
  }

 private:
  // ---- one row an event type, in the order of events.md 2 ----

  void add(const LedgerOpened& body) {
    prove(body.operator_.keys);
    for (const auto& party : body.parties) prove(party.keys);
  }

  void add(const SpecAdopted&) { quorum_of_parties(std::nullopt); }
  void add(const LogKeyAnnounced&) { quorum_of_parties(std::nullopt); }

  void add(const ParticipantAdmitted& body) {
    prove(body.keyset.keys);
    if (body.keyset.recovery) prove(body.keyset.recovery->keys);
    if (body.kind == ParticipantAdmitted::Sort::party) return quorum_of_parties(std::nullopt);
    if (body.sponsor) return organ(*body.sponsor, Organ::secretariat);
    needs_.resolved = false;
  }

  void add(const KeysChanged& body) {
    prove(body.add);
    if (body.recovery) prove(body.recovery->keys);
    const auto index = participant(body.participant);
    if (!index) return;
    const Participant& owner = state_.participants[*index];
    switch (body.route) {
      case KeysChanged::Route::threshold:
        return need(owner.id + " (by its keys threshold)", {*index});
      case KeysChanged::Route::recovery:
        needs_.roles.push_back({owner.id + " (by its recovery keys)", {*index}, 1, true});
        return;
      case KeysChanged::Route::sponsor: break;
    }
    if (owner.sponsor) {
      either_organ(*owner.sponsor, std::nullopt);
    } else {
      quorum_of_parties(*index);
    }
    if (const auto op = state_.participants.find(operator_id); op && op != index) {
      need("the operator", {*op});
    }
  }

  void add(const RoleGranted& body) {
    for (const Id& party : body.parties) organ(party, Organ::authority);
  }

  void add(const RoleEnded& body) {
    const Grant* grant = state_.grants.lookup(body.grant);
    if (grant == nullptr) return unresolved();
    // The Party itself too: it can take back an authority that it gave away.
    std::vector<Index> who{grant->participant};
    append_all(who, grant->parties);
    for (const Index party : grant->parties) {
      append_all(who, holders_of(state_, party, Organ::authority, context_.time));
    }
    need("the grantor, its authority or the holder of grant " + grant->id, std::move(who));
  }

  void add(const AccountOpened& body) {
    organ(body.party, Organ::secretariat);
    if (const auto holder = participant(body.holder)) need("the holder " + body.holder, {*holder});
  }

  void add(const ApproachEstablished& body) {
    organ(body.host, Organ::authority);
    organ(body.buyer, Organ::authority);
  }

  void add(const ApproachRules& body) {
    under(state_.approaches.find(body.approach));
    if (!approach_) return;
    organ(state_.approaches[*approach_].host, Organ::authority);
    organ(state_.approaches[*approach_].buyer, Organ::authority);
  }

  void add(const ApproachEnded& body) {
    under(state_.approaches.find(body.approach));
    for (const Id& party : body.parties) organ(party, Organ::authority);
    if (body.parties.empty()) unresolved();
  }

  void add(const NdcDeclared& body) {
    organ(body.party, Organ::authority);
    organ(body.party, Organ::inventory);
  }

  void add(const InventoryReported& body) { organ(body.party, Organ::inventory); }

  // Whoever is named must be one that the Parties appointed: ACT-2, ACT-12.
  void add(const ActivityProposed& body) {
    under(state_.approaches.find(body.approach));
    signer("the developer ", body.developer);
  }

  void add(const DesignSubmitted& body) { developer_of(body.activity); }

  void add(const ActivityValidated& body) {
    if (cycle_of(body.activity) != nullptr) signer("the verifier ", body.verifier);
  }

  void add(const ActivityRegistered& body) {
    if (const ActivityCycle* cycle = cycle_of(body.activity)) {
      organ(state_.approaches[cycle->approach].host, Organ::secretariat);
    }
  }

  void add(const ActivityClosed& body) {
    if (const ActivityCycle* cycle = cycle_of(body.activity)) {
      either_organ(state_.approaches[cycle->approach].host, approach_);
    }
  }

  void add(const MonitoringSubmitted& body) { developer_of(body.activity); }

  void add(const MonitoringVerified& body) {
    const Monitoring* report = state_.monitorings.lookup(body.monitoring);
    if (report == nullptr) return unresolved();
    under(state_.cycles[report->cycle].approach);
    signer("the verifier ", body.verifier);
  }

  // What a silent Party let pass may be recorded by either Party (decisions/0019).
  void add(const ReviewDecided& body) {
    const ActivityCycle* cycle = cycle_of(body.activity);
    const auto party = participant(body.party);
    if (cycle == nullptr || !party) return;
    if (body.decision != ReviewDecided::Decision::deemed) return either_organ(*party, approach_);
    const Approach& approach = state_.approaches[cycle->approach];
    std::vector<Index> who = organs_of(approach.host, approach_);
    append_all(who, organs_of(approach.buyer, approach_));
    need(state_.participants[approach.host].id + " or " + state_.participants[approach.buyer].id +
             " (secretariat or authority)",
         std::move(who));
  }

  void add(const AuthorizationGranted& body) {
    under(state_.approaches.find(body.approach));
    organ(body.party, Organ::authority);
  }

  // A notice is the Party's alone; what takes effect needs those whom the version in force asks.
  void add(const AuthorizationChanged& body) { change(body.terms.id, body.stage); }
  void add(const AuthorizationRevoked& body) { change(body.authorization, body.stage); }

  void add(const UnitsIssued& body) {
    const Activity* activity = state_.activities.lookup(body.activity);
    if (activity == nullptr) return unresolved();
    under(activity->approach);
    organ(state_.approaches[activity->approach].host, Organ::secretariat);
  }

  // A release takes an authorization back as a change would, so with the same consents.
  void add(const UnitsAssigned& body) {
    const Authorization* row = state_.authorizations.lookup(body.authorization.host);
    if (row == nullptr) return unresolved();
    under(row->approach);
    organ(state_.approaches[row->approach].host, Organ::authority);
    const auto scope = state_.scopes.find(body.units.scope);
    if (body.how == UnitsAssigned::How::attached || !scope) return;
    consents_of(lots_of(*scope, body.units.ranges.ranges()));
  }

  void add(const ProceedsDeducted& body) {
    under(state_.approaches.find(body.approach));
    organ(body.party, Organ::secretariat);
  }

  void add(const UnitsTransferred& body) {
    const Account* from = state_.accounts.lookup(body.from.account);
    const Account* to = state_.accounts.lookup(body.to.account);
    if (from == nullptr || to == nullptr) return unresolved();
    under(approach_of(body.authorization.host));
    need("the holder " + state_.participants[from->holder].id, {from->holder});
    either_organ(from->party, approach_);
    if (to->party != from->party) either_organ(to->party, approach_);
  }

  // A reservation is the holder's own, a freeze the Party's. No extra signer can delay either.
  void add(const UnitsLocked& body) {
    const Account* account = state_.accounts.lookup(body.account);
    if (account == nullptr) return unresolved();
    lock_keeper(*account, body.kind);
  }

  void add(const UnitsUnlocked& body) {
    const Lock* lock = state_.locks.lookup(body.lock);
    if (lock == nullptr) return unresolved();
    const Account& account = state_.accounts[lock->account];
    lock_keeper(account, lock->kind);
    Need& keeper = needs_.roles.back();
    if (lock->kind == UnitsLocked::Sort::reservation && is_frozen(state_, *lock)) {
      or_else(keeper, state_.participants[account.party].id + "'s authority, which froze the units",
              holders_of(state_, account.party, Organ::authority, context_.time));
    }
    if (const auto op = state_.participants.find(operator_id); lock->until <= context_.time && op) {
      or_else(keeper, "the operator", {*op});
    }
  }

  void add(const UnitsUsed& body) {
    const Account* account = state_.accounts.lookup(body.account);
    if (account == nullptr) return unresolved();
    under(approach_of_units(body.units));
    need("the holder " + state_.participants[account->holder].id, {account->holder});
    organ(account->party, Organ::authority);
  }

  void add(const UnitsCancelled& body) {
    const Account* account = state_.accounts.lookup(body.account);
    if (account == nullptr) return unresolved();
    under(approach_of_units(body.units));
    if (body.purpose == UnitsCancelled::Reason::administrative) {
      return organ(account->party, Organ::authority);
    }
    need("the holder " + state_.participants[account->holder].id, {account->holder});
    either_organ(account->party, approach_);
  }

  void add(const AdjustmentApplied& body) {
    organ(body.party, Organ::authority);
    organ(body.party, Organ::inventory);
  }

  // The host's secretariat states it, and the verifier that found it.
  void add(const ReversalRecorded& body) {
    const Activity* activity = state_.activities.lookup(body.activity);
    if (activity == nullptr) return unresolved();
    under(activity->approach);
    organ(state_.approaches[activity->approach].host, Organ::secretariat);
    signer("the verifier ", body.verifier);
  }

  // Who would have to sign the entry today, and everyone whose balance changes by undoing it.
  void add(const EntryCorrected& body) {
    const auto movement = state_.journal.find(body.entry);
    const bool standing = movement && !state_.voided.contains(body.entry);
    if (!standing || !can_be_voided(movement->type)) return unresolved();  // COR-1, COR-2
    const std::vector<Index> accounts = accounts_of(state_, *movement);
    under(state_.lots[movement->units.front().before.lot].approach, movement->type);
    std::vector<Index> holders, parties;
    for (const Index account : accounts) {
      append_all(holders, {state_.accounts[account].holder});
      append_all(parties, {state_.accounts[account].party});
    }
    // An authority cancels alone for administrative reasons, and states alone why.
    const bool alone = body.how == EntryCorrected::How::restated && is_administrative(*movement);
    for (const Index holder : holders) {
      if (!alone) need("the holder " + state_.participants[holder].id, {holder});
    }
    for (const Index party : parties) party_under(*movement, party);
    if (movement->type != "units.assigned") return;
    std::set<Index> lots;  // before it and now
    for (const Touched& unit : movement->units) {
      lots.insert(unit.before.lot);
      lots.merge(lots_of(unit.scope, {&unit.range, 1}));
    }
    consents_of(lots);
  }

  void add(const ReportFiled& body) { organ(body.party, Organ::authority); }

  // One of the Parties concerned has the official document.
  void add(const FindingRecorded& body) {
    std::vector<Index> who;
    std::string names;
    for (const Id& party : body.parties) {
      const auto index = participant(party);
      if (!index) return;
      append_all(who, organs_of(*index, approach_));
      names += (names.empty() ? "" : " or ") + party;
    }
    if (who.empty()) return unresolved();
    need(names + " (its secretariat or authority)", std::move(who));
  }

  // Whoever takes a signature back signs alone (WDR-2).
  void add(const SignatureWithdrawn&) {
    std::vector<Index> who;
    for (const auto& signer : context_.signers) {
      const auto it = state_.keys.find(signer.key);
      if (it != state_.keys.end()) append_all(who, {it->second.participant});
    }
    need("the participant that takes its signature back", std::move(who));
  }

  // Whoever withheld it: nobody else tells what a Party or a developer keeps to itself.
  void add(const DocumentDisclosed& body) {
    const auto index = document_of(state_, body.entry, body.sha256);
    if (!index) return unresolved();
    const NamedDocument& document = state_.documents[*index];
    whoever_is(document.by);
    if (document.and_by) whoever_is(*document.and_by);
  }

  void add(const AuditAttested& body) {
    if (body.by.empty()) return unresolved();
    for (const Id& id : body.by) {
      if (const auto index = participant(id)) whoever_is(*index);
    }
  }

  void add(const StateCommitted&) {
    const auto op = state_.participants.find(operator_id);
    if (!op) return unresolved();
    need("the operator", {*op});
  }

  // ---- parts ----

  // The cycle of an activity that was proposed, under whose approach the event then is; or null.
  const ActivityCycle* cycle_of(const Id& activity) {
    const ActivityCycle* cycle = state_.cycles.lookup(activity);
    if (cycle == nullptr) {
      unresolved();
    } else {
      under(cycle->approach);
    }
    return cycle;
  }

  void developer_of(const Id& activity) {
    if (const ActivityCycle* cycle = cycle_of(activity)) {
      need("the developer " + state_.participants[cycle->developer].id, {cycle->developer});
    }
  }

  void change(std::string_view authorization, ChangeStage stage) {
    const Authorization* row = state_.authorizations.lookup(authorization);
    if (row == nullptr) return unresolved();
    under(row->approach);
    organ(row->party, Organ::authority);
    if (stage == ChangeStage::notice) return;
    for (const Id& party : row->change.consent) {
      if (party != state_.participants[row->party].id) organ(party, Organ::authority);
    }
  }

  static void or_else(Need& need, const std::string& what, const std::vector<Index>& who) {
    append_all(need.who, who);
    need.what += " or " + what;
  }

  // Who makes and ends locks of that kind there.
  void lock_keeper(const Account& account, UnitsLocked::Sort kind) {
    const bool freezes = kind == UnitsLocked::Sort::freeze;
    std::vector<Index> who{account.holder};
    if (freezes) who = holders_of(state_, account.party, Organ::authority, context_.time);
    std::string what = freezes ? state_.participants[account.party].id + "'s authority"
                               : "the holder " + state_.participants[account.holder].id;
    need(std::move(what), std::move(who));
  }

  std::optional<Index> approach_of(std::string_view authorization) {
    const Authorization* row = state_.authorizations.lookup(authorization);
    if (row == nullptr) return std::nullopt;
    return row->approach;
  }

  // The approach of the first unit named; rules refuse a list that mixes approaches.
  std::optional<Index> approach_of_units(const Units& units) {
    const Scope* scope = state_.scopes.lookup(units.scope);
    if (scope == nullptr || units.ranges.empty()) return std::nullopt;
    const auto run = scope->units.at(units.ranges.ranges().front().first);
    if (!run) return std::nullopt;
    return state_.lots[run->standing.lot].approach;
  }
};

}  // namespace

Needs needs_of(const State& state, const Event& event, const Context& context) {
  return NeedsOf(state, event, context).collect();
}

}  // namespace ledger
