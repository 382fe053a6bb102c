// Answers about units: blocks of an account, and the history of one unit.
#include <algorithm>
#include <functional>

#include "ledger/movement.hpp"
#include "replay/view_answers.hpp"
#include "replay/view_reader.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;
using ledger::Seq;
using ledger::Serial;
using ledger::Standing;

// A piece in its registry.
struct Placed {
  Index scope = 0;
  Piece piece;
};

bool is_before(const Placed& a, const Placed& b) {
  return std::pair(a.scope, a.piece.range.first) < std::pair(b.scope, b.piece.range.first);
}

std::vector<Piece> pieces_in(RowLookup& lookup, std::string_view value) {
  auto pieces = decode_pieces(value);
  if (pieces) return std::move(*pieces);
  lookup.fail();
  return {};
}

// What stood there at the size and left since: nothing where the size is the newest.
std::vector<Placed> left_since(RowLookup& lookup, std::uint32_t holding, const Placed& from) {
  std::vector<Placed> out;
  const std::string prefix = Key(Rows::left).holding(holding).take();
  lookup.each_row_from(Key(prefix).seq(lookup.size()).take(), prefix,
                       [&](std::string_view key, std::string_view value) {
                         KeyParts parts(key.substr(prefix.size()));
                         parts.number(8);  // the entry by which they left, at or behind the size
                         const auto scope = static_cast<Index>(parts.number(3));
                         for (const Piece& piece : pieces_in(lookup, value)) {
                           const Placed placed{scope, piece};
                           if (piece.from < lookup.size() && !is_before(placed, from))
                             out.push_back(placed);
                         }
                         return Scan::go_on;
                       });
  std::sort(out.begin(), out.end(), is_before);
  return out;
}

// Makes blocks of pieces that come ascending; neighbours that stand alike since the same entry are
// one block, however often they were cut since.
class BlockJoiner {
 public:
  BlockJoiner(RowLookup& lookup, std::size_t limit)
      : lookup_(lookup), origins_(lookup), limit_(limit) {}

  // False where the page is full; the piece is then not taken.
  bool take(const Placed& placed) {
    if (open_ && goes_on_with(placed)) {
      open_->piece.range.end = placed.piece.range.end;
      return true;
    }
    close();
    if (page_.blocks.size() == limit_) {
      page_.next =
          BlockCursor{lookup_.id_of(Register::scope, placed.scope), placed.piece.range.first};
      return false;
    }
    open_ = placed;
    return true;
  }

  [[nodiscard]] BlockPage finish() {
    close();
    return std::move(page_);
  }

 private:
  // From which account units came is no part of a block.
  [[nodiscard]] bool goes_on_with(const Placed& placed) const {
    return open_->scope == placed.scope && open_->piece.range.end == placed.piece.range.first &&
           open_->piece.from == placed.piece.from && open_->piece.standing == placed.piece.standing;
  }

  void close() {
    if (!open_) return;
    const Piece& piece = open_->piece;
    Block block;
    block.first = piece.range.first;
    block.last = piece.range.last();
    block.quantity = piece.range.quantity();
    block.origin = origins_.of(piece.standing.lot);
    block.state = state_of(lookup_, piece.standing);
    block.since = piece.from;
    UnitName name{block.origin.approach, block.origin.registry, block.origin.party, block.first,
                  block.origin.vintage};
    block.first_id = format_unit_name(name);
    name.serial = block.last;
    block.last_id = format_unit_name(name);
    page_.blocks.push_back(std::move(block));
    open_.reset();
  }

  RowLookup& lookup_;
  UnitOrigins origins_;
  const std::size_t limit_;
  std::optional<Placed> open_;
  BlockPage page_;
};

// The piece of a row that holds the unit: the last row of the place at or before it.
std::optional<Piece> piece_at(RowLookup& lookup, const Key& place, Serial serial) {
  const auto row = lookup.last_in(place.bytes(), Key(place).serial(serial + 1).take());
  if (!row) return std::nullopt;
  for (const Piece& piece : pieces_in(lookup, row->value)) {
    if (piece.range.contains(serial)) return piece;
  }
  return std::nullopt;
}

// How the unit stands today; found by asking wherever units of the registry ever were.
std::optional<Piece> live_piece(RowLookup& lookup, Index scope, Serial serial) {
  std::optional<Piece> found;
  const std::string prefix = Key(Rows::presence).scope(scope).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    KeyParts parts(key.substr(prefix.size()));
    const auto holding = static_cast<std::uint32_t>(parts.number(4));
    found = piece_at(lookup, Key(Rows::live).holding(holding).scope(scope), serial);
    return found ? Scan::stop : Scan::go_on;
  });
  return found;
}

// Everything that the unit stood in up to the size, newest first: a walk from today backwards.
std::vector<Piece> stages_of(RowLookup& lookup, Index scope, Serial serial) {
  std::vector<Piece> stages;
  auto piece = live_piece(lookup, scope, serial);
  while (piece) {
    if (piece->from < lookup.size()) stages.push_back(*piece);
    if (piece->came_from == 0) return stages;
    const Key place = Key(Rows::left).holding(piece->came_from - 1).seq(piece->from).scope(scope);
    const auto before = piece_at(lookup, place, serial);
    if (!before || before->from >= piece->from) break;
    piece = before;
  }
  if (piece) lookup.fail();  // the walk ends at issuance, nowhere else
  return {};
}

Touch touch_of(RowLookup& lookup, const Piece& stage, const Piece* before) {
  Touch touch;
  touch.entry = stage.from;
  if (auto entry = lookup.entry(stage.from)) {
    touch.time = entry->time;
    touch.type = std::move(entry->type);
    touch.executed_on = entry->executed_on;
  }
  touch.after = state_of(lookup, stage.standing);
  if (before != nullptr) touch.before = state_of(lookup, before->standing);
  touch.first_transfer = stage.standing.first_transferred &&
                         (before == nullptr || !before->standing.first_transferred);
  return touch;
}

}  // namespace

const UnitOrigin& UnitOrigins::of(Index lot) {
  const auto [known, fresh] = known_.try_emplace(lot);
  UnitOrigin& origin = known->second;
  if (!fresh) return origin;
  auto row = lookup_.row<ledger::Lot>(Register::lot, lot);
  if (row && row->issued_as) row = lookup_.row<ledger::Lot>(Register::lot, *row->issued_as);
  const auto approach =
      row ? lookup_.row<ledger::Approach>(Register::approach, row->approach) : std::nullopt;
  if (!approach) {
    lookup_.fail();
    return origin;
  }
  origin.approach = approach->carp.value_or("");
  origin.approach_id = approach->id;
  origin.registry = lookup_.id_of(Register::scope, row->scope);
  origin.party = lookup_.id_of(Register::participant, row->host);
  origin.activity = lookup_.id_of(Register::activity, row->activity);
  origin.vintage = row->vintage;
  origin.mitigation = row->mitigation;
  origin.host_authorization = lookup_.id_of(Register::authorization, row->host_authorization);
  if (row->buyer_authorization) {
    origin.buyer_authorization = lookup_.id_of(Register::authorization, *row->buyer_authorization);
  }
  origin.issued_by = row->origin.seq;
  return origin;
}

namespace {

// As the rules ask it (ledger/state.hpp), of rows at the size.
bool is_authorized(RowLookup& lookup, const ledger::Lot& lot) {
  using Until = ledger::AuthorizationGranted::ChangeTerms::Until;
  if (lot.released) return false;
  const auto newest =
      lookup.row<ledger::Authorization>(Register::authorization, lot.host_authorization);
  if (!newest || !newest->revoked) return true;
  const auto row = lookup.authorization(lot.host_authorization);
  return !row || host_terms(*row, lot.host_version).change.until != Until::first_transfer;
}

}  // namespace

UnitState state_of(RowLookup& lookup, const Standing& standing) {
  UnitState state;
  state.status = standing.status;
  state.purpose = standing.purpose;
  state.account = lookup.id_of(Register::account, standing.account);
  state.first_transferred = standing.first_transferred;
  const auto lot = lookup.row<ledger::Lot>(Register::lot, standing.lot);
  state.authorized = standing.first_transferred || !lot || is_authorized(lookup, *lot);
  if (lot && !lot->released)
    state.host_authorization = lookup.id_of(Register::authorization, lot->host_authorization);
  state.reserved = standing.reserved;
  state.frozen = standing.frozen != 0;
  const auto cleared = [&](ledger::Moment moment) {
    return (standing.cleared & ledger::cleared_bit(moment)) != 0;
  };
  state.cleared_issuance = cleared(ledger::Moment::issuance);
  state.cleared_transfer = cleared(ledger::Moment::transfer);
  state.cleared_acquisition = cleared(ledger::Moment::acquisition);
  if (standing.acquirer_authorization > 0) {
    state.acquirer_authorization =
        lookup.id_of(Register::authorization, standing.acquirer_authorization - 1);
  }
  return state;
}

namespace {

// The pieces of the pages from the first that may hold what is asked for, as they were at the size.
void each_live(RowLookup& lookup, std::uint32_t holding, const Placed& from,
               const std::function<bool(const Placed&)>& visit) {
  const std::string prefix = Key(Rows::live).holding(holding).take();
  const Key place = Key(prefix).scope(from.scope);
  const auto first =
      lookup.last_in(place.bytes(), Key(place).serial(from.piece.range.first + 1).take());
  lookup.each_row_from(first ? first->key : place.bytes(), prefix,
                       [&](std::string_view key, std::string_view value) {
                         KeyParts parts(key.substr(prefix.size()));
                         const auto scope = static_cast<Index>(parts.number(3));
                         for (const Piece& piece : pieces_in(lookup, value)) {
                           const Placed live{scope, piece};
                           const bool was_there = piece.from < lookup.size();
                           if (!was_there || is_before(live, from)) continue;
                           if (!visit(live)) return Scan::stop;
                         }
                         return Scan::go_on;
                       });
}

}  // namespace

BlockPage blocks_of(RowLookup& lookup, std::uint32_t holding, std::size_t limit,
                    const std::optional<BlockCursor>& from) {
  Placed start;
  if (from) {
    const auto scope = lookup.find(Register::scope, from->registry);
    if (!scope || from->serial < 0 || from->serial > ledger::max_serial) return {};
    start.scope = *scope;
    start.piece.range.first = from->serial;
  }
  const std::vector<Placed> left = left_since(lookup, holding, start);
  auto next_left = left.begin();
  BlockJoiner joiner(lookup, limit);
  bool has_room = true;
  each_live(lookup, holding, start, [&](const Placed& live) {
    for (; has_room && next_left != left.end() && is_before(*next_left, live); ++next_left) {
      has_room = joiner.take(*next_left);
    }
    has_room = has_room && joiner.take(live);
    return has_room;
  });
  for (; has_room && next_left != left.end(); ++next_left) has_room = joiner.take(*next_left);
  return joiner.finish();
}

namespace {

std::vector<Touch> history_of(RowLookup& lookup, const std::vector<Piece>& stages) {
  std::vector<Touch> history;
  const Piece* before = nullptr;
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
    history.push_back(touch_of(lookup, *stage, before));
    before = &*stage;
  }
  return history;
}

UnitName name_of(const UnitOrigin& origin, Serial serial) {
  return {origin.approach, origin.registry, origin.party, serial, origin.vintage};
}

// The units from the first of the range on that went the same way; nothing where that one was not
// issued. Where later entries cut them they may go on behind.
std::optional<UnitsAlike> alike_at(RowLookup& lookup, UnitOrigins& origins, Index scope,
                                   const ledger::Range& range) {
  const std::vector<Piece> stages = stages_of(lookup, scope, range.first);
  if (stages.empty()) return std::nullopt;
  UnitsAlike alike;
  Serial end = range.end;
  for (const Piece& stage : stages) end = std::min(end, stage.range.end);
  Block& block = alike.block;
  block.first = range.first;
  block.last = end - 1;
  block.quantity = end - range.first;
  block.origin = origins.of(stages.front().standing.lot);
  block.state = state_of(lookup, stages.front().standing);
  block.since = stages.front().from;
  block.first_id = format_unit_name(name_of(block.origin, block.first));
  block.last_id = format_unit_name(name_of(block.origin, block.last));
  alike.history = history_of(lookup, stages);
  return alike;
}

bool go_on(const UnitsAlike& one, const UnitsAlike& next) {
  return one.block.last + 1 == next.block.first && one.block.origin == next.block.origin &&
         one.block.state == next.block.state && one.history == next.history;
}

}  // namespace

std::optional<UnitAnswer> unit_answer(RowLookup& lookup, Index scope, Serial serial) {
  if (serial < 1 || serial > ledger::max_serial) return std::nullopt;
  const std::vector<Piece> stages = stages_of(lookup, scope, serial);
  if (stages.empty()) return std::nullopt;
  UnitAnswer answer;
  answer.as_of = as_of(lookup);
  answer.origin = UnitOrigins(lookup).of(stages.front().standing.lot);
  answer.name = name_of(answer.origin, serial);
  answer.state = state_of(lookup, stages.front().standing);
  answer.since = stages.front().from;
  answer.history = history_of(lookup, stages);
  return answer;
}

std::optional<UnitsAnswer> units_answer(RowLookup& lookup, Index scope, ledger::Range range,
                                        std::size_t limit) {
  UnitsAnswer answer;
  UnitOrigins origins(lookup);
  answer.as_of = as_of(lookup);
  answer.registry = lookup.id_of(Register::scope, scope);
  answer.first = range.first;
  answer.last = range.last();
  for (std::size_t step = 0; range.first < range.end; ++step) {
    if (step == limit) {
      answer.next = range.first;
      break;
    }
    auto alike = alike_at(lookup, origins, scope, range);
    if (!alike) break;  // issuance is gapless: behind it nothing was issued either
    range.first = alike->block.last + 1;
    if (!answer.units.empty() && go_on(answer.units.back(), *alike)) {
      Block& last = answer.units.back().block;
      last.last = alike->block.last;
      last.last_id = std::move(alike->block.last_id);
      last.quantity += alike->block.quantity;
    } else {
      answer.units.push_back(std::move(*alike));
    }
  }
  if (answer.units.empty()) return std::nullopt;
  return answer;
}

// ---- the questions ----

ViewReader::Answer<UnitAnswer> ViewReader::unit(std::string_view registry,
                                                ledger::Serial serial) const {
  RowLookup lookup(*snapshot_, size_);
  const auto scope = lookup.find(Register::scope, registry);
  return lookup.answer(scope ? unit_answer(lookup, *scope, serial) : std::nullopt);
}

ViewReader::Answer<UnitAnswer> ViewReader::unit(const UnitName& name) const {
  Answer<UnitAnswer> answer = unit(name.registry, name.serial);
  if (answer && *answer && (*answer)->name != name) answer->reset();
  return answer;
}

ViewReader::Answer<UnitsAnswer> ViewReader::units(std::string_view registry,
                                                  const ledger::Range& range,
                                                  std::size_t limit) const {
  RowLookup lookup(*snapshot_, size_);
  const auto scope = lookup.find(Register::scope, registry);
  return lookup.answer(scope ? units_answer(lookup, *scope, range, limit) : std::nullopt);
}

}  // namespace replay
