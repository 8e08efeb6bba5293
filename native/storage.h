// Memory of a model: tensors, layers of weights, buffers for a minibatch.
#pragma once
#include "units.h"

namespace {

// Output units whose weights from the inputs lie together: so many vectors that a row of a panel fits into registers. With
// short vectors more of them share what it costs to find the row (8% of a step of 784-[500] in WebAssembly).
#if defined(__wasm__)
constexpr int PANEL_VECTORS = 8;
#else
constexpr int PANEL_VECTORS = 4;
#endif
constexpr int PANEL = PANEL_VECTORS * LANES;

struct Tensor {
  Memory<float> w, slot0, slot1;
  size_t stride0 = 0, stride1 = 0;

  void make(size_t n, int slots) {
    w.resize(n);
    slot0.resize(slots > 0 ? n : 1);
    slot1.resize(slots > 1 ? n : 1);
    stride0 = slots > 0;
    stride1 = slots > 1;
  }
  float* state0(size_t at) { return slot0.data + at * stride0; }
  float* state1(size_t at) { return slot1.data + at * stride1; }
};

// A matrix of weights with, unless it is the direct one, a bias and perhaps conditioning weights.
struct Layer {
  Units* in = nullptr;
  Units* out = nullptr;
  // From one input unit to the next, in the conditioning weights and, unless they lie in panels, in the weights.
  int pitch = 0;
  // Weights from the inputs lie [panel][input unit][unit of the panel]: while a panel is at work, what the minibatch
  // needs of it stays in the nearest caches. All others lie [input unit][output unit].
  bool inPanels = false;
  Tensor weight, bias, conditioning;
  // Weights that the masks keep, [sorted input unit][sorted output unit], while the output units' own order is another.
  Memory<float> resorted;

  int panels() const { return roundUp(out->count, PANEL) / PANEL; }
  // Weights of a sorted input unit to all sorted output units; not of those in panels.
  const float* sortedRow(int at) const {
    return out->isSorted ? weight.w.data + (size_t)in->sorted.data[at] * pitch : resorted.data + (size_t)at * pitch;
  }
  // Whether these rows lie one after another, `pitch` apart.
  bool rowsFollow() const { return in->isSorted || !out->isSorted; }
  size_t panelAt(int panel) const { return (size_t)panel * in->count * PANEL; }
  size_t at(int i, int o) const { return inPanels ? panelAt(o / PANEL) + (size_t)i * PANEL + o % PANEL : (size_t)i * pitch + o; }
};

// Buffers for a minibatch of so many rows.
struct Batch {
  int most = 0;
  int pitch = 0;
  // Per group of units after the inputs: activations, or logits and then their deltas, [sorted unit][row].
  Memory<float>* h = nullptr;
  // The second part of a layer's sums, where the first is in `h`.
  Memory<float> partial;
  // Per group of hidden units: deltas [sorted unit][row].
  Memory<float>* delta = nullptr;
  // Per group: deltas [row][own unit], and their sums over the minibatch by own unit.
  Memory<float>* deltaByRow = nullptr;
  Memory<float>* deltaSum = nullptr;
  // Per group: what a unit adds to its sum whatever the row, by own unit.
  Memory<float>* constant = nullptr;
  // Of the group at work, deltas [row][sorted unit], where that is another order.
  Memory<float> deltaBySorted;
  // Per thread: gradients of a block of rows of weights by sorted unit, then by own unit.
  Memory<float> gradients;
  // Units of the widest group after the inputs, with what pads them.
  int widest = 0;
  // Ones of each row, by own input in the order of their places.
  Memory<int32_t> ones, oneCount;
  int onesPitch = 0;
  // Scratch for sorting them.
  Memory<uint32_t> marks;
  // Rows with a one in each own input, and the same as bits.
  Memory<int32_t> listed, listedCount;
  int listedPitch = 0;
  Memory<uint32_t> columns;
  int columnWords = 0;
  // Loss of each row in each tile or span of outputs, and in all.
  Memory<float> tileLoss;
  Memory<double> rowLoss;
  // For drawing: [own input][row], of a variable by its first input; and how far each thread has come.
  Memory<float> uniforms;
  Memory<int32_t> progress;
  // Of particles: their weights among their group, and how often each is taken.
  Memory<float> weights;
  Memory<int32_t> copies;

  void make(int groups) {
    Memory<float>** all[] = {&h, &delta, &deltaByRow, &deltaSum, &constant};
    for (Memory<float>** each : all) *each = new Memory<float>[groups];
  }
  ~Batch() {
    Memory<float>* all[] = {h, delta, deltaByRow, deltaSum, constant};
    for (Memory<float>* each : all) delete[] each;
  }
};

}  // namespace
