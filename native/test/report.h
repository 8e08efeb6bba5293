// What the test programs print: a line for each check, begun with "ok" or "FAILED" (scripts/test/native-kernels.mjs).
#pragma once
#include <cstdio>
#include <functional>
#include <string>
#include "walk.h"

namespace test {

inline int failures = 0;

inline void report(const std::string& what, const std::function<void()>& work) {
  try {
    work();
    printf("ok      %s\n", what.c_str());
  } catch (const Failure& failure) {
    failures++;
    printf("FAILED  %s: %s\n", what.c_str(), failure.what());
  }
  // A sanitizer that stops the program leaves the lines before it to be read.
  fflush(stdout);
}

}  // namespace test
