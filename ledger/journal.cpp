#include "ledger/journal.hpp"

#include <algorithm>
#include <array>
#include <bit>

#include "ledger/effects.hpp"
#include "ledger/ensure.hpp"
#include "ledger/event.hpp"

namespace ledger {
namespace {

constexpr std::size_t movements_a_mark = 64;

std::uint64_t doubled(std::int64_t value) {
  return static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
}
std::int64_t halved(std::uint64_t value) {
  return static_cast<std::int64_t>(value >> 1 ^ (~(value & 1) + 1));
}

constexpr std::size_t most_bytes = 10;  // of a number

// Writes a number in seven bits a byte, low ones first, and returns where the next one goes.
std::uint8_t* write(std::uint8_t* at, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) *at++ = static_cast<std::uint8_t>(value | 0x80);
  *at++ = static_cast<std::uint8_t>(value);
  return at;
}

class Packer {
 public:
  explicit Packer(std::vector<std::uint8_t>& out) : out_(out) {}
  void number(std::uint64_t value) {
    std::array<std::uint8_t, most_bytes> bytes;
    out_.insert(out_.end(), bytes.data(), write(bytes.data(), value));
  }
  void change(std::int64_t value) { number(doubled(value)); }
  void text(std::string_view value) {
    number(value.size());
    out_.insert(out_.end(), value.begin(), value.end());
  }

 private:
  std::vector<std::uint8_t>& out_;
};

class Unpacker {
 public:
  Unpacker(const std::vector<std::uint8_t>& bytes, std::size_t at) : bytes_(bytes), at_(at) {}
  [[nodiscard]] bool at_end() const { return at_ == bytes_.size(); }
  [[nodiscard]] std::size_t at() const { return at_; }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const std::uint8_t byte = bytes_[at_++];
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
  }
  std::int64_t change() { return halved(number()); }
  Index index() { return static_cast<Index>(number()); }
  Year year() { return static_cast<Year>(change()); }
  std::string text() {
    const std::size_t size = number();
    std::string value(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                      bytes_.begin() + static_cast<std::ptrdiff_t>(at_ + size));
    at_ += size;
    return value;
  }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_;
};

std::size_t number_of(std::string_view type) {
  const auto& types = event_types();
  const auto it = std::find(types.begin(), types.end(), type);
  ENSURE(it != types.end(), "effects are of an event of a known type");
  return static_cast<std::size_t>(it - types.begin());
}

// ---- figures: both directions of one layout ----

void pack(Packer& out, const YearEffect& v) {
  out.number(v.party);
  out.change(v.year);
  out.change(v.first_transferred);
  out.change(v.used);
}
void unpack(Unpacker& in, YearEffect& v) {
  v.party = in.index();
  v.year = in.year();
  v.first_transferred = in.change();
  v.used = in.change();
}
void pack(Packer& out, const CapEffect& v) {
  out.number(v.authorization);
  out.change(v.first_transferred);
  out.change(v.acquired);
  out.change(v.issued);
}
void unpack(Unpacker& in, CapEffect& v) {
  v.authorization = in.index();
  v.first_transferred = in.change();
  v.acquired = in.change();
  v.issued = in.change();
}
void pack(Packer& out, const ProceedsEffect& v) {
  out.number(v.approach);
  out.number(v.activity);
  out.change(v.vintage);
  out.text(v.line);
  out.number(static_cast<std::uint64_t>(v.moment));
  out.change(v.base);
  out.change(v.taken);
}
void unpack(Unpacker& in, ProceedsEffect& v) {
  v.approach = in.index();
  v.activity = in.index();
  v.vintage = in.year();
  v.line = in.text();
  v.moment = static_cast<Moment>(in.number());
  v.base = in.change();
  v.taken = in.change();
}
void pack(Packer& out, const ReversalEffect& v) {
  out.number(v.activity);
  out.change(v.recorded);
  out.change(v.settled);
}
void unpack(Unpacker& in, ReversalEffect& v) {
  v.activity = in.index();
  v.recorded = in.change();
  v.settled = in.change();
}
void pack(Packer& out, const ExcessEffect& v) {
  out.number(v.finding);
  out.change(v.settled);
}
void unpack(Unpacker& in, ExcessEffect& v) {
  v.finding = in.index();
  v.settled = in.change();
}

template <class T>
void pack_all(Packer& out, const std::vector<T>& list) {
  out.number(list.size());
  for (const T& each : list) pack(out, each);
}
template <class T>
void unpack_all(Unpacker& in, std::vector<T>& list) {
  list.resize(in.number());
  for (T& each : list) unpack(in, each);
}

// ---- units ----

// One movement as it is read; kept between movements, so that nothing is allocated anew.
class Reading {
 public:
  Reading(const std::vector<std::uint8_t>& bytes, const std::vector<Standing>& standings,
          std::size_t at, Movement before)
      : in_(bytes, at), standings_(standings), movement_(std::move(before)) {}

  [[nodiscard]] bool at_end() const { return in_.at_end(); }
  [[nodiscard]] std::size_t at() const { return in_.at(); }
  const Movement& next() {
    movement_.seq += in_.number();
    movement_.time.ms += static_cast<std::int64_t>(in_.number());
    movement_.type = event_types()[in_.number()];
    movement_.units.resize(in_.number());
    Touched last;
    for (Touched& unit : movement_.units) {
      unit = read(last);
      last = unit;
    }
    unpack_all(in_, movement_.years);
    unpack_all(in_, movement_.caps);
    unpack_all(in_, movement_.proceeds);
    unpack_all(in_, movement_.reversals);
    unpack_all(in_, movement_.excesses);
    return movement_;
  }

 private:
  Touched read(const Touched& last) {
    Touched unit;
    const std::uint64_t head = in_.number();
    unit.first_transfer = (head & 1) != 0;
    unit.scope = last.scope;
    unit.before = last.before;
    if ((head & 2) == 0) {
      unit.scope = in_.index();
      unit.before = standings_[in_.number()];
      unit.before.lot = in_.index();
    }
    unit.range.first = last.range.end + in_.change();
    unit.range.end = unit.range.first + static_cast<std::int64_t>(head >> 2);
    return unit;
  }

  Unpacker in_;
  const std::vector<Standing>& standings_;
  Movement movement_;
};

bool overlap(const std::vector<Touched>& a, const std::vector<Touched>& b) {
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (std::pair{x->scope, x->range.end} <= std::pair{y->scope, y->range.first}) {
      ++x;
    } else if (std::pair{y->scope, y->range.end} <= std::pair{x->scope, x->range.first}) {
      ++y;
    } else {
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_journaled(std::string_view type) {
  return type != "units.issued" && type != "units.locked" && type != "units.unlocked" &&
         type != "entry.corrected";
}

void Journal::pack_units(const std::vector<UnitEffect>& units) {
  const UnitEffect* last = nullptr;
  for (const UnitEffect& unit : units) {
    std::array<std::uint8_t, 5 * most_bytes> bytes;
    const bool same = last != nullptr && unit.scope == last->scope && *unit.before == *last->before;
    std::uint8_t* at = write(bytes.data(), static_cast<std::uint64_t>(unit.range.quantity()) << 2 |
                                               (same ? 2U : 0U) | (unit.first_transfer ? 1U : 0U));
    if (!same) {
      at = write(at, unit.scope);
      at = write(at, number_of_standing(*unit.before));
      at = write(at, unit.before->lot);
    }
    const Serial behind_last = last == nullptr ? 0 : last->range.end;
    at = write(at, doubled(unit.range.first - behind_last));
    bytes_.insert(bytes_.end(), bytes.data(), at);
    last = &unit;
  }
}

void Journal::append(const Effects& effects) {
  ENSURE(movements_ == 0 || effects.seq > last_seq_, "movements come in the order of the log");
  if (movements_ % movements_a_mark == 0) {
    marks_.push_back({effects.seq, bytes_.size()});
    last_seq_ = 0;
    last_time_ = {};
  }
  Packer out(bytes_);
  out.number(effects.seq - last_seq_);
  out.number(static_cast<std::uint64_t>(effects.time.ms - last_time_.ms));
  out.number(number_of(effects.type));
  out.number(effects.units.size());
  pack_units(effects.units);
  pack_all(out, effects.years);
  pack_all(out, effects.caps);
  pack_all(out, effects.proceeds);
  pack_all(out, effects.reversals);
  pack_all(out, effects.excesses);
  last_seq_ = effects.seq;
  last_time_ = effects.time;
  ++movements_;
}

std::uint64_t Journal::number_of_standing(Standing standing) {
  standing.lot = 0;
  standing.reserved = false;  // a reservation ends by the event that it waited for
  if (!standings_.empty() && standings_[last_number_] == standing) return last_number_;
  using Words = std::array<std::uint64_t, 2>;
  const Words words = std::bit_cast<Words>(standing);
  const auto [it, fresh] = numbers_.try_emplace({words[0], words[1]}, standings_.size());
  if (fresh) standings_.push_back(standing);
  last_number_ = it->second;
  return last_number_;
}

// The place among the marks of the last one at or before that entry; precondition: there is one.
std::size_t Journal::mark_before(Seq seq) const {
  const auto it = std::upper_bound(marks_.begin(), marks_.end(), seq,
                                   [](Seq wanted, const Mark& mark) { return wanted < mark.seq; });
  return static_cast<std::size_t>(it - marks_.begin()) - 1;
}

std::optional<Movement> Journal::find(Seq seq) const {
  if (marks_.empty() || seq < marks_.front().seq) return std::nullopt;
  const Mark& mark = marks_[mark_before(seq)];
  Reading reading(bytes_, standings_, mark.at, {});
  for (std::size_t i = 0; i < movements_a_mark && !reading.at_end(); ++i) {
    const Movement& movement = reading.next();
    if (movement.seq == seq) return movement;
    if (movement.seq > seq) break;
  }
  return std::nullopt;
}

std::optional<Seq> Journal::newest_touch(const std::vector<Touched>& units, Seq seq,
                                         const std::function<bool(Seq)>& counts) const {
  std::optional<Seq> newest;
  if (marks_.empty()) return newest;
  for (std::size_t i = seq < marks_.front().seq ? 0 : mark_before(seq); i < marks_.size(); ++i) {
    const std::size_t end = i + 1 < marks_.size() ? marks_[i + 1].at : bytes_.size();
    Reading reading(bytes_, standings_, marks_[i].at, {});
    while (reading.at() < end) {
      const Movement& movement = reading.next();
      if (movement.seq > seq && counts(movement.seq) && overlap(units, movement.units)) {
        newest = movement.seq;
      }
    }
  }
  return newest;
}

}  // namespace ledger
