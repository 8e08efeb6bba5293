// The products of the dense layers. Weights lie row by row per input unit, so each of the three products walks them
// with unit stride: forward over packed tiles of outputs, backward over rows, the gradient over rows again, with the
// update done while it is in registers. Activations lie [unit][row of the minibatch], so vectors run over the minibatch.
#pragma once
#include "update.h"

namespace {

// Outputs that are packed together.
constexpr int TILE = 16;
// Units × vectors that are in registers at a time, of 32 registers with AVX-512 and 16 elsewhere: a block of sums, the
// vectors that they share, and one broadcast. More units at a time mean fewer passes over what lies in the second-level
// cache.
#if defined(__wasm__)
// V8 does not keep more than eight sums in registers: a ninth makes the loop half as fast.
constexpr int FORWARD_UNITS = 4;
constexpr int FORWARD_SPAN = 2;
constexpr int ROWS = 4;
constexpr int ROW_SPAN = 2;
#else
constexpr int FORWARD_UNITS = LANES == 16 ? 8 : 4;
constexpr int FORWARD_SPAN = 3;
constexpr int ROWS = LANES == 16 ? 8 : 6;
constexpr int ROW_SPAN = LANES == 16 ? 3 : 2;
#endif
// Inputs packed at a time, so few that their activations stay in the first-level cache for all units of the tile.
constexpr int DEPTH = 64;

// z[r][·] += Σ_k w[k·step + r]·h[k][·] for SPAN_ vectors of the minibatch.
template <int UNITS, int SPAN_>
MADE_INLINE void forwardTile(const float* w, long step, const float* h, long pitch, int depth, float* z) {
  Vec acc[UNITS][SPAN_];
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] = load(z + r * pitch + v * LANES);
  for (int k = 0; k < depth; k++, w += step, h += pitch) {
    Vec x[SPAN_];
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) x[v] = load(h + v * LANES);
    MADE_UNROLL for (int r = 0; r < UNITS; r++) {
      Vec a = splat(w[r]);
      MADE_UNROLL for (int v = 0; v < SPAN_; v++) acc[r][v] = multiplyAdd(a, x[v], acc[r][v]);
    }
  }
  MADE_UNROLL for (int r = 0; r < UNITS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN_; v++) store(z + r * pitch + v * LANES, acc[r][v]);
}

// All vectors of the minibatch, in blocks and a rest.
__attribute__((noinline)) static void forwardUnits(const float* w, long step, const float* h, long pitch,
                                                   int vectors, int depth, float* z) {
  int v = 0;
  for (; v + FORWARD_SPAN <= vectors; v += FORWARD_SPAN)
    forwardTile<FORWARD_UNITS, FORWARD_SPAN>(w, step, h + v * LANES, pitch, depth, z + v * LANES);
  if (vectors - v == 2) forwardTile<FORWARD_UNITS, 2>(w, step, h + v * LANES, pitch, depth, z + v * LANES);
  else if (vectors - v == 1) forwardTile<FORWARD_UNITS, 1>(w, step, h + v * LANES, pitch, depth, z + v * LANES);
}

// out[r][·] = Σ_o rows[r][o]·delta[o][·] for o in start[r]..outs-1; starts ascend with r.
template <int SPAN>
MADE_INLINE void backwardTile(const float* const* rows, const int* start, int outs, const float* delta, long pitch, float* out) {
  Vec acc[ROWS][SPAN];
  MADE_UNROLL for (int r = 0; r < ROWS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN; v++) acc[r][v] = splat(0.0f);
  int o = start[0];
  const float* d = delta + o * pitch;
  for (; o < start[ROWS - 1]; o++, d += pitch) {
    Vec x[SPAN];
    MADE_UNROLL for (int v = 0; v < SPAN; v++) x[v] = load(d + v * LANES);
    MADE_UNROLL for (int r = 0; r < ROWS; r++) {
      Vec a = splat(o >= start[r] ? rows[r][o] : 0.0f);
      MADE_UNROLL for (int v = 0; v < SPAN; v++) acc[r][v] = multiplyAdd(a, x[v], acc[r][v]);
    }
  }
  const float* w[ROWS];
  MADE_UNROLL for (int r = 0; r < ROWS; r++) w[r] = rows[r];
  for (; o < outs; o++, d += pitch) {
    Vec x[SPAN];
    MADE_UNROLL for (int v = 0; v < SPAN; v++) x[v] = load(d + v * LANES);
    MADE_UNROLL for (int r = 0; r < ROWS; r++) {
      Vec a = splat(w[r][o]);
      MADE_UNROLL for (int v = 0; v < SPAN; v++) acc[r][v] = multiplyAdd(a, x[v], acc[r][v]);
    }
  }
  MADE_UNROLL for (int r = 0; r < ROWS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN; v++) store(out + r * pitch + v * LANES, acc[r][v]);
}

__attribute__((noinline)) static void backwardUnits(const float* const* rows, const int* start, int outs,
                                                    const float* delta, long pitch, int vectors, float* out) {
  int v = 0;
  for (; v + ROW_SPAN <= vectors; v += ROW_SPAN)
    backwardTile<ROW_SPAN>(rows, start, outs, delta + v * LANES, pitch, out + v * LANES);
  if (vectors - v == 2) backwardTile<2>(rows, start, outs, delta + v * LANES, pitch, out + v * LANES);
  else if (vectors - v == 1) backwardTile<1>(rows, start, outs, delta + v * LANES, pitch, out + v * LANES);
}

// ROWS rows of weights that are updated together, and what their mask compares.
struct RowBlock {
  float* w[ROWS];
  float* slot0[ROWS];
  float* slot1[ROWS];
  // Activations of the input units, [row of the minibatch].
  const float* h[ROWS];
  int32_t degree[ROWS];
};

// Gradient of SPAN vectors of weights of each row: g[r][o] = Σ_b h[r][b]·delta[b][o].
template <int SPAN>
MADE_INLINE void gradientTile(const RowBlock& block, const float* delta, long pitch, int count, int o, Vec (&g)[ROWS][SPAN]) {
  MADE_UNROLL for (int r = 0; r < ROWS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN; v++) g[r][v] = splat(0.0f);
  const float* d = delta + o;
  const float* h[ROWS];
  MADE_UNROLL for (int r = 0; r < ROWS; r++) h[r] = block.h[r];
  for (int b = 0; b < count; b++, d += pitch) {
    Vec x[SPAN];
    MADE_UNROLL for (int v = 0; v < SPAN; v++) x[v] = load(d + v * LANES);
    MADE_UNROLL for (int r = 0; r < ROWS; r++) {
      Vec a = splat(h[r][b]);
      MADE_UNROLL for (int v = 0; v < SPAN; v++) g[r][v] = multiplyAdd(a, x[v], g[r][v]);
    }
  }
}

MADE_INLINE void updateVector(const Rule& rule, const RowBlock& block, int r, int at, Vec g, IntVec degrees) {
  if (rule.l2 != 0) g += splat(rule.l2) * load(block.w[r] + at);
  update(rule, block.w[r] + at, block.slot0[r] + at, block.slot1[r] + at, g, degrees >= splatInt(block.degree[r]));
}

template <int SPAN>
MADE_INLINE void gradientAndUpdate(const Rule& rule, const RowBlock& block, const float* delta, long pitch, int count,
                                   const int32_t* outDegrees, int o) {
  // The optimizer's state comes from far away: it is on its way while the gradient is made.
  MADE_UNROLL for (int r = 0; r < ROWS; r++) {
    MADE_UNROLL for (int v = 0; v < SPAN; v++) {
      __builtin_prefetch(block.slot0[r] + o + v * LANES, 1);
      __builtin_prefetch(block.slot1[r] + o + v * LANES, 1);
    }
  }
  Vec g[ROWS][SPAN];
  gradientTile<SPAN>(block, delta, pitch, count, o, g);
  MADE_UNROLL for (int v = 0; v < SPAN; v++) {
    int at = o + v * LANES;
    IntVec degrees = loadInt(outDegrees + at);
    MADE_UNROLL for (int r = 0; r < ROWS; r++) updateVector(rule, block, r, at, g[r][v], degrees);
  }
}

__attribute__((noinline)) static void gradientRows(const Rule& rule, const RowBlock& block, const float* delta,
                                                   long pitch, int count, const int32_t* outDegrees, int from, int to) {
  int o = from;
  for (; o + ROW_SPAN * LANES <= to; o += ROW_SPAN * LANES)
    gradientAndUpdate<ROW_SPAN>(rule, block, delta, pitch, count, outDegrees, o);
  for (; o < to; o += LANES) gradientAndUpdate<1>(rule, block, delta, pitch, count, outDegrees, o);
}

template <int SPAN>
MADE_INLINE void gradientInto(float* out, long outPitch, const RowBlock& block, const float* delta, long pitch, int count, int o) {
  Vec g[ROWS][SPAN];
  gradientTile<SPAN>(block, delta, pitch, count, o, g);
  MADE_UNROLL for (int r = 0; r < ROWS; r++)
    MADE_UNROLL for (int v = 0; v < SPAN; v++) store(out + r * outPitch + o + v * LANES, g[r][v]);
}

// The same gradients, with delta by sorted unit, into rows of memory.
__attribute__((noinline)) static void gradientsInto(float* out, long outPitch, const RowBlock& block, const float* delta,
                                                    long pitch, int count, int from, int to) {
  int o = from;
  for (; o + ROW_SPAN * LANES <= to; o += ROW_SPAN * LANES) gradientInto<ROW_SPAN>(out, outPitch, block, delta, pitch, count, o);
  for (; o < to; o += LANES) gradientInto<1>(out, outPitch, block, delta, pitch, count, o);
}

// The update of whole rows with gradients that lie in memory; what the mask cuts off may hold anything.
__attribute__((noinline)) static void updateRows(const Rule& rule, const RowBlock& block, const float* gradients, long pitch,
                                                 const int32_t* outDegrees, int to) {
  for (int r = 0; r < ROWS; r++)
    for (int o = 0; o < to; o += LANES)
      updateVector(rule, block, r, o, load(gradients + r * pitch + o), loadInt(outDegrees + o));
}

typedef float Quad __attribute__((vector_size(16), aligned(4), may_alias));

// Rows 0..3 become columns 0..3.
MADE_INLINE void transposeQuads(Quad& a, Quad& b, Quad& c, Quad& d) {
  Quad t0 = __builtin_shufflevector(a, b, 0, 4, 1, 5), t1 = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  Quad t2 = __builtin_shufflevector(c, d, 0, 4, 1, 5), t3 = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(t0, t2, 0, 1, 4, 5);
  b = __builtin_shufflevector(t0, t2, 2, 3, 6, 7);
  c = __builtin_shufflevector(t1, t3, 0, 1, 4, 5);
  d = __builtin_shufflevector(t1, t3, 2, 3, 6, 7);
}

// to[u][at + b] = from[b][u] for u < units and b < count, at most four.
static void scatterColumns(float* const* to, int at, const float* const* from, int units, int count) {
  int u = 0;
  if (count == 4)
    for (; u + 4 <= units; u += 4) {
      Quad a = *(const Quad*)(from[0] + u), b = *(const Quad*)(from[1] + u);
      Quad c = *(const Quad*)(from[2] + u), d = *(const Quad*)(from[3] + u);
      transposeQuads(a, b, c, d);
      *(Quad*)(to[u] + at) = a;
      *(Quad*)(to[u + 1] + at) = b;
      *(Quad*)(to[u + 2] + at) = c;
      *(Quad*)(to[u + 3] + at) = d;
    }
  for (; u < units; u++)
    for (int b = 0; b < count; b++) to[u][at + b] = from[b][u];
}

// Writes the transpose of a tile: to[b·toPitch + u] = from[u][b] for b < count, u < units.
static void transposeInto(float* to, long toPitch, const float* const* from, int units, int count) {
  int u = 0;
  for (; u + 4 <= units; u += 4) {
    const float *f0 = from[u], *f1 = from[u + 1], *f2 = from[u + 2], *f3 = from[u + 3];
    int b = 0;
    for (; b + 4 <= count; b += 4) {
      Quad p = *(const Quad*)(f0 + b), q = *(const Quad*)(f1 + b), r = *(const Quad*)(f2 + b), s = *(const Quad*)(f3 + b);
      transposeQuads(p, q, r, s);
      *(Quad*)(to + (b + 0) * toPitch + u) = p;
      *(Quad*)(to + (b + 1) * toPitch + u) = q;
      *(Quad*)(to + (b + 2) * toPitch + u) = r;
      *(Quad*)(to + (b + 3) * toPitch + u) = s;
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
