// The products of the dense layers. Weights lie row by row per input unit, so each of the three products walks them
// with unit stride: forward over packed tiles of outputs, backward over rows, the gradient over rows again, with the
// update done while it is in registers. Activations lie [unit][row of the minibatch], so vectors run over the minibatch.
#pragma once
#include "update.h"

namespace {

// Outputs of one packed tile, and how many of them are in registers at a time with SPAN vectors of the minibatch.
constexpr int TILE = 16;
constexpr int FORWARD_UNITS = 4;
constexpr int SPAN = LANES == 16 ? 6 : 3;
// Inputs packed at a time: 256·16 floats stay in the first-level cache.
constexpr int DEPTH = 256;
constexpr int BACKWARD_UNITS = 4;
constexpr int GRADIENT_UNITS = 4;
constexpr int GRADIENT_SPAN = LANES == 16 ? 6 : 3;

// z[r][·] += Σ_k packed[k][r]·h[k][·] for SPAN_ vectors of the minibatch.
template <int UNITS, int SPAN_>
MADE_INLINE void forwardTile(const float* packed, const float* h, long pitch, int depth, float* z) {
  Vec acc[UNITS][SPAN_];
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] = load(z + r * pitch + v * LANES);
  for (int k = 0; k < depth; k++, packed += TILE, h += pitch) {
    Vec x[SPAN_];
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) x[v] = load(h + v * LANES);
    MADE_UNROLL for (int r = 0; r < UNITS; r++) {
      Vec a = splat(packed[r]);
      MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] += a * x[v];
    }
  }
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) store(z + r * pitch + v * LANES, acc[r][v]);
}

// All vectors of the minibatch, in blocks of SPAN and a rest.
__attribute__((noinline)) static void forwardUnits(const float* packed, const float* h, long pitch, int vectors,
                                                   int depth, float* z) {
  int v = 0;
  for (; v + SPAN <= vectors; v += SPAN)
    forwardTile<FORWARD_UNITS, SPAN>(packed, h + v * LANES, pitch, depth, z + v * LANES);
  switch (vectors - v) {
    case 5: forwardTile<FORWARD_UNITS, 5>(packed, h + v * LANES, pitch, depth, z + v * LANES); break;
    case 4: forwardTile<FORWARD_UNITS, 4>(packed, h + v * LANES, pitch, depth, z + v * LANES); break;
    case 3: forwardTile<FORWARD_UNITS, 3>(packed, h + v * LANES, pitch, depth, z + v * LANES); break;
    case 2: forwardTile<FORWARD_UNITS, 2>(packed, h + v * LANES, pitch, depth, z + v * LANES); break;
    case 1: forwardTile<FORWARD_UNITS, 1>(packed, h + v * LANES, pitch, depth, z + v * LANES); break;
  }
}

// out[r][·] = Σ_o rows[r][order[o]]·delta[o][·] for o in start[r]..outs-1; starts ascend with r.
template <int SPAN_>
MADE_INLINE void backwardTile(const float* const* rows, const int* start, const int32_t* order, int outs,
                              const float* delta, long pitch, float* out) {
  constexpr int UNITS = BACKWARD_UNITS;
  Vec acc[UNITS][SPAN_];
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] = splat(0.0f);
  int o = start[0];
  const float* d = delta + o * pitch;
  for (; o < start[UNITS - 1]; o++, d += pitch) {
    Vec x[SPAN_];
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) x[v] = load(d + v * LANES);
    int32_t unit = order[o];
    MADE_UNROLL for (int r = 0; r < UNITS; r++) {
      Vec a = splat(o >= start[r] ? rows[r][unit] : 0.0f);
      MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] += a * x[v];
    }
  }
  const float *w0 = rows[0], *w1 = rows[1], *w2 = rows[2], *w3 = rows[3];
  for (; o < outs; o++, d += pitch) {
    Vec x[SPAN_];
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) x[v] = load(d + v * LANES);
    int32_t unit = order[o];
    Vec a0 = splat(w0[unit]), a1 = splat(w1[unit]), a2 = splat(w2[unit]), a3 = splat(w3[unit]);
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) {
      acc[0][v] += a0 * x[v];
      acc[1][v] += a1 * x[v];
      acc[2][v] += a2 * x[v];
      acc[3][v] += a3 * x[v];
    }
  }
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) store(out + r * pitch + v * LANES, acc[r][v]);
}

__attribute__((noinline)) static void backwardUnits(const float* const* rows, const int* start, const int32_t* order,
                                                    int outs, const float* delta, long pitch, int vectors, float* out) {
  int v = 0;
  for (; v + SPAN <= vectors; v += SPAN)
    backwardTile<SPAN>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES);
  switch (vectors - v) {
    case 5: backwardTile<5>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES); break;
    case 4: backwardTile<4>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES); break;
    case 3: backwardTile<3>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES); break;
    case 2: backwardTile<2>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES); break;
    case 1: backwardTile<1>(rows, start, order, outs, delta + v * LANES, pitch, out + v * LANES); break;
  }
}

// GRADIENT_UNITS rows of weights that are updated together, and what their mask compares.
struct RowBlock {
  float* w[GRADIENT_UNITS];
  float* slot0[GRADIENT_UNITS];
  float* slot1[GRADIENT_UNITS];
  // Activations of the input units, [row of the minibatch].
  const float* h[GRADIENT_UNITS];
  int32_t degree[GRADIENT_UNITS];
};

// Gradient of SPAN_ vectors of weights of four rows, and their update: g[r][o] = Σ_b h[r][b]·delta[b][o].
template <int SPAN_>
MADE_INLINE void gradientTile(const Rule& rule, const RowBlock& block, const float* delta, long pitch, int count,
                              const int32_t* outDegrees, int o) {
  Vec acc[GRADIENT_UNITS][SPAN_];
  MADE_UNROLL for (int r = 0; r < GRADIENT_UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] = splat(0.0f);
  const float* d = delta + o;
  const float *h0 = block.h[0], *h1 = block.h[1], *h2 = block.h[2], *h3 = block.h[3];
  for (int b = 0; b < count; b++, d += pitch) {
    Vec a0 = splat(h0[b]), a1 = splat(h1[b]), a2 = splat(h2[b]), a3 = splat(h3[b]);
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) {
      Vec x = load(d + v * LANES);
      acc[0][v] += a0 * x;
      acc[1][v] += a1 * x;
      acc[2][v] += a2 * x;
      acc[3][v] += a3 * x;
    }
  }
  MADE_UNROLL for (int v = 0; v < SPAN_; v++) {
    int at = o + v * LANES;
    IntVec degrees = loadInt(outDegrees + at);
    MADE_UNROLL for (int r = 0; r < GRADIENT_UNITS; r++) {
      Vec g = acc[r][v];
      if (rule.l2 != 0) g += splat(rule.l2) * load(block.w[r] + at);
      update(rule, block.w[r] + at, block.slot0[r] + at, block.slot1[r] + at, g, degrees >= splatInt(block.degree[r]));
    }
  }
}

__attribute__((noinline)) static void gradientRows(const Rule& rule, const RowBlock& block, const float* delta,
                                                   long pitch, int count, const int32_t* outDegrees, int from, int to) {
  int o = from;
  for (; o + GRADIENT_SPAN * LANES <= to; o += GRADIENT_SPAN * LANES)
    gradientTile<GRADIENT_SPAN>(rule, block, delta, pitch, count, outDegrees, o);
  for (; o + 2 * LANES <= to; o += 2 * LANES) gradientTile<2>(rule, block, delta, pitch, count, outDegrees, o);
  for (; o < to; o += LANES) gradientTile<1>(rule, block, delta, pitch, count, outDegrees, o);
}

// Writes the transpose of a tile: to[b·toPitch + u] = from[u][b] for b < count, u < units.
static void transposeInto(float* to, long toPitch, const float* const* from, int units, int count) {
  int u = 0;
  typedef float Quad __attribute__((vector_size(16), aligned(4), may_alias));
  for (; u + 4 <= units; u += 4) {
    const float *f0 = from[u], *f1 = from[u + 1], *f2 = from[u + 2], *f3 = from[u + 3];
    int b = 0;
    for (; b + 4 <= count; b += 4) {
      Quad a = *(const Quad*)(f0 + b), c = *(const Quad*)(f1 + b), e = *(const Quad*)(f2 + b), g = *(const Quad*)(f3 + b);
      Quad t0 = __builtin_shufflevector(a, c, 0, 4, 1, 5), t1 = __builtin_shufflevector(a, c, 2, 6, 3, 7);
      Quad t2 = __builtin_shufflevector(e, g, 0, 4, 1, 5), t3 = __builtin_shufflevector(e, g, 2, 6, 3, 7);
      *(Quad*)(to + (b + 0) * toPitch + u) = __builtin_shufflevector(t0, t2, 0, 1, 4, 5);
      *(Quad*)(to + (b + 1) * toPitch + u) = __builtin_shufflevector(t0, t2, 2, 3, 6, 7);
      *(Quad*)(to + (b + 2) * toPitch + u) = __builtin_shufflevector(t1, t3, 0, 1, 4, 5);
      *(Quad*)(to + (b + 3) * toPitch + u) = __builtin_shufflevector(t1, t3, 2, 3, 6, 7);
    }
    for (; b < count; b++) {
      float* t = to + b * toPitch + u;
      t[0] = f0[b];
      t[1] = f1[b];
      t[2] = f2[b];
      t[3] = f3[b];
    }
  }
  for (; u < units; u++)
    for (int b = 0; b < count; b++) to[b * toPitch + u] = from[u][b];
}

}  // namespace
