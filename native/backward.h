// Gradients and updates. No gradient is stored: a block of weights is updated while its gradient is in registers.
#pragma once
#include "model.h"

namespace {

// g'(a) from h = g(a).
MADE_INLINE_MEMBER Vec CpuModel::slope(Vec h) const {
  switch (activation_) {
    case Activation::relu: return select(h > splat(0.0f), splat(1.0f), splat(0.0f));
    case Activation::softplus: return splat(1.0f) - expNonPositive(splat(0.0f) - h);
    case Activation::sigmoid: return h * (splat(1.0f) - h);
    case Activation::tanh: return splat(1.0f) - h * h;
  }
  return h;
}

void CpuModel::trainOn(const Job& job, int thread) {
  Team& team = *job.team;
  int threads = team.size();
  int vectors = roundUp(job.count, LANES) / LANES;
  forwardHidden(job, thread, vectors);
  forwardOutputs<true>(job, thread, vectors);
  for (int g = layers_ + 1; g > 1; g--) {
    for (int from = 0; from < groups_[g].count; from += TILE)
      if (ownerOf(groups_[g], from, TILE, threads) == thread) finishDeltas(g, job, from, from + TILE);
    team.wait(thread);
    backward(g - 1, job, vectors, thread, threads);
    team.wait(thread);
  }
  if (direct_) eachPanel(straight_, thread, threads, [&](int panel) { updatePanel(straight_, layers_ + 1, job, panel); });
  eachPanel(dense_[0], thread, threads, [&](int panel) {
    finishDeltas(1, job, panel * PANEL, (panel + 1) * PANEL);
    updatePanel(dense_[0], 1, job, panel);
  });
}

// Deltas of units, by own order, also by row, and their sums; updates their biases. Of a dense layer whose units are not
// in sorted order, the deltas of the same tile of sorted units by row too.
void CpuModel::finishDeltas(int group, const Job& job, int from, int to) {
  Units& units = groups_[group];
  Layer& layer = dense_[group - 1];
  const float* delta = (group > layers_ ? batch_.h : batch_.delta)[group].data;
  to = to < units.count ? to : units.count;
  for (; from < to; from += TILE) {
    int n = to - from < TILE ? to - from : TILE;
    const float* rows[TILE];
    for (int j = 0; j < n; j++) rows[j] = delta + (size_t)units.rank.data[from + j] * batch_.pitch;
    float* byRow = batch_.deltaByRow[group].data + from;
    transposeInto(byRow, units.padded, rows, n, job.count);
    for (int o = from; o < from + n; o += LANES) {
      Vec sum = splat(0.0f);
      for (int b = 0; b < job.count; b++) sum += load(byRow + (size_t)b * units.padded + (o - from));
      store(batch_.deltaSum[group].data + o, sum);
      IntVec inside = (lanes() + splatInt(o)) < splatInt(from + n);
      update(job.rule, layer.bias.w.data + o, layer.bias.state0(o), layer.bias.state1(o), sum, inside);
    }
    if (group == 1 || units.isSorted) continue;
    for (int j = 0; j < n; j++) rows[j] = delta + (size_t)(from + j) * batch_.pitch;
    transposeInto(batch_.deltaBySorted.data + from, units.padded, rows, n, job.count);
  }
}

// Deltas of the hidden layer below, then the update of the rows of weights that they came through.
void CpuModel::backward(int l, const Job& job, int vectors, int thread, int threads) {
  Layer& layer = dense_[l];
  const Units &in = *layer.in, &out = *layer.out;
  const float* delta = (l == layers_ ? batch_.h : batch_.delta)[l + 1].data;
  const float* byRow = batch_.deltaByRow[l + 1].data;
  for (int first = 0; first < in.count; first += ROWS) {
    if (ownerOf(in, first, ROWS, threads) != thread) continue;
    int n = in.count - first < ROWS ? in.count - first : ROWS;
    const float* rows[ROWS];
    int start[ROWS];
    RowBlock block;
    for (int r = 0; r < ROWS; r++) {
      int unit = r < n ? in.sorted.data[first + r] : in.count + r;
      size_t at = (size_t)unit * layer.pitch;
      rows[r] = layer.sortedRow(first + r);
      block.w[r] = layer.weight.w.data + at;
      block.slot0[r] = layer.weight.state0(at);
      block.slot1[r] = layer.weight.state1(at);
      block.h[r] = batch_.h[l].data + (size_t)(first + (r < n ? r : 0)) * batch_.pitch;
      block.degree[r] = r < n ? in.degreeOut.data[unit] : 0x7fffffff;
      start[r] = r < n ? firstKept(layer, first + r) : out.count;
    }
    float* below = batch_.delta[l].data + (size_t)first * batch_.pitch;
    backwardUnits(rows, start, out.count, delta, batch_.pitch, vectors, below);
    const float* h = batch_.h[l].data + (size_t)first * batch_.pitch;
    for (int r = 0; r < n; r++)
      for (int v = 0; v < vectors; v++) {
        size_t at = (size_t)r * batch_.pitch + v * LANES;
        store(below + at, load(below + at) * slope(load(h + at)));
      }
    int from = start[0] / LANES * LANES, to = roundUp(out.count, LANES);
    if (out.isSorted) gradientRows(job.rule, block, byRow, out.padded, job.count, out.degreeIn.data, from, to);
    else {
      // Gradients are made in sorted order, half as many, and then put where they belong.
      float* sorted = batch_.gradients.data + (size_t)thread * 2 * ROWS * batch_.widest;
      float* own = sorted + (size_t)ROWS * batch_.widest;
      gradientsInto(sorted, out.padded, block, batch_.deltaBySorted.data, out.padded, job.count, from, to);
      for (int r = 0; r < n; r++)
        for (int o = start[r]; o < out.count; o++) own[(size_t)r * out.padded + out.sorted.data[o]] = sorted[(size_t)r * out.padded + o];
      updateRows(job.rule, block, own, out.padded, out.degreeIn.data, to);
      from = 0;
    }
    if (conditioning_)
      for (int r = 0; r < n; r++) updateConditioning(layer, in.sorted.data[first + r], l + 1, from, out.count, job.rule);
  }
}

// Every conditioning weight that a unit's mask keeps has the gradient of the unit's bias.
void CpuModel::updateConditioning(Layer& layer, int own, int group, int from, int to, const Rule& rule) {
  IntVec degree = splatInt(layer.in->degreeOut.data[own]);
  Tensor& t = layer.conditioning;
  for (int o = from; o < to; o += LANES) {
    size_t at = (size_t)own * layer.pitch + o;
    Vec g = load(batch_.deltaSum[group].data + o) + splat(rule.l2) * load(t.w.data + at);
    update(rule, t.w.data + at, t.state0(at), t.state1(at), g, loadInt(layer.out->degreeIn.data + o) >= degree);
  }
}

// The update of a panel of weights from the inputs: the gradient of a row is a sum over the rows of the minibatch that
// have a one there.
void CpuModel::updatePanel(Layer& layer, int group, const Job& job, int panel) {
  const Units& out = *layer.out;
  int from = panel * PANEL, to = from + PANEL < out.count ? from + PANEL : out.count;
  int vectors = roundUp(to - from, LANES) / LANES;
  const float* byRow = batch_.deltaByRow[group].data;
  int32_t most[PANEL_VECTORS] = {}, all = 0;
  for (int o = from; o < to; o++) {
    int32_t degree = out.degreeIn.data[o], &vector = most[(o - from) / LANES];
    vector = degree > vector ? degree : vector;
    all = degree > all ? degree : all;
  }
  bool conditioned = conditioning_ && &layer == &dense_[0];
  for (int i = 0; i < inputs_; i++) {
    int32_t place = groups_[0].degreeOut.data[i];
    if (place > all) continue;
    if (batch_.listedCount.data[i] > 0 || !job.rule.idleWithoutGradient) {
      int skipped = 0;
      while (most[skipped] < place) skipped++;
      updateRow<PANEL_VECTORS>(vectors - skipped, layer, job.rule, i, from + skipped * LANES, byRow, out.padded);
    }
    if (conditioned) updateConditioning(layer, i, group, from, to, job.rule);
  }
}

// So many vectors of it, at most VECTORS.
template <int VECTORS>
MADE_INLINE_MEMBER void CpuModel::updateRow(int vectors, Layer& layer, const Rule& rule, int input, int o, const float* byRow, long pitch) {
  if constexpr (VECTORS > 1)
    if (vectors < VECTORS) return updateRow<VECTORS - 1>(vectors, layer, rule, input, o, byRow, pitch);
  Vec g[VECTORS];
  MADE_UNROLL for (int v = 0; v < VECTORS; v++) g[v] = splat(0.0f);
  const int32_t* row = batch_.listed.data + (size_t)input * batch_.listedPitch;
  for (const int32_t* last = row + batch_.listedCount.data[input]; row < last; row++) {
    const float* d = byRow + (size_t)*row * pitch + o;
    MADE_UNROLL for (int v = 0; v < VECTORS; v++) g[v] += load(d + v * LANES);
  }
  IntVec place = splatInt(groups_[0].degreeOut.data[input]);
  size_t at = layer.at(input, o);
  // What the update needs a few inputs on is on its way by then.
  constexpr int AHEAD = 4 * PANEL;
  MADE_UNROLL for (int v = 0; v < VECTORS; v++) {
    __builtin_prefetch(layer.weight.w.data + at + AHEAD + v * LANES, 1);
    __builtin_prefetch(layer.weight.state0(at) + AHEAD + v * LANES, 1);
    __builtin_prefetch(layer.weight.state1(at) + AHEAD + v * LANES, 1);
  }
  MADE_UNROLL for (int v = 0; v < VECTORS; v++, at += LANES) {
    float* w = layer.weight.w.data + at;
    if (rule.l2 != 0) g[v] += splat(rule.l2) * load(w);
    update(rule, w, layer.weight.state0(at), layer.weight.state1(at), g[v], loadInt(layer.out->degreeIn.data + o + v * LANES) >= place);
  }
}

}  // namespace
