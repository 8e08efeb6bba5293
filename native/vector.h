// Vectors of LANES floats, through the vector extensions of GCC and Clang. Everything has internal linkage: each
// instruction set compiles its own copy, and none may be merged with another's.
#pragma once
#include <cstdint>
#include <cstring>

namespace {

#define MADE_INLINE static inline __attribute__((always_inline))
#define MADE_INLINE_MEMBER inline __attribute__((always_inline))
#define MADE_UNROLL _Pragma("GCC unroll 32")

typedef float Vec __attribute__((vector_size(LANES * 4)));
typedef float VecAnywhere __attribute__((vector_size(LANES * 4), aligned(4), may_alias));
typedef int32_t IntVec __attribute__((vector_size(LANES * 4)));
typedef int32_t IntVecAnywhere __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

MADE_INLINE Vec splat(float x) { return x - Vec{}; }
MADE_INLINE IntVec splatInt(int32_t x) { return x - IntVec{}; }
MADE_INLINE Vec load(const float* p) { return *reinterpret_cast<const VecAnywhere*>(p); }
MADE_INLINE IntVec loadInt(const int32_t* p) { return *reinterpret_cast<const IntVecAnywhere*>(p); }
MADE_INLINE void store(float* p, Vec v) { *reinterpret_cast<VecAnywhere*>(p) = v; }
MADE_INLINE Vec select(IntVec mask, Vec yes, Vec no) { return mask ? yes : no; }
MADE_INLINE Vec keepWhere(IntVec mask, Vec v) { return (Vec)((IntVec)v & mask); }
MADE_INLINE Vec maximum(Vec a, Vec b) { return a > b ? a : b; }
// Fused where the processor can; relaxed SIMD leaves that to it.
MADE_INLINE Vec multiplyAdd(Vec a, Vec b, Vec c) {
#if defined(__wasm_relaxed_simd__)
  return __builtin_wasm_relaxed_madd_f32x4(a, b, c);
#else
  return a * b + c;
#endif
}
MADE_INLINE IntVec lanes() {
  IntVec v;
  MADE_UNROLL for (int i = 0; i < LANES; i++) v[i] = i;
  return v;
}

#if defined(__has_builtin)
#if __has_builtin(__builtin_elementwise_sqrt)
#define MADE_ELEMENTWISE_SQRT
#endif
#endif

MADE_INLINE Vec squareRoot(Vec v) {
#if defined(MADE_ELEMENTWISE_SQRT)
  return __builtin_elementwise_sqrt(v);
#else
  Vec r;
  MADE_UNROLL for (int i = 0; i < LANES; i++) r[i] = __builtin_sqrtf(v[i]);
  return r;
#endif
}

// The processor's estimates of 1/x and 1/√x, where it has them.
#if LANES == 16 && defined(__AVX512F__)
#define MADE_ESTIMATES
typedef float Vec512 __attribute__((vector_size(64)));
MADE_INLINE Vec estimateReciprocal(Vec x) { return (Vec)__builtin_ia32_rcp14ps512_mask((Vec512)x, (Vec512)x, -1); }
MADE_INLINE Vec estimateInverseRoot(Vec x) { return (Vec)__builtin_ia32_rsqrt14ps512_mask((Vec512)x, (Vec512)x, -1); }
#elif LANES == 8 && defined(__AVX__)
#define MADE_ESTIMATES
MADE_INLINE Vec estimateReciprocal(Vec x) { return __builtin_ia32_rcpps256(x); }
MADE_INLINE Vec estimateInverseRoot(Vec x) { return __builtin_ia32_rsqrtps256(x); }
#elif LANES == 4 && defined(__SSE__)
#define MADE_ESTIMATES
MADE_INLINE Vec estimateReciprocal(Vec x) { return __builtin_ia32_rcpps(x); }
MADE_INLINE Vec estimateInverseRoot(Vec x) { return __builtin_ia32_rsqrtps(x); }
#endif

// 1/x, 1/√x for normal x > 0 and √x for x >= 0, to about 2e-7 relative: an estimate and a step of Newton's method take a
// third of the time of a division or root.
#if defined(MADE_ESTIMATES)
MADE_INLINE Vec reciprocal(Vec x) {
  Vec r = estimateReciprocal(x);
  return r + r * (splat(1.0f) - x * r);
}
MADE_INLINE Vec inverseRoot(Vec x) {
  Vec r = estimateInverseRoot(x);
  return r + r * splat(0.5f) * (splat(1.0f) - x * r * r);
}
MADE_INLINE Vec root(Vec x) { return x * inverseRoot(maximum(x, splat(1e-37f))); }
#else
MADE_INLINE Vec reciprocal(Vec x) { return splat(1.0f) / x; }
MADE_INLINE Vec inverseRoot(Vec x) { return splat(1.0f) / squareRoot(x); }
MADE_INLINE Vec root(Vec x) { return squareRoot(x); }
#endif

// All ones in the lanes whose bit is set, the lowest first.
MADE_INLINE IntVec lanesOf(uint32_t bits) {
  IntVec bit = splatInt(1) << lanes();
  return (splatInt((int32_t)bits) & bit) != splatInt(0);
}

// The other way round, from the highest bit of each lane.
MADE_INLINE uint32_t bitsOf(IntVec mask) {
#if LANES == 16 && defined(__AVX512DQ__)
  return (uint16_t)__builtin_ia32_cvtd2mask512((__attribute__((vector_size(64))) int)mask);
#elif LANES == 8 && defined(__AVX__)
  return (uint32_t)__builtin_ia32_movmskps256((Vec)mask);
#elif LANES == 4 && defined(__SSE__)
  return (uint32_t)__builtin_ia32_movmskps((Vec)mask);
#elif LANES == 4 && defined(__wasm_simd128__)
  return (uint32_t)__builtin_wasm_bitmask_i32x4(mask);
#else
  uint32_t bits = 0;
  MADE_UNROLL for (int i = 0; i < LANES; i++) bits |= ((uint32_t)mask[i] >> 31) << i;
  return bits;
#endif
}

// e^x for x <= 0, to about 1e-7 relative (Cephes' polynomial).
MADE_INLINE Vec expNonPositive(Vec x) {
  x = maximum(x, splat(-87.0f));
  Vec t = x * splat(1.44269504f) + splat(12582912.0f);
  Vec n = t - splat(12582912.0f);
  Vec r = x - n * splat(0.693359375f) + n * splat(2.12194440e-4f);
  Vec p = splat(1.9875691500e-4f);
  p = p * r + splat(1.3981999507e-3f);
  p = p * r + splat(8.3334519073e-3f);
  p = p * r + splat(4.1665795894e-2f);
  p = p * r + splat(1.6666665459e-1f);
  p = p * r + splat(0.5f);
  p = p * r * r + r + splat(1.0f);
  IntVec exponent = ((IntVec)t - splatInt(0x4b400000) + splatInt(127)) << 23;
  return p * (Vec)exponent;
}

// log x for normal x > 0, to about 1e-7 absolute near one and relative elsewhere (Cephes' polynomial).
MADE_INLINE Vec logPositive(Vec x) {
  IntVec bits = (IntVec)x;
  IntVec e = ((bits >> 23) & splatInt(0xff)) - splatInt(126);
  Vec m = (Vec)((bits & splatInt(0x007fffff)) | splatInt(0x3f000000));
  IntVec low = m < splat(0.707106781f);
  e = e + low;
  Vec f = select(low, m + m, m) - splat(1.0f);
  Vec z = f * f;
  Vec y = splat(7.0376836292e-2f);
  y = y * f + splat(-1.1514610310e-1f);
  y = y * f + splat(1.1676998740e-1f);
  y = y * f + splat(-1.2420140846e-1f);
  y = y * f + splat(1.4249322787e-1f);
  y = y * f + splat(-1.6668057665e-1f);
  y = y * f + splat(2.0000714765e-1f);
  y = y * f + splat(-2.4999993993e-1f);
  y = y * f + splat(3.3333331174e-1f);
  y = y * f * z;
  Vec n = __builtin_convertvector(e, Vec);
  y = y + n * splat(-2.12194440e-4f);
  y = y - z * splat(0.5f);
  return f + y + n * splat(0.693359375f);
}

MADE_INLINE Vec magnitude(Vec v) { return (Vec)((IntVec)v & splatInt(0x7fffffff)); }

MADE_INLINE Vec sigmoid(Vec x) {
  Vec e = expNonPositive(splat(0.0f) - magnitude(x));
  Vec r = reciprocal(splat(1.0f) + e);
  return select(x >= splat(0.0f), r, e * r);
}

MADE_INLINE Vec softplus(Vec x) {
  Vec e = expNonPositive(splat(0.0f) - magnitude(x));
  return maximum(x, splat(0.0f)) + logPositive(splat(1.0f) + e);
}

MADE_INLINE Vec hyperbolicTangent(Vec x) {
  Vec e = expNonPositive(magnitude(x) * splat(-2.0f));
  Vec r = (splat(1.0f) - e) * reciprocal(splat(1.0f) + e);
  return select(x >= splat(0.0f), r, splat(0.0f) - r);
}

// Stores the names of the bits that are set in a word, the lowest first, and returns how many they are. May write a whole
// vector more.
MADE_INLINE int storeNames(int32_t* to, const int32_t* names, uint32_t bits) {
#if LANES == 16 && defined(__AVX512F__)
  typedef int IntVec512 __attribute__((vector_size(64)));
  int n = 0;
  for (int part = 0; part < 32; part += LANES) {
    IntVec512 v = (IntVec512)loadInt(names + part);
    uint16_t chosen = (uint16_t)(bits >> part);
    *(IntVecAnywhere*)(to + n) = (IntVec)__builtin_ia32_compresssi512_mask(v, v, chosen);
    n += __builtin_popcount(chosen);
  }
  return n;
#else
  // A bit at a time: few are set, and to take a lane out of a vector goes through memory.
  int n = 0;
  for (; bits; bits &= bits - 1) to[n++] = names[__builtin_ctz(bits)];
  return n;
#endif
}

}  // namespace
