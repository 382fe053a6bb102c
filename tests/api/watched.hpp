// A server whose log is watched by three witnesses, on real sockets, and what tests ask of it.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "crypto/note.hpp"
#include "replay/quorum.hpp"
#include "tests/api/served.hpp"
#include "tests/api/test_witness.hpp"

namespace api_test {

using std::chrono::milliseconds;

// Whether it becomes true within ten seconds.
inline bool comes_true(const std::function<bool()>& condition) {
  const auto until = std::chrono::steady_clock::now() + milliseconds(10'000);
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return true;
}

inline void write_file(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << text;
}

struct Watched : testing::Test {
  TestWitness w1{"w1"}, w2{"w2"}, w3{"w3"};
  std::function<void(api::Config&)> change;  // of a test's own
  std::unique_ptr<Served> served;

  std::string policy(const std::string& quorum) const {
    return w1.policy_line() + w2.policy_line() + w3.policy_line() + quorum;
  }
  std::string two_of_three() const { return policy("group g 2 w1 w2 w3\nquorum g\n"); }
  std::string all() const { return policy("group g all w1 w2 w3\nquorum g\n"); }

  std::filesystem::path policy_file() const { return served->folder().file("policy"); }

  std::unique_ptr<Served> make(const std::string& text) const {
    return std::make_unique<Served>([&](api::Config& config) {
      const auto folder = config.data.parent_path();
      config.witnesses.policy = folder / "policy";
      config.witnesses.cosignatures = folder / "cosignatures";
      config.witnesses.first_pause = milliseconds(10);
      config.witnesses.longest_pause = milliseconds(50);
      config.witnesses.answer = milliseconds(2'000);
      config.witnesses.hold = milliseconds(300);
      write_file(config.witnesses.policy, text);
      if (change) change(config);
    });
  }
  void start(const std::string& text) { served = make(text); }

  std::string checkpoint() { return served->get("/checkpoint").body; }
  std::size_t lines_of(const std::string& note) const {
    const auto parsed = crypto::parse_note(note);
    EXPECT_TRUE(parsed) << note;
    return parsed ? parsed->signatures.size() - 1 : 0;
  }
  bool is_cosigned_by(std::size_t witnesses) {
    return comes_true([&] { return lines_of(checkpoint()) == witnesses; });
  }
  bool is_witnessed(ledger::Seq seq) {
    return served->get_json("/v1/entries/" + std::to_string(seq))["witnessed"].get<bool>();
  }
  replay::Quorum judge(const std::string& note) const {
    std::string problem;
    const auto read = replay::parse_policy(two_of_three(), problem);
    EXPECT_TRUE(read) << problem;
    return replay::judge_quorum(*read, note, scene_log_key());
  }
  // What a start of that server is told; empty where it starts.
  std::string mistake(Served& stopped) const {
    try {
      stopped.start();
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return {};
  }
  // Entries are answered without waiting for a witness, which would take the two seconds that it
  // may: of three the quickest counts, for a busy machine can hold one up as long.
  void expect_commits() {
    auto quickest = std::chrono::steady_clock::duration::max();
    for (int i = 0; i < 3; ++i) {
      const auto before = std::chrono::steady_clock::now();
      served->open_accounts(1);
      quickest = std::min(quickest, std::chrono::steady_clock::now() - before);
    }
    EXPECT_LT(quickest, milliseconds(1'500));
  }
};

}  // namespace api_test
