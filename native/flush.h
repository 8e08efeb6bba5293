// Numbers too small for all their digits count as zero while this lives, on the thread that made it. The moments of an optimizer decay
// to such numbers and would stay there, since rounding keeps them from zero; a processor may take a hundred times as long for each:
// of 784-[500] on MNIST an epoch took four times as long after thirty. WebAssembly has no such switch (`settled` in update.h).
#pragma once
#include <cstdint>

namespace made {

class FlushToZero {
 public:
#if defined(__x86_64__)
  FlushToZero() : before_(__builtin_ia32_stmxcsr()) { __builtin_ia32_ldmxcsr(before_ | RESULTS | OPERANDS); }
  ~FlushToZero() { __builtin_ia32_ldmxcsr(before_); }

 private:
  static constexpr unsigned RESULTS = 0x8000, OPERANDS = 0x0040;
  unsigned before_;
#elif defined(__aarch64__)
  FlushToZero() {
    asm volatile("mrs %0, fpcr" : "=r"(before_));
    asm volatile("msr fpcr, %0" : : "r"(before_ | BOTH));
  }
  ~FlushToZero() { asm volatile("msr fpcr, %0" : : "r"(before_)); }

 private:
  static constexpr uint64_t BOTH = 1u << 24;
  uint64_t before_;
#endif

 public:
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;
};

}  // namespace made
