// What the outputs mean (src/made/heads.ts): the loss, its gradient and the draw of binary and of categorical variables.
#pragma once
#include "model.h"

namespace {

// The loss of up to a tile of logits of binary variables, [row]; with `DELTAS`, the gradients of the mean loss take the
// logits' place. What is not known has neither.
template <bool DELTAS>
void CpuModel::lossTile(int first, int units, int count, int vectors, float* loss) {
  const Units& out = groups_[layers_ + 1];
  float* z = batch_.h[layers_ + 1].data + (size_t)first * batch_.pitch;
  const uint32_t* columns[TILE];
  int known = observedColumns_ - first < 0 ? 0 : observedColumns_ - first < units ? observedColumns_ - first : units;
  if (DELTAS)
    for (int j = known; j < units; j++) memset(z + (size_t)j * batch_.pitch, 0, (size_t)vectors * LANES * sizeof(float));
  units = known;
  if (units == 0) {
    memset(loss, 0, (size_t)vectors * LANES * sizeof(float));
    return;
  }
  for (int j = 0; j < units; j++) columns[j] = batch_.columns.data + (size_t)out.sorted.data[first + j] * batch_.columnWords;
  Vec one = splat(1.0f), zero = splat(0.0f), share = splat(1.0f / count);
  for (int v = 0; v < vectors; v++) {
    int word = v * LANES / 32, shift = v * LANES % 32;
    IntVec inside = (lanes() + splatInt(v * LANES)) < splatInt(count);
    // One logarithm for the product of the tile's factors 1 + e^-|z| of each row.
    Vec product = one, linear = zero;
    for (int j = 0; j < units; j++) {
      float* at = z + (size_t)j * batch_.pitch + v * LANES;
      IntVec isOne = lanesOf(columns[j][word] >> shift);
      Vec x = load(at);
      Vec e = expNonPositive(zero - magnitude(x));
      Vec factor = one + e;
      product *= factor;
      // −log p is softplus(z) − x·z, and what of it is not the logarithm.
      linear += maximum(x, zero) - keepWhere(isOne, x);
      if (DELTAS) {
        Vec r = reciprocal(factor);
        Vec p = select(x >= zero, r, e * r);
        store(at, keepWhere(inside, share * (p - keepWhere(isOne, one))));
      }
    }
    store(loss + v * LANES, linear + logPositive(product));
  }
}

// The same of one categorical variable, whose columns follow one another in sorted order.
template <bool DELTAS>
void CpuModel::lossVariable(int first, int columns, int count, int vectors, float* loss) {
  const int32_t* own = groups_[layers_ + 1].sorted.data + first;
  float* z = batch_.h[layers_ + 1].data + (size_t)first * batch_.pitch;
  if (first >= observedColumns_) {
    memset(loss, 0, (size_t)vectors * LANES * sizeof(float));
    if (DELTAS)
      for (int j = 0; j < columns; j++) memset(z + (size_t)j * batch_.pitch, 0, (size_t)vectors * LANES * sizeof(float));
    return;
  }
  Vec one = splat(1.0f), zero = splat(0.0f), share = splat(1.0f / count);
  for (int v = 0; v < vectors; v++, z += LANES) {
    int word = v * LANES / 32, shift = v * LANES % 32;
    auto isOne = [&](int j) { return lanesOf(batch_.columns.data[(size_t)own[j] * batch_.columnWords + word] >> shift); };
    IntVec inside = (lanes() + splatInt(v * LANES)) < splatInt(count);
    Vec most = load(z), chosen = zero, sum = zero;
    for (int j = 0; j < columns; j++) {
      Vec x = load(z + (size_t)j * batch_.pitch);
      most = maximum(most, x);
      chosen += keepWhere(isOne(j), x);
    }
    for (int j = 0; j < columns; j++) {
      float* at = z + (size_t)j * batch_.pitch;
      Vec e = expNonPositive(load(at) - most);
      sum += e;
      if (DELTAS) store(at, e);
    }
    store(loss + v * LANES, (most - chosen) + logPositive(sum));
    if (!DELTAS) continue;
    Vec r = reciprocal(sum);
    for (int j = 0; j < columns; j++) {
      float* at = z + (size_t)j * batch_.pitch;
      store(at, keepWhere(inside, share * (load(at) * r - keepWhere(isOne(j), one))));
    }
  }
}

// The outputs in spans that a pass takes at a time: binary variables that follow one another, at most a tile of them, or a
// categorical variable. Of models whose variables are all binary, tiles are the spans.
void CpuModel::makeSpans() {
  const int32_t* below = groups_[layers_ + 1].below.data;
  spanCount_ = 0;
  for (int place = 1; place <= variables_; place++) {
    int first = below[place], columns = below[place + 1] - first;
    Span* last = spanCount_ > 0 ? &spans_.data[spanCount_ - 1] : nullptr;
    if (columns == 1 && last && last->isBinary && last->columns < TILE) last->columns++;
    else spans_.data[spanCount_++] = {first, columns, columns == 1};
  }
}

// All logits must be there.
template <bool DELTAS>
void CpuModel::lossSpans(const Job& job, int thread, int vectors) {
  for (int i = thread; i < spanCount_; i += job.team->size()) {
    const Span& span = spans_.data[i];
    float* loss = batch_.tileLoss.data + (size_t)i * batch_.pitch;
    if (span.isBinary) lossTile<DELTAS>(span.first, span.columns, job.count, vectors, loss);
    else lossVariable<DELTAS>(span.first, span.columns, job.count, vectors, loss);
  }
}

// Notes that a row has a one in an input, and adds what follows from it.
MADE_INLINE_MEMBER void CpuModel::takeOne(const Share& share, int own, size_t b, const Progress& progress) {
  const Drawing& drawing = share.drawing;
  int input = groups_[0].unitOf.data[own];
  drawing.bits[b * drawing.wordsPerRow + (input >> 5)] |= 1u << (input & 31);
  batch_.ones.data[b * batch_.onesPitch + batch_.oneCount.data[b]++] = own;
  addRow(dense_[0], own, b, progress.panels[0]);
  if (direct_) addRow(straight_, own, b, progress.panels[1]);
}

// Draws a binary variable of every row of a thread, of probability p.
void CpuModel::drawBit(const Share& share, int own, float* p, const Progress& progress) {
  const Drawing& drawing = share.drawing;
  for (int v = 0; v < share.vectors; v++) store(p + v * LANES, sigmoid(load(p + v * LANES)));
  int input = groups_[0].unitOf.data[own];
  size_t word = input >> 5;
  uint32_t mask = 1u << (input & 31);
  const float* uniforms = batch_.uniforms.data + (size_t)own * batch_.pitch + share.from;
  for (int v = 0; v < share.vectors; v++) {
    int b0 = share.from + v * LANES, n = share.to - b0 < LANES ? share.to - b0 : LANES;
    uint32_t ones = bitsOf(load(uniforms + v * LANES) < load(p + v * LANES));
    if (drawing.request.known)
      for (int i = 0; i < n; i++) {
        size_t at = (size_t)(b0 + i) * drawing.wordsPerRow + word;
        if (drawing.request.known[at] & mask) ones = (ones & ~(1u << i)) | (drawing.request.given[at] & mask ? 1u << i : 0);
      }
    for (ones &= (uint32_t)((1ull << n) - 1); ones; ones &= ones - 1) takeOne(share, own, b0 + __builtin_ctz(ones), progress);
  }
}

// Draws a categorical variable whose logits are z: the first column whose cumulative probability exceeds the uniform's part of
// their sum.
void CpuModel::drawValue(const Share& share, int first, int columns, float* z, const Progress& progress) {
  const int32_t* own = groups_[layers_ + 1].sorted.data + first;
  const float* uniforms = batch_.uniforms.data + (size_t)own[0] * batch_.pitch + share.from;
  for (int v = 0; v < share.vectors; v++, z += LANES) {
    Vec most = load(z), sum = splat(0.0f), total = sum, cumulative = sum;
    for (int j = 1; j < columns; j++) most = maximum(most, load(z + (size_t)j * batch_.pitch));
    for (int j = 0; j < columns; j++) {
      float* at = z + (size_t)j * batch_.pitch;
      Vec e = expNonPositive(load(at) - most);
      store(at, e);
      sum += e;
    }
    Vec r = reciprocal(sum);
    for (int j = 0; j < columns; j++) {
      float* at = z + (size_t)j * batch_.pitch;
      store(at, load(at) * r);
    }
    int b0 = share.from + v * LANES, n = share.to - b0 < LANES ? share.to - b0 : LANES;
    uint32_t open = (uint32_t)((1ull << n) - 1);
    // The particles of a vector may have the same values.
    bool isGroup = share.drawing.request.group > 0, isBound = isGroup && toldOf(share.drawing, own[0], b0).isKnown;
    auto isOpen = [&](int j) { return !isBound || toldOf(share.drawing, own[j], b0).isOne; };
    if (share.drawing.request.known && !isGroup) open &= ~takeGiven(share, own, columns, b0, n, progress);
    // Of the probabilities as they are told, so that whoever has these can draw the same.
    int last = 0;
    for (int j = 0; j < columns; j++) {
      if (!isOpen(j)) continue;
      total += load(z + (size_t)j * batch_.pitch);
      last = j;
    }
    Vec threshold = load(uniforms + v * LANES) * total;
    for (int j = 0; j <= last; j++) {
      if (!isOpen(j)) continue;
      cumulative += load(z + (size_t)j * batch_.pitch);
      uint32_t taken = j == last ? open : open & bitsOf(cumulative > threshold);
      open &= ~taken;
      for (; taken; taken &= taken - 1) takeOne(share, own[j], b0 + __builtin_ctz(taken), progress);
    }
  }
}

// Takes the values of a categorical variable that are given to n rows. Returns in which of the rows it is known, a bit each.
uint32_t CpuModel::takeGiven(const Share& share, const int32_t* own, int columns, int b0, int n, const Progress& progress) {
  const made::Draw& request = share.drawing.request;
  auto isSet = [&](const uint32_t* words, int b, int j) {
    int input = groups_[0].unitOf.data[own[j]];
    return (words[(size_t)b * share.drawing.wordsPerRow + (input >> 5)] >> (input & 31) & 1) != 0;
  };
  uint32_t known = 0;
  for (int i = 0; i < n; i++) {
    if (!isSet(request.known, b0 + i, 0)) continue;
    known |= 1u << i;
    for (int j = 0; j < columns; j++)
      if (isSet(request.given, b0 + i, j)) takeOne(share, own[j], b0 + i, progress);
  }
  return known;
}

}  // namespace
