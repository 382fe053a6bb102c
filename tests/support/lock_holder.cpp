#include "tests/support/lock_holder.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ledger/ensure.hpp"

namespace test_support {
namespace {

bool lock(int file, LockHolder::Kind kind) {
  if (kind == LockHolder::Kind::whole_file) return flock(file, LOCK_EX | LOCK_NB) == 0;
  struct flock whole {};
  whole.l_type = F_WRLCK;
  whole.l_whence = SEEK_SET;
  return fcntl(file, F_SETLK, &whole) == 0;
}

// The child: only calls that are safe after a fork of a process with threads.
[[noreturn]] void hold(const char* path, LockHolder::Kind kind, int ready) {
  const int file = open(path, O_RDWR);
  const char answer = file >= 0 && lock(file, kind) ? 'y' : 'n';
  if (write(ready, &answer, 1) != 1) _exit(1);
  for (;;) pause();
}

}  // namespace

LockHolder::LockHolder(const std::filesystem::path& file, Kind kind) {
  int ready[2];
  ENSURE(pipe(ready) == 0, "a test can make a pipe");
  child_ = fork();
  ENSURE(child_ >= 0, "a test can make a process");
  if (child_ == 0) hold(file.c_str(), kind, ready[1]);
  char answer = 'n';
  const bool answered = read(ready[0], &answer, 1) == 1 && answer == 'y';
  close(ready[0]);
  close(ready[1]);
  ENSURE(answered, "the other process got the lock");
}

LockHolder::~LockHolder() {
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
}

}  // namespace test_support
