#include "tests/replay/random_effects.hpp"

#include <algorithm>
#include <string>

namespace replay_test {

using namespace ledger;  // NOLINT: this file speaks of nothing else

std::int64_t RandomLog::below(std::int64_t end) {
  return static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(end));
}

Effects& RandomLog::next(std::string_view type) {
  Effects effects;
  effects.seq = effects_.size();
  effects.time = start_of(make_date(2028, 1, 1));
  effects.time.ms += static_cast<std::int64_t>(effects.seq) * 40 * ms_per_day;
  effects.type = type;
  effects_.push_back(std::move(effects));
  return effects_.back();
}

void RandomLog::run(std::size_t entries) {
  while (effects_.size() < entries) {
    const std::size_t seq = effects_.size();
    if (seq == 0) {
      register_everything();
    } else if (seq == 1 || seq % 16 == 0) {
      issue(1 + below(60));
    } else {
      change();
    }
    models_.push_back(units_);
  }
}

void RandomLog::register_everything() {
  Effects& effects = next("ledger.opened");
  for (const char* id : {"XAA", "XBB"}) {
    Participant party;
    party.id = id;
    party.kind = Participant::Sort::party;
    effects.rows.push_back(
        ParticipantEffect{static_cast<Index>(effects.rows.size()), std::move(party)});
  }
  for (Index i = 0; i < accounts; ++i) {
    Account account;
    account.id = "A" + std::to_string(i);
    account.party = i % 2;
    account.registry = "XAA99";
    effects.rows.push_back(AccountEffect{i, std::move(account)});
  }
  Approach approach;
  approach.id = "XAA-XBB";
  approach.buyer = 1;
  approach.carp = "CA9909";
  effects.rows.push_back(ApproachEffect{0, std::move(approach)});
  Activity activity;
  activity.id = "STOVES";
  effects.rows.push_back(ActivityEffect{0, std::move(activity)});
  Authorization authorization;
  authorization.id = "AUT";
  effects.rows.push_back(AuthorizationEffect{0, std::move(authorization)});
  effects.rows.push_back(ScopeEffect{0, "XAA99"});
}

void RandomLog::issue(std::int64_t quantity) {
  Effects& effects = next("units.issued");
  Lot lot;
  lot.vintage = static_cast<Year>(2026 + lots_ % 2);
  lot.first = static_cast<Serial>(units_.size()) + 1;
  lot.last = lot.first + quantity - 1;
  lot.origin.seq = effects.seq;
  Standing standing;
  standing.lot = lots_;
  effects.rows.push_back(LotEffect{lots_++, lot});
  effects.units.push_back({0, make_range(lot.first, lot.last), std::nullopt, standing, false});
  units_.resize(units_.size() + static_cast<std::size_t>(quantity), {standing, effects.seq});
}

// Some ranges of held units get something new: another account, a mark, or an end.
void RandomLog::change() {
  Effects& effects = next("units.transferred");
  const std::int64_t all = static_cast<std::int64_t>(units_.size());
  Serial from = 1;
  const std::int64_t ranges = 1 + below(6);
  for (std::int64_t i = 0; i < ranges && from <= all; ++i) {
    const Serial first = from + below(std::max<std::int64_t>(1, (all - from) / 3 + 1));
    const Serial last = std::min(all, first + below(12));
    if (first > all) break;
    Standing wish;
    wish.account = static_cast<Index>(below(accounts));
    wish.first_transferred = below(2) == 0;
    wish.cleared = static_cast<std::uint32_t>(below(8)) & 7U;
    wish.reserved = below(4) == 0;
    wish.frozen = below(4) == 0 ? 1 : 0;
    wish.host_version = static_cast<std::uint32_t>(below(1'024)) & 1'023U;
    wish.acquirer_version = static_cast<std::uint32_t>(below(1'024)) & 1'023U;
    wish.status = static_cast<UnitStatus>(below(8) == 0 ? 1 + below(2) : 0);
    if (wish.status != UnitStatus::held) wish.purpose = UnitPurpose::ndc;
    change_range(effects, make_range(first, last), wish);
    from = last + 1;
  }
}

// One effect for each stretch of units that stood alike, as the machine's runs are.
void RandomLog::change_range(Effects& effects, Range range, const Standing& wish) {
  for (Serial serial = range.first; serial < range.end; ++serial) {
    UnitRow& row = units_[static_cast<std::size_t>(serial - 1)];
    const Standing before = row.standing;
    if (before.status != UnitStatus::held) continue;
    Standing after = wish;
    after.lot = before.lot;
    after.first_transferred |= before.first_transferred;
    after.cleared |= before.cleared;
    if (after == before) continue;
    row = {after, effects.seq};
    const bool first = after.first_transferred && !before.first_transferred;
    if (!effects.units.empty()) {
      UnitEffect& last = effects.units.back();
      if (last.range.end == serial && last.before == before && last.after == after) {
        last.range.end = serial + 1;
        continue;
      }
    }
    effects.units.push_back({0, {serial, serial + 1}, before, after, first});
  }
}

}  // namespace replay_test
