#include "bench/running.hpp"

#include <cstdio>
#include <cstdlib>
#include <thread>

#include "ledger/ensure.hpp"
#include "ledger/rocks_store.hpp"
#include "ledger/rocks_table.hpp"

namespace bench {

using namespace ledger;  // NOLINT: this file speaks of nothing else

Scratch::Scratch() {
  std::string name = "bench-XXXXXX";
  ENSURE(mkdtemp(name.data()) != nullptr, "the working directory can be written to");
  path_ = std::filesystem::absolute(name);
}

Scratch::~Scratch() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

Running::Running() {
  store_ = must(open_rocks_store(scratch_.path() / "log"));
  slot_ = std::make_unique<LockSlot>(
      must(LockSlot::open(must(open_lock_file(scratch_.path() / "slot")))));
}

Ledger Running::open(Workload& workload, Sink& sink) {
  return must(Ledger::open(*store_, *slot_, sink, workload.log_identity()));
}

Table& Running::views() {
  if (!views_) views_ = must(open_rocks_table(scratch_.path() / "views"));
  return *views_;
}

std::vector<Arrival> arrivals(const std::vector<std::string>& submissions,
                              replay::Workers& workers) {
  std::vector<std::optional<Arrival>> read(submissions.size());
  workers.run(submissions.size(), [&](std::size_t i) {
    AuthenticEvent event = authentic(submissions[i]);
    const Timestamp time = plus_days(start_of(event.event().date), 1);
    read[i] = Arrival{std::move(event), time, true};
  });
  std::vector<Arrival> out;
  out.reserve(read.size());
  for (auto& each : read) out.push_back(std::move(*each));
  return out;
}

Staged commit(Ledger& ledger, std::vector<Arrival> arrivals) {
  Staged staged = ledger.stage(std::move(arrivals));
  for (const Outcome& outcome : staged.outcomes) {
    if (const auto* violation = std::get_if<Violation>(&outcome)) give_up(*violation);
  }
  return std::move(must(ledger.harden(std::move(staged)))).take();
}

unsigned all_threads() {
  return std::max(1U, std::thread::hardware_concurrency());
}

void must(const Result<>& result) {
  if (!result) give_up(result.error());
}

void give_up(const Violation& violation) {
  std::fprintf(stderr, "%.*s: %s\n", static_cast<int>(violation.clause->id.size()),
               violation.clause->id.data(), violation.detail.c_str());
  std::exit(1);
}

}  // namespace bench
