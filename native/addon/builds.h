// The kernels of each instruction set, and which of them this processor can run.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "../made.h"

namespace {

#if defined(__x86_64__)
bool hasAvx512() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl");
}

bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
#endif

// Null where the processor does not have that instruction set.
made::Model* create(const std::string& build, const made::Spec& spec) {
#if defined(__x86_64__)
  if (build == "avx512") return hasAvx512() ? made::createAvx512(spec) : nullptr;
  if (build == "avx2") return hasAvx2() ? made::createAvx2(spec) : nullptr;
#endif
  return build == "baseline" ? made::createBaseline(spec) : nullptr;
}

// The instruction sets that this processor has, the best first.
std::vector<const char*> buildNames() {
  std::vector<const char*> names;
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (hasAvx512()) names.push_back("avx512");
  if (hasAvx2()) names.push_back("avx2");
#endif
  names.push_back("baseline");
  return names;
}

}  // namespace
