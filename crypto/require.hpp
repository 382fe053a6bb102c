// A broken precondition is a programmer's fault: it stops the process in every build.
#pragma once

#include <cstdio>
#include <cstdlib>

namespace crypto {

// Stops with the caller's place and the sentence unless `holds`. (clang 14 has no
// std::source_location; both compilers have what it is made of.)
inline void require(bool holds, const char* sentence, const char* file = __builtin_FILE(),
                    int line = __builtin_LINE()) {
  if (holds) return;
  std::fprintf(stderr, "%s:%d: broken precondition: %s\n", file, line, sentence);
  std::abort();
}

}  // namespace crypto
