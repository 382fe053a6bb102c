// A programmer's fault stops the process; it is never an input's fault and never a refusal.
#pragma once

#include <cstdio>
#include <cstdlib>

// Always on, in every build: says where and what, then aborts.
#define ENSURE(condition, sentence)                                                        \
  do {                                                                                     \
    if (!(condition)) {                                                                    \
      std::fprintf(stderr, "%s:%d: broken invariant: %s\n", __FILE__, __LINE__, sentence); \
      std::abort();                                                                        \
    }                                                                                      \
  } while (false)
