// Sequential Monte Carlo (docs/mathematics.md, Questions): the rows of a group are particles of one evidence. What is known
// multiplies their weights by its probability, and where the weights have become too different the heavy ones replace the light.
#pragma once
#include "model.h"
#include "philox.h"

namespace {

CpuModel::Told CpuModel::toldOf(const Drawing& drawing, int own, int b) {
  int input = groups_[0].unitOf.data[own];
  size_t word = (size_t)b * drawing.wordsPerRow + (input >> 5);
  return {(drawing.request.known[word] >> (input & 31) & 1) != 0, (drawing.request.given[word] >> (input & 31) & 1) != 0};
}

// Weighs the particles by a binary variable whose logits are z. A vector of rows is of one group.
void CpuModel::weighBit(const Share& share, int own, const float* z) {
  for (int v = 0; v < share.vectors; v++) {
    int b0 = share.from + v * LANES;
    Told told = toldOf(share.drawing, own, b0);
    if (!told.isKnown) continue;
    Vec x = load(z + v * LANES);
    addWeights(share, b0, told.isOne ? softplus(x) - x : softplus(x));
  }
}

// The same by a categorical variable, of which the rows that are known may have one or several of the values.
void CpuModel::weighValue(const Share& share, int first, int columns, const float* z) {
  const int32_t* own = groups_[layers_ + 1].sorted.data + first;
  for (int v = 0; v < share.vectors; v++, z += LANES) {
    int b0 = share.from + v * LANES;
    if (!toldOf(share.drawing, own[0], b0).isKnown) continue;
    Vec most = load(z), mostChosen = splat(-3.0e38f), sum = splat(0.0f), chosen = sum;
    for (int j = 0; j < columns; j++) {
      Vec x = load(z + (size_t)j * batch_.pitch);
      most = maximum(most, x);
      if (toldOf(share.drawing, own[j], b0).isOne) mostChosen = maximum(mostChosen, x);
    }
    for (int j = 0; j < columns; j++) {
      Vec x = load(z + (size_t)j * batch_.pitch);
      sum += expNonPositive(x - most);
      if (toldOf(share.drawing, own[j], b0).isOne) chosen += expNonPositive(x - mostChosen);
    }
    addWeights(share, b0, (most - mostChosen) + (logPositive(sum) - logPositive(chosen)));
  }
}

void CpuModel::addWeights(const Share& share, int b0, Vec loss) {
  for (int i = 0; i < LANES; i++) share.drawing.request.logWeights[b0 + i] -= loss[i];
}

// Resamples the groups of a thread in which the variable at a place, whose first sorted output that is, is known and whose
// effective sample size has fallen below half of what they are. Units of that degree are still to be finished.
void CpuModel::resample(const Share& share, int place, int output, const Progress& progress) {
  const made::Draw& request = share.drawing.request;
  int own = groups_[layers_ + 1].sorted.data[output];
  for (int from = share.from; from < share.to; from += request.group) {
    if (!toldOf(share.drawing, own, from).isKnown) continue;
    double* logs = request.logWeights + from;
    float* weights = batch_.weights.data + from;
    double most = logs[0], sum = 0, squares = 0;
    for (int i = 1; i < request.group; i++) most = logs[i] > most ? logs[i] : most;
    for (int i = 0; i < request.group; i++) weights[i] = (float)(logs[i] - most);
    for (int i = 0; i < request.group; i += LANES) store(weights + i, expNonPositive(load(weights + i)));
    for (int i = 0; i < request.group; i++) {
      sum += weights[i];
      squares += (double)weights[i] * weights[i];
    }
    if (sum * sum >= 0.5 * request.group * squares) continue;
    multiply(share, from, place, sum, progress);
    double mean = most + (double)logPositive(splat((float)(sum / request.group)))[0];
    for (int i = 0; i < request.group; i++) logs[i] = mean;
  }
}

// Systematic resampling: every particle of a group has as many copies as its weight is worth, rounded up or down. One uniform
// of the group and the place decides which.
void CpuModel::multiply(const Share& share, int from, int place, double sum, const Progress& progress) {
  const made::Draw& request = share.drawing.request;
  int n = request.group;
  uint64_t number = (request.first + from) / n;
  WordVec words[4] = {splatWord(place / 4), splatWord((uint32_t)number), splatWord((uint32_t)(number >> 32)), splatWord(request.resampling)};
  philox(words, request.seed);
  double offset = uniformOf(words[place % 4])[0], cumulative = 0;
  int32_t* copies = batch_.copies.data + from;
  int made = 0, last = 0;
  for (int i = 0; i < n; i++) {
    cumulative += batch_.weights.data[from + i];
    copies[i] = 0;
    while (made < n && (made + offset) * (sum / n) < cumulative) {
      copies[i]++;
      made++;
      last = i;
    }
  }
  // What rounding leaves over.
  copies[last] += n - made;
  int free = 0;
  for (int i = 0; i < n; i++)
    for (; copies[i] > 1; copies[i]--) {
      while (copies[free] != 0) free++;
      copies[free] = 1;
      copyParticle(share, from + i, from + free, place, progress);
    }
}

// All that a row is, up to a place, at which no unit is finished.
void CpuModel::copyParticle(const Share& share, int from, int to, int place, const Progress& progress) {
  size_t words = share.drawing.wordsPerRow;
  memcpy(share.drawing.bits + to * words, share.drawing.bits + from * words, words * sizeof(uint32_t));
  memcpy(batch_.ones.data + (size_t)to * batch_.onesPitch, batch_.ones.data + (size_t)from * batch_.onesPitch,
         batch_.oneCount.data[from] * sizeof(int32_t));
  batch_.oneCount.data[to] = batch_.oneCount.data[from];
  share.drawing.request.origins[to] = share.drawing.request.origins[from];
  for (int panel = 0; panel < progress.panels[0]; panel++)
    memcpy(drawnSum(dense_[0], panel * PANEL, to), drawnSum(dense_[0], panel * PANEL, from), PANEL * sizeof(float));
  for (int panel = 0; direct_ && panel < progress.panels[1]; panel++)
    memcpy(drawnSum(straight_, panel * PANEL, to), drawnSum(straight_, panel * PANEL, from), PANEL * sizeof(float));
  for (int g = 1; g <= layers_ + 1; g++) {
    // Of dense layers, tiles are begun before their units are finished.
    int begun = g == 1 ? groups_[1].below.data[place] : progress.layers[2 * (g - 1)];
    int units = begun < groups_[g].count ? begun : groups_[g].count;
    float* h = batch_.h[g].data;
    for (int at = 0; at < units; at++, h += batch_.pitch) h[to] = h[from];
  }
}

}  // namespace
