// block_lines, state_lines and views_lines: large transfers of many small blocks.
#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <memory>
#include <string>

#include "bench/figure.hpp"
#include "bench/running.hpp"
#include "bench/workload.hpp"
#include "crypto/hash.hpp"
#include "ledger/ensure.hpp"
#include "replay/views.hpp"

namespace bench {
namespace {

using namespace ledger;  // NOLINT: this file speaks of nothing else

constexpr std::size_t live_runs = 10'000;
constexpr std::size_t ranges = 600;   // of a transfer, each in a run of its own
constexpr std::size_t in_flight = 4;  // transfers
constexpr std::size_t batches = 4;    // from one state: 9,600 runs split
constexpr std::size_t lines = batches * in_flight * ranges;

// A ledger of 10,000 live runs and the transfers that are about to come.
struct Blocks {
  explicit Blocks(Sink& sink) : ledger(running.open(workload, sink)) {
    commit(ledger, arrivals(workload.beginnings(), workers));
    commit(ledger, arrivals(workload.issuances(live_runs, 1'000), workers));
    const auto all = workload.splitting_transfers(batches * in_flight, ranges, 7);
    for (std::size_t i = 0; i < all.size(); i += in_flight) {
      submissions.emplace_back(all.begin() + static_cast<std::ptrdiff_t>(i),
                               all.begin() + static_cast<std::ptrdiff_t>(i + in_flight));
    }
  }

  Workload workload;
  Running running;
  replay::Workers workers{all_threads()};
  Ledger ledger;
  std::vector<std::vector<std::string>> submissions;
};

// The entries of those transfers, as the base writes them.
const std::vector<std::vector<std::string>>& entry_lines() {
  static const std::vector<std::vector<std::string>> all = [] {
    NoSink sink;
    Blocks blocks(sink);
    std::vector<std::vector<std::string>> out;
    for (const auto& batch : blocks.submissions) {
      out.emplace_back();
      for (Entry& entry : commit(blocks.ledger, arrivals(batch, blocks.workers)).entries) {
        out.back().push_back(std::move(entry.line));
      }
    }
    return out;
  }();
  return all;
}

double lines_a_second() {
  NoSink sink;
  Blocks blocks(sink);
  const double time = seconds([&] {
    for (const auto& batch : blocks.submissions) {
      commit(blocks.ledger, arrivals(batch, blocks.workers));
    }
  });
  return static_cast<double>(lines) / time;
}

double bare_lines_a_second() {
  const auto& all = entry_lines();
  Scratch scratch;
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* opened = nullptr;
  ENSURE(rocksdb::DB::Open(options, (scratch.path() / "bare").string(), &opened).ok(),
         "a bare database opens");
  const std::unique_ptr<rocksdb::DB> db(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::uint64_t seq = 0;
  unsigned char sum = 0;
  const double time = seconds([&] {
    for (const auto& batch : all) {
      rocksdb::WriteBatch write;
      for (const std::string& line : batch) {
        sum ^= crypto::sha256(line).bytes[0];
        std::string key(8, '\0');
        for (int i = 0; i < 8; ++i) key[static_cast<std::size_t>(i)] = char(seq >> (56 - 8 * i));
        ++seq;
        ENSURE(write.Put(key, line).ok(), "a bare batch takes an entry");
      }
      ENSURE(db->Write(synced, &write).ok(), "a bare batch is written");
    }
  });
  ENSURE(seq == batches * in_flight && (sum | 1U) != 0, "every line was hashed");
  return static_cast<double>(lines) / time;
}

// The state brought up with all the transfers changed, as a commitment asks for it.
double committed_lines_a_second() {
  NoSink sink;
  Blocks blocks(sink);
  const StateRoot before = blocks.ledger.machine().state_root();
  for (const auto& batch : blocks.submissions) {
    commit(blocks.ledger, arrivals(batch, blocks.workers));
  }
  StateRoot after;
  const double time = seconds([&] { after = blocks.ledger.machine().state_root(); });
  ENSURE(after.root != before.root, "a state that changed has another root");
  return static_cast<double>(lines) / time;
}

// Rows made of the same transfers, and applied.
double view_lines_a_second() {
  Running views_at;
  replay::Views views = must(replay::Views::open(views_at.views(), views_at.store()));
  NoSink no_sink;
  Workload workload;
  replay::Workers workers(all_threads());
  Ledger ledger = views_at.open(workload, no_sink);
  const auto feed = [&](const Staged& staged) {
    for (std::size_t i = 0; i < staged.entries.size(); ++i) {
      must(views.take(staged.entries[i], staged.effects[i]));
    }
  };
  feed(commit(ledger, arrivals(workload.beginnings(), workers)));
  feed(commit(ledger, arrivals(workload.issuances(live_runs, 1'000), workers)));
  must(views.apply());
  const Staged sold = commit(
      ledger, arrivals(workload.splitting_transfers(batches * in_flight, ranges, 7), workers));
  const double time = seconds([&] {
    feed(sold);
    must(views.apply());
  });
  return static_cast<double>(lines) / time;
}

}  // namespace

void add_block_figures() {
  add({.name = "block_lines",
       .unit = "lines/s",
       .base = "SHA-256 of the entries and one synced WriteBatch of 4, a Put an entry",
       .goal = {.least_ratio = 0.10, .least_value = 300'000},
       .rounds = 15,
       .measure = lines_a_second,
       .measure_base = bare_lines_a_second});
  add({.name = "state_lines", .unit = "lines/s", .rounds = 5, .measure = committed_lines_a_second});
  add({.name = "views_lines", .unit = "lines/s", .rounds = 7, .measure = view_lines_a_second});
}

}  // namespace bench
