// From rows to logits and losses. The first layer and direct connections are sums over the ones of a row.
#pragma once
#include "model.h"

namespace {

// What a minibatch needs before its first sums.
void CpuModel::prepare(const Job& job, int thread, int threads) {
  for (int b = thread; b < job.count; b += threads) listOnes(job, b);
  for (int word = thread; word * 32 < inputs_; word += threads) listColumns(job, word);
  makeConstants(thread, threads);
  job.team->wait(thread);
}

// The ones of a row by place, so that what a unit sees of them comes first.
void CpuModel::listOnes(const Job& job, int b) {
  const uint32_t* words = job.row(b);
  int32_t* list = batch_.ones.data + (size_t)b * batch_.onesPitch;
  int n = 0;
  if (groups_[0].isAscending) {
    const int32_t* own = groups_[0].ownOf.data;
    n = listBits(words, job.wordsPerRow, own, list);
  } else {
    // Sorts by marking sorted positions: a row has about as many ones as words.
    uint32_t* marks = batch_.marks.data + (size_t)b * job.wordsPerRow;
    const int32_t *own = groups_[0].ownOf.data, *rank = groups_[0].rank.data;
    memset(marks, 0, job.wordsPerRow * sizeof(uint32_t));
    for (int w = 0; w < job.wordsPerRow; w++)
      for (uint32_t bits = words[w]; bits; bits &= bits - 1) {
        int at = rank[own[w * 32 + __builtin_ctz(bits)]];
        marks[at >> 5] |= 1u << (at & 31);
      }
    n = listBits(marks, job.wordsPerRow, groups_[0].sorted.data, list);
  }
  batch_.oneCount.data[b] = n;
}

// Lists the names of the bits that are set.
int CpuModel::listBits(const uint32_t* words, int count, const int32_t* names, int32_t* list) {
  int n = 0;
  for (int w = 0; w < count; w++)
    if (words[w] != 0) n += storeNames(list + n, names + w * 32, words[w]);
  return n;
}

// The rows with a one, for 32 inputs: bit j of 32 rows becomes a word, and for training the list of its ones.
void CpuModel::listColumns(const Job& job, int word) {
  bool trains = job.numbers != nullptr;
  int inputs = inputs_ - word * 32 < 32 ? inputs_ - word * 32 : 32;
  const int32_t* own = groups_[0].ownOf.data + word * 32;
  for (int j = 0; j < inputs; j++) batch_.listedCount.data[own[j]] = 0;
  for (int block = 0; block < batch_.columnWords; block++) {
    alignas(64) int32_t rows[32], numbers[32];
    uint32_t any = 0;
    for (int r = 0; r < 32; r++) {
      numbers[r] = block * 32 + r;
      any |= rows[r] = numbers[r] < job.count ? job.row(numbers[r])[word] : 0;
    }
    for (int j = 0; j < inputs; j++) {
      uint32_t bits = 0;
      if (any >> j & 1)
        for (int r = 0; r < 32; r += LANES) bits |= bitsOf(loadInt(rows + r) << (31 - j)) << r;
      batch_.columns.data[(size_t)own[j] * batch_.columnWords + block] = bits;
      if (!trains) continue;
      int32_t* list = batch_.listed.data + (size_t)own[j] * batch_.listedPitch;
      int& n = batch_.listedCount.data[own[j]];
      n += storeNames(list + n, numbers, bits);
    }
  }
}

// Bias, and the conditioning weights that the masks keep, of every unit.
void CpuModel::makeConstants(int thread, int threads) {
  for (int l = 0; l <= layers_; l++) {
    const Layer& layer = dense_[l];
    const Units &in = *layer.in, &out = *layer.out;
    float* constant = batch_.constant[l + 1].data;
    for (int from = thread * PANEL; from < out.count; from += threads * PANEL) {
      Vec sums[PANEL_VECTORS];
      IntVec degrees[PANEL_VECTORS];
      for (int v = 0; v < PANEL_VECTORS; v++) sums[v] = load(layer.bias.w.data + from + v * LANES);
      for (int v = 0; v < PANEL_VECTORS; v++) degrees[v] = loadInt(out.degreeIn.data + from + v * LANES);
      if (conditioning_)
        for (int unit = 0; unit < in.count; unit++) {
          int i = in.ownOf.data[unit];
          const float* row = layer.conditioning.w.data + (size_t)i * layer.pitch + from;
          for (int v = 0; v < PANEL_VECTORS; v++)
            sums[v] += keepWhere(degrees[v] >= splatInt(in.degreeOut.data[i]), load(row + v * LANES));
        }
      for (int v = 0; v < PANEL_VECTORS; v++) store(constant + from + v * LANES, sums[v]);
    }
  }
}

// The first sorted output unit that a sorted input unit of a dense layer is connected to.
int CpuModel::firstKept(const Layer& layer, int at) const {
  int32_t degree = layer.in->degreeOut.data[layer.in->sorted.data[at]];
  // Outputs of place t compare t − 1, so those above the unit's degree begin at the next one.
  return layer.out->below.data[&layer == &dense_[layers_] ? degree + 1 : degree];
}

// Copies a thread's share of the weights that the masks keep into sorted order, where output units lie in another: each
// row once, while the products would pick from it again and again.
void CpuModel::resort(int l, int thread, int threads) {
  Layer& layer = dense_[l];
  const Units &in = *layer.in, &out = *layer.out;
  if (out.isSorted) return;
  for (int at = 0; at < in.count; at++) {
    if (ownerOf(in, at, TILE, threads) != thread) continue;
    const float* row = layer.weight.w.data + (size_t)in.sorted.data[at] * layer.pitch;
    float* to = layer.resorted.data + (size_t)at * layer.pitch;
    const int32_t* order = out.sorted.data;
    for (int o = firstKept(layer, at); o < out.count; o++) to[o] = row[order[o]];
  }
}

// Which thread works on the sorted units from `at` on, that come `step` at a time. Two threads each keep to one part of the
// units in all that they do, since what the other one has written is far away.
int CpuModel::ownerOf(const Units& units, int at, int step, int threads) {
  return threads == 2 && units.parts == 2 ? units.partOf(at) : at / step % threads;
}

template <class Visit>
void CpuModel::eachPanel(const Layer& layer, int thread, int threads, Visit visit) {
  for (int panel = 0; panel < layer.panels(); panel++)
    if (ownerOf(*layer.out, panel * PANEL, PANEL, threads) == thread) visit(panel);
}

MADE_INLINE_MEMBER Vec CpuModel::activate(Vec x) const {
  switch (activation_) {
    case Activation::relu: return maximum(x, splat(0.0f));
    case Activation::softplus: return softplus(x);
    case Activation::sigmoid: return sigmoid(x);
    case Activation::tanh: return hyperbolicTangent(x);
  }
  return x;
}

// The sums over active inputs of a panel of units, into rows [sorted unit][row]: a first layer (constants, activation) or
// the direct connections (nothing added).
void CpuModel::sparsePanel(Layer& layer, bool direct, int panel, int count, float* h) {
  int from = panel * PANEL;
  int units = layer.out->count - from < PANEL ? layer.out->count - from : PANEL;
  const int32_t *place = groups_[0].degreeOut.data, *degree = layer.out->degreeIn.data + from;
  IntVec degrees[PANEL_VECTORS];
  int32_t most = -1, least = 0x7fffffff;
  for (int v = 0; v < PANEL_VECTORS; v++) degrees[v] = loadInt(degree + v * LANES);
  for (int j = 0; j < units; j++) {
    most = degree[j] > most ? degree[j] : most;
    least = degree[j] < least ? degree[j] : least;
  }
  float* rows[PANEL];
  for (int j = 0; j < units; j++) rows[j] = h + (size_t)layer.out->rank.data[from + j] * batch_.pitch;
  const float* w = layer.weight.w.data + layer.panelAt(panel);
  const float* constant = batch_.constant[layer.out - groups_].data + from;
  alignas(64) float block[4][PANEL];
  const float* blockRows[4] = {block[0], block[1], block[2], block[3]};
  for (int b0 = 0; b0 < count; b0 += 4) {
    int n = count - b0 < 4 ? count - b0 : 4;
    for (int b = b0; b < b0 + n; b++) {
      Vec acc[PANEL_VECTORS];
      MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) acc[v] = direct ? splat(0.0f) : load(constant + v * LANES);
      const int32_t* one = batch_.ones.data + (size_t)b * batch_.onesPitch;
      const int32_t* last = one + batch_.oneCount.data[b];
      // What every unit of the panel sees comes first, and needs no comparison.
      for (; one < last && place[*one] <= least; one++) {
        const float* row = w + (size_t)*one * PANEL;
        MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) acc[v] += load(row + v * LANES);
      }
      for (; one < last && place[*one] <= most; one++) {
        IntVec p = splatInt(place[*one]);
        const float* row = w + (size_t)*one * PANEL;
        MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) acc[v] += keepWhere(degrees[v] >= p, load(row + v * LANES));
      }
      MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) store(block[b - b0] + v * LANES, direct ? acc[v] : activate(acc[v]));
    }
    scatterColumns(rows, b0, blockRows, units, n);
  }
}

// How many sorted inputs of the layer a sorted unit keeps.
int CpuModel::reach(const Layer& layer, int at) const {
  return layer.in->below.data[layer.out->degreeIn.data[layer.out->sorted.data[at]] + 1];
}

// The constants of a tile of sorted units, added to what is there or in its place; rows beyond the units become zero.
void CpuModel::beginTile(int l, int first, int units, bool adds, int vectors, float* z) {
  const float* constant = batch_.constant[l + 1].data;
  for (int j = 0; j < TILE; j++) {
    Vec c = splat(j < units ? constant[dense_[l].out->sorted.data[first + j]] : 0.0f);
    float* row = z + (size_t)j * batch_.pitch;
    for (int v = 0; v < vectors; v++) store(row + v * LANES, adds && j < units ? load(row + v * LANES) + c : c);
  }
}

// Adds to rows z of the sorted units first..first+units-1 the products with the sorted inputs that each unit keeps of the
// first `end`, or those of one part if that is not negative.
void CpuModel::multiplyTile(const Layer& layer, const float* h, int first, int units, int end, int part, int vectors, float* z) {
  const Units& in = *layer.in;
  int reaches[TILE];
  for (int j = 0; j < TILE; j++) {
    reaches[j] = j < units ? reach(layer, first + j) : 0;
    if (reaches[j] > end) reaches[j] = end;
  }
  int most = units > 0 ? reaches[units - 1] : 0;
  alignas(64) float packed[DEPTH * TILE];
  int step = part < 0 ? DEPTH : in.stretch;
  for (int k0 = 0; k0 < most; k0 += step) {
    if (part >= 0 && in.partOf(k0) != part) continue;
    int depth = most - k0 < step ? most - k0 : step;
    // What every unit keeps is used where it lies, unless it lies scattered.
    if (layer.rowsFollow() && k0 + depth <= reaches[0]) {
      const float* w = layer.sortedRow(k0) + first;
      for (int r = 0; r < units; r += FORWARD_UNITS)
        forwardUnits(w + r, layer.pitch, h + (size_t)k0 * batch_.pitch, batch_.pitch, vectors, depth, z + (size_t)r * batch_.pitch);
      continue;
    }
    for (int k = 0; k < depth; k++) {
      float* to = packed + k * TILE;
      memcpy(to, layer.sortedRow(k0 + k) + first, TILE * sizeof(float));
      if (k0 + k >= reaches[0])
        for (int j = 0; j < TILE; j++)
          if (reaches[j] <= k0 + k) to[j] = 0;
    }
    for (int r = 0; r < units; r += FORWARD_UNITS)
      forwardUnits(packed + r, TILE, h + (size_t)k0 * batch_.pitch, batch_.pitch, vectors, depth, z + (size_t)r * batch_.pitch);
  }
}

void CpuModel::forwardHidden(const Job& job, int thread, int vectors) {
  Team& team = *job.team;
  int threads = team.size();
  prepare(job, thread, threads);
  if (job.resorts)
    for (int l = 1; l <= layers_; l++) resort(l, thread, threads);
  eachPanel(dense_[0], thread, threads, [&](int panel) { sparsePanel(dense_[0], false, panel, job.count, batch_.h[1].data); });
  if (direct_)
    eachPanel(straight_, thread, threads, [&](int panel) { sparsePanel(straight_, true, panel, job.count, batch_.h[layers_ + 1].data); });
  team.wait(thread);
  for (int l = 1; l < layers_; l++) {
    denseForward(job, l, thread, vectors, [&](int first, int units) {
      float* z = batch_.h[l + 1].data + (size_t)first * batch_.pitch;
      for (int j = 0; j < units; j++)
        for (int v = 0; v < vectors; v++) {
          float* p = z + (size_t)j * batch_.pitch + v * LANES;
          store(p, activate(load(p)));
        }
    });
    team.wait(thread);
  }
}

template <bool DELTAS>
void CpuModel::forwardOutputs(const Job& job, int thread, int vectors) {
  bool isBinary = isBinary_;
  denseForward(job, layers_, thread, vectors, [&](int first, int units) {
    if (isBinary) lossTile<DELTAS>(first, units, job.count, vectors, batch_.tileLoss.data + (size_t)(first / TILE) * batch_.pitch);
  });
  job.team->wait(thread);
  if (isBinary) return;
  lossSpans<DELTAS>(job, thread, vectors);
  job.team->wait(thread);
}

// The sums of a dense layer by tiles, in parts that do not depend on the threads; `finish` is told of every tile whose sums
// are there.
template <class Finish>
void CpuModel::denseForward(const Job& job, int l, int thread, int vectors, Finish finish) {
  const Units& out = *dense_[l].out;
  int threads = job.team->size(), parts = dense_[l].in->parts;
  auto each = [&](auto visit) {
    for (int first = 0; first < out.count; first += TILE)
      visit(first, out.count - first < TILE ? out.count - first : TILE, batch_.h[l + 1].data + (size_t)first * batch_.pitch);
  };
  if (threads == 1) {
    each([&](int first, int units, float* z) {
      multiplyPart(l, first, 0, vectors, z);
      if (parts == 2) {
        multiplyPart(l, first, 1, vectors, batch_.partial.data);
        addPart(units, vectors, batch_.partial.data, z);
      }
      finish(first, units);
    });
    return;
  }
  if (parts == 1) {
    each([&](int first, int units, float* z) {
      if (ownerOf(out, first, TILE, threads) != thread) return;
      multiplyPart(l, first, 0, vectors, z);
      finish(first, units);
    });
    return;
  }
  each([&](int first, int, float* z) {
    for (int part = 0; part < 2; part++)
      if ((first / TILE * 2 + part) % threads == thread)
        multiplyPart(l, first, part, vectors, part == 0 ? z : batch_.partial.data + (size_t)first * batch_.pitch);
  });
  job.team->wait(thread);
  each([&](int first, int units, float* z) {
    if (ownerOf(out, first, TILE, threads) != thread) return;
    addPart(units, vectors, batch_.partial.data + (size_t)first * batch_.pitch, z);
    finish(first, units);
  });
}

// One part of the sums of a tile. The first one begins with the constants and what direct connections have left.
void CpuModel::multiplyPart(int l, int first, int part, int vectors, float* z) {
  const Layer& layer = dense_[l];
  int units = layer.out->count - first < TILE ? layer.out->count - first : TILE;
  if (part == 0) beginTile(l, first, units, l == layers_ && direct_, vectors, z);
  else
    for (int j = 0; j < TILE; j++)
      for (int v = 0; v < vectors; v++) store(z + (size_t)j * batch_.pitch + v * LANES, splat(0.0f));
  multiplyTile(layer, batch_.h[l].data, first, units, layer.in->count, part, vectors, z);
}

void CpuModel::addPart(int units, int vectors, const float* part, float* z) const {
  for (int j = 0; j < units; j++)
    for (int v = 0; v < vectors; v++) {
      size_t at = (size_t)j * batch_.pitch + v * LANES;
      store(z + at, load(z + at) + load(part + at));
    }
}

void CpuModel::scoreOn(const Job& job, int thread) {
  int vectors = roundUp(job.count, LANES) / LANES;
  forwardHidden(job, thread, vectors);
  forwardOutputs<false>(job, thread, vectors);
  if (!job.logits) return;
  const Units& out = groups_[layers_ + 1];
  for (int d = thread; d < inputs_; d += job.team->size()) {
    const float* z = batch_.h[layers_ + 1].data + (size_t)out.rank.data[out.ownOf.data[d]] * batch_.pitch;
    for (int b = 0; b < job.count; b++) job.logits[(size_t)b * inputs_ + d] = z[b];
  }
}

}  // namespace
