// Figures beside their raw bases, measured in turns in one run: machines are shared and noisy, so
// an absolute rate says little and the ratio much.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace bench {

// What a figure must reach; nothing where it is only reported.
struct Goal {
  std::optional<double> least_ratio{}, most_ratio{};
  std::optional<double> least_value{}, most_value{};
};

// One row of the table. value and base are measured alternately, `rounds` times each; the medians
// count. A figure without a base leaves `measure_base` empty.
struct Figure {
  std::string name;
  std::string unit;
  std::string base{};  // what it is compared with, in words
  Goal goal{};
  unsigned rounds = 9;
  std::function<double()> measure;
  std::function<double()> measure_base{};
};

// Adds a figure; called by each source of this folder, in the order of the table.
void add(Figure figure);

// The sources of this folder.
void add_replay_figures();
void add_commit_figures();
void add_block_figures();
void add_state_figures();
void add_memory_figures();

// The median; of an even number the lower of the two in the middle. Precondition: not empty.
[[nodiscard]] double median(std::vector<double> values);

// Seconds that `work` takes.
[[nodiscard]] double seconds(const std::function<void()>& work);

}  // namespace bench
