// itmo-bench: measures every figure with its base in turns through Google Benchmark, prints the
// table, and with --json FILE writes it as well.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/figure.hpp"
#include "crypto/ed25519.hpp"

namespace bench {
namespace {

struct Row {
  const Figure* figure;
  double value;
  std::optional<double> base;
  double least, most;  // of the value, over the rounds
  [[nodiscard]] std::optional<double> ratio() const {
    return base ? std::optional(value / *base) : std::nullopt;
  }
};

std::vector<Figure>& figures() {
  static std::vector<Figure> all;
  return all;
}

std::vector<Row>& rows() {
  static std::vector<Row> all;
  return all;
}

// One round a Google Benchmark iteration: the figure and its base, each first every other time.
void measure(benchmark::State& state, const Figure& figure) {
  std::vector<double> values, bases;
  bool base_first = false;
  const auto measure_base = [&] {
    if (figure.measure_base) bases.push_back(figure.measure_base());
  };
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    if (base_first) measure_base();
    values.push_back(figure.measure());
    if (!base_first) measure_base();
    base_first = !base_first;
    state.SetIterationTime(
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  Row row{&figure, median(values), {}, *least, *most};
  if (!bases.empty()) row.base = median(bases);
  state.counters["value"] = row.value;
  if (row.base) {
    state.counters["base"] = *row.base;
    state.counters["ratio"] = *row.ratio();
  }
  rows().push_back(row);
}

bool reaches(const Row& row) {
  const Goal& goal = row.figure->goal;
  const auto ratio = row.ratio();
  return (!goal.least_ratio || (ratio && *ratio >= *goal.least_ratio)) &&
         (!goal.most_ratio || (ratio && *ratio <= *goal.most_ratio)) &&
         (!goal.least_value || row.value >= *goal.least_value) &&
         (!goal.most_value || row.value <= *goal.most_value);
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, std::fabs(value) < 100 ? "%.3f" : "%.0f", value);
  return text;
}

std::string goal_of(const Goal& goal) {
  std::string text;
  const auto add_part = [&](const char* sign, const std::optional<double>& bound,
                            const char* what) {
    if (!bound) return;
    if (!text.empty()) text += ", ";
    text += std::string(what) + " " + sign + " " + number(*bound);
  };
  add_part(">=", goal.least_ratio, "ratio");
  add_part("<=", goal.most_ratio, "ratio");
  add_part(">=", goal.least_value, "value");
  add_part("<=", goal.most_value, "value");
  return text.empty() ? "reported" : text;
}

void print_table() {
  std::printf("\n%-14s %14s %-16s %14s %8s  %-32s %s\n", "figure", "value", "unit", "base value",
              "ratio", "must reach", "");
  for (const Row& row : rows()) {
    std::printf("%-14s %14s %-16s %14s %8s  %-32s %s\n", row.figure->name.c_str(),
                number(row.value).c_str(), row.figure->unit.c_str(),
                row.base ? number(*row.base).c_str() : "-",
                row.ratio() ? number(*row.ratio()).c_str() : "-", goal_of(row.figure->goal).c_str(),
                reaches(row) ? "reached" : "MISSED");
  }
  std::printf("\nMedians of rounds measured in turns with the base; values ranged:\n");
  for (const Row& row : rows()) {
    std::printf("  %-14s %s to %s %s%s%s\n", row.figure->name.c_str(), number(row.least).c_str(),
                number(row.most).c_str(), row.figure->unit.c_str(),
                row.figure->base.empty() ? "" : "; base: ", row.figure->base.c_str());
  }
}

bool write_json(const std::string& path) {
  auto list = nlohmann::ordered_json::array();
  for (const Row& row : rows()) {
    nlohmann::ordered_json each{{"name", row.figure->name}, {"value", row.value},
                                {"unit", row.figure->unit}, {"base", nullptr},
                                {"base_value", nullptr},    {"ratio", nullptr}};
    if (row.base) {
      each["base"] = row.figure->base;
      each["base_value"] = *row.base;
      each["ratio"] = *row.ratio();
    }
    list.push_back(std::move(each));
  }
  std::ofstream out(path, std::ios::trunc);
  out << nlohmann::ordered_json{{"figures", std::move(list)}}.dump(2) << "\n";
  return out.flush().good();
}

// Takes --json FILE out of the arguments; the rest is Google Benchmark's.
std::string take_json_path(std::vector<char*>& arguments) {
  const auto at = std::find_if(arguments.begin(), arguments.end(),
                               [](const char* each) { return std::string_view(each) == "--json"; });
  if (at == arguments.end() || at + 1 == arguments.end()) return {};
  std::string path = *(at + 1);
  arguments.erase(at, at + 2);
  return path;
}

int run(int argc, char** argv) {
  if (const auto fault = crypto::self_test()) {
    std::fprintf(stderr, "%s\n", fault->c_str());
    return 2;
  }
  std::vector<char*> arguments(argv, argv + argc);
  const std::string json = take_json_path(arguments);
  add_replay_figures();
  add_commit_figures();
  add_block_figures();
  add_state_figures();
  add_memory_figures();
  for (const Figure& figure : figures()) {
    benchmark::RegisterBenchmark(figure.name.c_str(),
                                 [&figure](benchmark::State& state) { measure(state, figure); })
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond)
        ->Iterations(figure.rounds);
  }
  int count = static_cast<int>(arguments.size());
  benchmark::Initialize(&count, arguments.data());
  if (benchmark::ReportUnrecognizedArguments(count, arguments.data())) return 2;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  print_table();
  if (!json.empty() && !write_json(json)) {
    std::fprintf(stderr, "cannot write %s\n", json.c_str());
    return 2;
  }
  return 0;
}

}  // namespace

void add(Figure figure) {
  figures().push_back(std::move(figure));
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double seconds(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace bench

int main(int argc, char** argv) {
  return bench::run(argc, argv);
}
