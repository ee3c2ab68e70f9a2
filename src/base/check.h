// For mistakes in our own code. On in every build: a wrong answer is worse than a restart.
#pragma once

#include <cstdio>
#include <cstdlib>

#define REGMARK_CHECK(condition)                                                         \
  do {                                                                                   \
    if (!(condition)) [[unlikely]] {                                                     \
      std::fprintf(stderr, "%s:%d: check failed: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                      \
    }                                                                                    \
  } while (false)
