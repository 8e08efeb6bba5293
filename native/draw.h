// Ancestral sampling in one pass over the weights (DESIGN section 2). Once the input at place t is drawn exactly the
// hidden units of degree t become final. Units of dense layers and outputs are taken in tiles: what depends on units that
// were final before the tile is a dense product; within the tile only the few units that became final since are added.
#pragma once
#include "model.h"
#include "philox.h"

namespace {

void CpuModel::draw(Team& team, int rows, const Connectivity& c, const made::Draw& request, int wordsPerRow,
                    uint32_t* bits, float* probabilities) {
  constexpr int BLOCK = 128;
  makeRoom(rows < BLOCK ? rows : BLOCK);
  batch_.uniforms.atLeast((size_t)inputs_ * batch_.pitch);
  batch_.started.atLeast((size_t)team.size() * 2 * (layers_ + 1));
  arrange(c);
  memset(bits, 0, (size_t)rows * wordsPerRow * sizeof(uint32_t));
  for (int start = 0; start < rows; start += BLOCK) {
    size_t words = (size_t)start * wordsPerRow;
    made::Draw part = request;
    part.first += start;
    if (request.known) {
      part.known += words;
      part.given += words;
    }
    int count = rows - start < BLOCK ? rows - start : BLOCK;
    Drawing drawing{this, &team, count, part, wordsPerRow, bits + words, probabilities + (size_t)start * inputs_};
    team.run([](void* context, int thread) { static_cast<Drawing*>(context)->model->drawOn(*static_cast<Drawing*>(context), thread); },
             &drawing);
  }
}

// Each thread draws rows of its own and waits for nobody.
void CpuModel::drawOn(const Drawing& drawing, int thread) {
  int threads = drawing.team->size();
  makeConstants(thread, threads);
  drawing.team->wait(thread);
  int vectors = roundUp(drawing.count, LANES) / LANES;
  int firstVector = vectors * thread / threads, mine = vectors * (thread + 1) / threads - firstVector;
  if (mine == 0) return;
  int from = firstVector * LANES;
  Share share{drawing, from, from + mine * LANES < drawing.count ? from + mine * LANES : drawing.count, mine};
  makeUniforms(share);
  const Units &first = groups_[1], &out = groups_[layers_ + 1];
  for (int b = share.from; b < share.to; b++) {
    memcpy(batch_.deltaByRow[1].data + (size_t)b * first.padded, batch_.constant[1].data, first.count * sizeof(float));
    if (direct_) memset(batch_.deltaByRow[layers_ + 1].data + (size_t)b * out.padded, 0, out.count * sizeof(float));
  }
  // Per dense layer, how many of its units' sums have been begun, and with how many units of the layer below.
  int32_t* started = batch_.started.data + (size_t)thread * 2 * (layers_ + 1);
  memset(started, 0, 2 * (layers_ + 1) * sizeof(int32_t));
  for (int at = 0; at < inputs_; at++) {
    finishDenseUnit(layers_, at, from, mine, started);
    int own = out.sorted.data[at];
    float* z = batch_.h[layers_ + 1].data + (size_t)at * batch_.pitch + from;
    if (direct_)
      for (int b = share.from; b < share.to; b++)
        z[b - from] += batch_.deltaByRow[layers_ + 1].data[(size_t)b * out.padded + own];
    for (int v = 0; v < mine; v++) store(z + v * LANES, sigmoid(load(z + v * LANES)));
    drawInput(share, own, z);
    finishUnits(share, at + 1, started);
  }
  storeProbabilities(share);
}

// A block of Philox holds the uniforms of four inputs of a row; vectors run over rows.
void CpuModel::makeUniforms(const Share& share) {
  const made::Draw& request = share.drawing.request;
  for (int v = 0; v < share.vectors; v++) {
    WordVec low, high;
    for (int i = 0; i < LANES; i++) {
      uint64_t index = request.first + share.from + v * LANES + i;
      low[i] = (uint32_t)index;
      high[i] = (uint32_t)(index >> 32);
    }
    for (int input = 0; input < inputs_; input += 4) {
      WordVec words[4] = {splatWord(input / 4), low, high, splatWord(request.purpose)};
      philox(words, request.seed);
      for (int j = 0; j < 4 && input + j < inputs_; j++)
        store(batch_.uniforms.data + (size_t)groups_[0].ownOf.data[input + j] * batch_.pitch + share.from + v * LANES,
              uniformOf(words[j]));
    }
  }
}

// Draws one input of every row of a thread, and adds what follows from a one.
void CpuModel::drawInput(const Share& share, int own, const float* p) {
  const Drawing& drawing = share.drawing;
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
    for (ones &= (uint32_t)((1ull << n) - 1); ones; ones &= ones - 1) {
      size_t b = b0 + __builtin_ctz(ones);
      drawing.bits[b * drawing.wordsPerRow + word] |= mask;
      addRow(dense_[0], own, batch_.deltaByRow[1].data + b * groups_[1].padded);
      if (direct_) addRow(straight_, own, batch_.deltaByRow[layers_ + 1].data + b * groups_[layers_ + 1].padded);
    }
  }
}

// Adds the weights of an input that is one to the sums of the units that see it.
void CpuModel::addRow(const Layer& layer, int input, float* sums) {
  const Units& out = *layer.out;
  int32_t place = groups_[0].degreeOut.data[input];
  // In sorted order only the first vector is seen in part.
  int begin = out.isSorted ? out.below.data[&layer == &straight_ ? place + 1 : place] : 0;
  int compared = out.isSorted ? roundUp(begin, LANES) : out.count;
  for (int o = begin / LANES * LANES; o < out.count;) {
    const float* w = layer.weight.w.data + layer.at(input, o);
    int to = (o / PANEL + 1) * PANEL;
    for (; o < compared && o < to; o += LANES, w += LANES)
      store(sums + o, load(sums + o) + keepWhere(loadInt(out.degreeIn.data + o) >= splatInt(place), load(w)));
    for (; o < to && o < out.count; o += LANES, w += LANES) store(sums + o, load(sums + o) + load(w));
  }
}

// Computes the hidden units of one degree for the rows of a thread.
void CpuModel::finishUnits(const Share& share, int degree, int32_t* started) {
  for (int l = 0; l < layers_; l++) {
    const Units& units = groups_[l + 1];
    for (int at = units.below.data[degree]; at < units.below.data[degree + 1]; at++) {
      float* h = batch_.h[l + 1].data + (size_t)at * batch_.pitch + share.from;
      if (l > 0) finishDenseUnit(l, at, share.from, share.vectors, started);
      else {
        const float* sums = batch_.deltaByRow[1].data + units.sorted.data[at];
        for (int b = share.from; b < share.to; b++) h[b - share.from] = sums[(size_t)b * units.padded];
      }
      for (int v = 0; v < share.vectors; v++) store(h + v * LANES, activate(load(h + v * LANES)));
    }
  }
}

// The sum of a unit whose inputs are all final. The first of a tile begins the whole tile with what is final by then.
void CpuModel::finishDenseUnit(int l, int at, int from, int vectors, int32_t* started) {
  const Layer& layer = dense_[l];
  const float* h = batch_.h[l].data + from;
  float* z = batch_.h[l + 1].data + (size_t)at * batch_.pitch + from;
  int32_t &begun = started[2 * l], &final = started[2 * l + 1];
  if (at == begun) {
    int units = layer.out->count - at < TILE ? layer.out->count - at : TILE;
    final = reach(layer, at);
    beginTile(l, at, units, false, vectors, z);
    multiplyTile(layer, h, at, units, final, -1, vectors, z);
    begun += TILE;
  }
  const float* column = layer.weight.w.data + layer.out->sorted.data[at];
  int end = reach(layer, at);
  for (int v = 0; v < vectors; v++) {
    Vec sum = load(z + v * LANES);
    for (int k = final; k < end; k++)
      sum += splat(column[(size_t)layer.in->sorted.data[k] * layer.pitch]) * load(h + (size_t)k * batch_.pitch + v * LANES);
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
