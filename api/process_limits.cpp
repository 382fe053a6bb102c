#include "api/process_limits.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace api {

Told<> keep_memory_private() {
  const rlimit none{0, 0};
  if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0) {
    return tell("the system does not let this program forbid core dumps of its keys");
  }
  return {};
}

}  // namespace api
