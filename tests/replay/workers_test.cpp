// The pool: every job once, whatever the numbers, list after list.
#include "replay/workers.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace {

using replay::Workers;

TEST(Workers, CallEveryJobOnceWhateverTheNumbers) {
  for (const unsigned threads : {1U, 2U, 3U, 8U}) {
    Workers workers(threads);
    EXPECT_EQ(workers.threads(), threads);
    for (const std::size_t jobs : {0U, 1U, 2U, 7U, 1000U}) {
      std::vector<std::atomic<int>> calls(jobs);
      workers.run(jobs, [&](std::size_t i) { ++calls[i]; });
      for (std::size_t i = 0; i < jobs; ++i) EXPECT_EQ(calls[i], 1) << i << " of " << jobs;
    }
  }
}

TEST(Workers, AreReadyForTheNextListAsSoonAsOneIsDone) {
  Workers workers(4);
  std::size_t sum = 0;
  for (std::size_t list = 0; list < 2'000; ++list) {
    std::atomic<std::size_t> done{0};
    workers.run(5, [&](std::size_t i) { done += i; });
    sum += done;
  }
  EXPECT_EQ(sum, 2'000u * 10u);
}

TEST(Workers, ShowTheCallerWhatTheJobsWrote) {
  Workers workers(3);
  std::vector<std::size_t> squares(500);
  workers.run(squares.size(), [&](std::size_t i) { squares[i] = i * i; });
  for (std::size_t i = 0; i < squares.size(); ++i) EXPECT_EQ(squares[i], i * i);
}

TEST(Workers, WorkBesideEachOther) {
  Workers workers(2);
  std::atomic<int> inside{0};
  // Each of the two jobs waits for the other: with one thread alone this would never end.
  workers.run(2, [&](std::size_t) {
    ++inside;
    while (inside < 2) std::this_thread::yield();
  });
  EXPECT_EQ(inside, 2);
}

TEST(Workers, OfOneThreadWorkInTheCallersThread) {
  Workers workers(1);
  std::set<std::thread::id> threads;
  workers.run(20, [&](std::size_t) { threads.insert(std::this_thread::get_id()); });
  EXPECT_EQ(threads, std::set<std::thread::id>{std::this_thread::get_id()});
}

}  // namespace
