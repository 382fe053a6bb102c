#include "tests/rules/random_history.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <functional>
#include <map>

#include "crypto/hash.hpp"
#include "tests/rules/random_registers.hpp"

namespace rules {

using namespace ledger;  // NOLINT: this file speaks of nothing else
using test_support::Answer;
using test_support::LedgerBuilder;
using test_support::ReferenceModel;
using test_support::UnitRow;
namespace story = api::story;

std::ostream& operator<<(std::ostream& out, const Move& move) {
  return out << "{kind " << static_cast<int>(move.kind) << ", from " << move.from << ", length "
             << move.length << (move.gaps ? ", gaps}" : "}");
}

namespace {

using Wanted = std::function<bool(const UnitRow&)>;

// The units that the move means among those that would do.
std::vector<Serial> choose(const ReferenceModel& model, const Move& move, const Wanted& wanted) {
  std::vector<Serial> all, chosen;
  for (std::size_t i = 0; i < model.units().size(); ++i) {
    if (wanted(model.units()[i])) all.push_back(static_cast<Serial>(i + 1));
  }
  const std::size_t from = all.size() * static_cast<std::size_t>(move.from) / 1'000;
  const std::size_t step = move.gaps ? 2 : 1;
  for (std::size_t i = from; i < all.size(); i += step) {
    if (chosen.size() == static_cast<std::size_t>(move.length)) break;
    chosen.push_back(all[i]);
  }
  return chosen;
}

Units units_of(const std::vector<Serial>& serials) {
  Units units{"XHA99", {}};
  for (const Serial serial : serials) units.ranges.join(make_range(serial, serial));
  return units;
}

std::vector<VintageQuantity> vintages_of(const ReferenceModel& model,
                                         const std::vector<Serial>& serials) {
  std::map<Year, std::int64_t> sums;
  for (const Serial serial : serials) {
    ++sums[model.units()[static_cast<std::size_t>(serial - 1)].vintage];
  }
  std::vector<VintageQuantity> list;
  for (const auto& [vintage, quantity] : sums) list.push_back({vintage, quantity});
  return list;
}

// ---- the moves ----

const Id at_home = "XBA-FUND-XHA", abroad = "XBA-FUND-XBA";

Wanted held_in(const ReferenceModel& model, const Id& account, std::vector<Moment> clear) {
  return [&model, account, clear = std::move(clear)](const UnitRow& unit) {
    return unit.is_held() && unit.account == account && model.is_free(unit) &&
           (unit.first_transferred || model.is_authorized(unit)) &&
           std::all_of(clear.begin(), clear.end(),
                       [&](Moment moment) { return model.is_clear(unit, moment); });
  };
}

// Proceeds of the first moment, beginning with a random one, for which some unit waits.
void settle(History& h, const Move& move) {
  for (int i = 0; i < 3; ++i) {
    const auto moment = static_cast<Moment>((move.length + i) % 3);
    const bool acquired = moment == Moment::acquisition;
    const Id& account = acquired ? abroad : at_home;
    const Wanted here = held_in(h.model(), account, {});
    const std::vector<Serial> gross = choose(h.model(), move, [&](const UnitRow& unit) {
      if (!here(unit) || h.model().is_clear(unit, moment)) return false;
      return moment == Moment::issuance || h.model().is_clear(unit, Moment::issuance);
    });
    if (gross.empty()) continue;
    ProceedsDeducted body = scene::settlement();
    body.moment = moment;
    body.party = acquired ? "XBA" : "XHA";
    body.account = account;
    body.gross = units_of(gross);
    body.quantity = body.gross.ranges.quantity();
    body.taken = h.model().due(body.approach, body.rules, moment, gross);
    return h.send(body, acquired ? scene::Signers{"XBA"} : scene::seller());
  }
}

struct Route {
  Side from, to;
  std::vector<Moment> clear;
  bool buyers = false;  // names the buyer's authorization
  scene::Signers signers;
};

// Units of one authorization go in one transfer.
const Id& authorization_of(const Move& move) {
  static const Id first = "XHA-AUT-1", second = "XHA-AUT-2";
  return move.from % 3 == 0 ? second : first;
}

void transfer(History& h, const Move& move, const Route& route) {
  const Wanted here = held_in(h.model(), route.from.account, route.clear);
  const Id& under = authorization_of(move);
  const auto serials = choose(h.model(), move, [&](const UnitRow& unit) {
    return here(unit) && unit.authorization == under;
  });
  if (serials.empty()) return;
  UnitsTransferred body = scene::transfer({{1, 1}});
  body.from = route.from;
  body.to = route.to;
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.vintages = vintages_of(h.model(), serials);
  body.authorization.host = under;
  if (!route.buyers) body.authorization.buyer.reset();
  h.send(body, route.signers);
}

const Side home_side{at_home, "XHA", "XBA-FUND", "Fictional XBA-FUND"};
const Side buyers_side{abroad, "XBA", "XBA-FUND", "Fictional XBA-FUND"};
const Side share_side{"XHA-SHARE", "XHA", "XHA", "Government of XHA"};
const Side fund_side{"AF-ACC", "XCA", "AF", "Fictional AF"};
const Side home_fund{"AF-XHA", "XHA", "AF", "Fictional AF"};
const std::vector<Moment> two_moments{Moment::issuance, Moment::transfer};
const std::vector<Moment> all_moments{Moment::issuance, Moment::transfer, Moment::acquisition};

// Units that may end there; at home, where ending is a first transfer, only those that it is one
// of.
std::vector<Serial> choose_for_an_end(const History& h, const Move& move, const Id& account,
                                      bool first_transfer) {
  const Wanted here = held_in(h.model(), account, first_transfer ? two_moments : all_moments);
  return choose(h.model(), move, [&](const UnitRow& unit) {
    return here(unit) && !(first_transfer && unit.first_transferred);
  });
}

void use(History& h, const Move& move, const Side& side, Purpose purpose, scene::Signers signers) {
  const bool first = purpose != Purpose::ndc && side.party == "XHA";
  auto serials = choose_for_an_end(h, move, side.account, first);
  if (purpose == Purpose::ndc) {
    std::erase_if(serials, [&](Serial serial) { return h.model().registers().is_covered(serial); });
  }
  if (serials.empty()) return;
  UnitsUsed body = scene::use({{1, 1}});
  body.account = side.account;
  body.party = side.party;
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.purpose = purpose;
  if (purpose != Purpose::ndc) body.year.reset();
  body.user = side.participant;
  body.user_name = side.name;
  body.first_transfer = first;
  h.send(body, std::move(signers));
}

void cancel(History& h, const Move& move, const Side& side, UnitsCancelled::Reason purpose,
            scene::Signers signers) {
  const bool first = side.party == "XHA";
  const auto serials = choose_for_an_end(h, move, side.account, first);
  if (serials.empty()) return;
  UnitsCancelled body = scene::cancellation({{1, 1}});
  body.account = side.account;
  body.party = side.party;
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.purpose = purpose;
  body.first_transfer = first;
  h.send(body, std::move(signers));
}

// An administrative cancellation at home, of reserved units too; nothing is due of what was
// revoked.
void clear_away(History& h, const Move& move) {
  const auto serials = choose(h.model(), move, [&](const UnitRow& unit) {
    const bool owes = unit.first_transferred || h.model().is_authorized(unit);
    return unit.is_held() && unit.account == at_home && !h.model().is_frozen(unit) &&
           (!owes || (h.model().is_clear(unit, Moment::issuance) &&
                      h.model().is_clear(unit, Moment::transfer)));
  });
  if (serials.empty()) return;
  UnitsCancelled body = scene::cancellation({{1, 1}});
  body.account = at_home;
  body.party = "XHA";
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.purpose = UnitsCancelled::Reason::administrative;
  h.send(body, {"XHA"});
}

void issue(History& h, const Move& move) {
  if (h.state().authorizations.lookup("XHA-AUT-1")->revoked) return;
  UnitsIssued body = scene::issuance();
  const auto next = static_cast<Serial>(h.model().units().size()) + 1;
  body.lots = {{next, next + move.length - 1, 2026 + move.from % 2, {}}};
  body.quantity = move.length;
  h.send(body, scene::seller());
}

// Locks of units that none of that kind holds; the account a random one of two.
void lock(History& h, const Move& move, UnitsLocked::Sort kind) {
  const bool freezes = kind == UnitsLocked::Sort::freeze;
  const Side& side = move.from % 2 == 0 ? home_side : buyers_side;
  const auto serials = choose(h.model(), move, [&](const UnitRow& unit) {
    return unit.is_held() && unit.account == side.account &&
           (freezes ? unit.frozen_by.empty() : h.model().is_free(unit));
  });
  if (serials.empty()) return;
  UnitsLocked body = scene::freeze(h.new_lock(), {{1, 1}});
  body.kind = kind;
  body.account = side.account;
  body.units = units_of(serials);
  body.quantity = body.units->ranges.quantity();
  if (!freezes) body.event = crypto::sha256(body.id);
  body.until = {h.now().ms + 100'000'000};
  h.send(body, {freezes ? side.party : side.participant});
}

void freeze_account(History& h) {
  UnitsLocked body = scene::freeze(h.new_lock(), {});
  body.until = {h.now().ms + 100'000'000};
  const auto& locks = h.model().locks();
  const bool frozen = std::any_of(locks.begin(), locks.end(), [&](const auto& lock) {
    return !lock.second.units && lock.second.account == body.account;
  });
  if (!frozen) h.send(body, {"XHA"});
}

void unlock(History& h, const Move& move) {
  const auto& locks = h.model().locks();
  if (locks.empty()) return;
  const auto lock = std::next(locks.begin(), move.length % static_cast<int>(locks.size()));
  const bool hosts = h.model().section_of(lock->second.account) == "XHA";
  const Side& side = hosts ? home_side : buyers_side;
  const bool freezes = lock->second.kind == UnitsLocked::Sort::freeze;
  h.send(UnitsUnlocked{lock->first, "over"}, {freezes ? side.party : side.participant});
}

bool is_for_oimp(const History& h) {
  return has_purpose(*h.state().authorizations.lookup("XHA-AUT-1"), Purpose::op);
}

// Another cap, and now and then an end to changes that reach issued units.
void change(History& h, const Move& move) {
  const Authorization& row = *h.state().authorizations.lookup("XHA-AUT-1");
  if (row.revoked) return;
  AuthorizationGranted next = scene::host_grant();
  if (is_for_oimp(h)) next = scene::for_every_purpose(next);
  next.cap = 20'000 + move.length;
  if (move.from % 8 == 0) {
    next.change_terms.until = AuthorizationGranted::ChangeTerms::Until::issuance;
  }
  h.send(scene::change(next, row.version + 1), scene::both());
}

// Rarely, since most of a history is over then.
void revoke(History& h, const Move& move) {
  const Authorization& row = *h.state().authorizations.lookup("XHA-AUT-1");
  if (row.revoked || move.from % 4 != 0) return;
  h.send(scene::revocation("XHA-AUT-1"), scene::both());
}

Wanted not_sold(const History& h) {
  return [&h](const UnitRow& unit) {
    return unit.is_held() && unit.account == at_home && unit.activity == "XHA-STOVES" &&
           h.model().is_free(unit) && !unit.first_transferred;
  };
}

void attach(History& h, const Move& move) {
  const Authorization& to = *h.state().authorizations.lookup(authorization_of(move));
  if (to.revoked) return;
  const Wanted here = not_sold(h);
  const auto serials = choose(h.model(), move, [&](const UnitRow& unit) {
    return here(unit) && !h.model().is_authorized(unit);
  });
  if (serials.empty()) return;
  UnitsAssigned body = scene::attachment({{1, 1}});
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.authorization.host = to.id;
  const auto& definition = h.state().approaches[to.approach].rules.back().host_definition;
  body.first_transfer = has_oimp(to) && definition == Definition::issuance;
  h.send(body, {"XHA"});
}

void release(History& h, const Move& move) {
  using Until = AuthorizationGranted::ChangeTerms::Until;
  const Wanted here = not_sold(h);
  const auto serials = choose(h.model(), move, [&](const UnitRow& unit) {
    return here(unit) && h.model().is_authorized(unit) &&
           unit.authorization == authorization_of(move) &&
           h.model().terms_of(unit).change_terms.until == Until::first_transfer;
  });
  if (serials.empty()) return;
  UnitsAssigned body = scene::release({{1, 1}});
  body.units = units_of(serials);
  body.quantity = body.units.ranges.quantity();
  body.authorization.host = authorization_of(move);
  h.send(body, scene::both());
}

const scene::Signers host_too{"XBA-FUND", "XHA"};

void make_for_oimp(History& h, const Move& move) {
  using Reason = UnitsCancelled::Reason;
  if (!is_for_oimp(h)) return;
  switch (move.kind) {
    case Kind::use_imp: return use(h, move, buyers_side, Purpose::imp, scene::user());
    case Kind::use_imp_at_home: return use(h, move, home_side, Purpose::imp, host_too);
    default: return cancel(h, move, home_side, Reason::op, host_too);
  }
}

void make_move(History& h, const Move& move) {
  using Reason = UnitsCancelled::Reason;
  const scene::Signers two{"XBA-FUND", "XHA-CMO"};
  switch (move.kind) {
    case Kind::settle: return settle(h, move);
    case Kind::sell:
      return transfer(h, move, {home_side, buyers_side, two_moments, true, scene::three()});
    case Kind::to_fund:
      if (move.from % 2 == 0) {
        return transfer(h, move, {home_side, home_fund, {Moment::issuance}, false, two});
      }
      return transfer(
          h, move,
          {home_side, fund_side, two_moments, false, {"XBA-FUND", "XHA-CMO", "XCA", "XCA-2"}});
    case Kind::retain:
      return transfer(h, move, {home_side, share_side, {Moment::issuance}, false, two});
    case Kind::come_home:
      return transfer(
          h, move, {buyers_side, share_side, all_moments, false, {"XBA-FUND", "XBA", "XHA-CMO"}});
    case Kind::use: return use(h, move, buyers_side, Purpose::ndc, scene::user());
    case Kind::cancel: return cancel(h, move, buyers_side, Reason::voluntary, scene::user());
    case Kind::omge: return cancel(h, move, home_side, Reason::omge, two);
    case Kind::clear_away: return clear_away(h, move);
    case Kind::issue: return issue(h, move);
    case Kind::reserve: return lock(h, move, UnitsLocked::Sort::reservation);
    case Kind::freeze: return lock(h, move, UnitsLocked::Sort::freeze);
    case Kind::freeze_account: return freeze_account(h);
    case Kind::unlock: return unlock(h, move);
    case Kind::change: return change(h, move);
    case Kind::revoke: return revoke(h, move);
    case Kind::attach: return attach(h, move);
    case Kind::release: return release(h, move);
    case Kind::undo: return h.undo(move);
    case Kind::use_imp:
    case Kind::use_imp_at_home:
    case Kind::cancel_op: return make_for_oimp(h, move);
    default: return make_register_move(h, move);
  }
}

}  // namespace

// ---- the history ----

History::History(const std::string& setup) : ledger_(LedgerBuilder::after(setup, knows)) {
  follow(setup);
  const AccountOpened fund = story::account("AF-XHA", "AF", "XHA99", AccountKind::fund);
  const auto& granted = state().authorizations;
  if (granted.find("XHA-AUT-1") && !granted.find("XHA-AUT-2")) {
    const AuthorizationGranted second = scene::second_grant();
    send(is_for_oimp(*this) ? scene::for_every_purpose(second) : second, {"XHA"});
  }
  if (granted.find("XHA-AUT-2")) {
    send_at("2028-07-15T09:00:00.000Z", fund, {"XHA-CMO", "AF"});  // both are effective by then
  } else {
    send(fund, {"XHA-CMO", "AF"});
  }
  types_.clear();
}

void History::follow(const std::string& setup) {
  if (setup.empty()) return;
  follow(scene::setup(setup).after);
  for (const auto& act : scene::setup(setup).acts) model_.follow(act.event);
}

void History::send(Body body, scene::Signers signers) {
  const Answer answer = ledger_.send(body, signers);
  note(answer, std::move(body), std::move(signers));
}

void History::send_at(std::string_view time, Body body, scene::Signers signers) {
  const Answer answer = ledger_.send(time, body, signers);
  note(answer, std::move(body), std::move(signers));
}

void History::note(const Answer& answer, Body body, scene::Signers signers) {
  if (!answer.admitted()) RC_FAIL(answer.clause + ": " + answer.detail);
  note_first_transfers(*answer.effects);
  const Effects& effects = *answer.effects;
  types_.emplace(effects.type);
  Movement movement{effects.seq, std::string(effects.type), {}, {}, {}, std::move(signers)};
  for (const UnitEffect& effect : effects.units) {
    if (!effect.before) continue;
    movement.ranges.join(effect.range);
    movement.accounts.insert(effect.before->account);
    movement.lots.insert(effect.before->lot);
  }
  if (!movement.ranges.empty() && is_journaled(effects.type)) {
    movements_.push_back(std::move(movement));
  }
  model_.follow({scene::origin, "", {}, std::nullopt, std::move(body)});
}

void History::note_first_transfers(const Effects& effects) {
  for (const UnitEffect& effect : effects.units) {
    const bool was = effect.before && effect.before->first_transferred;
    const bool taken_back = was && !effect.after.first_transferred;
    RC_ASSERT(!taken_back || effects.undoes);
    RC_ASSERT(effect.after.first_transferred == ((was && !taken_back) || effect.first_transfer));
    for (Serial serial = effect.range.first; serial < effect.range.end; ++serial) {
      if (effect.first_transfer) RC_ASSERT(transferred_.emplace(effect.scope, serial).second);
      if (taken_back) RC_ASSERT(transferred_.erase({effect.scope, serial}) == 1);
    }
  }
}

namespace {

// Whether units of it stand, or stood, under an authorization that they leave by an undoing, or
// come back to: XBA consents to that.
bool touches_an_authorization(const State& state, const History::Movement& movement) {
  std::vector<Piece> pieces;
  state.scopes.lookup("XHA99")->units.resolve(movement.ranges.ranges(), pieces);
  std::set<Index> lots = movement.lots;
  for (const Piece& piece : pieces) lots.insert(piece.run.standing.lot);
  return std::any_of(lots.begin(), lots.end(),
                     [&](Index lot) { return is_authorized(state, state.lots[lot]); });
}

// The holders and Parties of the accounts; XHA acts by its secretariat, or by itself where it did
// so then.
scene::Signers everyone_concerned(const History& h, const History::Movement& movement) {
  const State& state = h.state();
  const auto& then = movement.signers;
  const bool by_itself = std::find(then.begin(), then.end(), "XHA") != then.end();
  std::set<Index> accounts = movement.accounts;  // where its units stood, and where they stand now
  for (const Range& range : movement.ranges.ranges()) {
    for (Serial serial = range.first; serial < range.end; ++serial) {
      const UnitRow& unit = h.model().units()[static_cast<std::size_t>(serial - 1)];
      accounts.insert(*state.accounts.find(unit.account));
    }
  }
  std::set<std::string> names;
  if (movement.type == "units.assigned" && touches_an_authorization(state, movement)) {
    names.insert("XBA");
  }
  for (const Index index : accounts) {
    const Account& account = state.accounts[index];
    const Id& party = state.participants[account.party].id;
    const Id& holder = state.participants[account.holder].id;
    names.insert(holder == "XHA-OTHER" ? h.chores.other : holder);
    if (party == "XHA" && !by_itself) {
      names.insert("XHA-CMO");
    } else {
      names.insert(party);
    }
    if (party == "XCA") names.insert("XCA-2");
  }
  return {names.begin(), names.end()};
}

}  // namespace

void History::undo(const Move& move) {
  if (movements_.empty()) return;
  const auto place = movements_.size() * static_cast<std::size_t>(move.from) / 1'000;
  const Movement movement = movements_[place];
  EntryCorrected body;
  body.entry = movement.seq;
  body.units = Units{"XHA99", movement.ranges};
  body.quantity = movement.ranges.quantity();
  body.type = movement.type;
  body.reason = "at_random";
  const scene::Signers signers = everyone_concerned(*this, movement);
  const bool as_left =
      model_.stand_as_left(movement.ranges, static_cast<std::size_t>(movement.seq));
  const bool unmarked = as_left && model_.would_come_back_unmarked(
                                       static_cast<std::size_t>(movement.seq), movement.ranges);
  const std::string_view refusal = !as_left                           ? "COR-4"
                                   : unmarked                         ? "COR-5"
                                   : model_.are_free(movement.ranges) ? ""
                                                                      : "LCK-1";
  if (refusal.empty()) {
    movements_.erase(movements_.begin() + static_cast<std::ptrdiff_t>(place));
    return send(body, signers);
  }
  const Machine before = ledger_.machine();
  RC_ASSERT(ledger_.send(body, signers).clause == refusal);
  RC_ASSERT(ledger_.machine() == before);
}

void History::restate(const Move& move) {
  std::vector<const Movement*> cancellations;
  for (const Movement& each : movements_) {
    const bool by_former_key =
        std::any_of(each.signers.begin(), each.signers.end(), [&](const std::string& signer) {
          return signer.starts_with("XHA-OTHER") && signer != chores.other;
        });
    if (each.type == "units.cancelled" && !by_former_key) cancellations.push_back(&each);
  }
  if (cancellations.empty()) return;
  const auto place = cancellations.size() * static_cast<std::size_t>(move.from) / 1'000;
  const Movement chosen = *cancellations[place];
  send(scene::restated(chosen.seq, "units.cancelled"), chosen.signers);
}

void History::make(const Move& move) {
  make_move(*this, move);
}

void History::settle(Serial first, Serial last) {
  std::vector<Serial> gross;
  for (Serial serial = first; serial <= last; ++serial) gross.push_back(serial);
  ProceedsDeducted body = scene::settlement();
  body.gross = units_of(gross);
  body.quantity = last - first + 1;
  body.taken = model_.due(body.approach, 1, Moment::transfer, gross);
  send(body, scene::seller());
}

}  // namespace rules
