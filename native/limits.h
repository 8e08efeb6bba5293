// What the machine can do at most, for the benchmarks: the inner kernel on data in the nearest cache, memory, barriers.
#pragma once
#include "model.h"

namespace {

// All threads together. Returns how much was done: floating-point operations, bytes, barriers.
double CpuModel::measure(Team& team, made::Limit limit, int repeats) {
  struct Measuring {
    Team* team;
    made::Limit limit;
    int repeats;
    size_t floats;
    Memory<float> numbers;
  } m{&team, limit, repeats, 0, {}};
  if (limit == made::Limit::memory) m.floats = (size_t)4 << 20;
  m.numbers.resize(3 * m.floats * team.size());
  team.run(
      [](void* context, int thread) {
        Measuring& m = *static_cast<Measuring*>(context);
        switch (m.limit) {
          case made::Limit::arithmetic: return multiplyRepeatedly(m.repeats);
          case made::Limit::memory: return addRepeatedly(m.numbers.data + 3 * m.floats * thread, m.floats, m.repeats);
          case made::Limit::barrier:
            for (int i = 0; i < m.repeats; i++) m.team->wait(thread);
        }
      },
      &m);
  double each = limit == made::Limit::arithmetic ? 2.0 * FORWARD_UNITS * FORWARD_SPAN * LANES * DEPTH * team.size()
                : limit == made::Limit::memory   ? 3.0 * sizeof(float) * m.floats * team.size()
                                                 : 1.0;
  return each * repeats;
}

// The compiler must not see that nobody reads the products.
void CpuModel::multiplyRepeatedly(int repeats) {
  constexpr int PITCH = FORWARD_SPAN * LANES;
  alignas(64) float packed[DEPTH * TILE] = {}, h[DEPTH * PITCH] = {}, z[FORWARD_UNITS * PITCH] = {};
  for (int i = 0; i < repeats; i++) {
    forwardUnits(packed, TILE, h, PITCH, FORWARD_SPAN, DEPTH, z);
    asm volatile("" : : "r"(z) : "memory");
  }
}

// a = b + 3c, the triad of the STREAM benchmark.
void CpuModel::addRepeatedly(float* a, size_t n, int repeats) {
  const float *b = a + n, *c = b + n;
  for (int i = 0; i < repeats; i++)
    for (size_t j = 0; j < n; j += LANES) store(a + j, load(b + j) + splat(3.0f) * load(c + j));
}

}  // namespace
