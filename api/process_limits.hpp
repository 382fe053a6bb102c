// What a process that holds secret keys denies itself.
#pragma once

#include "api/told.hpp"

namespace api {

// No core dump and no debugger of another process will see this one's memory.
[[nodiscard]] Told<> keep_memory_private();

}  // namespace api
