#include "ledger/days.hpp"

#include <algorithm>
#include <functional>
#include <limits>

#include "ledger/rules/cycle.hpp"
#include "ledger/rules/wording.hpp"

namespace ledger {
namespace {

constexpr Date end_of_days{std::numeric_limits<std::int32_t>::max()};

using Counts = std::function<bool(const Monitoring&)>;

// The reports of one component that hold days stand one behind the other, so the last one that
// begins in time is met first.
std::optional<Index> holder_of_component(const State& state, const HeldDays& last, Date from,
                                         const Counts& counts) {
  auto it = state.held_days.upper_bound(last);
  while (it != state.held_days.begin()) {
    const auto& [key, report] = *--it;
    const Monitoring& row = state.monitorings[report];
    const bool same = key.cycle == last.cycle && key.component == last.component;
    if (!same || row.period_to < from) break;
    if (counts(row)) return report;
  }
  return std::nullopt;
}

// A report of the activity that holds some of the days, and counts.
std::optional<Index> holder(const State& state, Index cycle, Days days, const Counts& counts) {
  auto it = state.held_days.lower_bound({cycle, {}, {}});
  while (it != state.held_days.end() && it->first.cycle == cycle) {
    const Id component = it->first.component;
    const auto found = holder_of_component(state, {cycle, component, days.to}, days.from, counts);
    if (found) return found;
    it = state.held_days.upper_bound({cycle, component, end_of_days});
  }
  return std::nullopt;
}

}  // namespace

bool holds_its_days(const Monitoring& report) {
  if (!report.issued.empty() || report.version == 0) return true;
  return !report.verified.empty() && !is_sent_back(report.verification);
}

std::optional<Index> report_in_the_way(const State& state, Index cycle,
                                       const std::optional<Id>& component, Days days) {
  const Design* design = registered_design(state.cycles[cycle]);
  const auto is_of_design = [&](const std::optional<Id>& id) {
    return id && design != nullptr && contains(design->components, *id);
  };
  return holder(state, cycle, days, [&](const Monitoring& other) {
    return other.component == component || !is_of_design(other.component) ||
           !is_of_design(component);
  });
}

std::optional<Index> issued_report(const State& state, Index cycle, Days days) {
  return holder(state, cycle, days,
                [](const Monitoring& report) { return !report.issued.empty(); });
}

bool issued_without_report(const State& state, Index activity, Days days) {
  const auto& all = state.days_without_report;
  auto it = all.upper_bound({activity, days.to});
  if (it == all.begin()) return false;
  --it;
  return it->first.first == activity && days.from <= it->second;
}

void note_days(State& state, Index report) {
  const Monitoring& row = state.monitorings[report];
  const HeldDays key{row.cycle, row.component.value_or(Id()), row.period_from};
  if (holds_its_days(row)) {
    state.held_days.insert_or_assign(key, report);
    return;
  }
  const auto known = state.held_days.find(key);
  if (known != state.held_days.end() && known->second == report) state.held_days.erase(known);
}

void note_days_without_report(State& state, Index activity, Days days) {
  auto& all = state.days_without_report;
  auto it = all.upper_bound({activity, days.to});
  while (it != all.begin()) {
    const auto before = std::prev(it);
    if (before->first.first != activity || before->second < days.from) break;
    days.from = std::min(days.from, before->first.second);
    days.to = std::max(days.to, before->second);
    it = all.erase(before);
  }
  all.emplace(std::pair{activity, days.from}, days.to);
}

}  // namespace ledger
