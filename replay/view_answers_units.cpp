// Answers about units: blocks of an account, and the history of one unit.
#include <algorithm>

#include "ledger/movement.hpp"
#include "replay/view_answers.hpp"

namespace replay {
namespace {

using ledger::Index;
using ledger::Scan;
using ledger::Seq;
using ledger::Serial;
using ledger::Standing;

// Units that stand alike since the same entry, in one registry.
struct Placed {
  Index scope = 0;
  ledger::Range range;
  Seq from = 0;
  Standing standing;
};

bool is_before(const Placed& a, const Placed& b) {
  return std::pair(a.scope, a.range.first) < std::pair(b.scope, b.range.first);
}

// The pieces of one row of what left.
std::vector<LeftPiece> pieces_in(RowLookup& lookup, std::string_view value) {
  std::vector<LeftPiece> pieces;
  RowReader reader(value);
  while (!reader.at_end()) reader(pieces.emplace_back());
  if (!reader.whole()) lookup.fail();
  return pieces;
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
                         for (const LeftPiece& piece : pieces_in(lookup, value)) {
                           const Placed placed{scope, piece.range, piece.from, piece.standing};
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
  bool take(const Placed& piece) {
    if (open_ && open_->scope == piece.scope && open_->range.end == piece.range.first &&
        open_->from == piece.from && open_->standing == piece.standing) {
      open_->range.end = piece.range.end;
      return true;
    }
    close();
    if (page_.blocks.size() == limit_) {
      page_.next = BlockCursor{lookup_.id_of(Register::scope, piece.scope), piece.range.first};
      return false;
    }
    open_ = piece;
    return true;
  }

  [[nodiscard]] BlockPage finish() {
    close();
    return std::move(page_);
  }

 private:
  void close() {
    if (!open_) return;
    Block block;
    block.first = open_->range.first;
    block.last = open_->range.last();
    block.quantity = open_->range.quantity();
    block.origin = origins_.of(open_->standing.lot);
    block.state = state_of(lookup_, open_->standing);
    block.since = open_->from;
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

// What a unit stood in, one after the other.
struct Stage {
  Seq from = 0;
  Standing standing;
};

// The piece that holds the unit today; found by asking wherever units of the registry ever were.
std::optional<LivePiece> live_piece(RowLookup& lookup, Index scope, Serial serial) {
  std::optional<LivePiece> found;
  const std::string prefix = Key(Rows::presence).scope(scope).take();
  lookup.each_row(prefix, [&](std::string_view key, std::string_view) {
    KeyParts parts(key.substr(prefix.size()));
    const Key place =
        Key(Rows::live).holding(static_cast<std::uint32_t>(parts.number(4))).scope(scope);
    const auto row = lookup.last_in(place.bytes(), Key(place).serial(serial + 1).take());
    if (!row) return Scan::go_on;
    auto piece = lookup.decoded<LivePiece>(row->value);
    if (!piece || piece->end <= serial) return Scan::go_on;
    found = std::move(piece);
    return Scan::stop;
  });
  return found;
}

// What the unit stood in before an entry took it out of there.
std::optional<LeftPiece> left_piece(RowLookup& lookup, std::uint32_t holding, Seq by, Index scope,
                                    Serial serial) {
  const Key place = Key(Rows::left).holding(holding).seq(by).scope(scope);
  const auto row = lookup.last_in(place.bytes(), Key(place).serial(serial + 1).take());
  if (!row) return std::nullopt;
  for (const LeftPiece& piece : pieces_in(lookup, row->value)) {
    if (piece.range.contains(serial)) return piece;
  }
  return std::nullopt;
}

// Everything that the unit stood in up to the size, newest first: a walk from today backwards.
std::vector<Stage> stages_of(RowLookup& lookup, Index scope, Serial serial) {
  std::vector<Stage> stages;
  const auto live = live_piece(lookup, scope, serial);
  if (!live) return stages;
  Stage stage{live->from, live->standing};
  std::uint32_t came_from = live->came_from;
  for (;;) {
    if (stage.from < lookup.size()) stages.push_back(stage);
    if (came_from == 0) return stages;
    const auto left = left_piece(lookup, came_from - 1, stage.from, scope, serial);
    if (!left || left->from >= stage.from) {
      lookup.fail();
      return {};
    }
    stage = {left->from, left->standing};
    came_from = left->came_from;
  }
}

Touch touch_of(RowLookup& lookup, const Stage& stage, const Stage* before) {
  Touch touch;
  touch.entry = stage.from;
  if (auto entry = lookup.entry(stage.from)) {
    touch.time = entry->time;
    touch.type = std::move(entry->type);
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
  const auto row = lookup_.row<ledger::Lot>(Register::lot, lot);
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

UnitState state_of(RowLookup& lookup, const Standing& standing) {
  UnitState state;
  state.status = standing.status;
  state.purpose = standing.purpose;
  state.account = lookup.id_of(Register::account, standing.account);
  state.first_transferred = standing.first_transferred;
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

BlockPage blocks_of(RowLookup& lookup, std::uint32_t holding, std::size_t limit,
                    const std::optional<BlockCursor>& from) {
  Placed start;
  if (from) {
    const auto scope = lookup.find(Register::scope, from->registry);
    if (!scope) return {};  // a registry without units has none from there on either
    start.scope = *scope;
    start.range.first = from->serial;
  }
  const std::vector<Placed> left = left_since(lookup, holding, start);
  auto next_left = left.begin();
  BlockJoiner joiner(lookup, limit);
  bool has_room = true;
  const std::string prefix = Key(Rows::live).holding(holding).take();
  lookup.each_row_from(
      Key(prefix).scope(start.scope).serial(start.range.first).take(), prefix,
      [&](std::string_view key, std::string_view value) {
        KeyParts parts(key.substr(prefix.size()));
        const auto scope = static_cast<Index>(parts.number(3));
        const auto first = static_cast<Serial>(parts.number(7));
        const auto piece = lookup.decoded<LivePiece>(value);
        if (!piece || piece->from >= lookup.size()) return Scan::go_on;
        const Placed live{scope, {first, piece->end}, piece->from, piece->standing};
        for (; has_room && next_left != left.end() && is_before(*next_left, live); ++next_left) {
          has_room = joiner.take(*next_left);
        }
        has_room = has_room && joiner.take(live);
        return has_room ? Scan::go_on : Scan::stop;
      });
  for (; has_room && next_left != left.end(); ++next_left) has_room = joiner.take(*next_left);
  return joiner.finish();
}

std::optional<UnitAnswer> unit_answer(RowLookup& lookup, Index scope, Serial serial) {
  if (serial < 1 || serial > ledger::max_serial) return std::nullopt;
  const std::vector<Stage> stages = stages_of(lookup, scope, serial);
  if (stages.empty()) return std::nullopt;
  UnitAnswer answer;
  answer.as_of = as_of(lookup);
  answer.origin = UnitOrigins(lookup).of(stages.front().standing.lot);
  answer.name = {answer.origin.approach, answer.origin.registry, answer.origin.party, serial,
                 answer.origin.vintage};
  answer.state = state_of(lookup, stages.front().standing);
  answer.since = stages.front().from;
  const Stage* before = nullptr;
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) {
    answer.history.push_back(touch_of(lookup, *stage, before));
    before = &*stage;
  }
  return answer;
}

}  // namespace replay
