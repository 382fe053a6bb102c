// Other programs, run by the demonstration: the real server, the real auditor.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "api/told.hpp"

namespace api::demo {

// A program that runs beside this one and is asked to stop, and waited for, at the end. It is told
// to stop too if this process dies. One thread.
class Process {
 public:
  // Starts `arguments` (the program first) with both output streams into `log`.
  [[nodiscard]] static Told<Process> start(const std::vector<std::string>& arguments,
                                           const std::filesystem::path& log);
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  // The exit status once it ended; -1 where a signal ended it; nothing while it runs.
  [[nodiscard]] std::optional<int> ended();
  // Waits for its end; the exit status, -1 where a signal ended it.
  int wait();
  // Sends SIGTERM and waits.
  int stop();

 private:
  explicit Process(int pid) : pid_(pid) {}
  int pid_;  // 0: nothing to stop
  std::optional<int> status_;
};

// Runs a program to its end, its output into `log`; its exit status.
[[nodiscard]] Told<int> run(const std::vector<std::string>& arguments,
                            const std::filesystem::path& log);

// The signals that end the demonstration, held back so that it can look for them between two steps.
class StopSignals {
 public:
  StopSignals();  // for the whole process: before any thread

  // Whether SIGINT or SIGTERM has come. Does not wait.
  [[nodiscard]] bool came();
  // Waits for one of them, or for the end of a program that was started.
  enum class What { stop, child_ended };
  [[nodiscard]] What wait();

 private:
  bool came_ = false;
};

// The directory of this program, where its companions are.
[[nodiscard]] std::filesystem::path program_directory();

}  // namespace api::demo
