// Philox 4x32-10 (Salmon et al., SC 2011) on vectors of counters: the uniforms of src/made/random.ts.
#pragma once
#include "vector.h"

namespace {

typedef uint32_t WordVec __attribute__((vector_size(LANES * 4)));
typedef uint64_t LongVec __attribute__((vector_size(LANES * 4)));

MADE_INLINE WordVec splatWord(uint32_t x) { return x - WordVec{}; }

// The high words of the 64-bit products with a constant: even lanes, then odd ones moved beside them.
MADE_INLINE WordVec multiplyHigh(WordVec v, uint32_t by) {
  LongVec low = (LongVec{} + 0xffffffffu), factor = LongVec{} + by;
  LongVec even = ((LongVec)v & low) * factor, odd = ((LongVec)v >> 32) * factor;
  return (WordVec)((even >> 32) | (odd & ~low));
}

// Ten rounds over the counters; c holds the four words of LANES counters.
MADE_INLINE void philox(WordVec* c, uint64_t seed) {
  uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++, k0 += 0x9e3779b9, k1 += 0xbb67ae85) {
    WordVec high0 = multiplyHigh(c[0], 0xd2511f53), low0 = c[0] * splatWord(0xd2511f53);
    WordVec high1 = multiplyHigh(c[2], 0xcd9e8d57), low1 = c[2] * splatWord(0xcd9e8d57);
    c[0] = high1 ^ c[1] ^ splatWord(k0);
    c[1] = low1;
    c[2] = high0 ^ c[3] ^ splatWord(k1);
    c[3] = low0;
  }
}

// The top 24 bits as a number in [0, 1).
MADE_INLINE Vec uniformOf(WordVec word) { return __builtin_convertvector((IntVec)(word >> 8), Vec) * splat(0x1p-24f); }

}  // namespace
