#include "api/stop_signal.hpp"

#include <signal.h>

namespace api {
namespace {

sigset_t stop_signals() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  return set;
}

}  // namespace

StopSignal::StopSignal() {
  const sigset_t set = stop_signals();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

void StopSignal::wait() const {
  const sigset_t set = stop_signals();
  int came = 0;
  sigwait(&set, &came);
}

}  // namespace api
