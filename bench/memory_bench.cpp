// memory_run, memory_entry, memory_leaf and issue_range: what the state costs.
#include <malloc.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "bench/figure.hpp"
#include "bench/workload.hpp"
#include "crypto/checkpoint.hpp"
#include "crypto/state_tree.hpp"
#include "ledger/ensure.hpp"
#include "ledger/machine.hpp"

namespace bench {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

// Resident bytes of this process, after free memory went back to the system.
double resident_bytes() {
  malloc_trim(0);
  std::ifstream statm("/proc/self/statm");
  std::uint64_t total = 0, resident = 0;
  statm >> total >> resident;
  return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

// A machine after the beginnings. It takes events as a restart does, on the word of a checkpoint,
// so that a large state is built in seconds.
class Started {
 public:
  Started() {
    for (const std::string& each : workload.beginnings()) step(each);
  }

  void step(const std::string& submission) {
    SignedEvent event = decoded(submission);
    const Timestamp time = plus_days(start_of(event.event.date), 1);
    const Result<Effects> effects = machine->step(
        machine->make_entry(vouch(std::move(event), machine->size(), checkpoint_), time));
    if (!effects) std::fprintf(stderr, "%s\n", effects.error().detail.c_str());
    ENSURE(effects.has_value(), "a measured event is admitted");
  }

  [[nodiscard]] std::size_t runs() const {
    const auto& scopes = machine->state().scopes;
    return scopes.size() == 0 ? 0 : scopes[0].units.run_count();
  }

  Workload workload;
  std::unique_ptr<Machine> machine = std::make_unique<Machine>();

 private:
  static OwnCheckpoint sign_checkpoint(const LogIdentity& identity) {
    const std::string note = crypto::sign_note(crypto::checkpoint_text({origin, Seq{1} << 40, {}}),
                                               origin, identity.log_key);
    return *OwnCheckpoint::open(note,
                                crypto::make_verifier_key(origin, identity.log_key.public_key()));
  }
  OwnCheckpoint checkpoint_ = sign_checkpoint(workload.log_identity());
};

// Half a million short sales at random places of one lot: a million live runs.
double bytes_a_run() {
  Started ledger;
  const double before = resident_bytes();
  for (const std::string& each : ledger.workload.scattering(170, 3'000, 1)) ledger.step(each);
  return (resident_bytes() - before) / static_cast<double>(ledger.runs());
}

// Sales of one unit each, one after the other: entries without new runs.
double bytes_an_entry() {
  constexpr std::size_t entries = 40'000;
  Started ledger;
  ledger.step(ledger.workload.issuance(entries));
  const double before = resident_bytes();
  for (std::size_t i = 0; i < entries; i += 100) {
    for (const std::string& each : ledger.workload.small_transfers(100)) ledger.step(each);
  }
  return (resident_bytes() - before) / static_cast<double>(entries);
}

// A state tree of a million keys, hashed.
double bytes_a_leaf() {
  constexpr std::size_t leaves = 1'000'000;
  const double before = resident_bytes();
  crypto::StateTree tree;
  for (std::size_t i = 0; i < leaves; ++i) tree.set(std::to_string(i), "value");
  ENSURE(tree.root() != crypto::empty_subtree, "a tree with leaves has a root");
  return (resident_bytes() - before) / static_cast<double>(leaves);
}

// Microseconds from submission to evolved state of issuing so many units, the median of many.
double issuance_time(std::int64_t units) {
  Started ledger;
  std::vector<double> times;
  for (unsigned i = 0; i < 200; ++i) {
    const std::string submission = ledger.workload.issuance(units);
    times.push_back(seconds([&] {
      AuthenticEvent event = authentic(submission);
      const Timestamp time = plus_days(start_of(event.event().date), 1);
      const Result<Effects> effects =
          ledger.machine->step(ledger.machine->make_entry(std::move(event), time));
      ENSURE(effects.has_value(), "a measured issuance is admitted");
    }));
  }
  return median(std::move(times)) * 1e6;
}

}  // namespace

void add_memory_figures() {
  add({.name = "issue_range",
       .unit = "us",
       .base = "the same for 1 unit",
       .goal = {.most_ratio = 1.2},
       .measure = [] { return issuance_time(1'000'000'000); },
       .measure_base = [] { return issuance_time(1); }});
  add({.name = "memory_run",
       .unit = "bytes/run",
       .goal = {.most_value = 250},
       .rounds = 3,
       .measure = bytes_a_run});
  add({.name = "memory_entry",
       .unit = "bytes/entry",
       .goal = {.most_value = 64},
       .rounds = 3,
       .measure = bytes_an_entry});
  add({.name = "memory_leaf",
       .unit = "bytes/leaf",
       .goal = {.most_value = 150},
       .rounds = 3,
       .measure = bytes_a_leaf});
}

}  // namespace bench
