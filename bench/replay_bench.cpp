// replay_verify: an audit of a downloaded log against the signatures that it must verify.
#include <map>
#include <memory>
#include <string>

#include "bench/figure.hpp"
#include "bench/raw.hpp"
#include "bench/running.hpp"
#include "bench/workload.hpp"
#include "ledger/ensure.hpp"
#include "replay/audit.hpp"

namespace bench {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

constexpr std::size_t transfers = 12'000;

// A bundle in memory, so that the figure is of the audit and not of a disk.
class MemoryBundle final : public replay::BundleReader {
 public:
  [[nodiscard]] replay::Fetched checkpoint() const override { return replay::Fetched::found(note); }
  [[nodiscard]] replay::Fetched tile(const crypto::TilePath& path) const override {
    const auto it = tiles.find(crypto::format_tile_path(path));
    return it == tiles.end() ? replay::Fetched::absent() : replay::Fetched::found(it->second);
  }

  std::string note;
  std::map<std::string, std::string> tiles;
};

// A log of transfers with two signatures each, and those signatures alone.
struct Log {
  MemoryBundle bundle;
  crypto::VerifierKey key;
  std::vector<Signed> signatures;

  Log() {
    Workload workload;
    Running running;
    NoSink sink;
    replay::Workers workers(all_threads());
    Ledger ledger = running.open(workload, sink);
    key = crypto::make_verifier_key(origin, workload.log_identity().log_key.public_key());
    commit(ledger, arrivals(workload.beginnings(), workers));
    commit(ledger, arrivals({workload.issuance(transfers)}, workers));
    const std::vector<std::string> sales = workload.small_transfers(transfers);
    commit(ledger, arrivals(sales, workers));
    signatures = signatures_of(sales);
    copy(running.store(), ledger.published());
  }

 private:
  void copy(const Store& store, const Published& published) {
    bundle.note = published.note;
    const ProofReader reader(store, published);
    replay::for_each_tile(published.size, [&](const crypto::TilePath& path) {
      std::string bytes;
      if (path.entries) {
        const Seq first = path.index * crypto_bundle_width;
        must(store.read(first, first + path.width, [&](Seq, std::string_view line) -> Result<> {
          crypto::append_to_bundle(bytes, line);
          return {};
        }));
      } else {
        bytes = *must(reader.tile(path.level, path.index, path.width));
      }
      bundle.tiles.emplace(crypto::format_tile_path(path), std::move(bytes));
      return true;
    });
  }
  static constexpr Seq crypto_bundle_width = 256;
};

const Log& log() {
  static const Log made;
  return made;
}

double entries_a_second() {
  const Log& given = log();
  replay::Workers workers(all_threads());
  const double time = seconds([&] {
    const replay::AuditReport report = replay::audit(given.bundle, given.key, {}, workers);
    if (report.verdict != replay::AuditReport::Verdict::valid) {
      std::fputs(replay::describe(report).c_str(), stderr);
    }
    ENSURE(report.verdict == replay::AuditReport::Verdict::valid, "a measured log is valid");
  });
  return static_cast<double>(transfers) / time;
}

double verifies_a_second_halved() {
  const Log& given = log();
  replay::Workers workers(all_threads());
  const double time = seconds([&] { verify_bare(given.signatures, workers); });
  return static_cast<double>(given.signatures.size()) / 2 / time;
}

}  // namespace

void add_replay_figures() {
  add({.name = "replay_verify",
       .unit = "entries/s",
       .base = "libsodium verifies/s on as many threads, halved",
       .goal = {.least_ratio = 0.85},
       .measure = entries_a_second,
       .measure_base = verifies_a_second_halved});
}

}  // namespace bench
