#include "ledger/units.hpp"

#include <algorithm>
#include <iterator>

#include "ledger/ensure.hpp"

namespace ledger {
namespace {

constexpr std::size_t leaf_runs = 64;    // 1.5 kB: few cache misses to read, little to move
constexpr std::size_t sparse_runs = 48;  // neighbours that hold no more become one leaf
constexpr std::size_t branch_leaves = 256;
constexpr std::size_t ranges_ahead = 16;  // whose leaves are fetched together

// The last of the ascending `firsts` that is at or below the serial. Precondition: one is.
std::size_t last_at_or_below(const std::vector<Serial>& firsts, std::size_t from, Serial serial) {
  const auto begin = firsts.begin() + static_cast<std::ptrdiff_t>(from);
  const auto above = std::upper_bound(begin, firsts.end(), serial);
  return static_cast<std::size_t>(above - firsts.begin()) - 1;
}

// The first entry from `from` on that begins above the serial.
template <class Entries>
std::size_t first_above(const Entries& entries, std::size_t from, Serial serial) {
  const auto begin = entries.begin() + static_cast<std::ptrdiff_t>(from);
  const auto above = std::partition_point(begin, entries.end(),
                                          [=](const auto& entry) { return entry.first <= serial; });
  return static_cast<std::size_t>(above - entries.begin());
}

}  // namespace

// ---- the tree of leaves ----

// The leaf whose runs contain the serial. Precondition: it is issued, and not before leaf `from`.
UnitMap::Place UnitMap::find(Serial serial, Place from) const {
  Place place = from;
  if (place.branch + 1 < firsts_.size() && firsts_[place.branch + 1] <= serial) {
    place = {last_at_or_below(firsts_, place.branch + 1, serial), 0};
  }
  const std::vector<Serial>& firsts = branches_[place.branch].firsts;
  if (place.leaf + 1 < firsts.size() && firsts[place.leaf + 1] <= serial) {
    place.leaf = last_at_or_below(firsts, place.leaf + 1, serial);
  }
  return place;
}

std::optional<UnitMap::Place> UnitMap::before(Place place) const {
  if (place.leaf > 0) return Place{place.branch, place.leaf - 1};
  if (place.branch == 0) return std::nullopt;
  return Place{place.branch - 1, branches_[place.branch - 1].leaves.size() - 1};
}

std::optional<UnitMap::Place> UnitMap::after(Place place) const {
  if (place.leaf + 1 < branches_[place.branch].leaves.size()) {
    return Place{place.branch, place.leaf + 1};
  }
  if (place.branch + 1 == branches_.size()) return std::nullopt;
  return Place{place.branch + 1, 0};
}

// The end of the leaf's last run.
Serial UnitMap::end_of(Place place) const {
  const std::vector<Serial>& firsts = branches_[place.branch].firsts;
  if (place.leaf + 1 < firsts.size()) return firsts[place.leaf + 1];
  return place.branch + 1 < firsts_.size() ? firsts_[place.branch + 1] : next_;
}

// Replaces the leaf's runs; returns its place. Precondition: 1 to leaf_runs entries.
UnitMap::Place UnitMap::store(Place place, std::span<const Entry> entries) {
  Branch& branch = branches_[place.branch];
  Leaf& leaf = branch.leaves[place.leaf];
  leaf.reserve(leaf_runs);  // once, so that no later change allocates
  leaf.assign(entries.begin(), entries.end());
  branch.firsts[place.leaf] = entries.front().first;
  if (place.leaf == 0) firsts_[place.branch] = entries.front().first;
  return place;
}

// Adds a leaf behind `place`; returns where it is. Precondition: 1 to leaf_runs entries.
UnitMap::Place UnitMap::insert_after(Place place, std::span<const Entry> entries) {
  if (branches_[place.branch].leaves.size() == branch_leaves) {
    constexpr auto half = static_cast<std::ptrdiff_t>(branch_leaves / 2);
    Branch& full = branches_[place.branch];
    Branch upper;
    upper.firsts.assign(full.firsts.begin() + half, full.firsts.end());
    upper.leaves.assign(std::move_iterator(full.leaves.begin() + half),
                        std::move_iterator(full.leaves.end()));
    full.firsts.resize(branch_leaves / 2);
    full.leaves.resize(branch_leaves / 2);
    const auto at = static_cast<std::ptrdiff_t>(place.branch + 1);
    firsts_.insert(firsts_.begin() + at, upper.firsts.front());
    branches_.insert(branches_.begin() + at, std::move(upper));
    if (place.leaf >= branch_leaves / 2) place = {place.branch + 1, place.leaf - branch_leaves / 2};
  }
  Branch& branch = branches_[place.branch];
  const auto at = static_cast<std::ptrdiff_t>(place.leaf + 1);
  branch.firsts.insert(branch.firsts.begin() + at, entries.front().first);
  branch.leaves.emplace(branch.leaves.begin() + at);
  return store({place.branch, place.leaf + 1}, entries);
}

// Removes the leaves from `from` to `to`, both included, and branches that they leave empty.
void UnitMap::erase(Place from, Place to) {
  const auto cut = [this](std::size_t branch_index, std::size_t first, std::size_t end) {
    Branch& branch = branches_[branch_index];
    const auto a = static_cast<std::ptrdiff_t>(first);
    const auto b = static_cast<std::ptrdiff_t>(end);
    branch.firsts.erase(branch.firsts.begin() + a, branch.firsts.begin() + b);
    branch.leaves.erase(branch.leaves.begin() + a, branch.leaves.begin() + b);
    if (!branch.firsts.empty()) firsts_[branch_index] = branch.firsts.front();
  };
  if (from.branch == to.branch) {
    cut(from.branch, from.leaf, to.leaf + 1);
  } else {
    cut(from.branch, from.leaf, branches_[from.branch].leaves.size());
    cut(to.branch, 0, to.leaf + 1);
  }
  // Whole branches between the two, and either of the two when nothing of it is left.
  std::size_t first = from.branch + (branches_[from.branch].leaves.empty() ? 0 : 1);
  std::size_t end = to.branch + (branches_[to.branch].leaves.empty() ? 1 : 0);
  if (first >= end) return;
  const auto a = static_cast<std::ptrdiff_t>(first);
  const auto b = static_cast<std::ptrdiff_t>(end);
  firsts_.erase(firsts_.begin() + a, firsts_.begin() + b);
  branches_.erase(branches_.begin() + a, branches_.begin() + b);
}

// ---- rewriting ----

// Consecutive leaves being rewritten: old runs are read in order, new ones gathered, and then put
// in the old ones' place. Lives through one apply; the map is untouched until `close`.
class UnitMap::Window {
 public:
  explicit Window(UnitMap& map) : map_(map) { fresh_.reserve(2 * leaf_runs); }

  // Starts with the leaf that contains the serial, which is not before the last window's.
  void open(Serial serial) {
    ENSURE(1 <= serial && serial < map_.next_, "changed units are issued");
    from_ = to_ = map_.find(serial, from_);
    entry_ = 0;
    at_ = map_.leaf(from_).front().first;
    end_ = map_.end_of(to_);
    removed_ = map_.leaf(from_).size();
    fresh_.clear();
  }
  // Whether the window, as far as it reaches now, contains the serial.
  [[nodiscard]] bool reaches(Serial serial) const { return serial < end_; }

  void put(const Run& change);
  void close();

 private:
  void emit(const Entry& entry) {
    if (fresh_.empty() || fresh_.back().standing != entry.standing) fresh_.push_back(entry);
  }
  void keep_until(Serial serial);
  void skip_until(Serial serial);
  void absorb_left();
  void absorb_right();
  void write();

  UnitMap& map_;
  Place from_, to_;           // the window's first and last leaf
  std::size_t entry_ = 0;     // in leaf `to_`: the run that contains at_, if at_ < end_
  Serial at_ = 0;             // new runs are gathered up to here
  Serial end_ = 0;            // of leaf `to_`
  std::size_t removed_ = 0;   // runs in the window's leaves
  std::vector<Entry> fresh_;  // the new runs, maximal among themselves
};

// Takes over old runs as they are, up to the serial. Precondition: at_ <= serial <= end_.
void UnitMap::Window::keep_until(Serial serial) {
  if (at_ == serial) return;
  const Leaf& leaf = map_.leaf(to_);
  emit({at_, leaf[entry_].standing});
  const std::size_t stop = first_above(leaf, entry_, serial - 1);
  if (entry_ + 1 < stop) {  // these are maximal: only the first may continue what was emitted
    const auto begin = leaf.begin() + static_cast<std::ptrdiff_t>(entry_ + 1);
    fresh_.insert(fresh_.end(), begin, leaf.begin() + static_cast<std::ptrdiff_t>(stop));
  }
  entry_ = stop - 1;
  at_ = serial;
}

// Leaves old runs out, up to the serial, and takes further leaves into the window as needed.
void UnitMap::Window::skip_until(Serial serial) {
  while (end_ < serial) {
    to_ = *map_.after(to_);
    end_ = map_.end_of(to_);
    removed_ += map_.leaf(to_).size();
    entry_ = 0;
  }
  entry_ = first_above(map_.leaf(to_), entry_, serial) - 1;
  at_ = serial;
}

void UnitMap::Window::put(const Run& change) {
  ENSURE(at_ <= change.range.first && change.range.first < change.range.end &&
             change.range.end <= map_.next_,
         "changes are ascending, disjoint and issued");
  keep_until(change.range.first);
  emit({change.range.first, change.standing});
  skip_until(change.range.end);
}

// Takes the leaf before into the window where the two share a run or are sparse.
void UnitMap::Window::absorb_left() {
  const std::optional<Place> left = map_.before(from_);
  if (!left) return;
  const Leaf& leaf = map_.leaf(*left);
  // The standing in front is unchanged in most windows: then the other leaf need not be read.
  const bool joined = fresh_.front().standing != map_.leaf(from_).front().standing &&
                      fresh_.front().standing == leaf.back().standing;
  if (joined) fresh_.erase(fresh_.begin());
  if (!fresh_.empty() && leaf.size() + fresh_.size() > sparse_runs) return;
  removed_ += leaf.size();
  fresh_.insert(fresh_.begin(), leaf.begin(), leaf.end());
  from_ = *left;
}

// Takes the leaf behind into the window where the two share a run or are sparse.
void UnitMap::Window::absorb_right() {
  const std::optional<Place> right = map_.after(to_);
  if (!right) return;
  const Leaf& leaf = map_.leaf(*right);
  const bool joined = fresh_.back().standing != map_.leaf(to_).back().standing &&
                      fresh_.back().standing == leaf.front().standing;
  if (!joined && leaf.size() + fresh_.size() > sparse_runs) return;
  removed_ += leaf.size();
  fresh_.insert(fresh_.end(), leaf.begin() + (joined ? 1 : 0), leaf.end());
  to_ = *right;
}

// Puts the gathered runs in place of the window's leaves, spread evenly.
void UnitMap::Window::write() {
  if (from_ != to_) map_.erase(*map_.after(from_), to_);
  const std::span<const Entry> all(fresh_);
  const std::size_t leaves = (all.size() + leaf_runs - 1) / leaf_runs;
  Place place = from_;
  for (std::size_t i = 0; i < leaves; ++i) {
    const std::size_t begin = all.size() * i / leaves;
    const std::size_t end = all.size() * (i + 1) / leaves;
    const auto part = all.subspan(begin, end - begin);
    place = i == 0 ? map_.store(place, part) : map_.insert_after(place, part);
  }
}

void UnitMap::Window::close() {
  keep_until(end_);
  absorb_right();
  absorb_left();
  write();
  map_.run_count_ = map_.run_count_ - removed_ + fresh_.size();
  from_.leaf = 0;  // new leaves may have moved it; its branch stays where it is
}

// ---- what callers see ----

void UnitMap::issue(std::int64_t quantity, const Standing& standing) {
  ENSURE(1 <= quantity && quantity <= max_serial - next_ + 1, "serials suffice for the quantity");
  const Entry entry{next_, standing};
  next_ += quantity;
  if (branches_.empty()) {
    firsts_.push_back(entry.first);
    branches_.push_back({{entry.first}, {{entry}}});
    run_count_ = 1;
    return;
  }
  Branch& branch = branches_.back();
  Leaf& last = branch.leaves.back();
  if (last.back().standing == standing) return;
  ++run_count_;
  if (last.size() < leaf_runs) {
    last.reserve(leaf_runs);
    last.push_back(entry);
  } else if (branch.leaves.size() < branch_leaves) {  // a new leaf, so that full ones stay full
    branch.firsts.push_back(entry.first);
    branch.leaves.push_back({entry});
  } else {
    firsts_.push_back(entry.first);
    branches_.push_back({{entry.first}, {{entry}}});
  }
}

std::optional<Run> UnitMap::at(Serial serial) const {
  if (serial < 1 || serial >= next_) return std::nullopt;
  const Place place = find(serial, {});
  const Leaf& runs = leaf(place);
  const std::size_t entry = first_above(runs, 0, serial) - 1;
  const Serial end = entry + 1 < runs.size() ? runs[entry + 1].first : end_of(place);
  return Run{{runs[entry].first, end}, runs[entry].standing};
}

// Asks the memory for the leaves of the next ranges at once: among 10^7 runs each is a cache miss.
void UnitMap::fetch(std::span<const Range> ranges, Place from) const {
  for (const Range& range : ranges) {
    if (range.first >= next_) return;
    from = find(range.first, from);
    const Leaf& runs = leaf(from);
    for (std::size_t i = 0; i < runs.size(); i += 64 / sizeof(Entry)) __builtin_prefetch(&runs[i]);
  }
}

void UnitMap::resolve(std::span<const Range> ranges, std::vector<Piece>& out) const {
  Place place;
  Serial asked = 1;       // every range below it is done
  std::size_t entry = 0;  // not above the run that the next range begins in
  for (std::uint32_t i = 0; i < ranges.size(); ++i) {
    Serial at = ranges[i].first;
    ENSURE(asked <= at && at < ranges[i].end, "ranges are valid, ascending and disjoint");
    asked = ranges[i].end;
    if (i % ranges_ahead == 0) {
      fetch(ranges.subspan(i, std::min(ranges_ahead, ranges.size() - i)), place);
    }
    const Serial end = std::min(ranges[i].end, next_);
    if (at >= end) continue;  // never issued
    const Place found = find(at, place);
    if (found != place) entry = 0;
    place = found;
    entry = first_above(leaf(place), entry, at) - 1;
    while (true) {
      const Leaf& runs = leaf(place);
      const Serial run_end = entry + 1 < runs.size() ? runs[entry + 1].first : end_of(place);
      out.push_back({{{at, std::min(run_end, end)}, runs[entry].standing}, i});
      if (run_end >= end) break;
      at = run_end;
      if (++entry == runs.size()) {
        place = *after(place);
        entry = 0;
      }
    }
  }
}

void UnitMap::apply(std::span<const Run> changes) {
  Window window(*this);
  for (std::size_t i = 0; i < changes.size();) {
    window.open(changes[i].range.first);
    for (; i < changes.size() && window.reaches(changes[i].range.first); ++i) {
      window.put(changes[i]);
    }
    window.close();
  }
}

void UnitMap::change(Range range, const Standing& after) {
  const Run run{range, after};
  apply({&run, 1});
}

bool UnitMap::operator==(const UnitMap& other) const {
  if (next_ != other.next_ || run_count_ != other.run_count_) return false;
  Place theirs;
  std::size_t entry = 0;
  for (const Branch& branch : branches_) {
    for (const Leaf& leaf : branch.leaves) {
      for (const Entry& mine : leaf) {
        if (entry == other.leaf(theirs).size()) {
          theirs = *other.after(theirs);
          entry = 0;
        }
        if (mine != other.leaf(theirs)[entry++]) return false;
      }
    }
  }
  return true;
}

}  // namespace ledger
