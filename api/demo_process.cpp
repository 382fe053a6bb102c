#include "api/demo_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace api::demo {
namespace {

sigset_t stop_set(bool with_children) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGTERM);
  if (with_children) sigaddset(&set, SIGCHLD);
  return set;
}

int status_of(int wait_status) {
  return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : -1;
}

// In the child, between fork and exec: only what is safe there.
[[noreturn]] void become(char* const* arguments, int output, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(127);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execv(arguments[0], arguments);
  _exit(127);
}

}  // namespace

Told<Process> Process::start(const std::vector<std::string>& arguments,
                             const std::filesystem::path& log) {
  if (access(arguments.front().c_str(), X_OK) != 0) {
    return tell("cannot run " + arguments.front() + ": " + std::strerror(errno));
  }
  const int output = open(log.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (output < 0) return tell("cannot write " + log.string() + ": " + std::strerror(errno));
  std::vector<char*> list;
  list.reserve(arguments.size() + 1);
  for (const std::string& each : arguments) list.push_back(const_cast<char*>(each.c_str()));
  list.push_back(nullptr);
  const pid_t parent = getpid();
  const pid_t pid = fork();
  if (pid == 0) become(list.data(), output, parent);
  const int problem = errno;
  close(output);
  if (pid < 0) return tell("cannot start a program: " + std::string(std::strerror(problem)));
  return Process(pid);
}

Process::Process(Process&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)), status_(other.status_) {}

Process::~Process() {
  stop();
}

std::optional<int> Process::ended() {
  int status = 0;
  if (pid_ != 0 && waitpid(pid_, &status, WNOHANG) == pid_) {
    status_ = status_of(status);
    pid_ = 0;
  }
  return status_;
}

int Process::stop() {
  if (pid_ != 0) kill(pid_, SIGTERM);
  return wait();
}

int Process::wait() {
  if (pid_ == 0) return status_.value_or(0);
  int status = 0;
  while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
  status_ = status_of(status);
  pid_ = 0;
  return *status_;
}

Told<int> run(const std::vector<std::string>& arguments, const std::filesystem::path& log) {
  Told<Process> process = Process::start(arguments, log);
  if (!process) return tell(process.error());
  return process->wait();
}

StopSignals::StopSignals() {
  const sigset_t set = stop_set(true);
  sigprocmask(SIG_BLOCK, &set, nullptr);
}

bool StopSignals::came() {
  const sigset_t set = stop_set(false);
  const timespec at_once{0, 0};
  if (!came_ && sigtimedwait(&set, nullptr, &at_once) > 0) came_ = true;
  return came_;
}

StopSignals::What StopSignals::wait() {
  if (came_) return What::stop;
  const sigset_t set = stop_set(true);
  int number = 0;
  while (sigwait(&set, &number) != 0) continue;
  return number == SIGCHLD ? What::child_ended : What::stop;
}

std::filesystem::path program_directory() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

}  // namespace api::demo
