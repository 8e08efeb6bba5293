// Ancestral sampling in one pass over the weights (DESIGN section 2). Once the input at place t is drawn exactly the
// hidden units of degree t become final. Outputs are taken in tiles: what depends on units that were final before the
// tile is a dense product; within the tile only the few units that became final since are added.
#pragma once

void CpuModel::draw(Team& team, int rows, const Connectivity& c, const float* uniforms, const uint32_t* given,
                    const uint32_t* known, int wordsPerRow, uint32_t* bits, float* probabilities) {
  constexpr int BLOCK = 128;
  makeRoom(rows < BLOCK ? rows : BLOCK, team.size());
  arrange(c);
  memset(bits, 0, (size_t)rows * wordsPerRow * sizeof(uint32_t));
  for (int start = 0; start < rows; start += BLOCK) {
    size_t words = (size_t)start * wordsPerRow, values = (size_t)start * inputs_;
    Drawing drawing{this,
                    &team,
                    rows - start < BLOCK ? rows - start : BLOCK,
                    uniforms + values,
                    given ? given + words : nullptr,
                    known ? known + words : nullptr,
                    wordsPerRow,
                    bits + words,
                    probabilities + values};
    team.run([](void* context, int thread) { static_cast<Drawing*>(context)->model->drawOn(*static_cast<Drawing*>(context), thread); },
             &drawing);
  }
}

// Each thread draws rows of its own, whole vectors of them, and waits for nobody.
void CpuModel::drawOn(const Drawing& drawing, int thread) {
  int threads = drawing.team->size();
  int vectors = roundUp(drawing.count, LANES) / LANES;
  int firstVector = vectors * thread / threads, mine = vectors * (thread + 1) / threads - firstVector;
  if (mine == 0) return;
  int from = firstVector * LANES;
  int to = from + mine * LANES < drawing.count ? from + mine * LANES : drawing.count;
  Layer& first = dense_[0];
  float* constants = batch_.deltaByRow[1].data + (size_t)from * first.pitch;
  for (int o = 0; o < first.out->count; o++) constants[o] = constantOf(first, o);
  for (int b = from; b < to; b++) {
    if (b > from) memcpy(batch_.deltaByRow[1].data + (size_t)b * first.pitch, constants, first.pitch * sizeof(float));
    if (direct_) memset(batch_.deltaByRow[layers_ + 1].data + (size_t)b * straight_.pitch, 0, straight_.pitch * sizeof(float));
  }
  Layer& output = dense_[layers_];
  const Units& out = *output.out;
  const float* h = batch_.h[layers_].data + from;
  for (int tile = 0; tile < inputs_; tile += TILE) {
    int units = inputs_ - tile < TILE ? inputs_ - tile : TILE;
    int final = reach(output, tile);
    float* z = batch_.h[layers_ + 1].data + (size_t)tile * batch_.pitch + from;
    for (int j = 0; j < TILE; j++) {
      float c = j < units ? constantOf(output, out.sorted.data[tile + j]) : 0;
      for (int v = 0; v < mine; v++) store(z + (size_t)j * batch_.pitch + v * LANES, splat(c));
    }
    denseTile(output, h, tile, units, 0, final, mine, z);
    for (int j = 0; j < units; j++) {
      float* zj = z + (size_t)j * batch_.pitch;
      int own = out.sorted.data[tile + j];
      for (int k = final, end = reach(output, tile + j); k < end; k++) {
        Vec a = splat(output.weight.w.data[(size_t)output.in->sorted.data[k] * output.pitch + own]);
        for (int v = 0; v < mine; v++)
          store(zj + v * LANES, load(zj + v * LANES) + a * load(h + (size_t)k * batch_.pitch + v * LANES));
      }
      if (direct_)
        for (int b = from; b < to; b++) zj[b - from] += batch_.deltaByRow[layers_ + 1].data[(size_t)b * straight_.pitch + own];
      for (int v = 0; v < mine; v++) store(zj + v * LANES, sigmoid(load(zj + v * LANES)));
      drawInput(drawing, own, zj, from, to);
      finishUnits(tile + j + 1, from, mine);
    }
  }
}

// Draws one input of every row of a thread, and adds what follows from a one.
void CpuModel::drawInput(const Drawing& drawing, int own, const float* p, int from, int to) {
  int input = groups_[0].unitOf.data[own];
  int32_t place = groups_[0].degreeOut.data[own];
  int word = input >> 5;
  uint32_t mask = 1u << (input & 31);
  for (int b = from; b < to; b++) {
    size_t at = (size_t)b * inputs_ + input, words = (size_t)b * drawing.wordsPerRow + word;
    drawing.probabilities[at] = p[b - from];
    bool isGiven = drawing.known && (drawing.known[words] & mask);
    bool one = isGiven ? (drawing.given[words] & mask) != 0 : drawing.uniforms[at] < p[b - from];
    if (!one) continue;
    drawing.bits[words] |= mask;
    addRow(dense_[0], own, place, batch_.deltaByRow[1].data + (size_t)b * dense_[0].pitch);
    if (direct_) addRow(straight_, own, place, batch_.deltaByRow[layers_ + 1].data + (size_t)b * straight_.pitch);
  }
}

// Adds the weights of an input that is one to the sums of the units that see it.
void CpuModel::addRow(const Layer& layer, int input, int32_t place, float* sums) {
  const float* w = layer.weight.w.data + (size_t)input * layer.pitch;
  const int32_t* degrees = layer.out->degreeIn.data;
  int o = 0;
  if (layer.out->isSorted) o = layer.out->below.data[&layer == &straight_ ? place + 1 : place] / LANES * LANES;
  for (; o < layer.out->count; o += LANES)
    store(sums + o, load(sums + o) + keepWhere(loadInt(degrees + o) >= splatInt(place), load(w + o)));
}

// Computes the hidden units of one degree for the rows from `from` on, `vectors` vectors of them.
void CpuModel::finishUnits(int degree, int from, int vectors) {
  for (int l = 0; l < layers_; l++) {
    const Units& units = groups_[l + 1];
    int begin = units.below.data[degree], end = units.below.data[degree + 1];
    for (int at = begin; at < end; at += TILE) {
      int n = end - at < TILE ? end - at : TILE;
      if (l == 0) {
        for (int j = 0; j < n; j++) {
          float* h = batch_.h[1].data + (size_t)(at + j) * batch_.pitch + from;
          const float* sums = batch_.deltaByRow[1].data + units.sorted.data[at + j];
          int rows = vectors * LANES < batch_.most - from ? vectors * LANES : batch_.most - from;
          for (int b = 0; b < rows; b++) h[b] = sums[(size_t)(from + b) * dense_[0].pitch];
          for (int v = 0; v < vectors; v++) store(h + v * LANES, activate(load(h + v * LANES)));
        }
        continue;
      }
      // The rows of the tile beyond n belong to units that are not final yet: they are computed again in their turn.
      float* h = batch_.h[l + 1].data + (size_t)at * batch_.pitch + from;
      for (int j = 0; j < TILE; j++) {
        float c = j < n ? constantOf(dense_[l], units.sorted.data[at + j]) : 0;
        for (int v = 0; v < vectors; v++) store(h + (size_t)j * batch_.pitch + v * LANES, splat(c));
      }
      denseTile(dense_[l], batch_.h[l].data + from, at, n, 0, dense_[l].in->count, vectors, h);
      for (int j = 0; j < n; j++)
        for (int v = 0; v < vectors; v++) {
          float* x = h + (size_t)j * batch_.pitch + v * LANES;
          store(x, activate(load(x)));
        }
    }
  }
}
