// Ancestral sampling in one pass over the weights (docs/mathematics.md, Sampling). Once the variable at place t is drawn exactly the
// hidden units of degree t become final. Units of dense layers and outputs are taken in tiles: what depends on units that
// were final before the tile is a dense product; within the tile only the few units that became final since are added.
#pragma once
#include "model.h"
#include "philox.h"

namespace {

void CpuModel::draw(Team& team, int rows, const Connectivity& c, const made::Draw& request, int wordsPerRow,
                    uint32_t* bits, float* probabilities) {
  constexpr int USUAL = 128;
  // A thread draws whole groups.
  int group = request.group, block = group == 0 ? USUAL : team.size() * roundUp(USUAL, group);
  makeRoom(rows < block ? rows : block);
  batch_.uniforms.atLeast((size_t)inputs_ * batch_.pitch);
  batch_.progress.atLeast((size_t)team.size() * 2 * (layers_ + 2));
  arrange(c);
  bool resorts = makeRoomToSort(team, 0);
  memset(bits, 0, (size_t)rows * wordsPerRow * sizeof(uint32_t));
  if (group > 0) {
    batch_.weights.atLeast(batch_.pitch);
    batch_.copies.atLeast(batch_.pitch);
    memset(request.logWeights, 0, (size_t)rows * sizeof(double));
    for (int b = 0; b < rows; b++) request.origins[b] = b % group;
  }
  for (int start = 0; start < rows; start += block) {
    size_t words = (size_t)start * wordsPerRow;
    made::Draw part = request;
    part.first += start;
    if (request.known) {
      part.known += words;
      part.given += words;
    }
    if (group > 0) {
      part.logWeights += start;
      part.origins += start;
    }
    int count = rows - start < block ? rows - start : block;
    Drawing drawing{this, &team, count, part, wordsPerRow, bits + words, probabilities + (size_t)start * inputs_, resorts && start == 0};
    team.run([](void* context, int thread) { static_cast<Drawing*>(context)->model->drawOn(*static_cast<Drawing*>(context), thread); },
             &drawing);
  }
}

// Each thread draws rows of its own and waits for nobody.
void CpuModel::drawOn(const Drawing& drawing, int thread) {
  int threads = drawing.team->size();
  makeConstants(thread, threads);
  if (drawing.resorts)
    for (int l = 1; l <= layers_; l++) resort(l, thread, threads);
  drawing.team->wait(thread);
  int group = drawing.request.group, unit = group == 0 ? LANES : group;
  int units = roundUp(drawing.count, unit) / unit;
  int from = units * thread / threads * unit, to = units * (thread + 1) / threads * unit;
  if (from == to) return;
  Share share{drawing, from, to < drawing.count ? to : drawing.count, (to - from) / LANES};
  makeUniforms(share);
  for (int b = share.from; b < share.to; b++) batch_.oneCount.data[b] = 0;
  Progress progress = progressOf(thread);
  // In another order every panel holds units of all degrees.
  if (!groups_[1].isSorted) beginPanels(share, dense_[0], groups_[1].count - 1, progress.panels[0]);
  if (direct_ && !groups_[layers_ + 1].isSorted) beginPanels(share, straight_, inputs_ - 1, progress.panels[1]);
  const Units& out = groups_[layers_ + 1];
  for (int place = 1; place <= variables_; place++) {
    int first = out.below.data[place], columns = out.below.data[place + 1] - first;
    for (int at = first; at < first + columns; at++) finishOutput(share, at, progress);
    float* z = batch_.h[layers_ + 1].data + (size_t)first * batch_.pitch + from;
    if (columns == 1) {
      if (group > 0) weighBit(share, out.sorted.data[first], z);
      drawBit(share, out.sorted.data[first], z, progress);
    } else {
      if (group > 0) weighValue(share, first, columns, z);
      drawValue(share, first, columns, z, progress);
    }
    if (group > 0) resample(share, place, first, progress);
    finishUnits(share, place, progress);
  }
  storeProbabilities(share);
}

// Of one thread, at the beginning of a drawing.
CpuModel::Progress CpuModel::progressOf(int thread) {
  int numbers = 2 * (layers_ + 2);
  int32_t* own = batch_.progress.data + (size_t)thread * numbers;
  memset(own, 0, numbers * sizeof(int32_t));
  return {own, own + 2};
}

// The logit of a sorted output, whose inputs are all final.
void CpuModel::finishOutput(const Share& share, int at, Progress& progress) {
  finishDenseUnit(layers_, at, share.from, share.vectors, progress);
  if (!direct_) return;
  int own = groups_[layers_ + 1].sorted.data[at];
  float* z = batch_.h[layers_ + 1].data + (size_t)at * batch_.pitch + share.from;
  beginPanels(share, straight_, own, progress.panels[1]);
  for (int b = share.from; b < share.to; b++) z[b - share.from] += *drawnSum(straight_, own, b);
}

// A block of Philox holds the uniforms of four variables of a row; vectors run over rows.
void CpuModel::makeUniforms(const Share& share) {
  const made::Draw& request = share.drawing.request;
  for (int v = 0; v < share.vectors; v++) {
    WordVec low, high;
    for (int i = 0; i < LANES; i++) {
      uint64_t index = request.first + share.from + v * LANES + i;
      low[i] = (uint32_t)index;
      high[i] = (uint32_t)(index >> 32);
    }
    for (int variable = 0; variable < variables_; variable += 4) {
      WordVec words[4] = {splatWord(variable / 4), low, high, splatWord(request.purpose)};
      philox(words, request.seed);
      for (int j = 0; j < 4 && variable + j < variables_; j++) {
        int column = isBinary_ ? variable + j : firstColumn_.data[variable + j];
        store(batch_.uniforms.data + (size_t)groups_[0].ownOf.data[column] * batch_.pitch + share.from + v * LANES, uniformOf(words[j]));
      }
    }
  }
}

// Where a unit's sum over the ones of a row is made: [panel][row][unit of the panel].
float* CpuModel::drawnSum(const Layer& layer, int own, int b) {
  return batch_.deltaByRow[layer.out - groups_].data + ((size_t)(own / PANEL) * batch_.most + b) * PANEL + own % PANEL;
}

// Begins the sums of the panels up to that of a unit, with the ones that there are by then. In sorted order every unit of
// such a panel sees all of them.
void CpuModel::beginPanels(const Share& share, const Layer& layer, int own, int32_t& begun) {
  const float* constant = &layer == &straight_ ? nullptr : batch_.constant[1].data;
  for (; begun <= own / PANEL; begun++) {
    const float* w = layer.weight.w.data + layer.panelAt(begun);
    for (int b = share.from; b < share.to; b++) {
      Vec sums[PANEL_VECTORS];
      MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[v] = constant ? load(constant + begun * PANEL + v * LANES) : splat(0.0f);
      const int32_t* one = batch_.ones.data + (size_t)b * batch_.onesPitch;
      for (const int32_t* last = one + batch_.oneCount.data[b]; one < last; one++)
        MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sums[v] += load(w + (size_t)*one * PANEL + v * LANES);
      float* to = drawnSum(layer, begun * PANEL, b);
      MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++) store(to + v * LANES, sums[v]);
    }
  }
}

// Adds the weights of an input that is one to the sums of the units that see it, in the panels begun.
void CpuModel::addRow(const Layer& layer, int input, int b, int begun) {
  const Units& out = *layer.out;
  int32_t place = groups_[0].degreeOut.data[input];
  int first = out.isSorted ? out.below.data[&layer == &straight_ ? place + 1 : place] / PANEL : 0;
  for (int panel = first; panel < begun; panel++) {
    float* sums = drawnSum(layer, panel * PANEL, b);
    const float* w = layer.weight.w.data + layer.panelAt(panel) + (size_t)input * PANEL;
    const int32_t* degrees = out.degreeIn.data + panel * PANEL;
    MADE_UNROLL for (int v = 0; v < PANEL_VECTORS; v++)
      store(sums + v * LANES, load(sums + v * LANES) + keepWhere(loadInt(degrees + v * LANES) >= splatInt(place), load(w + v * LANES)));
  }
}

// Computes the hidden units of one degree for the rows of a thread.
void CpuModel::finishUnits(const Share& share, int degree, Progress& progress) {
  for (int l = 0; l < layers_; l++) {
    const Units& units = groups_[l + 1];
    for (int at = units.below.data[degree]; at < units.below.data[degree + 1]; at++) {
      float* h = batch_.h[l + 1].data + (size_t)at * batch_.pitch + share.from;
      if (l > 0) finishDenseUnit(l, at, share.from, share.vectors, progress);
      else {
        int own = units.sorted.data[at];
        beginPanels(share, dense_[0], own, progress.panels[0]);
        for (int b = share.from; b < share.to; b++) h[b - share.from] = *drawnSum(dense_[0], own, b);
      }
      for (int v = 0; v < share.vectors; v++) store(h + v * LANES, activate(load(h + v * LANES)));
    }
  }
}

// The sum of a unit whose inputs are all final. The first of a tile begins the whole tile with what is final by then.
void CpuModel::finishDenseUnit(int l, int at, int from, int vectors, Progress& progress) {
  const Layer& layer = dense_[l];
  const float* h = batch_.h[l].data + from;
  float* z = batch_.h[l + 1].data + (size_t)at * batch_.pitch + from;
  int32_t &begun = progress.layers[2 * l], &final = progress.layers[2 * l + 1];
  if (at == begun) {
    int units = layer.out->count - at < TILE ? layer.out->count - at : TILE;
    final = reach(layer, at);
    beginTile(l, at, units, false, vectors, z);
    multiplyTile(layer, h, at, units, final, -1, vectors, z);
    begun += TILE;
  }
  int end = reach(layer, at);
  for (int v = 0; v < vectors; v++) {
    Vec sum = load(z + v * LANES);
    for (int k = final; k < end; k++)
      sum += splat(layer.sortedRow(k)[at]) * load(h + (size_t)k * batch_.pitch + v * LANES);
    store(z + v * LANES, sum);
  }
}

// From [sorted output][row] to [row][input].
void CpuModel::storeProbabilities(const Share& share) {
  const Units& out = groups_[layers_ + 1];
  for (int input = 0; input < inputs_; input += TILE) {
    int units = inputs_ - input < TILE ? inputs_ - input : TILE;
    const float* p[TILE];
    for (int j = 0; j < units; j++)
      p[j] = batch_.h[layers_ + 1].data + (size_t)out.rank.data[out.ownOf.data[input + j]] * batch_.pitch + share.from;
    transposeInto(share.drawing.probabilities + (size_t)share.from * inputs_ + input, inputs_, p, units, share.to - share.from);
  }
}

}  // namespace
